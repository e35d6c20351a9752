"""What attendance must be before the presentations start."""

from django.urls import reverse

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.syarat import Kekurangan


def ada_yang_hadir(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Somebody is recorded as present: the Berita Acara counts them (musrenbang.md 3(f) clause 3)."""
    if Kehadiran.objects.filter(musrenbang=musrenbang).exists():
        return []
    return [Kekurangan("Belum ada peserta yang tercatat hadir.", reverse("sidang:attendance", args=[musrenbang.slug]))]
