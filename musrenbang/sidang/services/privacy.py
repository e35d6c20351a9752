"""What the hall no longer needs to know about people."""

from django.db.models import Q

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Kehadiran, Undangan

PRIBADI = ~Q(alamat="") | Q(usia__isnull=False)


def forget_attendees(*, musrenbang: Musrenbang, save: bool) -> int:
    """Clear address, phone and age of who was invited or present; return how many rows have them."""
    jumlah = 0
    for model in (Undangan, Kehadiran):
        baris = model.objects.filter(PRIBADI, musrenbang=musrenbang)
        jumlah += baris.update(alamat="", usia=None) if save else baris.count()
    return jumlah
