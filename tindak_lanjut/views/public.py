"""The result for everybody: no login, no names of participants, cacheable."""

import csv
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from musrenbang.format import unknown_costs
from musrenbang.infra.replica import reads_from_replica
from musrenbang.infra.sheets import safe_text
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.sebutan import activate, sebutan, translate
from musrenbang.states import Tahap, is_past
from musrenbang.views.errors import Missing
from rkp.models import BarisVersi
from rkp.queries.dana import dana_of
from rkp.queries.sums import PlanTotal
from tindak_lanjut.queries.adendum import issued_adendum
from tindak_lanjut.queries.public import Result, list_public, public_life, public_result, public_rows
from usulan.ownership import TANPA_DESA

PER_HALAMAN = 50
MENIT = 60
KAMUS_DATA = {
    "nomor": words("nomor kegiatan dalam RKP Kecamatan"),
    "bidang": "bidang pembangunan",
    "kegiatan": "nama kegiatan sebagaimana ditetapkan",
    "desa": words("desa atau kelurahan pengusul"),
    "bagian_desa": "rupiah tiap desa untuk kegiatan bersama, atau perbandingannya bila biayanya belum diketahui",
    "lokasi": "tempat kegiatan",
    "volume": "banyaknya, dalam satuan; kosong bila belum diketahui",
    "satuan": "satuan volume",
    "biaya": "perkiraan biaya dalam rupiah; kosong bila belum diketahui",
    "sumber_dana": "sumber dana yang direncanakan",
    "skpd": "perangkat daerah penanggung jawab menurut RKP",
    "keputusan": "hasil sidang: disepakati, dengan_perubahan, cadangan, belum_disepakati",
    "alasan": "alasan keputusan, bila ada",
    "didanai_program": "program yang mendanai menurut peringkat yang ditetapkan; kosong bila tidak ada",
    "jumlah_program": "rupiah dari program itu; kosong bila tidak ada",
    "keadaan_dana": "penuh: program menutup seluruh biaya; sebagian: sisanya belum; kosong: tidak didanai program",
}
"""The columns of the open data and what they mean."""


def _public(slug: str) -> tuple[Musrenbang, Result]:
    musrenbang = get_object_or_404(Musrenbang.objects.with_place(), slug=slug)
    activate(musrenbang.sebutan)
    results = public_result(musrenbang)
    if results is None:
        raise Http404(f"Hasilnya dibuka untuk umum setelah RKP {sebutan.Kecamatan} ditetapkan.")
    return musrenbang, results


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
@reads_from_replica
def index(request: HttpRequest) -> HttpResponse:
    """Every event whose plan is fixed."""
    search = request.GET.get("cari", "").strip()
    everything = list_public()
    if search:
        everything = everything.filter(kecamatan__nama__icontains=search)
    context = {"halaman": Paginator(everything, PER_HALAMAN).get_page(request.GET.get("hal")), "cari": search}
    return render(request, "tindak_lanjut/publik_daftar.html", context)


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
@reads_from_replica
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """The result of one event: figures, bars, and the list that can be searched."""
    musrenbang, results = _public(slug)
    filters = {n: request.GET.get(n, "").strip() for n in ("desa", "keputusan", "cari")}
    baris = public_rows(results.versi, **filters)
    context = {
        "musrenbang": musrenbang,
        "hasil": results,
        "saring": filters,
        "disaring": any(filters.values()),
        "halaman": Paginator(baris, PER_HALAMAN).get_page(request.GET.get("hal")),
        "kamus_data": KAMUS_DATA,
        "kurang": _not_final(musrenbang),
        "adendum": issued_adendum(musrenbang),
        "desa": [
            *musrenbang.kecamatan.desa_set.order_by("nama").values_list("nama", flat=True),
            translate(TANPA_DESA[1]),
        ],
    }
    return render(request, "tindak_lanjut/publik.html", context)


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
@reads_from_replica
def work(request: HttpRequest, slug: str, nomor: int) -> HttpResponse:
    """One work: from the desa's proposal to what the SKPD answered, in plain words."""
    musrenbang, results = _public(slug)
    baris = get_object_or_404(public_rows(results.versi), nomor=nomor)
    context = {"musrenbang": musrenbang, "b": baris, "perjalanan": public_life(baris)}
    return render(request, "tindak_lanjut/publik_kegiatan.html", context)


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
@reads_from_replica
def data(request: HttpRequest, slug: str, bentuk: str) -> HttpResponse:
    """The list as open data, CSV or JSON."""
    if bentuk not in {"csv", "json"}:
        raise Missing("Datanya tersedia sebagai CSV dan JSON.")
    musrenbang, results = _public(slug)
    baris = [_as_data(b) for b in public_rows(results.versi)]
    if bentuk == "json":
        content: dict[str, Any] = {
            "musrenbang": str(musrenbang),
            "versi": results.versi.sha256,
            "jumlah": _sums(results.jumlah),
            "kolom": KAMUS_DATA,
            "kegiatan": baris,
        }
        content["kurang"] = [
            k for k in (unknown_costs(cast(int | None, b["biaya"]) for b in baris), _not_final(musrenbang)) if k
        ]
        return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    write = csv.writer(response)
    write.writerow(KAMUS_DATA)
    write.writerows([safe_text(v) for v in b.values()] for b in baris)
    return response


def _sums(jumlah: PlanTotal) -> dict[str, dict[str, int]]:
    """Works and rupiah, so that who reads the file can tell whether it is whole."""
    per = {"disepakati": jumlah.sepakat, "cadangan": jumlah.cadangan, "belum_disepakati": jumlah.belum}
    return {k: {"kegiatan": j.n, "biaya": j.rp, "tanpa_biaya": j.tanpa_biaya} for k, j in per.items()}


def _not_final(musrenbang: Musrenbang) -> str:
    end = is_past(musrenbang.tahap, Tahap.DIKEMBALIKAN)
    return "" if end else f"belum diterima {sebutan.bappeda}, tahapnya {musrenbang.get_tahap_display()}"


def _share_words(b: BarisVersi) -> str | None:
    """What each desa has of a work of several: rupiah, or the weights while the cost is unknown; None for any other."""
    if len(b.bersama) < 2:
        return None
    if b.biaya is None:
        return "; ".join(f"{content['nama']}: {content['bobot']}" for _, content in sorted(b.bersama.items()))
    return "; ".join(f"{part.nama}: {part.rp}" for part in b.parts(b.biaya))


def _as_data(b: BarisVersi) -> dict[str, object]:
    dana = dana_of(b)
    return {
        "nomor": b.nomor,
        "bidang": b.name_of("bidang") or None,
        "kegiatan": b.kegiatan,
        "desa": b.nama_desa,
        "bagian_desa": _share_words(b),
        "lokasi": b.lokasi,
        "volume": f"{b.volume.normalize():f}" if b.volume is not None else None,
        "satuan": b.satuan,
        "biaya": b.biaya,
        "sumber_dana": b.name_of("sumber_dana") or None,
        "skpd": b.name_of("skpd") or None,
        "keputusan": b.keputusan,
        "alasan": b.alasan_lengkap,
        "didanai_program": dana.nama or None,
        "jumlah_program": dana.jumlah or None,
        "keadaan_dana": dana.keadaan or None,
    }
