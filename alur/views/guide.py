"""The guide of training mode: a fragment under the banner of every page, and a page of its own without scripts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from alur.guide.queries import Guide, newest_event, read_guide
from musrenbang.views.errors import Missing
from musrenbang.views.page import AppRequest, EventRequest, event_page


@require_GET
def enter(request: AppRequest) -> HttpResponse:
    """From a page of no event: on to the guide of the newest event that the person has a role in."""
    check_training()
    musrenbang = newest_event(request.user)
    return redirect("guide", musrenbang.slug) if musrenbang else _show(request, None)


@event_page()
def guide(request: EventRequest, slug: str) -> HttpResponse:
    """Where this person stands in the twelve steps of the role."""
    check_training()
    return _show(request, read_guide(musrenbang=request.musrenbang, akses=request.akses, user=request.user))


def check_training() -> None:
    """Raise Http404 outside training mode."""
    if not settings.MODE_LATIHAN:
        raise Missing("Panduan latihan hanya ada dalam mode latihan.")


def _show(request: HttpRequest, found: Guide | None) -> HttpResponse:
    template = "alur/_guide.html" if request.headers.get("HX-Request") else "alur/guide.html"
    return render(request, template, {"panduan": found, "bagian": "_guide" in template})
