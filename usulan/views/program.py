"""Pages of proposals that an incoming programme already pays."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.forms.angka import whole
from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.models import ProgramMasuk
from musrenbang.transisi import Ditolak
from usulan.models import Usulan
from usulan.queries.serupa import list_paid, list_paid_candidates
from usulan.services.program import mark_paid, mark_unpaid

PER_HALAMAN = 20


@require_GET
def paid(request: HttpRequest, slug: str) -> HttpResponse:
    """Proposals beside programmes that may pay them already, and those that are marked."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "gabung_usulan")
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "halaman": Paginator(list_paid_candidates(musrenbang), PER_HALAMAN).get_page(request.GET.get("hal")),
        "ada_program": ProgramMasuk.objects.filter(musrenbang=musrenbang).exists(),
        "ditandai": list_paid(musrenbang),
        "buka": musrenbang.tahap in BOLEH_PROGRAM,
    }
    return render(request, "usulan/paid.html", konteks)


@require_POST
def mark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Decide about one proposal and one programme: pays it, is other work, or take the mark off."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "gabung_usulan")
    usulan = get_object_or_404(Usulan, musrenbang=musrenbang, pk=pk)
    nomor = request.POST.get("program", "")
    program = ProgramMasuk.objects.filter(musrenbang=musrenbang, pk=whole(nomor) or 0).first()
    putusan = request.POST.get("putusan")
    if putusan == "lepas":
        mark_paid(usulan=usulan, program=None, by=request.user)
        messages.success(request, f"Tanda pada usulan {usulan.nomor} dilepas.")
    elif program is None:
        raise Ditolak("Pilih programnya lebih dahulu.")
    elif putusan == "bukan":
        mark_unpaid(usulan=usulan, program=program, by=request.user)
        messages.success(request, f"Usulan {usulan.nomor} dicatat sebagai pekerjaan lain.")
    else:
        mark_paid(usulan=usulan, program=program, by=request.user)
        messages.success(request, f"Usulan {usulan.nomor} ditandai sudah didanai “{program.nama}”.")
    if request.POST.get("dari") == "usulan":
        return redirect("usulan:detail", slug, pk)
    return redirect("usulan:paid", slug)
