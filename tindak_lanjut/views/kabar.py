"""The digest of a desa: what became of each of its proposals."""

from django.http import HttpResponse
from django.shortcuts import render

from musrenbang.views.page import EventRequest, event_page
from tindak_lanjut.queries.kabar import village_digest


@event_page("lihat_kabar")
def digest(request: EventRequest, slug: str) -> HttpResponse:
    """One desa on one page, to be read on a phone or printed; an operator sees the own desa alone."""
    everything = request.musrenbang.kecamatan.desa_set.order_by("nama")
    allowed = list(everything.filter(pk__in=request.akses.desa) if request.akses.terbatas else everything)
    desa = next((d for d in allowed if d.kode == request.GET.get("desa")), allowed[0] if allowed else None)
    news = village_digest(request.musrenbang, [desa] if desa else [])
    context = {
        "semua_desa": allowed,
        "desa": desa,
        "kabar": news.get(desa.pk, []) if desa else [],
    }
    return render(request, "tindak_lanjut/digest.html", context)
