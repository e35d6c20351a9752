"""The list of the kabupaten for the Musrenbang Kabupaten: totals, rows, workbook, open data."""

import json
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from musrenbang.akses import get_kabupaten_for
from musrenbang.forms.numbers import whole
from musrenbang.infra.replica import reads_from_replica
from musrenbang.labels import words
from musrenbang.models import Kabupaten, Kecamatan, Musrenbang, Skpd
from musrenbang.views.errors import Missing
from musrenbang.views.files import filter_words, xlsx_stream
from musrenbang.views.kabupaten import year_of
from musrenbang.views.page import AppRequest
from rkp.models import BarisVersi
from tindak_lanjut.dokumen.durkp import KAMUS_DURKP, durkp_csv, durkp_data, durkp_xlsx
from tindak_lanjut.queries.durkp import (
    DARI_PROGRAM,
    DITERIMA,
    Item,
    consolidated,
    filter_consolidated,
    gaps,
    stream_rows,
    summary,
    totals,
    with_details,
)

PER_HALAMAN = 100
MENURUT = {"skpd": words("SKPD"), "program": "Program", "kecamatan": words("Kecamatan")}


def _filtered(request: AppRequest, kabupaten: Kabupaten, tahun: int) -> QuerySet[BarisVersi]:
    everything = consolidated(kabupaten, tahun, everything=bool(request.GET.get("semua")))
    return filter_consolidated(
        everything,
        kecamatan=request.GET.get("kecamatan", ""),
        skpd=_skpd(request.GET.get("skpd", "")),
        program=request.GET.get("program", ""),
        search=request.GET.get("cari", "").strip(),
    )


def _skpd(teks: str) -> int | None:
    return DARI_PROGRAM if teks == str(DARI_PROGRAM) else whole(teks)


@require_GET
@reads_from_replica
def durkp(request: AppRequest) -> HttpResponse:
    """Totals by SKPD, program or kecamatan, and the works behind them."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    baris = _filtered(request, kabupaten, tahun)
    according = request.GET.get("menurut", "")
    according = according if according in MENURUT else "skpd"
    acara = Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten, tahun_pelaksanaan=tahun)
    filters = {n: request.GET.get(n, "").strip() for n in ("kecamatan", "skpd", "program", "cari", "semua")}
    agency = {DARI_PROGRAM: "didanai program"} | {s.pk: s.nama for s in Skpd.objects.filter(kabupaten=kabupaten)}
    halaman = Paginator(with_details(baris), PER_HALAMAN).get_page(request.GET.get("hal"))
    context = {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "menurut": according,
        "pilihan": MENURUT,
        "saring": filters,
        "jumlah": [(j, _narrowed(request, according, j.kunci)) for j in totals(baris, according)],
        "ringkasan": summary(baris),
        "halaman": halaman,
        "baris": [(b, agency.get(getattr(b, "dinas"))) for b in halaman],  # noqa: B009 -- annotated
        "dinas": agency,
        "kecamatan": Kecamatan.objects.filter(kabupaten=kabupaten).order_by("nama"),
        "belum": acara.exclude(tahap__in=DITERIMA).count(),
        "disaring": any(filters.values()),
        "kamus_data": {k: meaning for k, (meaning, _) in KAMUS_DURKP.items()},
    }
    return render(request, "tindak_lanjut/durkp.html", context)


def _narrowed(request: AppRequest, nama: str, nilai: str) -> str:
    """The address of this page with one more filter, at its first page."""
    filters = request.GET.copy()
    filters[nama] = nilai
    filters.pop("hal", None)
    return f"?{filters.urlencode()}"


@require_GET
@reads_from_replica
def download(request: AppRequest) -> HttpResponseBase:
    """The list as it is filtered, in the order of SIPD."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    baris = _filtered(request, kabupaten, tahun)
    filters = {n: request.GET.get(n, "") for n in ("kecamatan", "skpd", "program", "cari")}
    missing = [filter_words(filters), *gaps(baris, kabupaten, tahun)]
    item = stream_rows(baris, kabupaten)
    nama = f"durkp-{kabupaten.short_name}-{tahun + 1}"
    return xlsx_stream(nama, lambda file: durkp_xlsx(file, kabupaten, tahun, item, missing))


@login_not_required
@require_GET
@cache_control(public=True, max_age=3600)
@reads_from_replica
def open_data(request: HttpRequest, kode: str, tahun: int, bentuk: str) -> HttpResponseBase:
    """The works that Bappeda took in, as open data; ``tahun`` is the year of the meetings."""
    kabupaten = get_object_or_404(Kabupaten, kode=kode)
    if bentuk not in {"csv", "json"} or not 2000 <= tahun < 2100:
        raise Missing("Datanya tersedia sebagai CSV dan JSON.")
    baris = consolidated(kabupaten, tahun)
    item = stream_rows(baris, kabupaten)
    if bentuk == "csv":
        content, type_name = durkp_csv(item), "text/csv; charset=utf-8"
    else:
        content, type_name = _json(kabupaten, tahun, item, gaps(baris, kabupaten, tahun)), "application/json"
    nama = f"durkp-{kode}-{tahun + 1}.{bentuk}"
    return StreamingHttpResponse(
        content, content_type=type_name, headers={"Content-Disposition": f'attachment; filename="{nama}"'}
    )


def _json(kabupaten: Kabupaten, tahun: int, butir: Iterator[Item], lacking: list[str]) -> Iterator[str]:
    head = {
        "kabupaten": kabupaten.nama,
        "kode": kabupaten.kode,
        "tahun_rencana": tahun + 1,
        "kolom": {k: meaning for k, (meaning, _) in KAMUS_DURKP.items()},
        "kurang": lacking,
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "kegiatan": ['
    for i, content in enumerate(durkp_data(butir)):
        yield (", " if i else "") + json.dumps(content, ensure_ascii=False)
    yield "]}"
