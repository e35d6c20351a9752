"""The grids of groups, plan and plenary: one cell, many rows, sums of what is ticked, and taking back.

A script asks for JSON: the changed rows, the figures and the words. Without a script the same forms lead back to the
page with a message.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string

from musrenbang.forms.numbers import wholes
from musrenbang.infra.errors import Refused
from musrenbang.models import Musrenbang
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.plausible import NeedsConfirmation
from musrenbang.views.errors import is_part
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read
from rkp.forms.grid import SESUAI, CellForm, ManyForm, UndoForm, read_steps, sign_steps, words_of_errors
from rkp.models import PILIHAN_PUTUSAN, BarisRkp, Kelompok, StatusKelompok
from rkp.queries.baris import filter_rows, rows_of
from rkp.queries.figures import group_figures, group_missing
from rkp.queries.kelompok import rows_with_proposals, scoring_asked
from rkp.queries.pagu import list_pagu, list_pagu_proposed, sum_ticked
from rkp.queries.sums import PlanTotal, join_sums, sum_by, summary_of
from rkp.services import cells
from rkp.views import rows
from rkp.views.baris import filters_of
from rkp.views.kelompok import own_group

Parts = Callable[[list[int]], dict[str, Any]]
OUTCOMES = dict([*PILIHAN_PUTUSAN, SESUAI])


def answer(words: str, **parts: Any) -> JsonResponse:
    """Answer a script: what to say, the rows as they are now, the figures, the sign for taking back."""
    return JsonResponse({"kabar": words, **parts})


def refuse(words: str, **parts: Any) -> JsonResponse:
    """Refuse a script's request in words (409); ``baris`` shows the row as it is, so that nothing stays wrong."""
    return JsonResponse({"kabar": words, **parts}, status=409)


