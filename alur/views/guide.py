"""The guide of training mode: a fragment under the banner of every page, and a page of its own without scripts."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alur.guide.queries import newest_event, read_guide
from musrenbang.akses import get_musrenbang_for
from musrenbang.views.page import AppRequest


@require_GET
def guide(request: AppRequest) -> HttpResponse:
    """Where this person stands in the twelve steps of the role; Http404 outside training mode."""
    if not settings.MODE_LATIHAN:
        raise Http404("Panduan latihan hanya ada dalam mode latihan.")
    slug = request.GET.get("acara") or getattr(newest_event(request.user), "slug", "")
    found = None
    if slug:
        musrenbang, akses = get_musrenbang_for(request.user, slug)
        found = read_guide(musrenbang=musrenbang, akses=akses, user=request.user)
    template = "alur/_guide.html" if request.htmx else "alur/guide.html"
    return render(request, template, {"panduan": found})
