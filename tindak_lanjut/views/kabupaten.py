"""Bappeda's board of all kecamatan, and the review of one package."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from musrenbang import format as tulis
from musrenbang.akses import get_kabupaten_for
from musrenbang.board import next_steps
from musrenbang.infra.maps import paint, read_map
from musrenbang.infra.replica import reads_from_replica
from musrenbang.models import Kabupaten, Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.states import FASE, Tahap
from musrenbang.views.files import xlsx_response
from musrenbang.views.kabupaten import year_of
from musrenbang.views.page import AppRequest, EventRequest, event_page
from rkp.izin import BOLEH_ADENDUM
from rkp.queries.compare import ComparedBaris, compare_states, state_key
from tindak_lanjut.dokumen.sheets import kabupaten_xlsx
from tindak_lanjut.forms import RemarkForm
from tindak_lanjut.models import NoteSource, Penyampaian
from tindak_lanjut.queries.adendum import issued_adendum
from tindak_lanjut.queries.kabupaten import (
    BarisKabupaten,
    board_bars,
    compare_event,
    kabupaten_board,
    list_packages,
    waiting_packages,
)
from tindak_lanjut.queries.pengesahan import list_notes
from tindak_lanjut.queries.periksa import filter_review, review_rows
from tindak_lanjut.services.notes import BOLEH, BOLEH_JAWAB

PER_HALAMAN = 50
WARNA = ("lewat", "dekat", "aman")


@require_GET
@reads_from_replica
def board(request: AppRequest) -> HttpResponse:
    """Kecamatan by stage with deadlines, figures and packages that wait."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    everything = kabupaten_board(kabupaten, tahun)
    if request.GET.get("unduh"):
        return xlsx_response(f"{sebutan.kecamatan}-{tahun}", kabupaten_xlsx(kabupaten.nama, tahun, everything))
    filters = {n: request.GET.get(n, "").strip() for n in ("tahap", "warna", "cari")}
    baris = [b for b in everything if _matches(b, filters)]
    year_present = Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten).order_by("-tahun_pelaksanaan")
    context = {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "baris": baris,
        "saring": filters,
        "jumlah_kecamatan": len(everything),
        "tahun_ada": list(year_present.values_list("tahun_pelaksanaan", flat=True).distinct()),
        "fase": FASE,
        "menunggu": list(waiting_packages(kabupaten)),
        "per_tahap": [
            (t.label, t.value, sum(b.acara is not None and b.acara.tahap == t for b in everything)) for t in Tahap
        ],
        "lewat": sum(b.warna == "lewat" for b in everything),
        "tanpa_acara": sum(b.acara is None for b in everything),
        "batang": board_bars(everything),
        **_map(kabupaten, everything),
        "jumlah": {
            k: sum(getattr(b, k) for b in everything)
            for k in ("desa", "desa_masuk", "usulan", "usulan_rp", "sepakat", "sepakat_rp")
        },
    }
    return render(request, "tindak_lanjut/kabupaten.html", context)


def _map(kabupaten: Kabupaten, semua: list[BarisKabupaten]) -> dict[str, Any]:
    """The map of the kecamatan, by the value of what was agreed (while nothing is, by the number of proposals)."""
    map_image = read_map(settings.BATAS_DIR / f"kecamatan_{kabupaten.kode}.geojson")
    existing = any(b.sepakat_rp for b in semua)
    content = {
        b.kecamatan.kode: (
            b.sepakat_rp if existing else b.usulan,
            f"{b.acara.get_tahap_display()}, {b.usulan} usulan, disepakati {tulis.rupiah(b.sepakat_rp)}",
            b.acara.get_absolute_url(),
        )
        for b in semua
        if b.acara
    }
    what = "Jumlah biaya kegiatan yang disepakati" if existing else "Banyaknya usulan"
    return {"peta": map_image, "petak": paint(map_image, content), "judul_peta": f"{what} menurut {sebutan.kecamatan}"}


def _matches(b: BarisKabupaten, filters: dict[str, str]) -> bool:
    tahap = b.acara.tahap if b.acara else ""
    return (
        (not filters["tahap"] or tahap == filters["tahap"])
        and (filters["warna"] not in WARNA or b.warna == filters["warna"])
        and filters["cari"].lower() in b.kecamatan.nama.lower()
    )


@event_page("lihat_penyampaian")
def package(request: EventRequest, slug: str) -> HttpResponse:
    """What was handed over and when, how it compares, the notes on it, and Bappeda's decision."""
    all_rows = list(list_packages(request.musrenbang))
    context = {
        "semua": all_rows,
        "banding": compare_event(request.musrenbang),
        "berubah": _changes(request.musrenbang, all_rows),
        "catatan": list(list_notes(request.musrenbang)),
        "boleh_catat": request.akses.may("catat_bappeda", BOLEH[NoteSource.BAPPEDA]),
        "boleh_jawab": request.akses.may("jawab_catatan", BOLEH_JAWAB),
        "langkah": next_steps(request.musrenbang, request.akses) if request.musrenbang.tahap in LANGKAH else [],
        "adendum": issued_adendum(request.musrenbang),
        "boleh_adendum": request.musrenbang.tahap in BOLEH_ADENDUM,
        "form": RemarkForm(),
    }
    return render(request, "tindak_lanjut/package.html", context)


@event_page("lihat_penyampaian")
def review(request: EventRequest, slug: str) -> HttpResponse:
    """The newest package work by work: what is worth a look, the notes, and a note to write on each."""
    paket = list_packages(request.musrenbang).first()
    everything = review_rows(request.musrenbang, paket.versi) if paket else []
    jumlah = {"tanda": sum(bool(p.tanda) for p in everything), "catatan": sum(bool(p.catatan) for p in everything)}
    view = request.GET.get("lihat", "tanda" if jumlah["tanda"] else "semua")
    search = request.GET.get("cari", "").strip()
    halaman = Paginator(filter_review(everything, view, search), PER_HALAMAN).get_page(request.GET.get("hal"))
    context = {
        "paket": paket,
        "lihat": view,
        "cari": search,
        "halaman": halaman,
        "pilihan": [
            ("tanda", "Perlu dicermati", jumlah["tanda"]),
            ("catatan", "Ada catatan", jumlah["catatan"]),
            ("semua", "Semua", len(everything)),
        ],
        "boleh_catat": request.akses.may("catat_bappeda", BOLEH[NoteSource.BAPPEDA]),
        "baris": halaman,
        "alamat": request.get_full_path(),
    }
    return render(request, "tindak_lanjut/review.html", context)


LANGKAH = {Tahap.DISAHKAN, Tahap.DISAMPAIKAN, Tahap.DIKEMBALIKAN, Tahap.DITERIMA}


def _changes(musrenbang: Musrenbang, semua: list[Penyampaian]) -> list[ComparedBaris] | None:
    """What the newest package changed against the one before; None when there is only one."""
    if len(semua) < 2:
        return None
    rkp = semua[0].versi.rkp
    rkp.musrenbang = musrenbang
    return compare_states(rkp, state_key(semua[1].versi), state_key(semua[0].versi))
