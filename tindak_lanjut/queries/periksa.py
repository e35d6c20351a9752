"""What Bappeda looks at in a package, work by work: what is odd, what last year and other kecamatan say, the notes."""

from collections import defaultdict
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
from tindak_lanjut.models import Catatan, SumberCatatan
from tindak_lanjut.queries.pengesahan import list_notes
from usulan.models import Usulan
from usulan.riwayat import UMUM, words

SEDIKIT = 5
"""A median of fewer other works says nothing."""
JAUH = Decimal(2)
"""A unit price is far off from twice the median on, or below half of it."""
NAIK = Decimal("1.25")
"""An amount that grew by more than a quarter since the desa proposed it is shown."""
Jenis = tuple[str, str]


@dataclass(frozen=True)
class BarisPeriksa:
    """A work of the package: ``harga``, rupiah per unit; ``tanda``, what is worth a look; its notes.

    ``dana``: what a programme pays of it, in words.
    """

    baris: BarisVersi
    harga: int | None
    tanda: list[str]
    catatan: list[Catatan]
    dana: str = ""


def review_rows(musrenbang: Musrenbang, versi: RkpVersi) -> list[BarisPeriksa]:
    """Return every work of a version with what is worth a look (at most ten queries, whatever the number of works)."""
    asal = _sources(versi)
    harga_lain, tahun_lalu = _prices_elsewhere(musrenbang), _last_year(musrenbang)
    catatan: dict[int, list[Catatan]] = defaultdict(list)
    for c in list_notes(musrenbang).filter(sumber=SumberCatatan.BAPPEDA).exclude(baris=None):
        catatan[c.baris_id or 0].append(c)
    hasil = []
    for b in version_rows(versi).exclude(keputusan=Keputusan.DIGABUNG).select_related("asal_baris").order_by("nomor"):
        tanda: list[str] = []
        if b.keputusan in SEPAKAT:
            usulan = asal.get(b.asal_baris_id, [])
            tanda = [*_missing(b), *_price(b, harga_lain), *_growth(b, usulan), *_before(b, usulan, tahun_lalu)]
        hasil.append(BarisPeriksa(b, unit_price(b), tanda, catatan[b.asal_baris_id], dana_of(b).kalimat))
    return hasil


def kind_of(kegiatan: str, satuan: str) -> Jenis:
    """Return what makes works comparable: the first two words that name the thing, and the unit."""
    nama = [w for w in words(kegiatan) if w not in UMUM and not w.isdigit()][:2]
    return " ".join(nama), satuan.lower()


def unit_price(b: BarisVersi) -> int | None:
    """Return rupiah per unit, rounded down; None where amount or volume is unknown."""
    return int(b.biaya / b.volume) if b.biaya and b.volume else None


def _sources(versi: RkpVersi) -> dict[int, list[Usulan]]:
    """Return {row: its proposals}, those of rows that were merged into it with them (one query)."""
    hasil: dict[int, list[Usulan]] = defaultdict(list)
    for s in SumberBaris.objects.filter(baris__rkp=versi.rkp_id).select_related("baris", "usulan__program"):
        hasil[s.baris.digabung_ke_id or s.baris_id].append(s.usulan)
    return hasil


def _prices_elsewhere(musrenbang: Musrenbang) -> dict[Jenis, list[Decimal]]:
    """Return the unit prices that other kecamatan of the kabupaten agreed this year, by kind (three queries)."""
    acara = events_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_pelaksanaan).values()
    versi = official_versions(m.pk for m in acara if m.pk != musrenbang.pk)
    hasil: dict[Jenis, list[Decimal]] = defaultdict(list)
    baris = BarisVersi.objects.filter(rkp_versi__in=versi.values(), keputusan__in=SEPAKAT)
    for kegiatan, satuan, volume, biaya in (
        baris.filter(volume__gt=0, biaya__gt=0).order_by().values_list("kegiatan", "satuan", "volume", "biaya")
    ):
        hasil[kind_of(kegiatan, satuan)].append(Decimal(biaya or 0) / (volume or 1))
    return hasil


