"""The agenda: made, reordered, run; the settings of the day."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang.akses import get_musrenbang_for
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
from musrenbang.views.tercatat import tell


def _context(request: HttpRequest, slug: str, izin: str = "lihat_agenda") -> dict[str, Any]:
    musrenbang, akses = get_musrenbang_for(request.user, slug, izin)
    boleh = akses.may("kelola_agenda")
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "susunan": list_agenda(musrenbang),
        "zona": musrenbang.kecamatan.kabupaten.tz,
        "form": SidangForm(instance=sidang_of(musrenbang)),
        "boleh": boleh and musrenbang.tahap in BOLEH_AGENDA,
        "boleh_jalan": boleh and musrenbang.tahap in BOLEH_HADIR,
    }


@require_GET
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda with planned and real hours."""
    return render(request, "sidang/agenda.html", _context(request, slug))


@require_POST
def agenda_fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the usual agenda."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_agenda")
    jumlah = fill_agenda(musrenbang=musrenbang, by=request.user)
    messages.success(request, f"{jumlah} butir agenda disusun. Ubah menit, urutan, atau penanggung jawabnya.")
    return redirect("sidang:agenda", slug)


@require_POST
def agenda_reorder(request: HttpRequest, slug: str) -> HttpResponse:
    """Store a new order: the whole list after a drag, or one item a step up or down."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_agenda")
    urutan = wholes(request.POST.getlist("urutan"))
    arah, geser = request.POST.get("arah"), whole(request.POST.get("geser"))
    if geser in urutan:
        i = urutan.index(geser)
        j = max(0, i - 1) if arah == "naik" else min(len(urutan) - 1, i + 1)
        urutan[i], urutan[j] = urutan[j], urutan[i]
    reorder_agenda(musrenbang=musrenbang, by=request.user, urutan=urutan, sidik=request.POST.get("sidik", ""))
    return redirect("sidang:agenda", slug)


@require_POST
def settings_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Store hours, quorum and the women's share."""
    konteks = _context(request, slug, "kelola_agenda")
    form = SidangForm(request.POST, instance=sidang_of(konteks["musrenbang"]))
    if form.is_valid():
        try:
            save_sidang(musrenbang=konteks["musrenbang"], by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, "Pengaturan sidang disimpan.")
            return redirect("sidang:agenda", slug)
    return render(request, "sidang/agenda.html", konteks | {"form": form}, status=422)


def _save(request: HttpRequest, musrenbang: Musrenbang, butir: Agenda | None, isi: dict[str, Any]) -> HttpResponse:
    if butir:
        satu = save_agenda(musrenbang=musrenbang, by=request.user, agenda=butir, **isi)
        messages.success(request, f"“{satu.judul}” ({satu.menit} menit) disimpan.")
    else:
        satu = add_agenda(musrenbang=musrenbang, by=request.user, **isi)
        sebutan = f"“{satu.judul}” ({satu.menit} menit)"
        tell(request, satu, sebutan, musrenbang.kecamatan.kabupaten, "disimpan di agenda")
    return redirect("sidang:agenda", musrenbang.slug)


@require_http_methods(["GET", "POST"])
def agenda_item(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add an item or change one."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "kelola_agenda")
    butir = get_object_or_404(Agenda, musrenbang=musrenbang, pk=pk) if pk else None
    form = AgendaForm(
        request.POST if request.method == "POST" else None, instance=butir or Agenda(musrenbang=musrenbang)
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, musrenbang, butir, form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
    konteks = {"musrenbang": musrenbang, "akses": akses, "form": form, "butir": butir}
    return render(request, "sidang/agenda_item.html", konteks, status=422 if form.errors else 200)


@require_POST
def agenda_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an item out."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_agenda")
    butir = get_object_or_404(Agenda, musrenbang=musrenbang, pk=pk)
    remove_agenda(agenda=butir, by=request.user)
    messages.success(request, f"“{butir.judul}” dihapus dari agenda.")
    return redirect("sidang:agenda", slug)


@require_POST
def agenda_run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Start an item, end it, end it and go on, or take a wrong start back."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_agenda")
    butir = get_object_or_404(Agenda, musrenbang=musrenbang, pk=pk)
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
