"""The digest of a desa: what became of each of its proposals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from musrenbang.akses import get_musrenbang_for
from tindak_lanjut.queries.kabar import village_digest


@require_GET
def digest(request: HttpRequest, slug: str) -> HttpResponse:
    """One desa on one page, to be read on a phone or printed; an operator sees the own desa alone."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_kabar")
    semua = musrenbang.kecamatan.desa_set.order_by("nama")
    boleh = list(semua.filter(pk__in=akses.desa) if akses.terbatas else semua)
    desa = next((d for d in boleh if d.kode == request.GET.get("desa")), boleh[0] if boleh else None)
    kabar = village_digest(musrenbang, [desa] if desa else [])
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "semua_desa": boleh,
        "desa": desa,
        "kabar": kabar.get(desa.pk, []) if desa else [],
    }
    return render(request, "tindak_lanjut/digest.html", konteks)
