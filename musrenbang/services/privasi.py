"""Personal data that has served its purpose is forgotten (UU 27/2022 article 43: when it is no longer needed)."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from musrenbang import audit
from musrenbang.models import Musrenbang

CATATAN_MASUK = timedelta(days=180)
Lupakan = Callable[..., int]


def forget_personal_data(*, sampai_tahun: int, simpan: bool) -> Counter[str]:
    """Clear what the record does not need, in events held up to that year; return how many rows of each kind.

    Names, elements and signatures stay: they are the legal record. Without ``simpan`` nothing is changed. Sign-in logs
    go after 180 days.
    """
    jumlah: Counter[str] = Counter()
    for musrenbang in Musrenbang.objects.filter(tahun_pelaksanaan__lte=sampai_tahun).order_by("pk"):
        with transaction.atomic():
            per = {apa: _forget(path, musrenbang, simpan) for apa, path in settings.DATA_PRIBADI}
            jumlah.update(per)
            if simpan and any(per.values()):
                audit.catat(
                    musrenbang=musrenbang, by=None, aksi="musrenbang.data_pribadi", objek=musrenbang, rincian=per
                )
    lama = timezone.now() - CATATAN_MASUK
    for model in (AccessLog, AccessFailureLog, AccessAttempt):
        usang = model.objects.filter(attempt_time__lt=lama)
        jumlah["catatan masuk"] += usang.delete()[0] if simpan else usang.count()
    return jumlah


def _forget(path: str, musrenbang: Musrenbang, simpan: bool) -> int:
    lupakan: Lupakan = import_string(path)
    return lupakan(musrenbang=musrenbang, simpan=simpan)
