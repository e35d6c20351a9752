"""Screens beside the hall's: opened, set to a panel or to follow, taken away; always from the page of the day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from alur.forms import ScreenForm
from alur.queries.layar import enter_address
from musrenbang.sidang.models import Layar
from musrenbang.sidang.services.layar import add_layar, remove_layar, set_layar
from musrenbang.transisi import Refused
from musrenbang.views.page import EventRequest, event_action
from musrenbang.views.submit import read
from rkp.panel import rooms


@event_action("pimpin_hari")
def screen_add(request: EventRequest, slug: str) -> HttpResponse:
    """Open one more screen."""
    form = ScreenForm(request.POST)
    name = read(form)["nama"]
    one = add_layar(musrenbang=request.musrenbang, nama=name, **form.shown())
    where = f"di komputer ruang itu buka {enter_address()}, lalu ketik {one.kode}"
    messages.success(request, f"Layar “{one.nama}” siap: {where}.")
    return redirect("sidang:today", slug)


@event_action("pimpin_hari")
def screen_rooms(request: EventRequest, slug: str) -> HttpResponse:
    """Open a screen for the room of every group."""
    groups = rooms(request.musrenbang)
    if not groups:
        raise Refused("Kelompok belum dibentuk, jadi belum ada ruang kelompok.")
    for key, name in groups:
        add_layar(musrenbang=request.musrenbang, nama=name[:60], panel="ruang", acuan=key, ikut=False)
    messages.success(request, f"Layar untuk {len(groups)} ruang kelompok siap; kodenya ada di daftar layar.")
    return redirect("sidang:today", slug)


@event_action("pimpin_hari")
def screen_set(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Set a screen to something else, or take it away."""
    one = get_object_or_404(Layar.objects.exclude(nama=""), musrenbang=request.musrenbang, pk=pk)
    form = ScreenForm(request.POST)
    if read(form)["aksi"] == "hapus":
        remove_layar(layar=one)
        messages.success(request, f"Layar “{one.nama}” dihapus; kodenya tidak berlaku lagi.")
    else:
        set_layar(layar=one, **form.shown())
        messages.success(request, f"Layar “{one.nama}” diatur.")
    return redirect("sidang:today", slug)