def _last_year(musrenbang: Musrenbang) -> dict[tuple[str, Jenis], BarisVersi]:
    """Return what the same kecamatan agreed last year, by desa and kind (at most three queries)."""
    lalu = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan=musrenbang.tahun_pelaksanaan - 1
    ).first()
    versi = official_version(lalu) if lalu else None
    if versi is None:
        return {}
    baris = BarisVersi.objects.filter(rkp_versi=versi, keputusan__in=SEPAKAT)
    baris = baris.select_related("desa", "pilahan__tanggapan")
    return {(kode, kind_of(b.kegiatan, b.satuan)): b for b in baris for kode, _ in b.daftar_desa}


def _missing(b: BarisVersi) -> list[str]:
    kosong = [kata for kata, isi in (("volume", b.volume), ("biaya", b.biaya), ("lokasi", b.lokasi)) if not isi]
    return [f"Belum diisi: {', '.join(kosong)}."] if kosong else []


def _price(b: BarisVersi, lain: dict[Jenis, list[Decimal]]) -> list[str]:
    harga, semua = unit_price(b), lain.get(kind_of(b.kegiatan, b.satuan), [])
    if not harga or len(semua) < SEDIKIT:
        return []
    tengah = median(semua)
    kali = harga / tengah
    if 1 / JAUH < kali < JAUH:
        return []
    return [
        f"Harga satuan {tulis.rupiah(harga)} per {b.satuan}, {tulis.angka(round(kali, 1))} kali nilai tengah "
        f"{len(semua)} kegiatan sejenis di {sebutan.kecamatan} lain ({tulis.rupiah(int(tengah))})."
    ]


def _growth(b: BarisVersi, usulan: list[Usulan]) -> list[str]:
    """Amounts that grew since the desa proposed them, and works that a programme pays already."""
    diminta = b.asal_baris.biaya_semula
    hasil = []
    if b.biaya and diminta and b.biaya > diminta * NAIK:
        hasil.append(f"Naik dari {tulis.rupiah(diminta)} yang diusulkan {sebutan.desa}.")
    hasil += [f"Menurut tim sudah didanai {u.program.nama}." for u in usulan if u.program]
    return hasil


def _before(b: BarisVersi, usulan: list[Usulan], lalu: dict[tuple[str, Jenis], BarisVersi]) -> list[str]:
    """Works that were asked for again, and works of the kind that the desa was given last year."""
    ulang = max((u.ulang_ke for u in usulan), default=0)
    hasil = [f"Diusulkan lagi, tahun ke-{ulang}."] if ulang else []
    jenis = kind_of(b.kegiatan, b.satuan)
    sama = next((lalu[kode, jenis] for kode, _ in b.daftar_desa if (kode, jenis) in lalu), None)
    if sama:
        jawab = getattr(getattr(sama, "pilahan", None), "tanggapan", None)
        nasib = f", {jawab.get_jawaban_display().lower()} {sebutan.skpd}" if jawab else ""
        hasil.append(
            f"Tahun lalu disepakati yang sejenis di {sebutan.desa} ini: No. {sama.nomor}, "
            f"{tulis.rupiah(sama.biaya)}{nasib}."
        )
    return hasil


def filter_review(baris: list[BarisPeriksa], lihat: str, cari: str) -> list[BarisPeriksa]:
    """Narrow the works: ``tanda`` (worth a look), ``catatan`` (with a note) or all, and by words."""
    cari = cari.lower()
    return [
        p
        for p in baris
        if (lihat != "tanda" or p.tanda)
        and (lihat != "catatan" or p.catatan)
        and (not cari or cari in f"{p.baris.nomor} {p.baris.kegiatan} {p.baris.lokasi_lengkap}".lower())
    ]
