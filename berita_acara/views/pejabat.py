"""Who signs for the Camat, in what capacity, and when."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from berita_acara.forms import PejabatForm
from musrenbang.models import Pejabat
from musrenbang.queries import signer_of
from musrenbang.services.pejabat import add_pejabat, remove_pejabat
from musrenbang.views.page import EventRequest, event_action, event_form
from musrenbang.views.submit import sent, show, submit


@event_form("atur_dokumen")
def signers(request: EventRequest, slug: str) -> HttpResponse:
    """Who signs today, the periods, and a new one."""
    form = PejabatForm(sent(request), instance=Pejabat(kecamatan=request.musrenbang.kecamatan))
    if done := submit(
        request,
        form,
        partial(add_pejabat, musrenbang=request.musrenbang, by=request.user),
        say=lambda one: f"{one} dicatat. Dokumen yang sudah terbit tidak berubah.",
        to=redirect("berita_acara:signers", slug),
    ):
        return done
    today = timezone.localdate(timezone=request.musrenbang.kecamatan.kabupaten.tz)
    context = {
        "kini": signer_of(request.musrenbang.kecamatan, today),
        "daftar": Pejabat.objects.filter(kecamatan=request.musrenbang.kecamatan).select_related("kecamatan"),
    }
    return show(request, "berita_acara/signers.html", form, context)


@event_action("atur_dokumen")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take out a period that was recorded by mistake."""
    pejabat = get_object_or_404(
        Pejabat.objects.select_related("kecamatan"), kecamatan=request.musrenbang.kecamatan, pk=pk
    )
    remove_pejabat(musrenbang=request.musrenbang, by=request.user, pejabat=pejabat)
    messages.success(request, f"{pejabat} dihapus dari daftar penanda tangan.")
    return redirect("berita_acara:signers", slug)