def _group_parts(kelompok: Kelompok, keys: list[int], known: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Rows of a group as they are now, and the figures that follow them; ``known``: its criteria, if read before."""
    scoring, scored_by = scoring_asked(kelompok.musrenbang), known or kriteria_for(kelompok.musrenbang)
    figures = group_figures(kelompok, scored_by, scoring=scoring)
    kriteria = scored_by if scoring else []
    content = {"figures": figures, "kurang": group_missing(kelompok, figures)}
    content |= {"posisi": list_pagu_proposed(kelompok.musrenbang), "usulan_saja": True}
    found = rows_with_proposals(kelompok.musrenbang, keys, scored_by)
    allowed = kelompok.status == StatusKelompok.BERLANGSUNG
    return {
        "baris": {b.baris.pk: rows.group_html(rows.group_row(b, kriteria, None, allowed=allowed)) for b in found},
        "bagian": {
            "angka-kelompok": render_to_string("rkp/_group_figures.html", content),
            "pagu-kisi": render_to_string("rkp/_grid_pagu.html", content),
            "kurang-kelompok": render_to_string("rkp/_group_missing.html", content | {"kelompok": kelompok}),
        },
        "sisa": figures.undecided_priced,
        "tanpa": figures.undecided_unpriced,
    }


@event_action("isi_kelompok")
def group_cell(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Save one cell of a group's grid."""
    musrenbang, kelompok = request.musrenbang, own_group(request, pk)
    kriteria = kriteria_for(musrenbang)
    form = CellForm(request.POST, outcome="usul", kriteria=kriteria)
    if not form.is_valid():
        return refuse(words_of_errors(form))
    data = form.cleaned_data
    baris = get_object_or_404(BarisRkp.objects.select_related("rkp"), rkp__musrenbang=musrenbang, pk=data["baris"])
    baris.rkp.musrenbang = musrenbang
    try:
        step = cells.set_usulan(
            kelompok=kelompok,
            baris=baris,
            versi=data["versi"],
            by=request.user,
            dipastikan=data["dipastikan"],
            **data["change"],
        )
    except NeedsConfirmation as question:
        return refuse("", tanya=str(question), jumlah=question.jumlah)
    except Refused as refusal:
        return refuse(str(refusal), **_group_parts(kelompok, [baris.pk], kriteria))
    sign = sign_steps([step] if step else [], request.user, f"kelompok:{pk}")
    return answer(f"No. {baris.nomor} tersimpan.", urung=sign, **_group_parts(kelompok, [baris.pk], kriteria))


@event_action("isi_kelompok")
def group_many(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Propose one outcome for the ticked rows, or for all that are left."""
    kelompok = own_group(request, pk)
    form = ManyForm(request.POST)
    if not form.is_valid():
        return _refused(request, words_of_errors(form), "rkp:group", slug, pk)
    data = form.cleaned_data
    try:
        bulk = cells.propose_many(
            kelompok=kelompok,
            versions=data["versions"],
            usul=data["keputusan"],
            alasan_kode=data["alasan_kode"],
            alasan=data["alasan"],
            by=request.user,
        )
    except Refused as refusal:
        return _refused(request, str(refusal), "rkp:group", slug, pk)
    words = _bulk_words(bulk, OUTCOMES[data["keputusan"]])
    return _done(request, words, bulk.steps, f"kelompok:{pk}", partial(_group_parts, kelompok), "rkp:group", slug, pk)


def _done(
    request: EventRequest, words: str, steps: list[cells.Step], where: str, parts: Parts, *back: Any
) -> HttpResponse:
    """Say what was changed: to a script with the rows and the sign for taking back, else on the page."""
    if is_part(request):
        return answer(words, urung=sign_steps(steps, request.user, where), **parts([s.baris for s in steps]))
    messages.success(request, words)
    return redirect(*back)


def _refused(request: EventRequest, words: str, *back: Any) -> HttpResponse:
    if is_part(request):
        return refuse(words)
    messages.error(request, words)
    return redirect(*back)


def _bulk_words(bulk: cells.Bulk, outcome: str) -> str:
    words = f"{len(bulk.steps)} kegiatan: {outcome}." if bulk.steps else "Tidak ada yang berubah."
    if bulk.stale:
        words += f" Baru diubah orang lain, jadi tidak diubah: no. {', no. '.join(map(str, bulk.stale))}."
    if bulk.changed_content:
        nomor = ", no. ".join(map(str, bulk.changed_content))
        words += f" Isinya berbeda dari draf, jadi tidak diubah: no. {nomor}."
    return words + unpriced_words(bulk.unpriced)


def unpriced_words(nomor: list[int]) -> str:
    """Name the works that were left as they are because nobody knows their cost."""
    if not nomor:
        return ""
    listed = ", no. ".join(map(str, nomor))
    return f" Biayanya belum ada, jadi tidak diubah: no. {listed}. Isi biayanya, atau putuskan satu per satu."


@event_action("isi_kelompok")
def group_undo(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take the last change of this person back, within a minute."""
    kelompok = own_group(request, pk)
    try:
        steps = read_steps(read(UndoForm(request.POST))["urung"], request.user, f"kelompok:{pk}")
        undone = cells.undo_usulan(kelompok=kelompok, steps=steps, by=request.user)
    except Refused as refusal:
        return _refused(request, str(refusal), "rkp:group", slug, pk)
    words = _undo_words(undone)
    return _undone(request, words, _group_parts(kelompok, [s.baris for s in steps]), "rkp:group", slug, pk)


def _undone(request: EventRequest, words: str, parts: dict[str, Any], *back: Any) -> HttpResponse:
    if is_part(request):
        return answer(words, **parts)
    messages.success(request, words)
    return redirect(*back)


def _undo_words(undone: cells.Undone) -> str:
    words = f"{undone.back} kegiatan dikembalikan seperti semula." if undone.back else ""
    if undone.before:
        words += f" {undone.before} kegiatan memang sudah seperti semula."
    if undone.left:
        words += f" {len(undone.left)} lainnya sudah diubah sesudah itu, jadi tidak diubah."
    return words.strip()


@event_page("isi_kelompok")
def group_ticked(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """What the ticked rows of a group cost, against each ceiling."""
    own_group(request, pk)
    return _ticked(request, request.musrenbang, proposed=True)


@event_page("putuskan_rkp")
def ticked(request: EventRequest, slug: str) -> HttpResponse:
    """What the ticked rows of the plan cost, against each ceiling."""
    return _ticked(request, request.musrenbang, proposed=False)


def _ticked(request: EventRequest, musrenbang: Musrenbang, *, proposed: bool) -> HttpResponse:
    sums = sum_ticked(musrenbang, wholes(request.GET.getlist("baris")), proposed=proposed)
    return HttpResponse(render_to_string("rkp/_grid_ticked.html", {"sums": sums, "n": sum(t.n for t in sums)}))


def _plan_parts(request: EventRequest, shape: str, keys: list[int]) -> dict[str, Any]:
    """Rows of the plan as they are now, in the shape of the page that asks, and the figures that follow them.

    Subtotals follow the filters of the page, which come with the address as they do to the page itself.
    """
    musrenbang = request.musrenbang
    plan = BarisRkp.objects.filter(rkp__musrenbang=musrenbang)
    per = sum_by(plan, "bidang")
    content = {"posisi": list_pagu(musrenbang, rule=False), "musrenbang": musrenbang}
    part: dict[str, str] = {"pagu-kisi": render_to_string("rkp/_grid_pagu.html", content)}
    content = {"ringkasan": summary_of(per.values()), "musrenbang": musrenbang}
    part["angka-rkp"] = render_to_string("rkp/_plan_figures.html", content)
    if shape == "pleno":
        found = rows_with_proposals(musrenbang, keys, kriteria_for(musrenbang))
        html = {b.baris.pk: rows.plenary_html(rows.plan_row(b.baris, allowed=True, group=b)) for b in found}
        return {"baris": html, "bagian": part}
    filters = filters_of(request)
    if any(filters.values()):
        shown = filter_rows(musrenbang.rkp, request.akses, **filters).values("pk")
        per = sum_by(plan.filter(pk__in=shown), "bidang")
    part |= {f"jumlah-{k or 0}": _subtotal(j) for k, j in per.items()}
    part["jumlah-semua"] = _subtotal(join_sums(per.values()))
    html = {b.pk: rows.plan_html(rows.plan_row(b, allowed=True)) for b in rows_of(musrenbang, keys)}
    return {"baris": html, "bagian": part}


@event_page("putuskan_rkp")
def figures(request: EventRequest, slug: str) -> HttpResponse:
    """The figures of the table as they are now, after a row was decided in its form."""
    return JsonResponse({"bagian": _plan_parts(request, "tabel", [])["bagian"]})


def _subtotal(sums: PlanTotal) -> str:
    return render_to_string("rkp/_grid_subtotal.html", {"sums": sums})


@event_action("putuskan_rkp")
def plan_cell(request: EventRequest, slug: str, shape: str) -> HttpResponse:
    """Save one cell of the plan, in its table or in the plenary (``shape``)."""
    musrenbang = request.musrenbang
    form = CellForm(request.POST, outcome="keputusan")
    if not form.is_valid():
        return refuse(words_of_errors(form))
    data = form.cleaned_data
    baris = get_object_or_404(BarisRkp.objects.select_related("rkp"), rkp__musrenbang=musrenbang, pk=data["baris"])
    baris.rkp.musrenbang = musrenbang
    try:
        if data["change"] is None:
            step = cells.accept_usulan(baris=baris, versi=data["versi"], by=request.user)
        else:
            step = cells.set_keputusan(
                baris=baris, versi=data["versi"], by=request.user, dipastikan=data["dipastikan"], **data["change"]
            )
    except NeedsConfirmation as question:
        return refuse("", tanya=str(question), jumlah=question.jumlah)
    except Refused as refusal:
        return refuse(str(refusal), **_plan_parts(request, shape, [baris.pk]))
    sign = sign_steps([step] if step else [], request.user, f"rkp:{slug}")
    return answer(f"No. {baris.nomor} tersimpan.", urung=sign, **_plan_parts(request, shape, [baris.pk]))


@event_action("putuskan_rkp")
def plan_many(request: EventRequest, slug: str, shape: str) -> HttpResponse:
    """Decide the ticked rows alike."""
    musrenbang = request.musrenbang
    back = "rkp:plenary" if shape == "pleno" else "rkp:table"
    form = ManyForm(request.POST)
    if not form.is_valid():
        return _refused(request, words_of_errors(form), back, slug)
    data = form.cleaned_data
    try:
        bulk = cells.decide_many(
            musrenbang=musrenbang,
            versions=data["versions"] or {},
            keputusan=data["keputusan"],
            alasan_kode=data["alasan_kode"],
            alasan=data["alasan"],
            by=request.user,
        )
    except Refused as refusal:
        return _refused(request, str(refusal), back, slug)
    words = _bulk_words(bulk, OUTCOMES[data["keputusan"]])
    return _done(request, words, bulk.steps, f"rkp:{slug}", partial(_plan_parts, request, shape), back, slug)


@event_action("putuskan_rkp")
def plan_undo(request: EventRequest, slug: str, shape: str) -> HttpResponse:
    """Take the last decision of this person back, within a minute."""
    musrenbang = request.musrenbang
    back = "rkp:plenary" if shape == "pleno" else "rkp:table"
    try:
        steps = read_steps(read(UndoForm(request.POST))["urung"], request.user, f"rkp:{slug}")
        undone = cells.undo_keputusan(musrenbang=musrenbang, steps=steps, by=request.user)
    except Refused as refusal:
        return _refused(request, str(refusal), back, slug)
    parts = _plan_parts(request, shape, [s.baris for s in steps])
    return _undone(request, _undo_words(undone), parts, back, slug)
