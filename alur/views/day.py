"""The day itself on one page, and the projector's remote."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from alur.forms import ShowForm
from alur.queries.board import step_back
from alur.queries.day import day_at_a_glance
from alur.queries.layar import list_targets, named_screens, screen_offers, shown_now
from alur.tahap import TAHAP
from musrenbang.models import Musrenbang
from musrenbang.sidang.forms.agenda import SpeakerForm
from musrenbang.sidang.models import Layar
from musrenbang.sidang.services.layar import open_layar, show_panel
from musrenbang.states import Tahap
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read


def _screen(musrenbang: Musrenbang) -> Layar:
    """The projector; opened for the first time it shows what belongs to the stage."""
    return open_layar(musrenbang=musrenbang, panel=TAHAP[Tahap(musrenbang.tahap)].panel or "agenda")


@event_page("pimpin_hari")
def today(request: EventRequest, slug: str) -> HttpResponse:
    """Stage, one next action, what blocks it, the agenda with its clock, live figures, the projector."""
    context = day_at_a_glance(request.musrenbang, request.akses) | screen_offers(request.musrenbang)
    layar = _screen(request.musrenbang)
    context |= {
        "layar": layar,
        "tampil": shown_now(layar),
        "layar_lain": named_screens(request.musrenbang),
        "tujuan": list_targets(request.musrenbang),
        "mundur": step_back(request.musrenbang, request.akses),
        "form_bicara": SpeakerForm(musrenbang=request.musrenbang),
    }
    return render(request, "alur/today.html", context)


@event_page("pimpin_hari")
def today_live(request: EventRequest, slug: str) -> HttpResponse:
    """The part of the page that follows the other desks (htmx), and the remote when another desk used its own."""
    context, layar = day_at_a_glance(request.musrenbang, request.akses), _screen(request.musrenbang)
    shown = shown_now(layar)
    if request.GET.get("layar", shown) != shown:
        context |= screen_offers(request.musrenbang) | {"layar": layar, "tampil": shown, "dari": "kini"}
    return render(request, "alur/_today_live.html", context)


@event_action("pimpin_hari")
def show(request: EventRequest, slug: str) -> HttpResponse:
    """Tell the projector what to show, and go back to where the button was."""
    layar = show_panel(musrenbang=request.musrenbang, **read(ShowForm(request.POST)))
    if request.htmx:
        context = screen_offers(request.musrenbang) | {"layar": layar, "tampil": shown_now(layar), "dari": "remote"}
        return render(request, "alur/_projector.html", context)
    origin = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()})
    return redirect(origin) if safe else redirect("sidang:today", slug)
