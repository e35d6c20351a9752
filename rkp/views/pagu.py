"""Sums of the plan and the ceiling."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.forms.angka import whole
from rkp.izin import BOLEH_KEPUTUSAN
from rkp.queries.pagu import list_pagu, recap
from rkp.services.pagu import reserve_excess
from usulan.milik import CATATAN_BERSAMA


@require_GET
def sums(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan by bidang, SKPD, desa and source, and what is agreed against each ceiling."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_rekap_rkp")
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "posisi": list_pagu(musrenbang),
        "rekap": recap(musrenbang),
        "catatan_bersama": CATATAN_BERSAMA,
        "boleh": akses.may("tetapkan_prioritas") and musrenbang.tahap in BOLEH_KEPUTUSAN,
    }
    return render(request, "rkp/sums.html", konteks)


@require_POST
def reserve(request: HttpRequest, slug: str) -> HttpResponse:
    """Put what exceeds a ceiling into reserve."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "tetapkan_prioritas")
    sumber = request.POST.get("sumber", "")
    jumlah = reserve_excess(
        musrenbang=musrenbang,
        by=request.user,
        sumber=whole(sumber) or 0,
        sidik=request.POST.get("sidik", ""),
    )
    messages.success(request, f"{jumlah} kegiatan dipindah ke cadangan; alasannya tercatat pada tiap kegiatan.")
    return redirect("rkp:sums", slug)
