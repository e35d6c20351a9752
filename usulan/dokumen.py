"""Proposals as data for pages and spreadsheets."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from musrenbang import format as tulis
from musrenbang.format import unknown_costs
from musrenbang.infra.pdf.printing import render_pdf
from musrenbang.infra.sheets import with_gaps, write_xlsx
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from usulan.impor.last_year import NAMA_HASIL
from usulan.models import Usulan

ALASAN_DILEWATI = {
    "judul": "judul",
    "kosong_bernomor": "baris bernomor tanpa isi",
    "judul_bidang": "judul bidang",
    "jumlah": "baris jumlah",
    "tanda_tangan": "tempat tanda tangan",
    "catatan": "catatan",
    "huruf_kolom": "huruf atau nomor kolom",
    "kecamatan_lain": words("kecamatan lain"),
    "tersembunyi": "baris yang disembunyikan di Excel",
    "bukan_usulan": "ditandai bukan usulan",
    "digabung": "digabung dengan baris di atasnya",
}
NAMA_KOLOM = {
    "no": "No.",
    "desa": words("Desa"),
    "bidang": "Bidang",
    "kegiatan": "Kegiatan",
    "lokasi": "Lokasi",
    "volume": "Volume",
    "satuan": "Satuan",
    "biaya": "Biaya",
    "sumber_dana": "Sumber dana",
    "manfaat": "Sasaran/manfaat",
    "waktu": "Waktu",
    "prioritas_desa": words("Prioritas desa"),
    "permasalahan": "Permasalahan",
    "skpd": words("SKPD"),
    "usulan_lama": "No. usulan tahun lalu",
    "kecamatan": words("Kecamatan"),
}
ARTI_KOLOM = NAMA_KOLOM | {"dana": "Biaya dari satu sumber dana"}
NAMA_SEMUA = NAMA_KOLOM | NAMA_HASIL
KOLOM_XLSX = [
    ("No.", 6),
    (words("Desa"), 22),
    (words("Prioritas desa"), 10),
    (words("Bidang menurut DU-RKP"), 26),
    ("Permasalahan", 30),
    ("Usulan kegiatan", 40),
    ("Lokasi", 28),
    ("Volume", 10),
    ("Satuan", 10),
    ("Perkiraan biaya (Rp)", 18),
    ("Sumber dana", 18),
    ("Sasaran/manfaat", 24),
    (words("SKPD menurut desa"), 22),
    ("Berkas", 26),
    ("Lembar", 16),
    ("Baris", 8),
]


def meanings(musrenbang: Musrenbang) -> dict[str, str]:
    """Return what a column of a file may hold; in an imported last year also what became of a proposal."""
    return ARTI_KOLOM | NAMA_HASIL if musrenbang.hanya_diimpor else ARTI_KOLOM


def usulan_xlsx(musrenbang: Musrenbang, usulan: QuerySet[Usulan], saringan: str = "") -> bytes:
    """Return the recap of musrenbang.md 3(b) with the cell each row came from; ``saringan`` says in words by what."""
    all_rows = list(usulan)
    nama = (
        f"Rekapitulasi usulan {sebutan.Kecamatan} {musrenbang.kecamatan.nama}, rencana tahun {musrenbang.tahun_rencana}"
    )
    return write_xlsx(
        judul=with_gaps(nama, saringan and f"difilter, {saringan}", unknown_costs(u.biaya for u in all_rows)),
        kolom=KOLOM_XLSX,
        jumlah=["Perkiraan biaya (Rp)"],
        baris=(
            [
                u.nomor,
                u.desa_with_shares,
                u.prioritas_desa,
                u.bidang_teks,
                u.permasalahan,
                u.kegiatan,
                u.lokasi,
                u.volume,
                u.satuan,
                u.biaya,
                str(u.sumber_dana) if u.sumber_dana else None,
                u.manfaat,
                u.skpd_teks,
                u.impor.nama_berkas if u.impor else u.asal_teks,
                u.lembar,
                u.baris,
            ]
            for u in all_rows
        ),
    )


def usulan_pdf(musrenbang: Musrenbang, usulan: QuerySet[Usulan], saringan: str) -> bytes:
    """Return the list exactly as filtered and sorted, with its sum, as a PDF; ``saringan`` says in words by what."""
    baris = list(usulan)
    context = {
        "musrenbang": musrenbang,
        "usulan": baris,
        "saringan": saringan,
        "total": sum(u.biaya or 0 for u in baris),
    }
    return render_pdf("pdf/daftar_usulan.html", context)


KELOMPOK_BEDA = {
    "baru": ("Baru di berkas ini", "tambahkan", True),
    "berubah": ("Berubah", "perbarui", True),
    "hilang": ("Tidak ada lagi di berkas ini", "keluarkan", False),
}


def comparison(difference: list[Any]) -> list[dict[str, Any]]:
    """Return the lines of a comparison by kind, with old and new values in words; gone ones are not ticked."""
    return [
        {
            "judul": judul,
            "kerja": work,
            "centang": ticked,
            "baris": [_compared(b) for b in difference if b.jenis == jenis],
        }
        for jenis, (judul, work, ticked) in KELOMPOK_BEDA.items()
    ]


def _compared(difference: Any) -> dict[str, Any]:
    usulan = difference.lama or difference.baru
    return {
        "kunci": difference.kunci,
        "usulan": usulan,
        "baris_baru": difference.baru.baris if difference.baru else None,
        "nilai": [
            (NAMA_BEDA.get(nama, NAMA_KOLOM.get(nama, nama)), _word(nama, a), _word(nama, b))
            for nama, (a, b) in difference.nilai.items()
        ],
    }


NAMA_BEDA = {"bidang_teks": "Bidang"}


def _word(nama: str, nilai: Any) -> str:
    if nilai in (None, ""):
        return "kosong"
    if nama == "biaya":
        return tulis.rupiah(nilai)
    return tulis.number(nilai) if isinstance(nilai, Decimal) else str(nilai)
