"""The RKP as data for spreadsheets and documents."""

from collections.abc import Iterable
from typing import Any

from musrenbang import format as tulis
from musrenbang.format import missing_amounts, unknown_costs
from musrenbang.infra.sheets import Sheet, with_gaps, write_xlsx
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.sebutan import fund, sebutan
from rkp.dana import PENUH
from rkp.models import SEPAKAT, BarisRkp, Kegiatan, Keputusan, StatusKelompok
from rkp.queries.baris import group_by_bidang, origin_words
from rkp.queries.dana import dana_of
from rkp.queries.kelompok import BarisKelompok, KelompokResult
from rkp.queries.sums import tally_rows

KOLOM_XLSX = [
    ("No.", 6),
    ("Bidang", 24),
    ("Program", 30),
    ("Kegiatan", 40),
    ("Sasaran kegiatan", 24),
    (words("Desa"), 20),
    ("Lokasi", 28),
    ("Volume", 10),
    ("Satuan", 10),
    ("Pagu/prakiraan biaya (Rp)", 20),
    ("Sumber dana", 18),
    ("Asal usulan", 34),
    (words("SKPD penanggung jawab"), 30),
    ("Skor", 8),
    ("Keputusan", 24),
    ("Alasan", 40),
    ("Didanai program", 34),
    ("Rupiah dari program", 20),
]


def rkp_xlsx(musrenbang: Musrenbang, baris: Iterable[BarisRkp], *, fixed: bool, saringan: str = "") -> bytes:
    """Return the matrix of musrenbang.md 3(c) as a workbook; ``saringan``: by what it is filtered, in words."""
    all_rows = list(baris)
    nama = f"RKP {sebutan.Kecamatan} {musrenbang.kecamatan.nama} tahun {musrenbang.tahun_rencana}"
    return write_xlsx(
        judul=with_gaps(
            nama,
            "" if fixed else "masih draf, belum ditetapkan pleno",
            saringan,
            "jumlah di bawah tabel hanya yang disepakati; menurut keputusan ada di lembar Jumlah",
            unknown_costs(b.biaya for b in all_rows if b.keputusan in SEPAKAT),
        ),
        kolom=KOLOM_XLSX,
        jumlah=["Pagu/prakiraan biaya (Rp)", "Rupiah dari program"],
        counted=only_agreed("Pagu/prakiraan biaya (Rp)"),
        other=[sums_sheet(tally_rows(all_rows).as_data())],
        baris=(
            [
                b.nomor,
                b.name_of("bidang"),
                b.program,
                b.kegiatan,
                b.sasaran,
                b.nama_desa,
                b.lokasi,
                b.volume,
                b.satuan,
                own_money(b),
                fund(b.name_of("sumber_dana")),
                origin_words(b),
                b.name_of("skpd"),
                b.skor,
                b.get_keputusan_display(),
                b.alasan_lengkap,
                (d := dana_of(b)).nama or None,
                d.jumlah or None,
            ]
            for b in all_rows
        ),
    )


KOLOM_JUMLAH = [("Bagian", 44), ("Kegiatan", 12), ("Biaya (Rp)", 22), ("Tanpa biaya", 12)]
BAGIAN_JUMLAH = {
    "sepakat": "Disepakati, termasuk dengan perubahan",
    "terbuka": "Belum dibahas",
    "cadangan": "Cadangan",
    "belum": "Belum disepakati",
    "semua": "Semua usulan yang berdiri sendiri",
}


def sums_sheet(jumlah: dict[str, dict[str, int]]) -> Sheet:
    """Return the sheet with the sums by outcome: figures of ``PlanTotal``, as the page and the paper have them."""
    baris = [
        [nama, jumlah[k]["n"], jumlah[k]["rp"], jumlah[k]["tanpa_biaya"]]
        for k, nama in BAGIAN_JUMLAH.items()
        if jumlah[k]["n"] or k == "sepakat"
    ]
    lacking = missing_amounts(jumlah["semua"]["tanpa_biaya"])
    return Sheet("Jumlah", KOLOM_JUMLAH, baris, kurang=lacking and f"jumlah {lacking}")


def only_agreed(column: str, by: str = "Keputusan") -> dict[str, tuple[str, list[str]]]:
    """Add up a column of a workbook over the agreed works alone: reserve and what is still open are no plan."""
    return {column: (by, [str(Keputusan(k).label) for k in SEPAKAT])}


KOLOM_KELOMPOK = [
    ("Kelompok", 30),
    ("Peringkat", 10),
    ("No. RKP", 8),
    ("Kegiatan", 40),
    (words("Desa"), 20),
    ("Biaya draf (Rp)", 18),
    ("Biaya menurut kelompok (Rp)", 20),
    ("Volume", 12),
    ("Satuan", 10),
    ("Skor", 10),
    ("Usul keputusan kelompok", 24),
    ("Alasan", 40),
    ("Catatan pembahasan", 40),
]


