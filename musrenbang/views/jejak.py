"""The audit trail of an event."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from musrenbang import queries
from musrenbang.akses import get_musrenbang_for


@require_GET
def trail(request: HttpRequest, slug: str) -> HttpResponse:
    """The audit trail, searchable, 50 rows a page."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_jejak")
    cari, objek = request.GET.get("cari", "").strip(), request.GET.get("objek", "").strip()
    halaman = Paginator(queries.search_jejak(musrenbang, cari, objek), 50).get_page(request.GET.get("hal"))
    konteks = {"musrenbang": musrenbang, "akses": akses, "halaman": halaman, "cari": cari, "objek": objek}
    return render(request, "musrenbang/trail.html", konteks)
