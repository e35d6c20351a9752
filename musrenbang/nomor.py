"""Numbers of letters and documents: without gaps, without doubles."""

from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang.models import Kecamatan, PenghitungNomor

ROMAWI = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def take_nomor(*, kecamatan: Kecamatan, jenis: str, tahun: int) -> int:
    """Return the next number of a kind in a year. Must run inside the transaction that uses it.

    The UPDATE locks the counter until that transaction ends, so a rolled-back document gives its number back
    and two documents never share one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take_nomor harus dipanggil di dalam transaksi.")
    kunci: dict[str, Any] = {"kecamatan": kecamatan, "jenis": jenis, "tahun": tahun}
    PenghitungNomor.objects.get_or_create(**kunci)
    PenghitungNomor.objects.filter(**kunci).update(terakhir=F("terakhir") + 1)
    return PenghitungNomor.objects.get(**kunci).terakhir


def format_nomor(*, urut: int, kode: str, month: int, tahun: int, classification: str = "050") -> str:
    """Return a number as letters print it, e.g. ``050/001/BA-MRB/II/2026``."""
    return f"{classification}/{urut:03d}/{kode}/{ROMAWI[month - 1]}/{tahun}"
