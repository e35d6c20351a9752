"""The audit trail of an event."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from musrenbang import queries
from musrenbang.views.page import EventRequest, event_page


@event_page("lihat_jejak")
def trail(request: EventRequest, slug: str) -> HttpResponse:
    """The audit trail, searchable, 50 rows a page."""
    search, subject = request.GET.get("cari", "").strip(), request.GET.get("objek", "").strip()
    halaman = Paginator(queries.search_jejak(request.musrenbang, search, subject), 50).get_page(request.GET.get("hal"))
    context = {"halaman": halaman, "cari": search, "objek": subject}
    return render(request, "musrenbang/trail.html", context)
