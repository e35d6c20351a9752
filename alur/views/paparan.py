"""Presentations on the page of the day: uploaded, shown, turned page by page, taken out."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from alur.forms import SlideForm
from alur.queries.layar import screen_offers, shown_now
from musrenbang.sidang.forms.paparan import PaparanForm
from musrenbang.sidang.models import Paparan
from musrenbang.sidang.queries.paparan import list_paparan
from musrenbang.sidang.services.layar import open_layar, show_panel
from musrenbang.sidang.services.paparan import remove_paparan, turn_paparan, upload_paparan
from musrenbang.views.page import EventRequest, event_action, event_form
from musrenbang.views.stored import tell
from musrenbang.views.submit import read, sent, sent_files, show, submit


@event_form("pimpin_hari")
def slides(request: EventRequest, slug: str) -> HttpResponse:
    """Take a presentation in."""
    musrenbang = request.musrenbang
    form = PaparanForm(sent(request), sent_files(request))

    def said(one: Paparan) -> None:
        tell(request, one, f"Paparan “{one}”, {one.halaman} halaman,", musrenbang.kecamatan.kabupaten, "tersimpan")

    service = partial(upload_paparan, musrenbang=musrenbang, by=request.user)
    if done := submit(request, form, service, say=said, to=redirect("sidang:today", slug)):
        return done
    return show(request, "alur/slides.html", form, {"paparan": list_paparan(musrenbang)})


@event_action("pimpin_hari")
def slide(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Show a presentation in the hall at a page, or take it out."""
    one = get_object_or_404(Paparan, musrenbang=request.musrenbang, pk=pk)
    data = read(SlideForm(request.POST))
    if data["aksi"] == "hapus":
        remove_paparan(paparan=one, by=request.user)
        messages.success(request, f"Paparan “{one}” dihapus.")
        return redirect("sidang:today", slug)
    turn_paparan(paparan=one, halaman=data["halaman"])
    show_panel(musrenbang=request.musrenbang, panel="paparan", acuan=one.pk)
    if not request.htmx:
        return redirect("sidang:today", slug)
    layar = open_layar(musrenbang=request.musrenbang)
    context = screen_offers(request.musrenbang) | {"layar": layar, "tampil": shown_now(layar)}
    return render(request, "alur/_projector.html", context | {"dari": "paparan"})
