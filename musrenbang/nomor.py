"""Numbers of letters and documents: without gaps, without doubles."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang.models import Kecamatan, PenghitungNomor
from musrenbang.naskah import classification

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


def format_nomor(*, urut: int | str, kode: str, month: int, tahun: int, classification: str) -> str:
    """Return a number as letters print it, e.g. ``000.7.2/001/BA-MRB/II/2026``; ``urut`` may say whose number it is."""
    running = f"{urut:03d}" if isinstance(urut, int) else urut
    return f"{classification}/{running}/{kode}/{ROMAWI[month - 1]}/{tahun}"


def take_receipt(*, kecamatan: Kecamatan, jenis: str, kode: str, at_time: datetime) -> str:
    """Take the next number of a receipt and return it, e.g. ``000.7.2/52.03.04/001/TT-BPD/II/2026``.

    One office of the kabupaten gives receipts to every kecamatan, so the code of the kecamatan keeps them apart. Its
    day is that of the kabupaten. Must run inside the transaction that uses it.
    """
    day = at_time.astimezone(kecamatan.kabupaten.tz).date()
    sequence = take_nomor(kecamatan=kecamatan, jenis=jenis, tahun=day.year)
    return format_nomor(
        urut=f"{kecamatan.kode}/{sequence:03d}",
        kode=kode,
        month=day.month,
        tahun=day.year,
        classification=classification("050", day.year, kecamatan.kabupaten.naskah),
    )
