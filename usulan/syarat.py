"""What proposals must be before the meeting can be called ready."""

from django.urls import reverse

from musrenbang.models import Musrenbang
from musrenbang.papan import Kekurangan
from musrenbang.sebutan import sebutan
from usulan.models import ImporUsulan, KelengkapanDesa, StatusImpor, Usulan
from usulan.queries.milik import proposing_desa


def usulan_lengkap(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every desa has sent its list or the team decided about it, and no upload is left half done.

    Source: musrenbang.md 2a step 3.
    """
    kurang = []
    if not Usulan.objects.filter(musrenbang=musrenbang).exists():
        kurang.append(Kekurangan(f"Belum ada usulan {sebutan.desa}.", reverse("usulan:import", args=[musrenbang.slug])))
    else:
        ada = proposing_desa([musrenbang.pk]).get(musrenbang.pk, set())
        diputus = KelengkapanDesa.objects.filter(musrenbang=musrenbang).exclude(sikap="").values("desa")
        belum = list(
            musrenbang.kecamatan.desa_set.exclude(pk__in=ada).exclude(pk__in=diputus).values_list("nama", flat=True)
        )
        if belum:
            kurang.append(
                Kekurangan(
                    f"{len(belum)} {sebutan.desa} belum memasukkan usulan: {', '.join(belum)}.",
                    reverse("usulan:completeness", args=[musrenbang.slug]),
                )
            )
    terbuka = ImporUsulan.objects.filter(musrenbang=musrenbang, status=StatusImpor.PRATINJAU).defer("hasil")
    kurang += [
        Kekurangan(
            f"Berkas “{impor.nama_berkas}” masih pratinjau: simpan atau buang.",
            reverse("usulan:preview", args=[musrenbang.slug, impor.pk]),
        )
        for impor in terbuka
    ]
    return kurang
