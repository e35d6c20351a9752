"""Headings as villages word them, and the ones that must not be taken for money."""

import pytest

from tests.usulan.test_read import RUJUKAN
from usulan.impor.read import read_workbook
from usulan.impor.spelling import match_field

JUDUL = {
    "NO.": "no",
    "No Urut": "no",
    "Nama Desa": "desa",
    "Desa/Kelurahan": "desa",
    "Ds.": "desa",
    "Pengusul": "desa",
    "Uraian Kegiatan": "kegiatan",
    "Program/Kegiatan": "kegiatan",
    "Kegiatan / Usulan": "kegiatan",
    "Nama Paket": "kegiatan",
    "Rincian Pekerjaan": "kegiatan",
    "Usulan": "kegiatan",
    "Alamat Lokasi": "lokasi",
    "Lokasi (Dusun/RT)": "lokasi",
    "Dusun/RW/RT": "lokasi",
    "Vol.": "volume",
    "Volume dan Satuan": "volume",
    "Volume (m)": "volume",
    "Target": "volume",
    "Sat.": "satuan",
    "Unit": "satuan",
    "Perkiraan Biaya (Rp.)": "biaya",
    "Pagu Indikatif": "biaya",
    "Jumlah (Rp)": "biaya",
    "Prakiraan Biaya Jumlah (Rp)": "biaya",
    "Nilai Usulan (Rp)": "biaya",
    "Kebutuhan Dana": "biaya",
    "RAB": "biaya",
    "Harga Satuan": "lain",
    "Biaya Satuan (Rp)": "lain",
    "Sumber Dana": "sumber_dana",
    "Sumber Pembiayaan": "sumber_dana",
    "Sumber Usulan": "lain",
    "Sasaran/Manfaat": "manfaat",
    "Penerima Manfaat": "manfaat",
    "Waktu Pelaksanaan": "waktu",
    "Perkiraan Waktu Pelaksanaan": "waktu",
    "Skala Prioritas": "prioritas_desa",
    "Permasalahan": "permasalahan",
    "OPD Penanggungjawab": "skpd",
    "Dinas Terkait": "skpd",
    "Bidang Pembangunan": "bidang",
    "Keterangan": "lain",
    "Mendukung SDGs": "lain",
    "Data Eksisting": "lain",
}


@pytest.mark.parametrize("text, nama", JUDUL.items())
def test_headings(text, nama):
    assert match_field(text) == nama


@pytest.mark.parametrize(
    "judul, content, biaya, volume",
    [
        (["Kegiatan", "Lokasi", "Volume", "Jumlah"], ["Talud", "X", 80, 96_000_000], 96_000_000, 80),
        (["Kegiatan", "Lokasi", "Jumlah", "Satuan", "Anggaran"], ["Talud", "X", 80, "m", 96_000_000], 96_000_000, 80),
        (
            ["Kegiatan", "Lokasi", "Volume", "Harga Satuan", "Jumlah (Rp)"],
            ["Talud", "X", 80, 1_200_000, 96_000_000],
            96_000_000,
            80,
        ),
        (["Kegiatan", "Lokasi", "Volume", "Biaya Satuan (Rp)"], ["Talud", "X", 80, 1_200_000], None, 80),
    ],
)
def test_jumlah_by_its_numbers_and_unit_prices_are_no_cost(judul, content, biaya, volume, make_workbook):
    u = read_workbook(make_workbook("x.xlsx", [["Desa Loyok"], judul, content]), RUJUKAN).lembar[0].usulan[0]
    assert (u.biaya, u.volume) == (biaya, volume)


def test_a_second_column_of_a_kind_is_said(make_workbook):
    lembar = read_workbook(
        make_workbook("x.xlsx", [["Desa Loyok"], ["Kegiatan", "Lokasi", "Biaya", "Pagu"], ["A b", "X", 5, 6]]), RUJUKAN
    )
    assert lembar.lembar[0].tak_dikenal == ["Pagu"]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_a_number_and_a_name_under_one_heading_in_a_short_list(n, make_workbook):
    """The form of Permendagri 114/2014 heads both cells "Jenis Kegiatan"; totals and signatures outnumber few rows."""
    work = ["Rehabilitasi irigasi", "Jembatan plat beton", "Drainase", "Talud kali", "Sumur bor"][:n]
    baris = [[None, None, i, k, "Dusun A", "80 m", "96.000.000"] for i, k in enumerate(work, 1)]
    path = make_workbook(
        "x.xlsx",
        [
            ["DU-RKP DESA"],
            ["DESA", None, ": Loyok"],
            [],
            ["No", "Bidang", "Jenis Kegiatan", None, "Lokasi", "Volume", "Prakiraan Biaya Jumlah (Rp)"],
            list("abcdefg"),
            *baris,
            ["Jumlah per Bidang 1", None, None, None, None, None, 96_000_000 * n],
            [],
            [None, None, None, None, None, None, "Loyok, 11 Januari 2026"],
            [None, "Mengetahui, Kepala Desa", None, None, None, None, "Ketua Tim Penyusun"],
        ],
    )
    usulan = read_workbook(path, RUJUKAN).lembar[0].usulan
    assert [(u.kegiatan, u.biaya) for u in usulan] == [(k, 96_000_000) for k in work]
