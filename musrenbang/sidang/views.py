"""The attendance page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.sidang import queries, services
from musrenbang.sidang.forms import KehadiranForm
from musrenbang.states import BOLEH_HADIR
from musrenbang.transisi import Ditolak


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is here, by unsur and sex, and the form for the next person."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_kehadiran")
    if request.method == "POST" and not akses.may("catat_kehadiran"):
        raise PermissionDenied("Hanya tim pelaksana yang mencatat kehadiran.")
    form = KehadiranForm(request.POST if request.method == "POST" else None, musrenbang=musrenbang)
    if request.method == "POST" and form.is_valid():
        try:
            hadir = services.record_kehadiran(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"{hadir.nama} tercatat hadir.")
            return redirect("sidang:attendance", slug)
    cari = request.GET.get("cari", "").strip()
    konteks = {
        "musrenbang": musrenbang, "akses": akses, "form": form, "cari": cari,
        "halaman": Paginator(queries.list_hadir(musrenbang, cari), 50).get_page(request.GET.get("hal")),
        "hadir": queries.count_hadir(musrenbang),
        "boleh": akses.may("catat_kehadiran") and musrenbang.tahap in BOLEH_HADIR,
    }  # fmt: skip
    return render(request, "sidang/attendance.html", konteks)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a wrong entry out."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "catat_kehadiran")
    hadir = get_object_or_404(queries.list_hadir(musrenbang), pk=pk)
    services.remove_kehadiran(hadir=hadir, by=request.user)
    messages.success(request, f"Catatan kehadiran {hadir.nama} dihapus.")
    return redirect("sidang:attendance", slug)
