"""The list of rankings, and one ranking: rules, scores, orders, ties, result."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.forms.small import ReasonForm, numbered
from musrenbang.models import Musrenbang
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, sent, show, submit
from rkp.prioritas.forms.cells import parse_cells
from rkp.prioritas.forms.rules import RulesForm
from rkp.prioritas.forms.small import PassOverForm, PlacesForm
from rkp.prioritas.forms.surat import PostponementForm, SpcForm
from rkp.prioritas.izin import BOLEH_CALON
from rkp.prioritas.models import Pemeringkatan, StatusPemungutan, UrutanKelompok
from rkp.prioritas.queries.board import Board, board
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.queries.skema import list_pemeringkatan, skema_choices
from rkp.prioritas.queries.suara import list_pemungutan, title_of
from rkp.prioritas.rules import source_warnings
from rkp.prioritas.services import ties
from rkp.prioritas.services.candidates import save_values
from rkp.prioritas.services.peringkat import (
    change_rules,
    fix_pemeringkatan,
    hold_pemeringkatan,
    open_pemeringkatan,
    remove_ordering,
    remove_pemeringkatan,
    reopen_pemeringkatan,
    save_ordering,
    set_order,
    set_spc,
)
from rkp.prioritas.services.ties import settle_tie
from rkp.prioritas.sources import split_amount
from rkp.prioritas.views.base import get_ranking, ranking_context


@event_page("lihat_prioritas")
def rankings(request: EventRequest, slug: str) -> HttpResponse:
    """The programmes of this event, and the schemes that another one can be opened with."""
    existing = list(list_pemeringkatan(request.musrenbang))
    opened = request.akses.may("tetapkan_prioritas", BOLEH_CALON)
    used = {p.kode for p in existing}
    context = {
        "daftar": existing,
        "terbuka": opened,
        "skema": [s for s in skema_choices(request.musrenbang) if s.kode not in used],
    }
    return render(request, "prioritas/rankings.html", context)


@event_form("tetapkan_prioritas")
def open_ranking(request: EventRequest, slug: str, skema: str) -> HttpResponse:
    """Copy a scheme into the event, with its name and pagu."""
    pilihan = next((s for s in skema_choices(request.musrenbang) if s.kode == skema), None)
    if pilihan is None:
        raise Missing("Skema ini sudah tidak ada. Pilih yang lain di Skema pendanaan.")
    rule = pilihan.aturan | {
        "kriteria": pilihan.aturan["kriteria"] or _own_criteria(request.musrenbang, pilihan.aturan)
    }
    start = {"nama": f"{pilihan.nama} {request.musrenbang.tahun_rencana}", "dasar_hukum": pilihan.dasar_hukum}
    form = RulesForm(sent(request), aturan=rule, initial=start)
    if done := submit(
        request,
        form,
        partial(open_pemeringkatan, musrenbang=request.musrenbang, by=request.user, kode=skema),
        say=lambda p: f"{p.nama} dibuka; aturannya disalin ke Musrenbang ini.",
        to=lambda p: redirect("prioritas:ranking", slug, p.kode),
    ):
        return done
    context = {
        "skema": pilihan,
        "terbuka": request.musrenbang.tahap in BOLEH_CALON,
    }
    return show(request, "prioritas/rules.html", form, context)


def _own_criteria(musrenbang: Musrenbang, aturan: dict[str, Any]) -> list[dict[str, Any]]:
    """The kecamatan's approved criteria in the shape of a scheme."""
    if aturan["metode"] not in {"skor", "saw"}:
        return []
    return [
        {"kode": k["kode"], "nama": k["nama"], "bobot": str(k["bobot"]), "min": "1", "maks": "5", "jenis": "manfaat"}
        for k in kriteria_for(musrenbang)
    ]


