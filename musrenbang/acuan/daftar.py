"""The kinds of reference data that Bappeda keeps."""

from typing import Any

from musrenbang.kata import words
from musrenbang.models import Bidang, KamusUsulan, KataKunci, PrioritasDaerah, Program, Satuan, Skpd, SumberDana
from musrenbang.tabel import Kolom, TabelAcuan


def _price_band(nilai: dict[str, Any]) -> str:
    below, above = nilai["harga_min"], nilai["harga_maks"]
    return "harga terendah lebih besar dari harga tertinggi" if below and above and below > above else ""


TABEL = {
    t.kunci: t
    for t in (
        TabelAcuan(
            "skpd",
            "SKPD",
            "Perangkat daerah tujuan pemilahan, dengan bidang kelompok tempat usulannya dibahas.",
            "SKPD",
            Skpd,
            (
                Kolom("Nama", "nama", 50, wajib=True),
                Kolom("Singkatan", "singkatan", 20, wajib=True),
                Kolom("Kode SIPD", "kode", 24),
                Kolom("Bidang", "bidang", 40, "bidang", wajib=True),
            ),
            ("nama",),
        ),
        TabelAcuan(
            "kata-kunci",
            "Kata kunci tupoksi",
            words("Kata dalam nama kegiatan yang menunjuk ke SKPD; yang terpanjang menang."),
            "kata kunci",
            KataKunci,
            (
                Kolom("SKPD", "skpd", 44, "skpd", wajib=True),
                Kolom("Kata", "kata", 30, wajib=True),
                Kolom("Program", "program", 50),
            ),
            ("skpd", "kata"),
            milik="skpd__kabupaten",
            ganti=True,
        ),
        TabelAcuan(
            "kamus",
            "Kamus usulan",
            "Dipakai sebagai saran saat mengetik dan untuk menandai harga satuan di luar kisaran.",
            "usulan baku",
            KamusUsulan,
            (
                Kolom("Nama Usulan", "nama", 50, wajib=True),
                Kolom("Satuan", "satuan", 12, wajib=True),
                Kolom("Harga Terendah (Rp)", "harga_min", 20, "rupiah"),
                Kolom("Harga Tertinggi (Rp)", "harga_maks", 20, "rupiah"),
                Kolom("Bidang", "bidang", 34, "bidang"),
                Kolom("SKPD", "skpd", 44, "skpd"),
            ),
            ("nama", "satuan"),
            pertahun=True,
            ganti=True,
            periksa=_price_band,
        ),
        TabelAcuan(
            "prioritas",
            "Prioritas daerah",
            words("Prioritas dan sasaran daerah untuk tabel prioritas menurut SKPD."),
            "prioritas",
            PrioritasDaerah,
            (
                Kolom("Nomor", "nomor", 8, "bilangan", wajib=True),
                Kolom("Prioritas", "nama", 50, wajib=True),
                Kolom("Sasaran", "sasaran", 50, wajib=True),
                Kolom("Bidang", "bidang", 40, "bidang", wajib=True),
            ),
            ("nomor",),
            pertahun=True,
            ganti=True,
        ),
        TabelAcuan(
            "bidang",
            "Bidang",
            words("Pengelompokan draf dan kelompok diskusi, dengan ejaan lain dalam DU-RKP."),
            "bidang",
            Bidang,
            (
                Kolom("Nama", "nama", 40, wajib=True),
                Kolom("Urutan", "urut", 8, "bilangan", wajib=True),
                Kolom("Nama lain", "sinonim", 60, "daftar"),
            ),
            ("nama",),
            milik="",
        ),
        TabelAcuan(
            "program",
            "Kode program",
            "Nomenklatur program menurut Permendagri 90/2019 dan pemutakhirannya.",
            "program",
            Program,
            (Kolom("Kode", "kode", 14, wajib=True), Kolom("Nama", "nama", 70, wajib=True)),
            ("kode",),
            milik="",
        ),
        TabelAcuan(
            "sumber-dana",
            "Sumber dana",
            words("Sumber dana dan ejaan lainnya dalam DU-RKP."),
            "sumber dana",
            SumberDana,
            (Kolom("Nama", "nama", 30, wajib=True), Kolom("Ejaan lain", "sinonim", 60, "daftar")),
            ("nama",),
            milik="",
        ),
        TabelAcuan(
            "satuan",
            "Satuan",
            words("Satuan volume dan ejaan lainnya dalam DU-RKP."),
            "satuan",
            Satuan,
            (Kolom("Nama", "nama", 20, wajib=True), Kolom("Ejaan lain", "sinonim", 60, "daftar")),
            ("nama",),
            milik="",
        ),
    )
}
"""By the name in the address."""
