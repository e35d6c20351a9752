"""A form is sent: read, handed to its service and answered. A refusal comes back in the form, with all that was typed.

A page with a form asks ``submit`` and, when that has no answer, ``show``. An address that only takes a small form asks
``read``; what is wrong with it is then said on the page that the person came from (``RefusalMiddleware``).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.sheets import BrokenSheet, read_rows
from musrenbang.sebutan import translate
from musrenbang.tabel import BadTabel
from musrenbang.transisi import Refused

Stored = TypeVar("Stored")

REFUSALS = (Refused, BrokenSheet, BadTabel)
SENTENCES = 20
"""So many faults of a table are said at once; more would be read by nobody."""


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, for the form of a page that also shows it; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> MultiValueDict[str, Any] | None:
    """Return the files that a form was sent with, beside ``sent``."""
    return request.FILES if request.method == "POST" else None


def submit(
    request: HttpRequest,
    form: BaseForm,
    service: Callable[..., Stored],
    *,
    say: str | Callable[[Stored], str | None],
    to: HttpResponse | Callable[[Stored], HttpResponse],
    beside: str | None = None,
) -> HttpResponse | None:
    """Hand what a valid form holds to ``service``, say what was done, and return where to go on.

    None means that the page is to be shown: nothing was sent, or the form says what is wrong. A refusal of the service
    stands above the fields, or at the field ``beside``. ``say`` is the sentence, or makes it from what was stored;
    None when the view has said it already.
    """
    if not form.is_valid():
        return None
    try:
        stored = service(**form.cleaned_data)
    except REFUSALS as refusal:
        refuse(form, refusal, beside)
        return None
    sentence = say(stored) if callable(say) else say
    if sentence:
        messages.success(request, sentence)
    return to(stored) if callable(to) else to


def refuse(form: BaseForm, refusal: Exception, beside: str | None = None) -> None:
    """Put the sentences of a refusal into the form."""
    sentences = refusal.galat if isinstance(refusal, BadTabel) else [str(refusal)]
    for sentence in sentences[:SENTENCES]:
        form.add_error(beside, sentence)


def show(
    request: HttpRequest, template: str, form: BaseForm, context: Mapping[str, Any] | None = None, **options: Any
) -> HttpResponse:
    """Show the page of a form: 422 when something is wrong in it."""
    return render(request, template, {"form": form, **(context or {})}, status=422 if form.errors else 200, **options)


def read(form: BaseForm, sentence: str = "") -> dict[str, Any]:
    """Return what a small form holds; Refused with ``sentence``, or with the form's own, when it cannot be read."""
    if not form.is_valid():
        raise Refused(sentence or " ".join(str(fault) for faults in form.errors.values() for fault in faults))
    return form.cleaned_data


def read_table(form: TabelForm, headings: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    """Return the rows of an uploaded table; Refused when there is none or it cannot be read."""
    data = read(form, "Pilih dahulu tabelnya (.xlsx).")
    try:
        return read_rows(data["berkas"], headings, translate)
    except BrokenSheet as broken:
        raise Refused(str(broken)) from broken
