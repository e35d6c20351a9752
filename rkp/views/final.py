"""Correcting a row while the document is finalised."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect

from musrenbang.models import Program
from musrenbang.views.page import EventRequest, event_form
from musrenbang.views.submit import sent, show, submit
from rkp.forms.baris import CorrectForm
from rkp.services.final import correct_baris
from rkp.views.baris import get_baris


@event_form("koreksi_rkp")
def correct(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Put the wording or the placement of a row right, with the reason."""
    baris = get_baris(request, pk)
    form = CorrectForm(sent(request), instance=baris)
    if done := submit(
        request,
        form,
        partial(correct_baris, baris=baris, by=request.user),
        say=f"No. {baris.nomor} diperbaiki.",
        to=redirect("tindak_lanjut:approval", slug),
    ):
        return done
    return show(request, "rkp/correct.html", form, {"baris": baris, "program": Program.objects.all()})
