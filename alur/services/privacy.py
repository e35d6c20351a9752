"""Personal data that has served its purpose is forgotten (UU 27/2022 article 43: when it is no longer needed)."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.utils import timezone

from delegasi.services import forget_delegat
from musrenbang import audit
from musrenbang.models import Musrenbang
from musrenbang.sidang.services.privacy import forget_attendees

CATATAN_MASUK = timedelta(days=180)
DATA_PRIBADI: list[tuple[str, Callable[..., int]]] = [
    ("alamat dan usia hadirin", forget_attendees),
    ("alamat anggota delegasi", forget_delegat),
]
"""Personal data that the legal record does not need: words, function (musrenbang, save) -> rows."""


def forget_personal_data(*, until_year: int, save: bool) -> Counter[str]:
    """Clear what the record does not need, in events held up to that year; return how many rows of each kind.

    Names, elements and signatures stay: they are the legal record. Without ``save`` nothing is changed. Sign-in logs
    go after 180 days.
    """
    jumlah: Counter[str] = Counter()
    for musrenbang in Musrenbang.objects.filter(tahun_pelaksanaan__lte=until_year).order_by("pk"):
        with transaction.atomic():
            per = {what: forgetting(musrenbang=musrenbang, save=save) for what, forgetting in DATA_PRIBADI}
            jumlah.update(per)
            if save and any(per.values()):
                audit.record(
                    musrenbang=musrenbang, by=None, aksi="musrenbang.data_pribadi", objek=musrenbang, rincian=per
                )
    old = timezone.now() - CATATAN_MASUK
    for model in (AccessLog, AccessFailureLog, AccessAttempt):
        stale = model.objects.filter(attempt_time__lt=old)
        jumlah["catatan masuk"] += stale.delete()[0] if save else stale.count()
    return jumlah
