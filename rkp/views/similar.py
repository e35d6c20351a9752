"""The page of works of the plan that look alike."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from musrenbang.views.page import EventRequest, event_page
from rkp.izin import BOLEH_GABUNG
from rkp.queries.similar import list_similar_rows

PER_PAGE = 20


@event_page("putuskan_rkp")
def similar(request: EventRequest, slug: str) -> HttpResponse:
    """Pairs that look alike with what both would cost; each is merged here, or the page says where."""
    context = {
        "halaman": Paginator(list_similar_rows(request.musrenbang), PER_PAGE).get_page(request.GET.get("hal")),
        "boleh": request.akses.may("putuskan_rkp", BOLEH_GABUNG),
    }
    return render(request, "rkp/similar.html", context)
