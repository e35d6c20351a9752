"""Documents that are tables, as spreadsheets: made from the same content as the PDF, so that their sums are one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from musrenbang.infra.lembar import Lembar

Isi = dict[str, Any]


@dataclass(frozen=True)
class Tabel:
    """Columns (heading, width in characters) and rows; ``lain``: the sheets after this one."""

    kolom: Sequence[tuple[str, int]]
    baris: Iterable[Sequence[Any]]
    nama: str = "Data"
    lain: Sequence[Lembar] = ()


def _angka(teks: str | None) -> Decimal | None:
    return Decimal(teks) if teks else None


def undangan(isi: Isi) -> Tabel:
    """The letters: number, whom, code."""
    kolom = [("Nomor", 26), ("Kepada", 40), ("Lembaga", 36), ("Desa", 20), ("Kode", 10)]
    return Tabel(kolom, ([s["nomor"], s["sebutan"], s["lembaga"], s["desa"], s["kode"]] for s in isi["surat"]))


def susunan_acara(isi: Isi) -> Tabel:
    """The agenda with its hours."""
    kolom = [("No", 6), ("Waktu", 16), ("Durasi (menit)", 12), ("Acara", 50), ("Penanggung Jawab", 26)]
    return Tabel(
        kolom, ([i, a["waktu"], a["menit"], a["judul"], a["penanggung_jawab"]] for i, a in enumerate(isi["acara"], 1))
    )


def notulen(isi: Isi) -> Tabel:
    """The minutes, a line per note."""
    kolom = [
        ("Acara", 36),
        ("Pembicara", 30),
        ("Pokok bahasan", 50),
        ("Tanggapan", 50),
        ("Tindak lanjut", 36),
        ("Kesimpulan", 36),
    ]
    return Tabel(
        kolom,
        (
            [a["judul"], c["pembicara"], c["pertanyaan"], c["jawaban"], c["tindak_lanjut"], c["putusan"]]
            for a in isi["acara"]
            for c in a["catatan"]
        ),
    )


def rekap_usulan(isi: Isi) -> Tabel:
    """The proposals by desa."""
    kolom = [
        ("Desa", 22),
        ("No", 8),
        ("Bidang", 26),
        ("Kegiatan", 44),
        ("Lokasi", 28),
        ("Volume", 12),
        ("Satuan", 10),
        ("Perkiraan Biaya (Rp)", 20),
        ("Sumber Dana", 18),
        ("Sasaran/Manfaat", 26),
        ("Keterangan", 36),
    ]
    return Tabel(
        kolom,
        (
            [
                d["desa"],
                b["nomor"],
                b["bidang"],
                b["kegiatan"],
                b["lokasi"],
                _angka(b["volume"]),
                b["satuan"],
                b["biaya"],
                b["sumber_dana"],
                b["manfaat"],
                f"{b['pengusul']} {b['bersama']}".strip() or None,
            ]
            for d in isi["desa"]
            for b in d["baris"]
        ),
    )


MATRIKS = [
    ("No", 8),
    ("Prioritas Daerah", 28),
    ("Sasaran Daerah", 28),
    ("Program", 30),
    ("Kegiatan", 44),
    ("Sasaran Kegiatan", 24),
    ("Lokasi", 30),
    ("Volume", 12),
    ("Satuan", 10),
    ("Pagu (Rp)", 20),
]


def _row(b: Isi) -> list[Any]:
    return [
        b["nomor"],
        b["prioritas_daerah"],
        b["sasaran_daerah"],
        b["program"],
        b["kegiatan"],
        b["sasaran"],
        b["lokasi"],
        _angka(b["volume"]),
        b["satuan"],
        b["biaya"],
    ]


DANA = [("Didanai program", 30), ("Rupiah dari program", 20)]
"""What every list of works says about the money of programmes."""


def _dana(b: Isi) -> list[Any]:
    return [b["dana_program"] or None, b["dana_rp"] or None]


def rkp(isi: Isi) -> Tabel:
    """The matrix by bidang, then a sheet for each annex and one with the sums."""
    kolom = [
        ("Bidang", 26),
        *MATRIKS,
        ("Sumber Dana", 18),
        ("Asal", 30),
        ("SKPD", 30),
        ("Skor", 8),
        ("Keputusan", 24),
        ("Alasan", 40),
        *DANA,
    ]
    ekor = ("sumber_dana", "asal", "skpd", "skor", "keputusan", "alasan")
    return Tabel(
        kolom,
        ([k["bidang"], *_row(b), *(b[e] for e in ekor), *_dana(b)] for k in isi["kelompok"] for b in k["baris"]),
        "RKP",
        [
            *(
                Lembar(
                    NAMA_LEMBAR[a["kode"]],
                    kolom[1:],
                    [[*_row(b), *(b[e] for e in ekor), *_dana(b)] for b in a["baris"]],
                )
                for a in isi.get("lampiran", [])
            ),
            *([Lembar("Jumlah", KOLOM_JUMLAH, _sums(isi["jumlah"]))] if "jumlah" in isi else []),
        ],
    )


NAMA_LEMBAR = {"cadangan": "Cadangan", "belum_disepakati": "Belum disepakati", "digabung": "Digabung"}
KOLOM_JUMLAH = [("Bagian", 44), ("Kegiatan", 12), ("Biaya (Rp)", 22), ("Tanpa biaya", 12)]
BAGIAN_JUMLAH = {
    "sepakat": "Disepakati, termasuk dengan perubahan",
    "terbuka": "Belum dibahas",
    "cadangan": "Cadangan",
    "belum": "Belum disepakati",
    "semua": "Semua usulan yang berdiri sendiri",
}


def _sums(jumlah: Isi) -> list[list[Any]]:
    return [
        [nama, jumlah[k]["n"], jumlah[k]["rp"], jumlah[k]["tanpa_biaya"]]
        for k, nama in BAGIAN_JUMLAH.items()
        if jumlah[k]["n"] or k == "sepakat"
    ]


def hasil_kelompok(isi: Isi) -> Tabel:
    """What the groups propose, in their order."""
    kolom = [
        ("Kelompok", 30),
        ("Peringkat", 10),
        ("No. RKP", 8),
        ("Kegiatan", 44),
        ("Lokasi", 28),
        ("Biaya draf (Rp)", 18),
        ("Biaya kelompok (Rp)", 18),
        ("Skor", 8),
        ("Usulan kelompok", 24),
        ("Alasan", 40),
        ("Catatan", 40),
    ]
    return Tabel(
        kolom,
        (
            [
                k["nama"],
                b["peringkat"],
                b["nomor"],
                b["kegiatan"],
                b["lokasi"],
                b["biaya_semula"],
                b["biaya"],
                b["skor"],
                b["usul"],
                b["alasan"],
                b["catatan"],
            ]
            for k in isi["kelompok"]
            for b in k["baris"]
        ),
    )


def daftar_hadir(isi: Isi) -> Tabel:
    """Who was there."""
    kolom = [("No", 6), ("Nama", 34), ("Usia", 8), ("L/P", 6), ("Lembaga/Instansi", 34), ("Alamat dan No. Telepon", 40)]
    return Tabel(
        kolom,
        (
            [i, h["nama"], h["usia"], h["jenis_kelamin"], h["lembaga"], h["alamat"]]
            for i, h in enumerate(isi["daftar"], 1)
        ),
    )


def prioritas_skpd(isi: Isi) -> Tabel:
    """Tabel T-D.4."""
    return Tabel(
        [*MATRIKS, ("Penanggung Jawab", 36), *DANA],
        ([*_row(b), b["skpd"], *_dana(b)] for k in isi["kelompok"] for b in k["baris"]),
    )


def belum_disepakati(isi: Isi) -> Tabel:
    """Not agreed and reserve, with the reasons."""
    return Tabel(
        [*MATRIKS, ("Keputusan", 24), ("Alasan", 50), *DANA],
        ([*_row(b), b["keputusan"], b["alasan"], *_dana(b)] for bagian in ("belum", "cadangan") for b in isi[bagian]),
    )


def durkp(isi: Isi) -> Tabel:
    """The list for the kabupaten."""
    return Tabel(
        [("SKPD", 36), *MATRIKS, ("Desa Pengusul", 22), ("Skor", 8), *DANA],
        ([k["skpd"], *_row(b), b["desa"], b["skor"], *_dana(b)] for k in isi["kelompok"] for b in k["baris"]),
    )


def usulan_skpd(isi: Isi) -> Tabel:
    """The works of one SKPD, with room for its answer."""
    return Tabel(
        [
            *MATRIKS,
            ("Desa Pengusul", 22),
            ("Skor", 8),
            ("Urutan Prioritas", 10),
            ("Tanggapan", 20),
            ("Alasan tanggapan", 40),
            ("Rupiah diminta dari SKPD", 20),
            ("Keterangan dana", 40),
        ],
        (
            [*_row(b), b["desa"], b["skor"], b["urutan"], None, None, b["diminta"], b["keterangan"] or None]
            for b in isi["baris"]
        ),
    )


def prioritas_program(isi: Isi) -> Tabel:
    """The ranked lists of all programmes."""
    kolom = [
        ("Program", 30),
        ("Daftar", 20),
        ("Peringkat", 10),
        ("No. RKP", 8),
        ("Kegiatan", 44),
        ("Lokasi", 30),
        ("Skor", 10),
        ("Biaya (Rp)", 18),
        ("Didanai (Rp)", 18),
        ("Hasil", 18),
        ("Sebab", 50),
    ]
    return Tabel(
        kolom,
        (
            [
                p["nama"],
                d["nama"],
                u["peringkat"],
                u["nomor"],
                u["kegiatan"],
                u["lokasi"],
                u["skor"],
                u["biaya"],
                u["didanai"],
                u["status"],
                u["sebab"],
            ]
            for p in isi["program"]
            for d in p["daftar"]
            for u in d["urutan"]
        ),
    )


def lembar_skor(isi: Isi) -> Tabel:
    """The scores of all programmes, a line per value."""
    kolom = [("Program", 30), ("No. RKP", 8), ("Kegiatan", 44), ("Kriteria", 30), ("Nilai", 10), ("Skor", 10)]
    return Tabel(
        kolom,
        (
            [s["nama"], b["nomor"], b["kegiatan"], k, n, b["skor"]]
            for s in isi["lembar"]
            for b in s["baris"]
            for k, n in zip(s["kriteria"], b["nilai"], strict=True)
        ),
    )


def rekap_suara(isi: Isi) -> Tabel:
    """The votes, a line per work."""
    kolom = [
        ("Program", 30),
        ("Daftar", 24),
        ("Pemungutan", 30),
        ("No. RKP", 8),
        ("Kegiatan", 44),
        ("HP", 8),
        ("Kertas/tangan", 12),
        ("Jumlah", 10),
    ]
    return Tabel(
        kolom,
        (
            [v["nama"], v["daftar"], v["judul"], b["nomor"], b["kegiatan"], b["hp"], b["kertas"], b["jumlah"]]
            for v in isi["suara"]
            for b in v["baris"]
        ),
    )


def daftar_delegasi(isi: Isi) -> Tabel:
    """The delegates."""
    kolom = [("No", 6), ("Nama", 34), ("L/P", 6), ("Unsur", 26), ("Lembaga/Instansi", 34), ("Alamat, Telepon", 40)]
    kolom += [("Dipilih dengan", 18), ("Suara", 8), ("Keterangan", 50)]
    suara = {s["nama"]: s["suara"] for h in isi["hitungan"] if not h["batal"] for s in h["suara"]}
    return Tabel(
        kolom,
        (
            [
                i,
                d["nama"],
                d["jenis_kelamin"],
                d["unsur"],
                d["lembaga"],
                d["alamat"],
                d["cara"],
                suara.get(d["nama"], ""),
                d["alasan_unsur"] or d["alasan_ganti"],
            ]
            for i, d in enumerate(isi["daftar"], 1)
        ),
    )


def kabar_desa(isi: Isi) -> Tabel:
    """What became of every proposal."""
    kolom = [
        ("Desa", 22),
        ("No. usulan", 8),
        ("Usulan", 44),
        ("Lokasi", 28),
        ("Hasil musrenbang", 26),
        ("Alasan", 40),
        ("Perangkat daerah", 36),
        ("Jawaban", 40),
        ("Berikutnya", 40),
        ("Dana program", 36),
    ]
    kunci = ("nomor", "kegiatan", "lokasi", "hasil", "alasan", "kepada", "jawaban", "berikut", "dana")
    return Tabel(kolom, ([d["nama"], *(b[k] for k in kunci)] for d in isi["desa"] for b in d["baris"]))
