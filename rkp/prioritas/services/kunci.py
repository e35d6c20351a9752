"""Locking a ranking before it changes."""

from collections.abc import Container

from django.db.models import F

from musrenbang import audit
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused
from rkp.prioritas.izin import BOLEH_PRIORITAS
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan

BAGIAN = "bagian ini"


def lock_open(
    pemeringkatan: Pemeringkatan, allowed: Container[str] = BOLEH_PRIORITAS
) -> tuple[Musrenbang, Pemeringkatan]:
    """Lock event and ranking, and return both fresh; raise Refused in a wrong stage or once the result is fixed."""
    current = lock_musrenbang(pemeringkatan.musrenbang, allowed)
    one = Pemeringkatan.objects.select_for_update().filter(pk=pemeringkatan.pk).first()
    if one is None:
        raise Refused("Pemeringkatan ini sudah dihapus. Kembali ke daftar program.")
    if one.status != StatusPemeringkatan.DRAF:
        raise Refused("Peringkat sudah ditetapkan. Tekan “Ubah peringkat lagi” bila harus diubah.")
    one.musrenbang = current
    return current, one


def touch(pemeringkatan: Pemeringkatan, versi: int) -> None:
    """Count the version up if it is still the one that the person saw; raise Refused otherwise."""
    if not Pemeringkatan.objects.filter(pk=pemeringkatan.pk, versi=versi).update(versi=F("versi") + 1):
        raise Refused(audit.stale(pemeringkatan, BAGIAN))


def reason(alasan: str, sentence: str) -> str:
    """Return the reason without blanks around it; raise Refused with the sentence when it says nothing."""
    if len(alasan.strip()) < 5:
        raise Refused(sentence)
    return alasan.strip()
