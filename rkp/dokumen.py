"""The RKP as data for spreadsheets and documents."""

from collections.abc import Iterable
from typing import Any

from musrenbang.lembar import write_xlsx
from musrenbang.models import Musrenbang
from rkp.models import BarisRkp, Kegiatan
from rkp.queries import group_by_bidang

KOLOM_XLSX = [
    ("No.", 6), ("Bidang", 24), ("Program", 30), ("Kegiatan", 40), ("Sasaran kegiatan", 24), ("Desa", 20),
    ("Lokasi", 28), ("Volume", 10), ("Satuan", 10), ("Pagu/prakiraan biaya (Rp)", 20), ("Sumber dana", 18),
    ("SKPD penanggung jawab", 30), ("Keputusan", 24), ("Alasan", 40),
]  # fmt: skip


def rkp_xlsx(musrenbang: Musrenbang, baris: Iterable[BarisRkp]) -> bytes:
    """Return the matrix of musrenbang.md 3(c) as a workbook."""
    return write_xlsx(
        judul=f"RKP Kecamatan {musrenbang.kecamatan.nama} tahun {musrenbang.tahun_rencana}",
        kolom=KOLOM_XLSX,
        baris=(
            [
                b.nomor, b.bidang.nama if b.bidang else None, b.program, b.kegiatan, b.sasaran, b.desa.nama, b.lokasi,
                b.volume, b.satuan, b.biaya, b.sumber_dana.nama if b.sumber_dana else None,
                b.skpd.nama if b.skpd else None, b.get_keputusan_display(), b.alasan_lengkap,
            ]
            for b in baris
        ),
    )  # fmt: skip


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
        "biaya": b.biaya,
        "sumber_dana": b.sumber_dana.nama if b.sumber_dana else "",
        "skpd": b.skpd.nama if b.skpd else "",
        "keputusan": b.get_keputusan_display(),
        "alasan": b.alasan_lengkap,
    }


def by_bidang(baris: Iterable[Kegiatan]) -> list[dict[str, Any]]:
    """Return rows grouped by bidang with subtotals (rupiah) as JSON-safe data."""
    return [
        {
            "bidang": k.bidang,
            "baris": [row_as_data(b) for b in k.baris],
            "jumlah": k.jumlah,
            "tanpa_biaya": k.tanpa_biaya,
        }
        for k in group_by_bidang(baris)
    ]
