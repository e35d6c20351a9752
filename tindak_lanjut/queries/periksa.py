"""What Bappeda looks at in a package, work by work: what is odd, what last year and other kecamatan say, the notes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.persiapan.queries import events_of
from musrenbang.sebutan import sebutan
from rkp.models import SEPAKAT, BarisVersi, Keputusan, RkpVersi, SumberBaris
from rkp.queries.baris import official_version, official_versions, version_rows
from rkp.queries.dana import dana_of
from tindak_lanjut.models import Catatan, NoteSource
from tindak_lanjut.queries.pengesahan import list_notes
from usulan.history import UMUM, words
from usulan.models import ADA_HASIL, Usulan
from usulan.queries.last_year import result_of, results_of

SEDIKIT = 5
"""A median over fewer other works than this is not used."""
JAUH = Decimal(2)
"""A unit price is far off when it is twice the median or more, or less than half of it."""
NAIK = Decimal("1.25")
"""An amount that grew by more than a quarter since the desa proposed it is shown."""
Jenis = tuple[str, str]


@dataclass(frozen=True)
class CheckRow:
    """A work of the package: ``harga``, rupiah per unit; ``tanda``, what is worth a look; its notes.

    ``dana``: what a programme pays of it, in words.
    """

    baris: BarisVersi
    harga: int | None
    tanda: list[str]
    catatan: list[Catatan]
    dana: str = ""


def review_rows(musrenbang: Musrenbang, versi: RkpVersi) -> list[CheckRow]:
    """Return every work of a version with what is worth a look (at most ten queries, whatever the number of works)."""
    origin = _sources(versi)
    other_price, last_year = _prices_elsewhere(musrenbang), _last_year(musrenbang)
    catatan: dict[int, list[Catatan]] = defaultdict(list)
    for c in list_notes(musrenbang).filter(sumber=NoteSource.BAPPEDA).exclude(baris=None):
        catatan[c.baris_id or 0].append(c)
    results = []
    for b in version_rows(versi).exclude(keputusan=Keputusan.DIGABUNG).select_related("asal_baris").order_by("nomor"):
        marks: list[str] = []
        if b.keputusan in SEPAKAT:
            usulan = origin.get(b.asal_baris_id, [])
            marks = [*_missing(b), *_price(b, other_price), *_growth(b, usulan), *_before(b, usulan, last_year)]
        results.append(CheckRow(b, unit_price(b), marks, catatan[b.asal_baris_id], dana_of(b).kalimat))
    return results


def kind_of(kegiatan: str, satuan: str) -> Jenis:
    """Return what makes works comparable: the first two words that name the thing, and the unit."""
    nama = [w for w in words(kegiatan) if w not in UMUM and not w.isdigit()][:2]
    return " ".join(nama), satuan.lower()


def unit_price(b: BarisVersi) -> int | None:
    """Return rupiah per unit, rounded down; None where amount or volume is unknown."""
    return int(b.biaya / b.volume) if b.biaya and b.volume else None


def _sources(versi: RkpVersi) -> dict[int, list[Usulan]]:
    """Return {row: its proposals}, those of rows that were merged into it with them (one query)."""
    result: dict[int, list[Usulan]] = defaultdict(list)
    for s in SumberBaris.objects.filter(baris__rkp=versi.rkp_id).select_related("baris", "usulan__program"):
        result[s.baris.digabung_ke_id or s.baris_id].append(s.usulan)
    return result


def _prices_elsewhere(musrenbang: Musrenbang) -> dict[Jenis, list[Decimal]]:
    """Return the unit prices that other kecamatan of the kabupaten agreed this year, by kind (three queries)."""
    acara = events_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_pelaksanaan).values()
    versi = official_versions(m.pk for m in acara if m.pk != musrenbang.pk)
    result: dict[Jenis, list[Decimal]] = defaultdict(list)
    baris = BarisVersi.objects.filter(rkp_versi__in=versi.values(), keputusan__in=SEPAKAT)
    for kegiatan, satuan, volume, biaya in (
        baris.filter(volume__gt=0, biaya__gt=0).order_by().values_list("kegiatan", "satuan", "volume", "biaya")
    ):
        result[kind_of(kegiatan, satuan)].append(Decimal(biaya or 0) / (volume or 1))
    return result


@dataclass(frozen=True)
class Formerly:
    """A work of last year: its number, rupiah if known, and what became of it (``nasib``, with its comma)."""

    nomor: int
    biaya: int | None
    nasib: str


def _last_year(musrenbang: Musrenbang) -> dict[tuple[str, Jenis], Formerly]:
    """Return what the same kecamatan agreed last year, by desa and kind (at most three queries)."""
    previous = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan=musrenbang.tahun_pelaksanaan - 1
    ).first()
    if previous and previous.hanya_diimpor:
        usulan = results_of(previous).filter(hasil_lalu__disepakati__in=ADA_HASIL).defer("mentah")
        return _by_desa((u, _imported(u)) for u in usulan)
    versi = official_version(previous) if previous else None
    if versi is None:
        return {}
    baris = BarisVersi.objects.filter(rkp_versi=versi, keputusan__in=SEPAKAT)
    return _by_desa((b, _agreed(b)) for b in baris.select_related("desa", "pilahan__tanggapan"))


def _by_desa(semua: Iterable[tuple[Usulan | BarisVersi, Formerly]]) -> dict[tuple[str, Jenis], Formerly]:
    return {(kode, kind_of(b.kegiatan, b.satuan)): before for b, before in semua for kode, _ in b.daftar_desa}


def _imported(u: Usulan) -> Formerly:
    return Formerly(u.nomor, u.hasil_lalu.jumlah_disepakati or u.biaya, f" (menurut berkas tahun lalu: {result_of(u)})")


def _agreed(b: BarisVersi) -> Formerly:
    response = getattr(getattr(b, "pilahan", None), "tanggapan", None)
    return Formerly(b.nomor, b.biaya, f", {response.get_jawaban_display().lower()} {sebutan.skpd}" if response else "")


def _missing(b: BarisVersi) -> list[str]:
    blanks = [word for word, content in (("volume", b.volume), ("biaya", b.biaya), ("lokasi", b.lokasi)) if not content]
    return [f"Belum diisi: {', '.join(blanks)}."] if blanks else []


def _price(b: BarisVersi, other: dict[Jenis, list[Decimal]]) -> list[str]:
    price, everything = unit_price(b), other.get(kind_of(b.kegiatan, b.satuan), [])
    if not price or len(everything) < SEDIKIT:
        return []
    middle = median(everything)
    times = price / middle
    if 1 / JAUH < times < JAUH:
        return []
    return [
        f"Harga satuan {tulis.rupiah(price)} per {b.satuan}, {tulis.number(round(times, 1))} kali nilai tengah "
        f"{len(everything)} kegiatan sejenis di {sebutan.kecamatan} lain ({tulis.rupiah(int(middle))})."
    ]


def _growth(b: BarisVersi, usulan: list[Usulan]) -> list[str]:
    """Amounts that grew since the desa proposed them, and works that a programme pays already."""
    requested = b.asal_baris.biaya_semula
    results = []
    if b.biaya and requested and b.biaya > requested * NAIK:
        results.append(f"Naik dari {tulis.rupiah(requested)} yang diusulkan {sebutan.desa}.")
    results += [f"Menurut tim sudah didanai {u.program.nama}." for u in usulan if u.program]
    return results


def _before(b: BarisVersi, usulan: list[Usulan], previous: dict[tuple[str, Jenis], Formerly]) -> list[str]:
    """Works that were asked for again, and works of the kind that the desa was given last year."""
    again = max((u.ulang_ke for u in usulan), default=0)
    result = [f"Diusulkan lagi, tahun ke-{again}."] if again else []
    jenis = kind_of(b.kegiatan, b.satuan)
    same = next((previous[kode, jenis] for kode, _ in b.daftar_desa if (kode, jenis) in previous), None)
    if same:
        result.append(
            f"Tahun lalu disepakati yang sejenis di {sebutan.desa} ini: No. {same.nomor}, "
            f"{tulis.rupiah(same.biaya)}{same.nasib}."
        )
    return result


def filter_review(baris: list[CheckRow], view: str, search: str) -> list[CheckRow]:
    """Narrow the works: ``tanda`` (worth a look), ``catatan`` (with a note) or all, and by words."""
    search = search.lower()
    return [
        p
        for p in baris
        if (view != "tanda" or p.tanda)
        and (view != "catatan" or p.catatan)
        and (not search or search in f"{p.baris.nomor} {p.baris.kegiatan} {p.baris.lokasi_lengkap}".lower())
    ]
