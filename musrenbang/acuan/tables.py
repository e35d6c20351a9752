"""The kinds of reference data that Bappeda keeps."""

from typing import Any

from musrenbang.labels import words
from musrenbang.models import Bidang, KamusUsulan, KataKunci, PrioritasDaerah, Program, Satuan, Skpd, SumberDana
from musrenbang.tabel import Column, TabelAcuan


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
                Column("Nama", "nama", 50, wajib=True),
                Column("Singkatan", "singkatan", 20, wajib=True),
                Column("Kode SIPD", "kode", 24),
                Column("Bidang", "bidang", 40, "bidang", wajib=True),
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
                Column("SKPD", "skpd", 44, "skpd", wajib=True),
                Column("Kata", "kata", 30, wajib=True),
                Column("Program", "program", 50),
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
                Column("Nama Usulan", "nama", 50, wajib=True),
                Column("Satuan", "satuan", 12, wajib=True),
                Column("Harga Terendah (Rp)", "harga_min", 20, "rupiah"),
                Column("Harga Tertinggi (Rp)", "harga_maks", 20, "rupiah"),
                Column("Bidang", "bidang", 34, "bidang"),
                Column("SKPD", "skpd", 44, "skpd"),
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
                Column("Nomor", "nomor", 8, "bilangan", wajib=True),
                Column("Prioritas", "nama", 50, wajib=True),
                Column("Sasaran", "sasaran", 50, wajib=True),
                Column("Bidang", "bidang", 40, "bidang", wajib=True),
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
                Column("Nama", "nama", 40, wajib=True),
                Column("Urutan", "urut", 8, "bilangan", wajib=True),
                Column("Nama lain", "sinonim", 60, "daftar"),
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
            (Column("Kode", "kode", 14, wajib=True), Column("Nama", "nama", 70, wajib=True)),
            ("kode",),
            milik="",
        ),
        TabelAcuan(
            "sumber-dana",
            "Sumber dana",
            words("Sumber dana dan ejaan lainnya dalam DU-RKP."),
            "sumber dana",
            SumberDana,
            (Column("Nama", "nama", 30, wajib=True), Column("Ejaan lain", "sinonim", 60, "daftar")),
            ("nama",),
            milik="",
        ),
        TabelAcuan(
            "satuan",
            "Satuan",
            words("Satuan volume dan ejaan lainnya dalam DU-RKP."),
            "satuan",
            Satuan,
            (Column("Nama", "nama", 20, wajib=True), Column("Ejaan lain", "sinonim", 60, "daftar")),
            ("nama",),
            milik="",
        ),
    )
}
"""By the name in the address."""
