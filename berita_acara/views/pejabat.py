"""Who signs for the Camat, in what capacity, and when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from berita_acara.forms import PejabatForm
from musrenbang.models import Pejabat
from musrenbang.queries import signer_of
from musrenbang.services.pejabat import add_pejabat, remove_pejabat
from musrenbang.transisi import Ditolak
from musrenbang.views.page import EventRequest, event_action, event_form


@event_form("atur_dokumen")
def signers(request: EventRequest, slug: str) -> HttpResponse:
    """Who signs today, the periods, and a new one."""
    form = PejabatForm(request.POST or None, instance=Pejabat(kecamatan=request.musrenbang.kecamatan))
    if request.method == "POST" and form.is_valid():
        try:
            satu = add_pejabat(musrenbang=request.musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"{satu} dicatat. Dokumen yang sudah terbit tidak berubah.")
            return redirect("berita_acara:signers", slug)
    hari_ini = timezone.localdate(timezone=request.musrenbang.kecamatan.kabupaten.tz)
    konteks = {
        "form": form,
        "kini": signer_of(request.musrenbang.kecamatan, hari_ini),
        "daftar": Pejabat.objects.filter(kecamatan=request.musrenbang.kecamatan).select_related("kecamatan"),
    }
    return render(request, "berita_acara/signers.html", konteks, status=422 if form.errors else 200)


@event_action("atur_dokumen")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take out a period that was recorded by mistake."""
    pejabat = get_object_or_404(
        Pejabat.objects.select_related("kecamatan"), kecamatan=request.musrenbang.kecamatan, pk=pk
    )
    remove_pejabat(musrenbang=request.musrenbang, by=request.user, pejabat=pejabat)
    messages.success(request, f"{pejabat} dihapus dari daftar penanda tangan.")
    return redirect("berita_acara:signers", slug)
