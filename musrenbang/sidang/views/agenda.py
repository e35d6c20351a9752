"""The agenda: made, reordered, run; the settings of the day."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.forms.angka import whole, wholes
from musrenbang.models import Musrenbang
from musrenbang.sidang.forms.agenda import AgendaForm, SidangForm
from musrenbang.sidang.izin import BOLEH_AGENDA, BOLEH_HADIR
from musrenbang.sidang.models import Agenda
from musrenbang.sidang.queries.agenda import list_agenda
from musrenbang.sidang.queries.hadir import sidang_of
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
from musrenbang.transisi import Ditolak
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.tercatat import tell


def _context(request: EventRequest) -> dict[str, Any]:
    musrenbang, akses = request.musrenbang, request.akses
    boleh = akses.may("kelola_agenda")
    return {
        "susunan": list_agenda(musrenbang),
        "zona": musrenbang.kecamatan.kabupaten.tz,
        "form": SidangForm(instance=sidang_of(musrenbang)),
        "boleh": boleh and musrenbang.tahap in BOLEH_AGENDA,
        "boleh_jalan": boleh and musrenbang.tahap in BOLEH_HADIR,
    }


@event_page("lihat_agenda")
def agenda(request: EventRequest, slug: str) -> HttpResponse:
    """The agenda with planned and real hours."""
    return render(request, "sidang/agenda.html", _context(request))


@event_action("kelola_agenda")
def agenda_fill(request: EventRequest, slug: str) -> HttpResponse:
    """Write the usual agenda."""
    jumlah = fill_agenda(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"{jumlah} butir agenda disusun. Ubah menit, urutan, atau penanggung jawabnya.")
    return redirect("sidang:agenda", slug)


@event_action("kelola_agenda")
def agenda_reorder(request: EventRequest, slug: str) -> HttpResponse:
    """Store a new order: the whole list after a drag, or one item a step up or down."""
    urutan = wholes(request.POST.getlist("urutan"))
    arah, geser = request.POST.get("arah"), whole(request.POST.get("geser"))
    if geser in urutan:
        i = urutan.index(geser)
        j = max(0, i - 1) if arah == "naik" else min(len(urutan) - 1, i + 1)
        urutan[i], urutan[j] = urutan[j], urutan[i]
    reorder_agenda(musrenbang=request.musrenbang, by=request.user, urutan=urutan, sidik=request.POST.get("sidik", ""))
    return redirect("sidang:agenda", slug)


@event_action("kelola_agenda")
def settings_save(request: EventRequest, slug: str) -> HttpResponse:
    """Store hours, quorum and the women's share."""
    konteks = _context(request)
    form = SidangForm(request.POST, instance=sidang_of(request.musrenbang))
    if form.is_valid():
        try:
            save_sidang(musrenbang=request.musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, "Pengaturan sidang disimpan.")
            return redirect("sidang:agenda", slug)
    return render(request, "sidang/agenda.html", konteks | {"form": form}, status=422)


def _save(request: AppRequest, musrenbang: Musrenbang, butir: Agenda | None, isi: dict[str, Any]) -> HttpResponse:
    if butir:
        satu = save_agenda(musrenbang=musrenbang, by=request.user, agenda=butir, **isi)
        messages.success(request, f"“{satu.judul}” ({satu.menit} menit) disimpan.")
    else:
        satu = add_agenda(musrenbang=musrenbang, by=request.user, **isi)
        sebutan = f"“{satu.judul}” ({satu.menit} menit)"
        tell(request, satu, sebutan, musrenbang.kecamatan.kabupaten, "disimpan di agenda")
    return redirect("sidang:agenda", musrenbang.slug)


@event_form("kelola_agenda")
def agenda_item(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add an item or change one."""
    butir = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = AgendaForm(
        request.POST if request.method == "POST" else None, instance=butir or Agenda(musrenbang=request.musrenbang)
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, request.musrenbang, butir, form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
    konteks = {"form": form, "butir": butir}
    return render(request, "sidang/agenda_item.html", konteks, status=422 if form.errors else 200)


@event_action("kelola_agenda")
def agenda_remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take an item out."""
    butir = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk)
    remove_agenda(agenda=butir, by=request.user)
    messages.success(request, f"“{butir.judul}” dihapus dari agenda.")
    return redirect("sidang:agenda", slug)


@event_action("kelola_agenda")
def agenda_run(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Start an item, end it, end it and go on, or take a wrong start back."""
    butir = get_object_or_404(Agenda, musrenbang=request.musrenbang, pk=pk)
    aksi = request.POST.get("aksi")
    if aksi == "mulai":
        start_agenda(agenda=butir, by=request.user)
    elif aksi in {"selesai", "lanjut"}:
        finish_agenda(agenda=butir, by=request.user, lanjut=aksi == "lanjut")
    elif aksi == "ulang":
        reset_agenda(agenda=butir, by=request.user)
    else:
        raise Ditolak("Pilih mulai, selesai, atau lanjut.")
    return redirect("sidang:today" if request.POST.get("dari") == "hari" else "sidang:agenda", slug)
