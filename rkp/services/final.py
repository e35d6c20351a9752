"""Finalising the plan: wording and placement are put right, what the meeting decided is not touched (seed C.1)."""

from typing import Any

from django.db import transaction

from musrenbang.models import Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.rows import change_row
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KOREKSI
from rkp.models import BarisRkp
from rkp.services.draft import lock_baris

KOLOM_KOREKSI = ["kegiatan", "lokasi", "satuan", "skpd", "program", "prioritas_daerah", "sasaran_daerah", "sasaran"]


@transaction.atomic
def correct_baris(*, baris: BarisRkp, versi: int, by: Pengguna, sebab: str, **isi: Any) -> BarisRkp:
    """Correct the wording or the placement of a row while the document is finalised.

    ``isi``: new values of ``KOLOM_KOREKSI``. Volume, amount, decision and its reason are the plenary's and have no way
    in here. Raises Refused without a reason, for a blank title, and for a stale row.
    """
    current = lock_baris(baris, versi, BOLEH_KOREKSI)
    if len(sebab.strip()) < 5:
        raise Refused(
            f"Tuliskan sebab perbaikannya dalam satu kalimat; {sebutan.camat} membacanya sebelum mengesahkan."
        )
    nilai = {k: isi[k].strip() if isinstance(isi[k], str) else isi[k] for k in KOLOM_KOREKSI if k in isi}
    if not nilai.get("kegiatan", current.kegiatan):
        raise Refused("Nama kegiatan tidak boleh kosong.")
    return change_row(
        current, nilai, musrenbang=current.rkp.musrenbang, by=by, aksi="rkp.dikoreksi", alasan=sebab.strip()
    )
