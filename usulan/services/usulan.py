"""Completing a proposal."""

from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.states import BOLEH_USULAN
from musrenbang.transisi import Ditolak
from usulan.models import Usulan

KOLOM = ["kegiatan", "lokasi", "volume", "satuan", "biaya", "sumber_dana", "manfaat", "permasalahan", "prioritas_desa"]


@transaction.atomic
def update_usulan(*, usulan: Usulan, versi: int, by: Pengguna, **nilai: Any) -> Usulan:
    """Change fields of a proposal. ``versi`` is the one the person saw; a stale save is refused, nothing lost."""
    lock_musrenbang(usulan.musrenbang, BOLEH_USULAN)
    kini = Usulan.objects.select_for_update(of=("self",)).select_related("sumber_dana").get(pk=usulan.pk)
    if kini.versi != versi:
        raise Ditolak(
            "Orang lain sudah mengubah usulan ini sejak Anda membukanya. Isian Anda masih ada di bawah; "
            "buka usulan ini di tab lain untuk melihat perubahannya."
        )
    rincian = audit.beda({k: getattr(kini, k) for k in KOLOM}, {k: nilai[k] for k in KOLOM})
    if not rincian:
        return kini
    Usulan.objects.filter(pk=kini.pk).update(**{k: nilai[k] for k in KOLOM}, versi=F("versi") + 1)
    kini.refresh_from_db()
    audit.catat(musrenbang=kini.musrenbang, by=by, aksi="usulan.diubah", objek=kini, rincian=rincian)
    return kini
