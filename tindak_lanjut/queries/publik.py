"""What everybody may read once the plan is fixed: no names of participants, no accounts."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.peta import Peta, Petak, paint, read_map
from musrenbang.sidang.queries import count_hadir
from musrenbang.states import URUTAN, Tahap
from rkp.models import SEPAKAT, BarisVersi, Keputusan, RkpVersi
from rkp.queries import JUMLAH_DANA, LangkahUsulan, official_version, version_rows, with_dana
from tindak_lanjut.queries.nasib import fate
from usulan.models import Usulan

TERBUKA = frozenset(URUTAN[URUTAN.index(Tahap.PRIORITAS) :])
"""From the fixing of the plan on its result is public."""


@dataclass(frozen=True)
class Batang:
    """A bar of a chart: agreed works and rupiah, and its share of the longest bar in percent."""

    nama: str
    n: int
    rp: int
    persen: int


@dataclass(frozen=True)
class Hasil:
    """The result of one event in figures."""

    versi: RkpVersi
    usulan: int
    desa: int
    hadir: int
    perempuan: int
    per_keputusan: list[dict[str, Any]]
    sepakat: int
    rp: int
    dana: dict[str, int]
    bidang: list[Batang]
    per_desa: list[Batang]
    peta: Peta | None
    petak: list[Petak]


def list_public() -> QuerySet[Musrenbang]:
    """Return the events whose plan is fixed, the newest year first."""
    return (
        Musrenbang.objects.filter(tahap__in=TERBUKA).select_related("kecamatan__kabupaten")
        .order_by("-tahun_pelaksanaan", "kecamatan__kabupaten__nama", "kecamatan__nama")
    )  # fmt: skip


def public_result(musrenbang: Musrenbang) -> Hasil | None:
    """Return the figures, or None while the plan is open (eight queries, one more with a map)."""
    versi = official_version(musrenbang) if musrenbang.tahap in TERBUKA else None
    if versi is None:
        return None
    baris = BarisVersi.objects.filter(rkp_versi=versi).order_by()
    sepakat = baris.filter(keputusan__in=SEPAKAT)
    hadir = count_hadir(musrenbang)
    usulan = Usulan.objects.filter(musrenbang=musrenbang)
    hitung = {k["keputusan"]: k["n"] for k in baris.values("keputusan").annotate(n=Count("pk"))}
    setuju = Q(keputusan__in=SEPAKAT)
    jumlah = with_dana(baris.exclude(keputusan=Keputusan.DIGABUNG)).aggregate(
        n_sepakat=Count("pk", filter=setuju), rp_sepakat=Sum("biaya", filter=setuju, default=0), **JUMLAH_DANA
    )
    peta = read_map(settings.BATAS_DIR / f"desa_{musrenbang.kecamatan.kode}.geojson")
    return Hasil(
        versi=versi, usulan=usulan.count(), desa=usulan.values("desa").distinct().count(), hadir=hadir.jumlah,
        perempuan=hadir.perempuan, sepakat=jumlah["n_sepakat"], rp=jumlah["rp_sepakat"],
        dana={k: jumlah[k] for k in JUMLAH_DANA},
        per_keputusan=[{"nama": k.label, "kode": k.value, "n": hitung[k]} for k in Keputusan if k in hitung],
        bidang=_bars(sepakat, "bidang__nama", "Bidang lain"), per_desa=_bars(sepakat, "desa__nama", "-"),
        peta=peta, petak=paint(peta, _by_desa(sepakat)) if peta else [],
    )  # fmt: skip


def _by_desa(sepakat: QuerySet[BarisVersi]) -> dict[str, tuple[int, str, str]]:
    isi = sepakat.values_list("desa__kode", "desa__nama").annotate(n=Count("pk"), rp=Sum("biaya", default=0))
    hasil = {}
    for kode, nama, n, rp in isi:
        hasil[kode] = (rp or n, f"{n} kegiatan, {tulis.rupiah(rp)}", f"?{urlencode({'desa': nama})}")
    return hasil


def _bars(sepakat: QuerySet[BarisVersi], menurut: str, kosong: str) -> list[Batang]:
    isi = list(
        sepakat.values_list(menurut).annotate(n=Count("pk"), rp=Sum("biaya", default=0)).order_by("-rp", menurut)
    )
    puncak = max((rp for _, _, rp in isi), default=0) or 1
    return [Batang(nama or kosong, n, rp, round(100 * rp / puncak)) for nama, n, rp in isi]


def public_rows(versi: RkpVersi, *, desa: str = "", keputusan: str = "", cari: str = "") -> QuerySet[BarisVersi]:
    """Return the rows of the public list, filtered; rows merged into others stand in those."""
    baris = version_rows(versi).exclude(keputusan=Keputusan.DIGABUNG).order_by("nomor")
    if desa:
        baris = baris.filter(desa__nama=desa)
    if keputusan:
        baris = baris.filter(keputusan=keputusan)
    if cari:
        baris = baris.filter(Q(kegiatan__icontains=cari) | Q(lokasi__icontains=cari))
    return baris


def public_life(baris: BarisVersi) -> list[tuple[Usulan, list[LangkahUsulan]]]:
    """Return the proposals of a row, each with its steps from the desa to the answer of the SKPD."""
    semua = Usulan.objects.filter(sumber_baris__baris=baris.asal_baris).select_related(
        "desa", "induk__desa", "musrenbang"
    )
    return [(u, fate(u)) for u in semua]
