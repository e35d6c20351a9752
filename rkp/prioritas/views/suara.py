"""Voters, the votes as the desk runs them, and the ballot on a delegate's own phone."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang.forms.small import SeenForm
from musrenbang.infra.codes import read_code
from musrenbang.sebutan import activate
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.limited_codes import limited
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, sent, submit
from rkp.prioritas.dokumen import ballot_address
from rkp.prioritas.forms.cells import parse_paper
from rkp.prioritas.forms.small import BallotForm, CloseVoteForm, MarkVotedForm, OpenVoteForm, VotersForm
from rkp.prioritas.izin import BOLEH_PEMILIH
from rkp.prioritas.models import KodeSuara, Pemilih, Pemungutan, StatusPemungutan, VotingWay
from rkp.prioritas.presets import preset
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.skema import list_pemeringkatan
from rkp.prioritas.queries.suara import (
    ballot_rows,
    counted,
    ended_code,
    open_code,
    title_of,
    vote_quorum,
    voters_by_desa,
)
from rkp.prioritas.services.pemilih import add_pemilih, remove_pemilih
from rkp.prioritas.services.suara import cancel_pemungutan, close_pemungutan, control_faults, open_pemungutan
from rkp.prioritas.services.surat_suara import TERPAKAI, cast_ballot, mark_voted, save_paper
from rkp.prioritas.views.base import get_ranking, ranking_context


@event_form("lihat_prioritas", send="pimpin_suara")
def voters(request: EventRequest, slug: str) -> HttpResponse:
    """The delegates of each desa, chosen from those present."""
    musrenbang = request.musrenbang
    if request.method == "POST":
        new = add_pemilih(musrenbang=musrenbang, by=request.user, **read(VotersForm(request.POST)))
        nama = ", ".join(f"{p.kehadiran.nama} ({p.desa.nama})" for p in new)
        messages.success(request, f"Menjadi pemilih: {nama}." if new else "Tidak ada pemilih baru.")
        return redirect("prioritas:voters", slug)
    with_votes = [p for p in list_pemeringkatan(musrenbang) if p.aturan["metode"] in {"suara", "urutan"}]
    rules = with_votes[0].aturan if with_votes else preset("mpd")
    desa = voters_by_desa(musrenbang, rules)
    context = {
        "desa": desa,
        "jumlah": sum(len(d.pemilih) for d in desa),
        "boleh": request.akses.may("pimpin_suara", BOLEH_PEMILIH),
        "bersuara": bool(with_votes),
    }
    return render(request, "prioritas/voters.html", context)


@event_action("pimpin_suara")
def voter_remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a delegate off the list of voters."""
    pemilih = get_object_or_404(
        Pemilih.objects.select_related("kehadiran", "desa"), musrenbang=request.musrenbang, pk=pk
    )
    remove_pemilih(pemilih=pemilih, by=request.user)
    messages.success(request, f"{pemilih.kehadiran.nama} dikeluarkan dari daftar pemilih.")
    return redirect("prioritas:voters", slug)


