"""The grid of the sorting: one work, the ticked ones, their sum, and taking back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string

from musrenbang.forms.numbers import whole, wholes
from musrenbang.models import Musrenbang, Skpd
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.errors import is_part
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read
from rkp.forms.grid import UndoForm, read_steps, sign_steps, words_of_errors
from rkp.views.grid import answer, refuse
from tindak_lanjut.forms import SUGGESTED, SortCellForm, SortManyForm
from tindak_lanjut.queries.pemilahan import list_pilahan, sorting_summary, sums_of
from tindak_lanjut.services import sorting_cells
from tindak_lanjut.views.sorting_rows import sorting_html, sorting_row

WHERE = "pemilahan:{}"


def _office(musrenbang: Musrenbang, value: str) -> Skpd | None:
    """Return the chosen SKPD; None for the suggestion. Refused for one that this kabupaten does not have."""
    if value == SUGGESTED:
        return None
    office = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id, pk=whole(value) or 0).first()
    if office is None:
        raise Refused(f"Pilih dahulu {sebutan.skpd_nya}.")
    return office


def _parts(request: EventRequest, keys: list[int]) -> dict[str, Any]:
    """Return the works as they are now, and the figures that follow them, with the tab of the page that asks."""
    musrenbang = request.musrenbang
    found = list(list_pilahan(musrenbang).filter(pk__in=keys))
    for one in found:
        one.musrenbang = musrenbang
    summary = sorting_summary(musrenbang)
    figures = render_to_string(
        "tindak_lanjut/_sorting_figures.html", {"ringkasan": summary, "status": request.GET.get("status")}
    )
    rows = {one.pk: sorting_html(sorting_row(one)) for one in found}
    return {"baris": rows, "bagian": {"angka-pilahan": figures}, "sisa": summary.disarankan}


@event_action("pilah_skpd")
def cell(request: EventRequest, slug: str) -> HttpResponse:
    """Settle one work from the grid."""
    musrenbang, form = request.musrenbang, SortCellForm(request.POST)
    if not form.is_valid():
        return refuse(words_of_errors(form))
    data = form.cleaned_data
    pilahan = get_object_or_404(list_pilahan(musrenbang), pk=data["baris"])
    pilahan.musrenbang = musrenbang
    try:
        office = _office(musrenbang, data["nilai"])
        step = sorting_cells.set_skpd(pilahan=pilahan, versi=data["versi"], by=request.user, skpd=office)
    except Refused as refusal:
        return refuse(str(refusal), **_parts(request, [pilahan.pk]))
    sign = sign_steps([step] if step else [], request.user, WHERE.format(musrenbang.pk))
    return answer(f"No. {pilahan.baris.nomor} ditetapkan.", urung=sign, **_parts(request, [pilahan.pk]))


@event_action("pilah_skpd")
def many(request: EventRequest, slug: str) -> HttpResponse:
    """Settle the ticked works with one SKPD, or with their suggestions."""
    musrenbang, form = request.musrenbang, SortManyForm(request.POST)
    try:
        data = read(form)
        office = _office(musrenbang, data["keputusan"])
        bulk = sorting_cells.settle_many(musrenbang=musrenbang, by=request.user, versions=data["versions"], skpd=office)
    except Refused as refusal:
        return _say(request, slug, str(refusal), refused=True)
    words = f"{len(bulk.steps)} kegiatan ditetapkan."
    if bulk.stale:
        words += f" Baru diubah orang lain, jadi tidak diubah: no. {', no. '.join(map(str, bulk.stale))}."
    if bulk.changed_content:
        words += f" Belum punya saran: no. {', no. '.join(map(str, bulk.changed_content))}."
    sign = sign_steps(bulk.steps, request.user, WHERE.format(musrenbang.pk))
    return _say(request, slug, words, urung=sign, **_parts(request, [s.baris for s in bulk.steps]))


@event_action("pilah_skpd")
def take_back(request: EventRequest, slug: str) -> HttpResponse:
    """Take the last choice of this person back, within a minute."""
    musrenbang = request.musrenbang
    try:
        steps = read_steps(read(UndoForm(request.POST))["urung"], request.user, WHERE.format(musrenbang.pk))
    except Refused as refusal:
        return _say(request, slug, str(refusal), refused=True)
    left = sorting_cells.undo_steps(musrenbang=musrenbang, by=request.user, steps=steps)
    words = f"{len(steps) - left} kegiatan dikembalikan ke antrean."
    words += f" {left} lainnya sudah dikirim atau diubah orang lain, jadi tidak diubah." if left else ""
    return _say(request, slug, words, **_parts(request, [s.baris for s in steps]))


def _say(request: EventRequest, slug: str, words: str, *, refused: bool = False, **parts: Any) -> HttpResponse:
    """Answer a script with what changed, a person without one on the page."""
    if is_part(request):
        return refuse(words) if refused else answer(words, **parts)
    (messages.error if refused else messages.success)(request, words)
    return redirect("pemilahan:list", slug)


@event_page("pilah_skpd")
def ticked(request: EventRequest, slug: str) -> HttpResponse:
    """What is asked for the ticked works, by the SKPD that is suggested."""
    sums = sums_of(request.musrenbang, wholes(request.GET.getlist("baris")))
    return HttpResponse(render_to_string("tindak_lanjut/_sorting_ticked.html", {"sums": sums}))
