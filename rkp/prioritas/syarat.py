"""What the ranking must be before delegates are chosen."""

from django.urls import reverse

from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan


def peringkat_fixed(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every ranking for programme money is fixed, and there is one (seed B.3.5); a remark while money is held back."""
    all_rows = list(Pemeringkatan.objects.filter(musrenbang=musrenbang))
    url = reverse("prioritas:list", args=[musrenbang.slug])
    if not all_rows:
        return [Kekurangan("Peringkat kegiatan untuk program belum ditetapkan.", url)]
    results = []
    for p in all_rows:
        one = reverse("prioritas:ranking", args=[musrenbang.slug, p.kode])
        if p.status != StatusPemeringkatan.DITETAPKAN:
            results.append(Kekurangan(f"Peringkat {p.nama} belum ditetapkan.", one))
        if p.ditunda:
            results.append(Kekurangan(f"Dana {p.nama} ditunda: {p.ditunda}.", one, wajib=False))
    return results
