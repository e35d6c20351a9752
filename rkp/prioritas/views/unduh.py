"""What is given out: the exact input and result, .pb, spreadsheets, the comparison with equal shares."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from musrenbang.views.berkas import xlsx_response
from musrenbang.views.page import EventRequest, event_page
from rkp.prioritas import dokumen
from rkp.prioritas.hitung.galat import BadInput
from rkp.prioritas.hitung.pb import write_pb
from rkp.prioritas.models import StatusPemeringkatan
from rkp.prioritas.queries.masukan import build_input
from rkp.prioritas.queries.papan import Board, board, pb_place
from rkp.prioritas.queries.suara import compare_shares
from rkp.prioritas.views.dasar import get_ranking, ranking_context


def _published(request: EventRequest, kode: str) -> tuple[Board, dict[str, Any]]:
    """The board of a ranking and its input; Http404 while that cannot be made."""
    p = get_ranking(request, kode)
    papan = board(p)
    try:
        if papan.masukan is None or papan.sebagian:
            papan.masukan = build_input(p, papan.peserta)
    except BadInput as salah:
        raise Http404(str(salah)) from salah
    return papan, papan.masukan


def _marked(papan: Board, isi: dict[str, Any] | None) -> dict[str, Any]:
    """A file of a ranking that is not fixed yet says so; a fixed one is exactly what its hash stands for."""
    tetap = papan.pemeringkatan.status == StatusPemeringkatan.DITETAPKAN
    return (isi or {}) | ({} if tetap else {"keadaan": "belum ditetapkan"})


@event_page("lihat_prioritas")
def input_json(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """The exact input, for anyone who wants to recompute with ``hitung_prioritas``."""
    papan, masukan = _published(request, kode)
    nama = f'attachment; filename="prioritas-{slug}-{kode}.json"'
    isi = _marked(papan, masukan)
    return JsonResponse(isi, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})


@event_page("lihat_prioritas")
def result_json(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """The result as it was fixed, or as it stands."""
    papan, _ = _published(request, kode)
    if papan.hasil is None or papan.sementara:
        raise Http404("Peringkat belum dapat dihitung, atau masih menunggu putusan sidang atas nilai yang sama.")
    nama = f'attachment; filename="hasil-{slug}-{kode}.json"'
    isi = _marked(papan, papan.hasil)
    return JsonResponse(isi, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})


@event_page("lihat_prioritas")
def pb_file(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """One list in the exchange format of participatory budgets; Http404 with the reason where it would not be true."""
    papan, masukan = _published(request, kode)
    p = papan.pemeringkatan
    daftar = request.GET.get("daftar", p.aturan["daftar"][0]["kode"])
    if daftar not in {d["kode"] for d in p.aturan["daftar"]}:
        raise Http404("Daftar tidak dikenal.")
    nama = {c.kode: c.isi.kegiatan for c in papan.peserta}
    acara = pb_place(p.musrenbang)
    try:
        teks = write_pb(masukan, papan.final, daftar=daftar, nama=nama, acara=acara)
    except BadInput as salah:
        raise Http404(str(salah)) from salah
    berkas = f"{slug}-{kode}{'-' + daftar.lower() if daftar else ''}.pb"
    return HttpResponse(
        teks,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{berkas}"'},
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
    papan, masukan = _published(request, kode)
    p = papan.pemeringkatan
    didanai = {d["kode"]: d["didanai"] for d in (papan.hasil or {"pendanaan": []})["pendanaan"]}
    bagian = []
    for d in p.aturan["daftar"]:
        hasil = compare_shares(masukan, papan.hasil, d["kode"])
        milik = [c for c in papan.peserta if c.calon.daftar == d["kode"]]
        terpilih = {b.kode: b for b in hasil or []}
        baris = [(c, didanai.get(c.kode, 0), terpilih.get(c.kode)) for c in milik]
        bagian.append({"nama": d["nama"], "ada": hasil is not None, "baris": baris})
    konteks = ranking_context(request, p) | {"bagian": bagian}
    return render(request, "prioritas/shares.html", konteks)
