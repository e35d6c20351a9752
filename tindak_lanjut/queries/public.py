"""What everybody may read once the plan is fixed: no names of participants, no accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet

from musrenbang import format as tulis
from musrenbang.infra.maps import MapImage, Tile, paint, read_map
from musrenbang.models import Desa, Musrenbang
from musrenbang.models.acara import MusrenbangQuerySet
from musrenbang.sebutan import translate
from musrenbang.sidang.queries.kehadiran import count_attendance
from musrenbang.states import URUTAN, Tahap
from rkp.bab import imported_figures
from rkp.models import SEPAKAT, BarisVersi, Keputusan, RkpVersi
from rkp.queries.baris import official_version, version_rows
from rkp.queries.dana import JUMLAH_DANA, with_dana
from rkp.queries.fate import UsulanStep
from rkp.queries.sums import PlanTotal, sum_by, sum_by_desa, sum_plan
from tindak_lanjut.queries.fate import fate
from usulan.models import Usulan
from usulan.ownership import SARING_KECAMATAN, TANPA_DESA, of_desa
from usulan.queries.last_year import imported_year
from usulan.queries.ownership import proposing_desa

TERBUKA = frozenset(URUTAN[URUTAN.index(Tahap.PRIORITAS) :])
"""The stages in which the result is public: from the fixing of the plan on."""


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: agreed works and rupiah, and its share of the longest bar in percent."""

    nama: str
    n: int
    rp: int
    persen: int


@dataclass(frozen=True)
class Result:
    """The result of one event in figures."""

    versi: RkpVersi
    usulan: int
    desa: int
    hadir: int
    perempuan: int
    per_keputusan: list[dict[str, Any]]
    jumlah: PlanTotal
    dana: dict[str, int]
    bidang: list[Bar]
    per_desa: list[Bar]
    peta: MapImage | None
    petak: list[Tile]
    lalu: dict[str, Any] | None


def list_public() -> MusrenbangQuerySet:
    """Return the events whose plan is fixed, the newest year first."""
    return (
        Musrenbang.objects.filter(tahap__in=TERBUKA)
        .select_related("kecamatan__kabupaten")
        .order_by("-tahun_pelaksanaan", "kecamatan__kabupaten__nama", "kecamatan__nama")
    )


def public_result(musrenbang: Musrenbang) -> Result | None:
    """Return the figures, or None while the plan is open (eleven queries, one more with a map)."""
    versi = official_version(musrenbang) if musrenbang.tahap in TERBUKA else None
    if versi is None:
        return None
    baris = BarisVersi.objects.filter(rkp_versi=versi).order_by()
    agreed = baris.filter(keputusan__in=SEPAKAT)
    hadir = count_attendance(musrenbang)
    usulan = Usulan.objects.filter(musrenbang=musrenbang)
    jumlah = sum_plan(baris)
    dana = with_dana(baris.exclude(keputusan=Keputusan.DIGABUNG)).aggregate(**JUMLAH_DANA)
    per_desa = sum_by_desa(agreed)
    previous = imported_year(musrenbang)
    map_image = read_map(settings.BATAS_DIR / f"desa_{musrenbang.kecamatan.kode}.geojson")
    return Result(
        versi=versi,
        usulan=usulan.count(),
        desa=len(proposing_desa([musrenbang.pk]).get(musrenbang.pk, ())),
        hadir=hadir.jumlah,
        perempuan=hadir.perempuan,
        jumlah=jumlah,
        dana=dana,
        per_keputusan=[{"nama": k.label, "kode": k.value, "n": jumlah.of(k).n} for k in Keputusan if jumlah.of(k).n],
        bidang=_bars((nama or "Bidang lain", j) for nama, j in sum_by(agreed, "bidang__nama").items()),
        per_desa=_bars((nama, j) for (_, nama), j in per_desa.items()),
        peta=map_image,
        lalu=imported_figures(previous) if previous else None,
        petak=paint(map_image, _by_desa(per_desa)) if map_image else [],
    )


def _by_desa(per_desa: dict[tuple[str, str], PlanTotal]) -> dict[str, tuple[int, str, str]]:
    result = {}
    for (kode, nama), content in per_desa.items():
        n, rupiah = content.sepakat.n, content.sepakat.rp
        result[kode] = (rupiah or n, f"{n} kegiatan, {tulis.rupiah(rupiah)}", f"?{urlencode({'desa': nama})}")
    return result


def _bars(jumlah: Iterable[tuple[str, PlanTotal]]) -> list[Bar]:
    contents = [(nama, j.sepakat.n, j.sepakat.rp) for nama, j in jumlah]
    contents.sort(key=lambda b: -b[2])
    peak = max((rupiah for _, _, rupiah in contents), default=0) or 1
    return [Bar(nama, n, rupiah, round(100 * rupiah / peak)) for nama, n, rupiah in contents]


def public_rows(versi: RkpVersi, *, desa: str = "", keputusan: str = "", cari: str = "") -> QuerySet[BarisVersi]:
    """Return the rows of the public list, filtered; rows merged into others stand in those."""
    baris = version_rows(versi).exclude(keputusan=Keputusan.DIGABUNG).order_by("nomor")
    if desa:
        this_one = Desa.objects.filter(kecamatan__musrenbang__rkp__riwayat=versi, nama=desa).first()
        baris = baris.filter(
            of_desa(SARING_KECAMATAN if desa == translate(TANPA_DESA[1]) else this_one.kode if this_one else "-")
        )
    if keputusan:
        baris = baris.filter(keputusan=keputusan)
    if cari:
        baris = baris.filter(Q(kegiatan__icontains=cari) | Q(lokasi__icontains=cari))
    return baris


def public_life(baris: BarisVersi) -> list[tuple[Usulan, list[UsulanStep]]]:
    """Return the proposals of a row and of those merged into it, each with its steps to the answer of the SKPD."""
    here = Q(sumber_baris__baris=baris.asal_baris) | Q(sumber_baris__baris__digabung_ke=baris.asal_baris)
    everything = Usulan.objects.filter(here).select_related("desa", "skpd", "induk__desa", "induk__skpd", "musrenbang")
    return [(u, fate(u)) for u in everything]