@event_action("pimpin_suara")
def vote_open(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Open the vote on a list, or a run-off among tied works."""
    p = get_ranking(request, kode)
    pemungutan = open_pemungutan(
        pemeringkatan=p,
        by=request.user,
        **read(OpenVoteForm(request.POST)),
    )
    messages.success(request, f"Pemungutan dibuka: setiap pemilih memilih {pemungutan.jumlah_pilihan} kegiatan.")
    return redirect("prioritas:vote", slug, kode, pemungutan.pk)


def _vote(request: EventRequest, kode: str, pk: int) -> Pemungutan:
    p = get_ranking(request, kode)
    pemungutan = get_object_or_404(Pemungutan, pemeringkatan=p, pk=pk)
    pemungutan.pemeringkatan = p
    return pemungutan


@event_page("lihat_prioritas")
def vote(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """The desk of a vote: who has voted, paper count, control totals, closing."""
    context = _desk(request, _vote(request, kode, pk))
    snapshot = request.htmx and request.GET.get("hidup")
    return render(request, "prioritas/_vote_live.html" if snapshot else "prioritas/vote.html", context)


def _desk(
    request: EventRequest, pemungutan: Pemungutan, *, typed: Mapping[str, str] | None = None, fault: str = ""
) -> dict[str, Any]:
    """What the desk shows. ``typed``: a paper count that was refused, as it was typed; ``fault``: why."""
    p = pemungutan.pemeringkatan
    position, running = counted(pemungutan), pemungutan.status == StatusPemungutan.DIBUKA
    content = {c.calon.baris_id: c.isi for c in list_peserta(p)}
    type_in, result = typed or {}, pemungutan.hasil or {}
    paper = {k: type_in.get(f"s-{k}", n) for k, n in _paper_votes(pemungutan).items()}
    return ranking_context(request, p) | {
        "salah": fault,
        "jumlah": [
            (n, words, type_in.get(n, pemungutan.kertas.get(n, 0)))
            for n, words in (("edar", "Surat diedarkan"), ("masuk", "Surat masuk"), ("sah", "Surat sah"))
        ],
        "pemungutan": pemungutan,
        "alamat_suara": ballot_address(),
        "posisi": position,
        "berjalan": running,
        "nama": title_of(p, pemungutan.daftar),
        "calon": sorted(
            ((content[pk], paper[str(pk)], result.get(str(pk))) for pk in pemungutan.calon if pk in content),
            key=lambda c: (-(c[2] or 0), c[0].nomor),
        ),
        "kode": KodeSuara.objects.filter(pemungutan=pemungutan).select_related("pemilih__kehadiran", "pemilih__desa"),
        "kurang": control_faults(pemungutan, position) if running else [],
        "cukup": vote_quorum(pemungutan, position),
    }


def _paper_votes(pemungutan: Pemungutan) -> dict[str, int]:
    suara = pemungutan.kertas.get("suara", {})
    return {str(pk): suara.get(str(pk), 0) for pk in pemungutan.calon}


@event_action("pimpin_suara")
def vote_mark(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """Note that a delegate votes on paper or by hand, or take that back."""
    pemungutan = _vote(request, kode, pk)
    one = mark_voted(
        pemungutan=pemungutan,
        by=request.user,
        **read(MarkVotedForm(request.POST)),
    )
    words = f"memilih dengan {one.get_cara_display().lower()}" if one.cara else "belum memilih"
    messages.success(request, f"{one.pemilih.kehadiran.nama}: {words}.")
    return redirect("prioritas:vote", slug, kode, pk)


@event_action("pimpin_suara")
def vote_paper(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """Store the paper count with its control totals; a refused one comes back as it was typed."""
    pemungutan = _vote(request, kode, pk)
    try:
        _store_paper(request, pemungutan)
    except Refused as error:
        pemungutan.refresh_from_db(fields=["kertas", "versi", "status"])
        wrong = f"{error} Yang tersimpan: {_paper_words(pemungutan)}. Isian Anda masih ada di bawah."
        context = _desk(request, pemungutan, typed=request.POST.dict(), fault=wrong)
        return render(request, "prioritas/vote.html", context, status=422)
    pemungutan.refresh_from_db(fields=["kertas"])
    messages.success(request, f"Hitungan kertas disimpan: {_paper_words(pemungutan)}.")
    return redirect("prioritas:vote", slug, kode, pk)


def _store_paper(request: AppRequest, pemungutan: Pemungutan) -> None:
    jumlah, suara, wrong = parse_paper(request.POST)
    if wrong:
        raise Refused(" ".join(wrong) + " Belum ada hitungan yang disimpan.")
    save_paper(pemungutan=pemungutan, by=request.user, suara=suara, **jumlah, **read(SeenForm(request.POST)))


def _paper_words(pemungutan: Pemungutan) -> str:
    k = pemungutan.kertas
    if not k:
        return "belum ada hitungan kertas"
    return f"{k['edar']} diedarkan, {k['masuk']} masuk, {k['sah']} sah, {sum(k['suara'].values())} suara"


@event_action("pimpin_suara")
def vote_close(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """Count and close, or call off with a reason."""
    pemungutan = _vote(request, kode, pk)
    data = read(CloseVoteForm(request.POST))
    if data["aksi"] == "batal":
        cancel_pemungutan(pemungutan=pemungutan, by=request.user, alasan=data["alasan"])
        messages.success(request, "Pemungutan suara dibatalkan; surat suaranya tetap tersimpan tanpa dihitung.")
        return redirect("prioritas:ranking", slug, kode)
    one = close_pemungutan(pemungutan=pemungutan, by=request.user, alasan_kuorum=data["alasan_kuorum"])
    messages.success(request, f"Pemungutan ditutup: {sum((one.hasil or {}).values())} suara dihitung.")
    return redirect("prioritas:vote", slug, kode, pk)


@login_not_required
@limited
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Ask a delegate for the code on the slip."""
    kode = read_code(request.GET.get("kode", ""))
    if kode and (open_code(kode) or ended_code(kode)):
        return redirect("ballot", kode)
    return render(request, "prioritas/enter.html", {"kode": kode}, status=404 if kode else 200)


def _ended(request: HttpRequest, kode: str) -> HttpResponse:
    """A code whose vote is over: say which, since when, and whether a vote came in with it (410)."""
    old = ended_code(kode)
    if old is None:
        raise Missing("Kode suara tidak dikenal. Minta kode Anda kepada petugas.")
    v, p = old.pemungutan, old.pemungutan.pemeringkatan
    activate(p.musrenbang.sebutan)
    context = {
        "v": v,
        "p": p,
        "lama": old,
        "nama": title_of(p, v.daftar),
        "kirim": request.method == "POST",
        "lain": p.pemungutan.filter(status=StatusPemungutan.DIBUKA).exists(),
    }
    return render(request, "prioritas/ballot_ended.html", context, status=410)


@never_cache
@login_not_required
@limited
@require_http_methods(["GET", "POST"])
def ballot(request: HttpRequest, kode: str) -> HttpResponse:
    """The ballot on a delegate's own phone. Sent twice, it counts once."""
    one = open_code(read_code(kode))
    if one is None:
        return _ended(request, read_code(kode))
    activate(one.pemungutan.pemeringkatan.musrenbang.sebutan)
    pemungutan, form = one.pemungutan, BallotForm(sent(request))
    if done := submit(request, form, partial(cast_ballot, kode=one), say="", to=redirect("ballot", one.kode)):
        return done
    if form.errors:
        one.refresh_from_db(fields=["cara"])  # paper may have been handed out while the page was open
    wrong = " ".join(map(str, form.non_field_errors()))
    p = pemungutan.pemeringkatan
    context: dict[str, Any] = {
        "musrenbang": p.musrenbang,
        "p": p,
        "pemungutan": pemungutan,
        "kode": one,
        "terkirim": one.cara,
        "salah": "" if one.cara else wrong,
        "terpakai": TERPAKAI.get(VotingWay(one.cara), "") if one.cara else "",
        "nama": title_of(p, pemungutan.daftar),
        "pilihan": form.cleaned_data["pilihan"] if form.is_bound else [],
        "calon": ballot_rows(pemungutan),
    }
    return render(request, "prioritas/ballot.html", context, status=422 if context["salah"] else 200)
