"""Pages of proposals that an incoming programme already pays."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.izin import BOLEH_PROGRAM
from musrenbang.models import ProgramMasuk
from musrenbang.transisi import Refused
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read
from usulan.forms.small import PaidForm
from usulan.models import Usulan
from usulan.queries.similar import list_paid, list_paid_candidates
from usulan.services.program import mark_paid, mark_unpaid

PER_HALAMAN = 20


@event_page("gabung_usulan")
def paid(request: EventRequest, slug: str) -> HttpResponse:
    """Proposals beside programmes that may pay them already, and those that are marked."""
    context = {
        "halaman": Paginator(list_paid_candidates(request.musrenbang), PER_HALAMAN).get_page(request.GET.get("hal")),
        "ada_program": ProgramMasuk.objects.filter(musrenbang=request.musrenbang).exists(),
        "ditandai": list_paid(request.musrenbang),
        "buka": request.musrenbang.tahap in BOLEH_PROGRAM,
    }
    return render(request, "usulan/paid.html", context)


@event_action("gabung_usulan")
def mark(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Decide about one proposal and one programme: pays it, is other work, or take the mark off."""
    usulan = get_object_or_404(Usulan, musrenbang=request.musrenbang, pk=pk)
    data = read(PaidForm(request.POST))
    program = ProgramMasuk.objects.filter(musrenbang=request.musrenbang, pk=data["program"]).first()
    putusan = data["putusan"]
    if putusan == "lepas":
        mark_paid(usulan=usulan, program=None, by=request.user)
        messages.success(request, f"Tanda pada usulan {usulan.nomor} dilepas.")
    elif program is None:
        raise Refused("Pilih programnya lebih dahulu.")
    elif putusan == "bukan":
        mark_unpaid(usulan=usulan, program=program, by=request.user)
        messages.success(request, f"Usulan {usulan.nomor} dicatat sebagai pekerjaan lain.")
    else:
        mark_paid(usulan=usulan, program=program, by=request.user)
        messages.success(request, f"Usulan {usulan.nomor} ditandai sudah didanai “{program.nama}”.")
    if data["dari"] == "usulan":
        return redirect("usulan:detail", slug, pk)
    return redirect("usulan:paid", slug)
