"""Invitations are issued, changed and printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from berita_acara.services.undangan import issue_perubahan, issue_undangan, print_perubahan, print_undangan
from musrenbang.akses import get_musrenbang_for
from musrenbang.sidang.models import PerubahanUndangan
from musrenbang.sidang.queries.hadir import list_undangan
from musrenbang.views.berkas import pdf_response


@require_POST
def number(request: HttpRequest, slug: str) -> HttpResponse:
    """Give every letter its number and date."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_undangan")
    tanggal = parse_date(request.POST.get("tanggal", ""))
    jumlah = issue_undangan(musrenbang=musrenbang, by=request.user, tanggal=tanggal)
    messages.success(request, f"{jumlah} surat diberi nomor." if jumlah else "Semua surat sudah bernomor.")
    return redirect("sidang:invitations", slug)


@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell those who were invited what changed."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_undangan")
    tanggal = parse_date(request.POST.get("tanggal", ""))
    jumlah = issue_perubahan(musrenbang=musrenbang, by=request.user, tanggal=tanggal)
    messages.success(request, f"{jumlah} surat perubahan undangan terbit. Cetak, kirim, lalu catat pengirimannya.")
    return redirect("sidang:invitations", slug)


@require_GET
def letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One invitation as it was issued; without a number as a draft."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_undangan")
    undangan = get_object_or_404(list_undangan(musrenbang).select_related("desa", "terbitan"), pk=pk)
    undangan.musrenbang = musrenbang
    return pdf_response(f"undangan-{slug}-{undangan.kode}", print_undangan(undangan))


@require_GET
def change_letter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One letter of change as it was issued."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_undangan")
    semua = PerubahanUndangan.objects.select_related("terbitan", "undangan")
    satu = get_object_or_404(semua, undangan__musrenbang=musrenbang, pk=pk)
    isi = print_perubahan(satu, musrenbang)
    return pdf_response(f"perubahan-undangan-{slug}-{satu.undangan.kode}", isi)
