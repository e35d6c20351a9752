"""Invitations: the list, letters, and whether they arrived."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.sheets import write_xlsx
from musrenbang.sebutan import translate
from musrenbang.sidang.forms.kehadiran import UndanganForm
from musrenbang.sidang.forms.small import TrackForm
from musrenbang.sidang.izin import BOLEH_UNDANGAN
from musrenbang.sidang.models import Undangan, Unsur
from musrenbang.sidang.queries.inviting import without_letter
from musrenbang.sidang.queries.kehadiran import count_undangan, days_to_go, letter_of_change, list_undangan
from musrenbang.sidang.queries.sesi import rest_words
from musrenbang.sidang.queries.surat import stale_letters
from musrenbang.sidang.services.undangan import (
    KEPALA,
    carry_undangan,
    import_undangan,
    remove_undangan,
    save_undangan,
    track_undangan,
)
from musrenbang.transisi import Refused
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, read_table, sent, show, submit

KEADAAN = [
    ("belum_dikirim", "Belum dikirim"),
    ("belum_diterima", "Belum diterima"),
    ("hadir", "Sudah hadir"),
    ("belum_hadir", "Belum hadir"),
]


def _filter(request: AppRequest) -> dict[str, str]:
    return {n: request.GET.get(n, "").strip() for n in ("cari", "unsur", "keadaan")}


@event_page("lihat_undangan")
def invitations(request: EventRequest, slug: str) -> HttpResponse:
    """Who is invited, by unsur, with the state of each letter."""
    filters = _filter(request)
    count = count_undangan(request.musrenbang)
    own = without_letter(request.musrenbang)
    context: dict[str, Any] = {
        "saring": filters,
        "unsur": Unsur.choices,
        "keadaan": KEADAAN,
        "halaman": Paginator(list_undangan(request.musrenbang, **filters), 100).get_page(request.GET.get("hal")),
        "hitung": count,
        "surat": count["semua"] - len(own),
        "belum_bernomor": count["semua"] - len(own) - count["bernomor"],
        "tanpa_surat": own,
        "ada_perubahan": count["perubahan"] > 0,
        "basi": stale_letters(request.musrenbang),
        "sisa": days_to_go(request.musrenbang),
        "berhenti": rest_words(request.musrenbang),
        "unggah": TabelForm(),
        "hari_ini": timezone.localdate(timezone=request.musrenbang.kecamatan.kabupaten.tz),
        "boleh": request.akses.may("kelola_undangan", BOLEH_UNDANGAN),
    }
    return render(request, "sidang/invitations.html", context)


@event_page("lihat_undangan")
def invitations_download(request: EventRequest, slug: str) -> HttpResponse:
    """The list in the shape that is read back, with number and code at the end; without any, the empty table."""
    baris = (
        [
            u.nama,
            u.jabatan,
            u.get_unsur_display(),
            u.lembaga,
            u.desa and u.desa.nama,
            u.jenis_kelamin,
            u.usia,
            u.alamat,
            u.nomor,
            u.kode,
            u.dikirim_pada,
            u.diterima_pada,
            *letter_of_change(u),
        ]
        for u in list_undangan(request.musrenbang, **_filter(request))
    )
    tail = ("Nomor Surat", "Kode", "Dikirim", "Diterima", "Nomor Perubahan", "Perubahan Dikirim", "Perubahan Diterima")
    width = (28, 30, 28, 30, 20, 6, 7, 34, 26, 10, 12, 12, 26, 12, 12)
    columns = list(zip((*map(translate, KEPALA), *tail), width, strict=True))
    content = write_xlsx(judul=f"Daftar undangan {request.musrenbang}", kolom=columns, baris=baris)
    return xlsx_response(f"undangan-{request.musrenbang.slug}", content)


@event_action("kelola_undangan")
def invitations_upload(request: EventRequest, slug: str) -> HttpResponse:
    """Add the invitees of a spreadsheet."""
    baris = read_table(TabelForm(request.POST, request.FILES), KEPALA)
    add, error = import_undangan(musrenbang=request.musrenbang, by=request.user, baris=baris)
    if error:
        raise Refused(" ".join(error[:10]) + " Tidak ada yang disimpan.")
    messages.success(request, f"{add} undangan ditambah; {len(baris) - add} sudah ada di daftar.")
    return redirect("sidang:invitations", slug)


@event_action("kelola_undangan")
def invitations_carry(request: EventRequest, slug: str) -> HttpResponse:
    """Take over last year's list."""
    jumlah = carry_undangan(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"{jumlah} undangan diambil dari tahun lalu. Periksa nama pejabat yang sudah berganti.")
    return redirect("sidang:invitations", slug)


@event_action("kelola_undangan")
def invitations_track(request: EventRequest, slug: str) -> HttpResponse:
    """Note that the ticked letters were sent or received."""
    data = read(TrackForm(request.POST))
    column = data["kolom"]
    jumlah = track_undangan(
        musrenbang=request.musrenbang, by=request.user, pilihan=data["undangan"], kolom=column, tanggal=data["tanggal"]
    )
    words = "dikirim" if column == "dikirim_pada" else "diterima"
    messages.success(request, f"{jumlah} surat dicatat {words}; yang sudah tercatat tidak diubah.")
    return redirect("sidang:invitations", slug)


@event_form("kelola_undangan")
def invitation(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add an invitee or change one."""
    undangan = get_object_or_404(Undangan, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = UndanganForm(
        sent(request),
        musrenbang=request.musrenbang,
        instance=undangan or Undangan(musrenbang=request.musrenbang),
    )
    if done := submit(
        request,
        form,
        partial(save_undangan, musrenbang=request.musrenbang, by=request.user, undangan=undangan),
        say=lambda new: f"Undangan {new} disimpan.",
        to=redirect("sidang:invitations", slug),
    ):
        return done
    return show(request, "sidang/invitation.html", form, {"undangan": undangan})


@event_action("kelola_undangan")
def invitation_remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitee out."""
    undangan = get_object_or_404(Undangan, musrenbang=request.musrenbang, pk=pk)
    remove_undangan(undangan=undangan, by=request.user)
    messages.success(request, f"{undangan} dikeluarkan dari daftar undangan.")
    return redirect("sidang:invitations", slug)
