"""What is given out: the exact input and result, .pb, spreadsheets, the comparison with equal shares."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from musrenbang.views.errors import Missing
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import EventRequest, event_page
from rkp.prioritas import dokumen
from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.pb import write_pb
from rkp.prioritas.models import StatusPemeringkatan
from rkp.prioritas.queries.board import Board, board, pb_place
from rkp.prioritas.queries.input import build_input
from rkp.prioritas.queries.suara import compare_shares
from rkp.prioritas.views.base import get_ranking, ranking_context


def _published(request: EventRequest, kode: str) -> tuple[Board, dict[str, Any]]:
    """The board of a ranking and its input; Http404 while that cannot be made."""
    p = get_ranking(request, kode)
    boards = board(p)
    try:
        if boards.masukan is None or boards.sebagian:
            boards.masukan = build_input(p, boards.peserta)
    except BadInput as error:
        raise Http404(str(error)) from error
    return boards, boards.masukan


def _marked(board: Board, isi: dict[str, Any] | None) -> dict[str, Any]:
    """A file of a ranking that is not fixed yet says so; a fixed one is exactly what its hash stands for."""
    fixed = board.pemeringkatan.status == StatusPemeringkatan.DITETAPKAN
    return (isi or {}) | ({} if fixed else {"keadaan": "belum ditetapkan"})


@event_page("lihat_prioritas")
def input_json(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """The exact input, for anyone who wants to recompute with ``hitung_prioritas``."""
    boards, input_data = _published(request, kode)
    nama = f'attachment; filename="prioritas-{slug}-{kode}.json"'
    content = _marked(boards, input_data)
    return JsonResponse(content, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})


@event_page("lihat_prioritas")
def result_json(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """The result as it was fixed, or as it stands."""
    boards, _ = _published(request, kode)
    if boards.hasil is None or boards.sementara:
        raise Missing("Peringkat belum dapat dihitung, atau masih menunggu putusan sidang atas skor yang sama.")
    nama = f'attachment; filename="hasil-{slug}-{kode}.json"'
    content = _marked(boards, boards.hasil)
    return JsonResponse(content, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})


@event_page("lihat_prioritas")
def pb_file(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """One list in the exchange format of participatory budgets; Http404 with the reason where it would not be true."""
    boards, input_data = _published(request, kode)
    p = boards.pemeringkatan
    listing = request.GET.get("daftar", p.aturan["daftar"][0]["kode"])
    if listing not in {d["kode"] for d in p.aturan["daftar"]}:
        raise Http404("Daftar tidak dikenal.")
    nama = {c.kode: c.isi.kegiatan for c in boards.peserta}
    acara = pb_place(p.musrenbang)
    try:
        text = write_pb(input_data, boards.final, daftar=listing, nama=nama, acara=acara)
    except BadInput as error:
        raise Http404(str(error)) from error
    file = f"{slug}-{kode}{'-' + listing.lower() if listing else ''}.pb"
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


@event_page("lihat_prioritas")
def spreadsheet(request: EventRequest, slug: str, kode: str, jenis: str) -> HttpResponse:
    """The result, the score sheet or the recap of votes as .xlsx."""
    p = get_ranking(request, kode)
    if jenis not in dokumen.LEMBAR:
        raise Http404("Jenis lembar tidak dikenal.")
    return xlsx_response(f"{jenis}-{slug}-{kode}", dokumen.LEMBAR[jenis](request.musrenbang, p))


@event_page("lihat_prioritas")
def shares(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """What would have been funded if the money were divided by equal shares: a comparison, nothing more."""
    boards, input_data = _published(request, kode)
    p = boards.pemeringkatan
    funded = {d["kode"]: d["didanai"] for d in (boards.hasil or {"pendanaan": []})["pendanaan"]}
    parts = []
    for d in p.aturan["daftar"]:
        result = compare_shares(input_data, boards.hasil, d["kode"])
        own = [c for c in boards.peserta if c.calon.daftar == d["kode"]]
        terpilih = {b.kode: b for b in result or []}
        baris = [(c, funded.get(c.kode, 0), terpilih.get(c.kode)) for c in own]
        parts.append({"nama": d["nama"], "ada": result is not None, "baris": baris})
    context = ranking_context(request, p) | {"bagian": parts}
    return render(request, "prioritas/shares.html", context)
