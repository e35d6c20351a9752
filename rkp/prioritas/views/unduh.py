"""What is given out: the exact input and result, .pb, spreadsheets, the comparison with equal shares."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from musrenbang.views.berkas import xlsx_response
from rkp.prioritas import dokumen
from rkp.prioritas.hitung.galat import MasukanSalah
from rkp.prioritas.hitung.pb import write_pb
from rkp.prioritas.models import StatusPemeringkatan
from rkp.prioritas.queries.masukan import build_masukan
from rkp.prioritas.queries.papan import Papan, board, pb_place
from rkp.prioritas.queries.suara import compare_shares
from rkp.prioritas.views.dasar import get_ranking, ranking_context


def _published(request: HttpRequest, slug: str, kode: str):
    """Event, access, ranking and board whose input can be made; Http404 while it cannot."""
    musrenbang, akses, p = get_ranking(request, slug, kode)
    papan = board(p)
    try:
        if papan.masukan is None or papan.sebagian:
            papan.masukan = build_masukan(p, papan.peserta)
    except MasukanSalah as salah:
        raise Http404(str(salah)) from salah
    return musrenbang, akses, p, papan


def _marked(papan: Papan, isi: dict[str, Any] | None) -> dict[str, Any]:
    """A file of a ranking that is not fixed yet says so; a fixed one is exactly what its hash stands for."""
    tetap = papan.pemeringkatan.status == StatusPemeringkatan.DITETAPKAN
    return (isi or {}) | ({} if tetap else {"keadaan": "belum ditetapkan"})


@require_GET
def input_json(request: HttpRequest, slug: str, kode: str) -> HttpResponse:
    """The exact input, for anyone who wants to recompute with ``hitung_prioritas``."""
    *_, papan = _published(request, slug, kode)
    nama = f'attachment; filename="prioritas-{slug}-{kode}.json"'
    isi = _marked(papan, papan.masukan)
    return JsonResponse(isi, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})


@require_GET
def result_json(request: HttpRequest, slug: str, kode: str) -> HttpResponse:
    """The result as it was fixed, or as it stands."""
    *_, papan = _published(request, slug, kode)
    if papan.hasil is None or papan.sementara:
        raise Http404("Peringkat belum dapat dihitung, atau masih menunggu putusan sidang atas nilai yang sama.")
    nama = f'attachment; filename="hasil-{slug}-{kode}.json"'
    isi = _marked(papan, papan.hasil)
    return JsonResponse(isi, headers={"Content-Disposition": nama}, json_dumps_params={"indent": 1})


@require_GET
def pb_file(request: HttpRequest, slug: str, kode: str) -> HttpResponse:
    """One list in the exchange format of participatory budgets; Http404 with the reason where it would not be true."""
    _, _, p, papan = _published(request, slug, kode)
    daftar = request.GET.get("daftar", p.aturan["daftar"][0]["kode"])
    if daftar not in {d["kode"] for d in p.aturan["daftar"]}:
        raise Http404("Daftar tidak dikenal.")
    nama = {c.kode: c.isi.kegiatan for c in papan.peserta}
    acara = pb_place(p.musrenbang)
    try:
        teks = write_pb(papan.masukan, papan.final, daftar=daftar, nama=nama, acara=acara)
    except MasukanSalah as salah:
        raise Http404(str(salah)) from salah
    berkas = f"{slug}-{kode}{'-' + daftar.lower() if daftar else ''}.pb"
    return HttpResponse(
        teks,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{berkas}"'},
    )


@require_GET
def spreadsheet(request: HttpRequest, slug: str, kode: str, jenis: str) -> HttpResponse:
    """The result, the score sheet or the recap of votes as .xlsx."""
    musrenbang, _, p = get_ranking(request, slug, kode)
    if jenis not in dokumen.LEMBAR:
        raise Http404("Jenis lembar tidak dikenal.")
    return xlsx_response(f"{jenis}-{slug}-{kode}", dokumen.LEMBAR[jenis](musrenbang, p))


@require_GET
def shares(request: HttpRequest, slug: str, kode: str) -> HttpResponse:
    """What would have been funded if the money were divided by equal shares: a comparison, nothing more."""
    musrenbang, akses, p, papan = _published(request, slug, kode)
    didanai = {d["kode"]: d["didanai"] for d in (papan.hasil or {"pendanaan": []})["pendanaan"]}
    bagian = []
    for d in p.aturan["daftar"]:
        hasil = compare_shares(papan.masukan, papan.hasil, d["kode"])
        milik = [c for c in papan.peserta if c.calon.daftar == d["kode"]]
        terpilih = {b.kode: b for b in hasil or []}
        baris = [(c, didanai.get(c.kode, 0), terpilih.get(c.kode)) for c in milik]
        bagian.append({"nama": d["nama"], "ada": hasil is not None, "baris": baris})
    konteks = ranking_context(musrenbang, akses, p) | {"bagian": bagian}
    return render(request, "prioritas/shares.html", konteks)
