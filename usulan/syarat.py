"""What proposals must be before the meeting can be called ready."""

from django.urls import reverse

from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from usulan.models import ImporUsulan, KelengkapanDesa, StatusImpor, Usulan
from usulan.queries.ownership import proposing_desa


def usulan_complete(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every desa has sent its list or the team decided about it, and no upload is left half done.

    Source: musrenbang.md 2a step 3.
    """
    missing = []
    if not Usulan.objects.filter(musrenbang=musrenbang).exists():
        missing.append(
            Kekurangan(f"Belum ada usulan {sebutan.desa}.", reverse("usulan:import", args=[musrenbang.slug]))
        )
    else:
        existing = proposing_desa([musrenbang.pk]).get(musrenbang.pk, set())
        decided = KelengkapanDesa.objects.filter(musrenbang=musrenbang).exclude(sikap="").values("desa")
        pending = list(
            musrenbang.kecamatan.desa_set.exclude(pk__in=existing)
            .exclude(pk__in=decided)
            .values_list("nama", flat=True)
        )
        if pending:
            missing.append(
                Kekurangan(
                    f"{len(pending)} {sebutan.desa} belum memasukkan usulan: {', '.join(pending)}.",
                    reverse("usulan:completeness", args=[musrenbang.slug]),
                )
            )
    opened = ImporUsulan.objects.filter(musrenbang=musrenbang, status=StatusImpor.PRATINJAU).defer("hasil")
    missing += [
        Kekurangan(
            f"Berkas “{impor.nama_berkas}” belum disimpan: buka hasil bacanya, lalu simpan atau hapus.",
            reverse("usulan:preview", args=[musrenbang.slug, impor.pk]),
        )
        for impor in opened
    ]
    return missing
