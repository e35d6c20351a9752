"""What the ranking must be before delegates are chosen."""

from django.urls import reverse

from musrenbang.models import Musrenbang
from musrenbang.syarat import Kekurangan
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan


def peringkat_ditetapkan(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The ranking for programme money is fixed (seed B.3.5)."""
    if Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN).exists():
        return []
    url = reverse("prioritas:ranking", args=[musrenbang.slug])
    return [Kekurangan("Peringkat kegiatan untuk program belum ditetapkan.", url)]
