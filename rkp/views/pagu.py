"""Sums of the plan and the ceiling."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read
from rkp.forms.pleno import ReserveForm
from rkp.izin import BOLEH_KEPUTUSAN
from rkp.queries.pagu import list_pagu, recap
from rkp.services.pagu import reserve_excess
from usulan.ownership import CATATAN_BERSAMA


@event_page("lihat_rekap_rkp")
def sums(request: EventRequest, slug: str) -> HttpResponse:
    """The plan by bidang, SKPD, desa and source, and what is agreed against each ceiling."""
    context = {
        "posisi": list_pagu(request.musrenbang),
        "rekap": recap(request.musrenbang),
        "catatan_bersama": CATATAN_BERSAMA,
        "boleh": request.akses.may("tetapkan_prioritas", BOLEH_KEPUTUSAN),
    }
    return render(request, "rkp/sums.html", context)


@event_action("tetapkan_prioritas")
def reserve(request: EventRequest, slug: str) -> HttpResponse:
    """Put what exceeds a ceiling into reserve."""
    jumlah = reserve_excess(
        musrenbang=request.musrenbang,
        by=request.user,
        **read(ReserveForm(request.POST)),
    )
    messages.success(request, f"{jumlah} kegiatan dipindah ke cadangan; alasannya tercatat pada tiap kegiatan.")
    return redirect("rkp:sums", slug)
