"""The agenda: made, reordered, run; the settings of the day."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.sidang.forms.agenda import AgendaForm, SidangForm
from musrenbang.sidang.forms.small import AgendaOrderForm, RunForm
from musrenbang.sidang.izin import BOLEH_AGENDA, BOLEH_HADIR
from musrenbang.sidang.models import Agenda
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.queries.kehadiran import sidang_of
from musrenbang.sidang.services.agenda import (
    add_agenda,
    fill_agenda,
    finish_agenda,
    remove_agenda,
    reorder_agenda,
    reset_agenda,
    save_agenda,
    save_sidang,
    start_agenda,
)
from musrenbang.transisi import Refused
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.stored import tell
from musrenbang.views.submit import read, sent, show, submit


def _context(request: EventRequest) -> dict[str, Any]:
    musrenbang, akses = request.musrenbang, request.akses
    allowed = akses.may("kelola_agenda")
    return {
        "susunan": list_agenda(musrenbang),
        "zona": musrenbang.kecamatan.kabupaten.tz,
        "form": SidangForm(instance=sidang_of(musrenbang)),
        "boleh": allowed and musrenbang.tahap in BOLEH_AGENDA,
        "boleh_jalan": allowed and musrenbang.tahap in BOLEH_HADIR,
    }


@event_page("lihat_agenda")
def agenda(request: EventRequest, slug: str) -> HttpResponse:
    """The agenda with planned and real hours."""
    return render(request, "sidang/agenda.html", _context(request))


@event_action("kelola_agenda")
def agenda_fill(request: EventRequest, slug: str) -> HttpResponse:
    """Write the usual agenda."""
    jumlah = fill_agenda(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"{jumlah} mata acara disusun. Ubah menit, urutan, atau penanggung jawabnya.")
    return redirect("sidang:agenda", slug)


@event_action("kelola_agenda")
def agenda_reorder(request: EventRequest, slug: str) -> HttpResponse:
    """Store a new order: the whole list after a drag, or one item a step up or down."""
    form = AgendaOrderForm(request.POST)
    digest = read(form)["sidik"]
    reorder_agenda(musrenbang=request.musrenbang, by=request.user, urutan=form.order(), sidik=digest)
    return redirect("sidang:agenda", slug)


@event_action("kelola_agenda")
def settings_save(request: EventRequest, slug: str) -> HttpResponse:
    """Store hours, quorum and the women's share."""
    context = _context(request)
    form = SidangForm(request.POST, instance=sidang_of(request.musrenbang))
    if done := submit(
        request,
        form,
        partial(save_sidang, musrenbang=request.musrenbang, by=request.user),
        say="Pengaturan sidang disimpan.",
        to=redirect("sidang:agenda", slug),
    ):
        return done
    return show(request, "sidang/agenda.html", form, context | {"form": form})


@event_form("kelola_agenda")
def agenda_item(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add an item or change one."""
    items = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = AgendaForm(sent(request), instance=items or Agenda(musrenbang=request.musrenbang))
    musrenbang = request.musrenbang

    def said(item: Agenda) -> None:
        words = f"“{item.judul}” ({item.menit} menit)"
        if items:
            messages.success(request, f"{words} disimpan.")
        else:
            tell(request, item, words, musrenbang.kecamatan.kabupaten, "disimpan di agenda")

    save = partial(save_agenda, agenda=items) if items else add_agenda
    service = partial(save, musrenbang=musrenbang, by=request.user)
    if done := submit(request, form, service, say=said, to=redirect("sidang:agenda", slug)):
        return done
    return show(request, "sidang/agenda_item.html", form, {"butir": items})


@event_action("kelola_agenda")
def agenda_remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take an item out."""
    item = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk)
    remove_agenda(agenda=item, by=request.user)
    messages.success(request, f"“{item.judul}” dihapus dari agenda.")
    return redirect("sidang:agenda", slug)


@event_action("kelola_agenda")
def agenda_run(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Start an item, end it, end it and go on, or take a wrong start back."""
    item = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk)
    data = read(RunForm(request.POST))
    action = data["aksi"]
    if action == "mulai":
        start_agenda(agenda=item, by=request.user)
    elif action in {"selesai", "lanjut"}:
        finish_agenda(agenda=item, by=request.user, lanjut=action == "lanjut")
    elif action == "ulang":
        reset_agenda(agenda=item, by=request.user)
    else:
        raise Refused("Pilih mulai, selesai, atau lanjut.")
    return redirect("sidang:today" if data["dari"] == "hari" else "sidang:agenda", slug)