@event_form("tetapkan_prioritas")
def rules(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """The frozen scheme; a change needs a reason."""
    p = get_ranking(request, kode)
    form = RulesForm(sent(request), pemeringkatan=p, aturan=p.aturan)
    if done := submit(
        request,
        form,
        partial(change_rules, pemeringkatan=p, by=request.user),
        say="Aturan pemeringkatan disimpan beserta alasannya.",
        to=redirect("prioritas:ranking", slug, kode),
    ):
        return done
    context = ranking_context(request, p) | {"terbuka": request.musrenbang.tahap in BOLEH_CALON}
    return show(request, "prioritas/rules.html", form, context)


def _list_state(board: Board, daftar: dict[str, Any]) -> dict[str, Any]:
    """A list that was not voted on: how many compete, and why it is passed over if it is."""
    competing = sum(c.calon.daftar == daftar["kode"] for c in board.layak)
    return daftar | {"bersaing": competing, "dilewati": board.pemeringkatan.dilewati.get(daftar["kode"], "")}


def _board(request: EventRequest, p: Pemeringkatan) -> dict[str, Any]:
    boards = board(p)
    suara = [v for v in list_pemungutan(p) if v.status != StatusPemungutan.DIBATALKAN]
    already = {v.daftar for v in suara if not v.ulangan}
    return ranking_context(request, p) | {
        "papan": boards,
        "kriteria": kriteria_of(p),
        "sumber": split_amount(p.pagu, p.aturan["sumber"]),
        "ingat": source_warnings(p.aturan),
        "suara": [(v, title_of(p, v.daftar)) for v in suara],
        "belum_dipungut": [_list_state(boards, d) for d in p.aturan["daftar"] if d["kode"] not in already],
        "seri": [[boards.keyed_by_code[k] for k in one] for one in boards.seri],
        "bebas": [[boards.keyed_by_code[k].isi.nomor for k in one] for one in boards.bebas],
    }


@event_page("lihat_prioritas")
def ranking(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Scores or votes, the ranked list with the pagu line, and what is still missing."""
    p = get_ranking(request, kode)
    context = _board(request, p) | {
        "spc": SpcForm(),
        "tunda": PostponementForm(initial={"alasan": p.ditunda, "berita_acara": p.ditunda_ba}),
    }
    return render(request, "prioritas/ranking.html", context)


@event_action("nilai_prioritas")
def save_scores(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Save the score table; what was typed stays on the page when it is refused."""
    p = get_ranking(request, kode)
    cell, wrong = parse_cells(request.POST)
    try:
        if wrong:
            raise Refused(" ".join(sorted(set(wrong))))
        jumlah = save_values(pemeringkatan=p, by=request.user, cell=cell)
    except Refused as error:
        context = _board(request, p) | {"penolakan": str(error), "ketikan": request.POST.dict()}
        return render(request, "prioritas/ranking.html", context, status=422)
    messages.success(request, f"{jumlah} skor disimpan." if jumlah else "Tidak ada skor yang berubah.")
    return redirect("prioritas:ranking", slug, kode)


@event_action("tetapkan_prioritas")
def pass_over(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Leave a list of one candidate out, with the reason, or take it in again."""
    p = get_ranking(request, kode)
    data = read(PassOverForm(request.POST))
    ties.pass_over(pemeringkatan=p, by=request.user, **data)
    words = "dilewati" if data["alasan"] else "ikut diperingkat lagi"
    messages.success(request, f"Daftar {title_of(p, data['daftar'])} {words}.")
    return redirect("prioritas:ranking", slug, kode)


@event_action("tetapkan_prioritas")
def settle(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Record the order among works of equal score."""
    p = get_ranking(request, kode)
    settle_tie(pemeringkatan=p, by=request.user, urut=numbered(request.POST, "urut-"), **read(ReasonForm(request.POST)))
    messages.success(request, "Urutan untuk skor yang sama dicatat.")
    return redirect("prioritas:ranking", slug, kode)


@event_page("lihat_prioritas")
def orders(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """The orders of the discussion groups, merged by the sum of places, and the plenary's own."""
    p = get_ranking(request, kode)
    boards = board(p)
    list_rows = []
    for d in p.aturan["daftar"]:
        own = [c for c in boards.layak if c.calon.daftar == d["kode"]]
        kelompok = [u for u in p.urutan_kelompok.all() if u.daftar == d["kode"]]
        place = {u.pk: {pk: i for i, pk in enumerate(u.urutan, 1)} for u in kelompok}
        baris = [(c, [place[u.pk].get(c.calon.baris_id) for u in kelompok]) for c in own]
        list_rows.append(
            {"kode": d["kode"], "nama": d["nama"], "kelompok": kelompok, "baris": sorted(baris, key=_order_key)}
        )
    context = ranking_context(request, p) | {"daftar": list_rows, "papan": boards}
    return render(request, "prioritas/orders.html", context)


def _order_key(satu: tuple[Any, list[int | None]]) -> tuple[int, int, int]:
    calon, place = satu
    return (calon.calon.urutan or 0, sum(t or 0 for t in place), calon.isi.nomor)


@event_action("tetapkan_prioritas")
def save_order(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Store the order of one group, or the plenary's; places are typed beside the works."""
    p = get_ranking(request, kode)
    data = read(PlacesForm(request.POST))
    if data.pop("pleno"):
        del data["nama"]
        set_order(
            pemeringkatan=p,
            by=request.user,
            **data,
        )
        messages.success(
            request, "Urutan pleno disimpan." if data["urutan"] else "Kembali ke gabungan urutan kelompok."
        )
    else:
        del data["alasan"]
        one = save_ordering(
            pemeringkatan=p,
            by=request.user,
            **data,
        )
        messages.success(request, f"Urutan {one.nama} disimpan.")
    return redirect("prioritas:orders", slug, kode)


@event_action("tetapkan_prioritas")
def remove_order(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """Take the order of a group out."""
    p = get_ranking(request, kode)
    ordering = get_object_or_404(UrutanKelompok, pemeringkatan=p, pk=pk)
    ordering.pemeringkatan = p
    remove_ordering(urutan=ordering, by=request.user)
    messages.success(request, f"Urutan {ordering.nama} dihapus.")
    return redirect("prioritas:orders", slug, kode)


@event_action("tetapkan_prioritas")
def fix(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Freeze the result."""
    p = get_ranking(request, kode)
    fix_pemeringkatan(pemeringkatan=p, by=request.user)
    messages.success(request, "Peringkat ditetapkan.")
    return redirect("prioritas:ranking", slug, kode)


@event_action("tetapkan_prioritas")
def reopen(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Open a fixed result again, with a reason."""
    p = get_ranking(request, kode)
    reopen_pemeringkatan(
        musrenbang=request.musrenbang, by=request.user, pemeringkatan=p, **read(ReasonForm(request.POST))
    )
    messages.success(request, f"{p.nama} dibuka kembali; skor dan suaranya tetap.")
    return redirect("prioritas:ranking", slug, kode)


@event_action("tetapkan_prioritas")
def remove(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Remove a ranking on which nobody has worked."""
    p = get_ranking(request, kode)
    remove_pemeringkatan(pemeringkatan=p, by=request.user)
    messages.success(request, f"{p.nama} dihapus.")
    return redirect("prioritas:list", slug)


@event_action("tetapkan_prioritas")
def letter(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Record the Surat Penetapan Camat, or that the money is held back."""
    p = get_ranking(request, kode)
    form = PostponementForm(request.POST) if "berita_acara" in request.POST else SpcForm(request.POST)
    data = read(form, "Isi nomor dan tanggal suratnya. Belum ada yang disimpan.")
    if isinstance(form, SpcForm):
        set_spc(pemeringkatan=p, by=request.user, **data)
        messages.success(request, f"Surat Penetapan {sebutan.camat} dicatat; hasilnya final.")
    else:
        hold_pemeringkatan(pemeringkatan=p, by=request.user, **data)
        messages.success(request, "Penundaan dana dicatat." if data["alasan"] else "Dana tidak ditunda lagi.")
    return redirect("prioritas:ranking", slug, kode)