def kelompok_xlsx(musrenbang: Musrenbang, result: Iterable[KelompokResult]) -> bytes:
    """Return what the groups propose, in their order, as a workbook."""
    all_rows = list(result)
    pending = sum(h.kelompok.status != StatusKelompok.SELESAI for h in all_rows)
    nama = f"Hasil diskusi kelompok {sebutan.Kecamatan} {musrenbang.kecamatan.nama} tahun {musrenbang.tahun_rencana}"
    return write_xlsx(
        judul=with_gaps(
            nama,
            f"{pending} kelompok belum menutup hasilnya" if pending else "",
            "jumlah biaya menurut kelompok hanya yang diusulkan disepakati",
            unknown_costs(b.isi.biaya for h in all_rows for b in h.baris),
        ),
        kolom=KOLOM_KELOMPOK,
        jumlah=["Biaya draf (Rp)", "Biaya menurut kelompok (Rp)"],
        counted=only_agreed("Biaya menurut kelompok (Rp)", "Usul keputusan kelompok"),
        baris=(
            [
                h.kelompok.nama,
                i if b.diperingkat else None,
                b.baris.nomor,
                b.isi.kegiatan,
                b.baris.nama_desa,
                b.baris.biaya_semula,
                b.isi.biaya,
                b.isi.volume,
                b.isi.satuan,
                b.skor,
                b.usulan.get_usul_display() if b.usulan and b.usul else "",
                b.usulan.alasan_lengkap if b.usulan else "",
                b.usulan.catatan if b.usulan else "",
            ]
            for h in all_rows
            for i, b in enumerate(h.baris, 1)
        ),
    )


def own_money(b: Kegiatan) -> int | None:
    """Return the cost that a column of works may be added up from: a merged row's stands in the row that took it in."""
    return None if b.keputusan == Keputusan.DIGABUNG else b.biaya


def row_as_data(b: Kegiatan) -> dict[str, Any]:
    """Return a row as JSON-safe data for a document, in the words that it prints."""
    return {
        "nomor": b.nomor,
        "prioritas_daerah": b.prioritas_daerah,
        "sasaran_daerah": b.sasaran_daerah,
        "program": b.program,
        "kegiatan": b.kegiatan,
        "sasaran": b.sasaran,
        "lokasi": b.lokasi_lengkap,
        "volume": None if b.volume is None else f"{b.volume.normalize():f}",
        "satuan": b.satuan,
        "biaya": own_money(b),
        "sumber_dana": fund(b.name_of("sumber_dana")),
        "skpd": b.name_of("skpd"),
        "asal": origin_words(b),
        "skor": "" if b.skor is None else tulis.number(b.skor),
        "keputusan": b.get_keputusan_display(),
        "alasan": b.alasan_lengkap,
        **dana_of(b).as_data(),
    }


def kelompok_row(b: BarisKelompok, tempat: int, kriteria: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a row of a group's result as JSON-safe data: before, after, scores, reason, note."""
    content, usulan, before = b.isi, b.usulan, b.baris.semula
    return {
        "peringkat": tempat if b.diperingkat else None,
        "nomor": b.baris.nomor,
        "kegiatan": content.kegiatan,
        "lokasi": ", ".join(t for t in (b.baris.nama_desa, content.lokasi) if t),
        "volume_semula": before["volume"],
        "satuan_semula": before["satuan"],
        "biaya_semula": b.baris.biaya_semula,
        "volume": None if content.volume is None else f"{content.volume.normalize():f}",
        "satuan": content.satuan,
        "biaya": content.biaya,
        "skor": tulis.number(b.skor) if b.skor is not None else "",
        "usul": usulan.get_usul_display() if usulan and b.usul else "",
        "sepakat": b.usul in SEPAKAT,
        "alasan": usulan.alasan_lengkap if usulan else "",
        "catatan": usulan.catatan if usulan else "",
        "nilai": [usulan.nilai.get(k["kode"]) if usulan else None for k in kriteria],
    }


def by_bidang(baris: Iterable[Kegiatan]) -> list[dict[str, Any]]:
    """Return rows grouped by bidang with subtotals (rupiah) as JSON-safe data."""
    return [
        {
            "bidang": k.bidang,
            "baris": [row_as_data(b) for b in k.baris],
            "jumlah": k.jumlah,
            "n": k.n,
            "tanpa_biaya": k.tanpa_biaya,
        }
        for k in group_by_bidang(baris)
    ]


def dana_summary(baris: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what programmes pay of rows of ``row_as_data``: works in full, in part, rupiah, and that in a sentence."""
    funded_ones = [b for b in baris if b["dana_rp"]]
    full = sum(b["dana_keadaan"] == PENUH for b in funded_ones)
    rupiah, some = sum(b["dana_rp"] for b in funded_ones), len(funded_ones) - full
    word = " dan ".join(t for t in (f"{full} penuh" if full else "", f"{some} sebagian" if some else "") if t)
    sentence = f"Di antaranya {len(funded_ones)} kegiatan didanai program ({word}) sebesar {tulis.rupiah(rupiah)}."
    return {"n": full, "sebagian": some, "rp": rupiah, "kalimat": sentence if funded_ones else ""}
