"""Programmes that enter the kecamatan, and what the SKPD put first."""

from functools import partial

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.sheets import read_rows, write_xlsx
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.models import ProgramKind, ProgramMasuk
from musrenbang.persiapan.forms.program import ProgramForm
from musrenbang.persiapan.queries import list_program
from musrenbang.persiapan.services.program import (
    KEPALA,
    add_program,
    import_program,
    remove_program,
    save_program,
)
from musrenbang.sebutan import sebutan, translate
from musrenbang.tabel import BadTabel
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.stored import tell
from musrenbang.views.submit import sent, sent_files, show, submit


@event_form("lihat_program", send="kelola_program")
def programs(request: EventRequest, slug: str) -> HttpResponse:
    """Both lists with their sums; a spreadsheet adds to them."""
    form = TabelForm(sent(request), sent_files(request))

    def take_in(berkas: UploadedFile) -> tuple[int, int]:
        rows = read_rows(berkas, KEPALA, translate)
        added, changed, faults = import_program(musrenbang=request.musrenbang, by=request.user, baris=rows)
        if faults:
            raise BadTabel(faults)
        return added, changed

    if done := submit(
        request,
        form,
        take_in,
        say=lambda taken: f"{taken[0]} program ditambah, {taken[1]} diperbarui.",
        to=redirect("programs", slug),
        beside="berkas",
    ):
        return done
    context = {
        "kelompok": list_program(request.musrenbang, request.GET.get("cari", "").strip()),
        "cari": request.GET.get("cari", "").strip(),
        "boleh": request.akses.may("kelola_program", BOLEH_PROGRAM),
    }
    return show(request, "persiapan/programs.html", form, context)


@event_page("lihat_program")
def download(request: EventRequest, slug: str) -> HttpResponse:
    """Both lists in the shape that is read back; without any, the empty table."""
    baris = (
        [
            str(ProgramKind(p.jenis).label),
            p.nama,
            p.instansi,
            p.sumber_dana and str(p.sumber_dana),
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
    columns = list(zip(map(translate, KEPALA), (26, 46, 34, 18, 22, 28, 18, 34), strict=True))
    return xlsx_response(
        f"program-masuk-{request.musrenbang.slug}", write_xlsx(judul=judul, kolom=columns, baris=baris)
    )


@event_form("kelola_program")
def edit(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a programme or change one."""
    program = get_object_or_404(ProgramMasuk, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = ProgramForm(sent(request), instance=program, musrenbang=request.musrenbang)

    def said(stored: ProgramMasuk) -> None:
        if program:
            messages.success(request, f"“{stored.nama}” disimpan.")
        else:
            tell(request, stored, f"“{stored.nama}”", request.musrenbang.kecamatan.kabupaten, "disimpan")

    save = partial(save_program, program=program) if program else add_program
    service = partial(save, musrenbang=request.musrenbang, by=request.user)
    if done := submit(request, form, service, say=said, to=redirect("programs", slug)):
        return done
    return show(request, "persiapan/program_form.html", form, {"program": program})


@event_action("kelola_program")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a wrong programme out."""
    program = get_object_or_404(ProgramMasuk, musrenbang=request.musrenbang, pk=pk)
    remove_program(program=program, by=request.user)
    messages.success(request, f"“{program.nama}” dihapus dari daftar.")
    return redirect("programs", slug)
