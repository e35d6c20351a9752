"""Funding schemes of a kabupaten."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Kabupaten
from musrenbang.transisi import Refused
from rkp.prioritas.models import SkemaPendanaan
from rkp.prioritas.rules import faults
from rkp.prioritas.services.kunci import BAGIAN


@transaction.atomic
def save_skema(
    *, kabupaten: Kabupaten, skema: SkemaPendanaan | None, versi: int, aturan: dict[str, Any], **isi: Any
) -> SkemaPendanaan:
    """Add a scheme or change one; rankings that were opened with it keep their copy.

    ``isi``: kode, nama, tahun_dari, tahun_sampai, dasar_hukum, aktif. Raises Refused for settings that contradict each
    other, a code that is taken, and a stale page.
    """
    wrong = faults(aturan, [k["kode"] for k in aturan["kriteria"]] or [f"C{i}" for i in range(1, 10)])
    if wrong:
        raise Refused(" ".join(wrong))
    try:
        with transaction.atomic():
            if skema is None:
                return SkemaPendanaan.objects.create(kabupaten=kabupaten, aturan=aturan, **isi)
            old = SkemaPendanaan.objects.filter(pk=skema.pk, versi=versi)
            if not old.update(aturan=aturan, versi=F("versi") + 1, **isi):
                raise Refused(audit.stale(skema, BAGIAN))
    except IntegrityError as error:
        raise Refused(f"Kode skema “{isi['kode']}” sudah dipakai.") from error
    skema.refresh_from_db()
    return skema
