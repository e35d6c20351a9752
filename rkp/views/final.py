"""Correcting a row while the document is finalised."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from musrenbang.models import Program
from musrenbang.transisi import Ditolak
from rkp.forms.baris import CorrectForm
from rkp.services.final import correct_baris
from rkp.views.baris import get_baris


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put the wording or the placement of a row right, with the reason."""
    musrenbang, akses, baris = get_baris(request, slug, pk, "koreksi_rkp")
    form = CorrectForm(request.POST or None, instance=baris)
    if request.method == "POST" and form.is_valid():
        try:
            correct_baris(baris=baris, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"No. {baris.nomor} diperbaiki.")
            return redirect("tindak_lanjut:approval", slug)
    konteks = {"musrenbang": musrenbang, "akses": akses, "baris": baris, "form": form, "program": Program.objects.all()}
    return render(request, "rkp/correct.html", konteks, status=422 if form.is_bound else 200)
