"""Invitations are issued, changed and printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from berita_acara.forms import LetterDateForm
from berita_acara.services.undangan import issue_changes, issue_undangan, print_changes, print_undangan
from musrenbang.sidang.models import PerubahanUndangan
from musrenbang.sidang.queries.kehadiran import list_undangan
from musrenbang.views.files import pdf_response
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read


@event_action("kelola_undangan")
def number(request: EventRequest, slug: str) -> HttpResponse:
    """Give every letter its number and date."""
    jumlah = issue_undangan(musrenbang=request.musrenbang, by=request.user, **read(LetterDateForm(request.POST)))
    messages.success(request, f"{jumlah} surat diberi nomor." if jumlah else "Semua surat sudah bernomor.")
    return redirect("sidang:invitations", slug)


@event_action("kelola_undangan")
def change(request: EventRequest, slug: str) -> HttpResponse:
    """Tell those who were invited what changed."""
    jumlah = issue_changes(musrenbang=request.musrenbang, by=request.user, **read(LetterDateForm(request.POST)))
    messages.success(request, f"{jumlah} surat perubahan undangan terbit. Cetak, kirim, lalu catat pengirimannya.")
    return redirect("sidang:invitations", slug)


@event_page("lihat_undangan")
def letter(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One invitation as it was issued; without a number as a draft."""
    undangan = get_object_or_404(list_undangan(request.musrenbang).select_related("desa", "terbitan"), pk=pk)
    undangan.musrenbang = request.musrenbang
    return pdf_response(f"undangan-{slug}-{undangan.kode}", print_undangan(undangan))


@event_page("lihat_undangan")
def change_letter(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One letter of change as it was issued."""
    everything = PerubahanUndangan.objects.select_related("terbitan", "undangan")
    one = get_object_or_404(everything, undangan__musrenbang=request.musrenbang, pk=pk)
    content = print_changes(one, request.musrenbang)
    return pdf_response(f"perubahan-undangan-{slug}-{one.undangan.kode}", content)
