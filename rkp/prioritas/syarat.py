"""What the ranking must be before delegates are chosen."""

from django.urls import reverse

from musrenbang.models import Musrenbang
from musrenbang.papan import Kekurangan
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan


def peringkat_ditetapkan(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every ranking for programme money is fixed, and there is one (seed B.3.5); a remark while money is held back."""
    semua = list(Pemeringkatan.objects.filter(musrenbang=musrenbang))
    url = reverse("prioritas:list", args=[musrenbang.slug])
    if not semua:
        return [Kekurangan("Peringkat kegiatan untuk program belum ditetapkan.", url)]
    hasil = []
    for p in semua:
        satu = reverse("prioritas:ranking", args=[musrenbang.slug, p.kode])
        if p.status != StatusPemeringkatan.DITETAPKAN:
            hasil.append(Kekurangan(f"Peringkat {p.nama} belum ditetapkan.", satu))
        if p.ditunda:
            hasil.append(Kekurangan(f"Dana {p.nama} ditunda: {p.ditunda}.", satu, wajib=False))
    return hasil
