"""Correcting a row while the document is finalised."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.models import Program
from musrenbang.transisi import Ditolak
from musrenbang.views.page import EventRequest, event_form
from rkp.forms.baris import CorrectForm
from rkp.services.final import correct_baris
from rkp.views.baris import get_baris


@event_form("koreksi_rkp")
def correct(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Put the wording or the placement of a row right, with the reason."""
    baris = get_baris(request, pk)
    form = CorrectForm(request.POST or None, instance=baris)
    if request.method == "POST" and form.is_valid():
        try:
            correct_baris(baris=baris, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"No. {baris.nomor} diperbaiki.")
            return redirect("tindak_lanjut:approval", slug)
    konteks = {"baris": baris, "form": form, "program": Program.objects.all()}
    return render(request, "rkp/correct.html", konteks, status=422 if form.is_bound else 200)
