"""The day itself on one page, and the projector's remote."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from alur.forms import ShowForm
from alur.panel import PANEL
from alur.queries.papan import board_figures, next_steps
from musrenbang.akses import Akses
from musrenbang.models import Musrenbang
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.queries.hadir import check_kuorum
from musrenbang.sidang.queries.sesi import rest_words
from musrenbang.sidang.services.layar import open_layar, show_panel
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read


def _live(musrenbang: Musrenbang, akses: Akses) -> dict[str, Any]:
    """What changes while the page is open."""
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "langkah": next_steps(musrenbang, akses),
        "susunan": list_agenda(musrenbang),
        "kuorum": check_kuorum(musrenbang),
        "berhenti": rest_words(musrenbang),
        "angka": board_figures(musrenbang),
        "zona": musrenbang.kecamatan.kabupaten.tz,
        "boleh_jalan": akses.may("kelola_agenda") and musrenbang.tahap in BOLEH_HADIR,
    }


@event_page("pimpin_hari")
def today(request: EventRequest, slug: str) -> HttpResponse:
    """Stage, one next action, what blocks it, the agenda with its clock, live figures, the projector."""
    panel = [(nama, jenis.label) for nama, jenis in PANEL.items()]
    context = _live(request.musrenbang, request.akses) | {
        "layar": open_layar(musrenbang=request.musrenbang),
        "panel": panel,
    }
    return render(request, "alur/today.html", context)


@event_page("pimpin_hari")
def today_live(request: EventRequest, slug: str) -> HttpResponse:
    """The part of the page that follows the other desks (htmx)."""
    return render(request, "alur/_today.html", _live(request.musrenbang, request.akses))


@event_action("pimpin_hari")
def show(request: EventRequest, slug: str) -> HttpResponse:
    """Tell the projector what to show, and go back to where the button was."""
    layar = show_panel(musrenbang=request.musrenbang, **read(ShowForm(request.POST)))
    if request.htmx:
        panel = [(nama, jenis.label) for nama, jenis in PANEL.items()]
        context = {"layar": layar, "panel": panel}
        return render(request, "alur/_remote.html", context)
    origin = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()})
    return redirect(origin) if safe else redirect("sidang:today", slug)
