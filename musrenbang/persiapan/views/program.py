"""Programmes that enter the kecamatan, and what the SKPD put first."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.lembar import LembarRusak, read_rows, write_xlsx
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.models import Musrenbang, ProgramMasuk
from musrenbang.persiapan.forms.program import ProgramForm
from musrenbang.persiapan.queries import list_program
from musrenbang.persiapan.services.program import (
    KATA_JENIS,
    KEPALA,
    add_program,
    import_program,
    remove_program,
    save_program,
)
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Ditolak
from musrenbang.views.berkas import xlsx_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.tercatat import tell


@event_form("lihat_program", send="kelola_program")
def programs(request: EventRequest, slug: str) -> HttpResponse:
    """Both lists with their sums; a spreadsheet adds to them."""
    form = TabelForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if request.method == "POST" and form.is_valid():
        try:
            baris = read_rows(form.cleaned_data["berkas"], KEPALA)
            tambah, ganti, galat = import_program(musrenbang=request.musrenbang, by=request.user, baris=baris)
        except (LembarRusak, Ditolak) as ditolak:
            tambah, ganti, galat = 0, 0, [str(ditolak)]
        if not galat:
            messages.success(request, f"{tambah} program ditambah, {ganti} diperbarui.")
            return redirect("programs", slug)
        for kalimat in galat[:20]:
            form.add_error("berkas", kalimat)
    konteks = {
        "form": form,
        "kelompok": list_program(request.musrenbang, request.GET.get("cari", "").strip()),
        "cari": request.GET.get("cari", "").strip(),
        "boleh": request.akses.may("kelola_program", BOLEH_PROGRAM),
    }
    return render(request, "persiapan/programs.html", konteks, status=422 if form.errors else 200)


@event_page("lihat_program")
def download(request: EventRequest, slug: str) -> HttpResponse:
    """Both lists in the shape that is read back; without any, the empty table."""
    baris = (
        [
            KATA_JENIS[p.jenis],
            p.nama,
            p.instansi,
            p.sumber_dana and p.sumber_dana.nama,
            p.desa and p.desa.nama,
            p.lokasi,
            p.anggaran,
            p.keterangan,
        ]
        for k in list_program(request.musrenbang)
        for p in k.daftar
    )
    judul = (
        f"Program masuk {request.musrenbang.tahun_pelaksanaan} dan prioritas {sebutan.skpd} "
        f"{request.musrenbang.tahun_rencana}"
    )
    kolom = list(zip(KEPALA, (12, 46, 34, 18, 22, 28, 18, 34), strict=True))
    return xlsx_response(f"program-masuk-{request.musrenbang.slug}", write_xlsx(judul=judul, kolom=kolom, baris=baris))


def _save(
    request: AppRequest, musrenbang: Musrenbang, program: ProgramMasuk | None, isi: dict[str, Any]
) -> HttpResponse:
    if program:
        satu = save_program(musrenbang=musrenbang, by=request.user, program=program, **isi)
        messages.success(request, f"“{satu.nama}” disimpan.")
    else:
        satu = add_program(musrenbang=musrenbang, by=request.user, **isi)
        tell(request, satu, f"“{satu.nama}”", musrenbang.kecamatan.kabupaten, "disimpan")
    return redirect("programs", musrenbang.slug)


@event_form("kelola_program")
def edit(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a programme or change one."""
    program = get_object_or_404(ProgramMasuk, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = ProgramForm(
        request.POST if request.method == "POST" else None, instance=program, musrenbang=request.musrenbang
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, request.musrenbang, program, form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
    konteks = {"form": form, "program": program}
    return render(request, "persiapan/program_form.html", konteks, status=422 if form.errors else 200)


@event_action("kelola_program")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a wrong programme out."""
    program = get_object_or_404(ProgramMasuk, musrenbang=request.musrenbang, pk=pk)
    remove_program(program=program, by=request.user)
    messages.success(request, f"“{program.nama}” dihapus dari daftar.")
    return redirect("programs", slug)
