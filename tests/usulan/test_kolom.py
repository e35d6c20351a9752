"""Headings as villages word them, and the ones that must not be taken for money."""

import pytest

from tests.usulan.test_baca import RUJUKAN
from usulan.impor import read_workbook
from usulan.impor.ejaan import match_field

JUDUL = {
    "NO.": "no", "No Urut": "no", "Nama Desa": "desa", "Desa/Kelurahan": "desa", "Ds.": "desa", "Pengusul": "desa",
    "Uraian Kegiatan": "kegiatan", "Program/Kegiatan": "kegiatan", "Kegiatan / Usulan": "kegiatan", "Nama Paket": "kegiatan",
    "Rincian Pekerjaan": "kegiatan", "Usulan": "kegiatan", "Alamat Lokasi": "lokasi", "Lokasi (Dusun/RT)": "lokasi",
    "Dusun/RW/RT": "lokasi", "Vol.": "volume", "Volume dan Satuan": "volume", "Volume (m)": "volume", "Target": "volume",
    "Sat.": "satuan", "Unit": "satuan", "Perkiraan Biaya (Rp.)": "biaya", "Pagu Indikatif": "biaya", "Jumlah (Rp)": "biaya",
    "Prakiraan Biaya Jumlah (Rp)": "biaya", "Nilai Usulan (Rp)": "biaya", "Kebutuhan Dana": "biaya", "RAB": "biaya",
    "Harga Satuan": "lain", "Biaya Satuan (Rp)": "lain", "Sumber Dana": "sumber_dana", "Sumber Pembiayaan": "sumber_dana",
    "Sumber Usulan": "lain", "Sasaran/Manfaat": "manfaat", "Penerima Manfaat": "manfaat", "Waktu Pelaksanaan": "waktu",
    "Perkiraan Waktu Pelaksanaan": "waktu", "Skala Prioritas": "prioritas_desa", "Permasalahan": "permasalahan",
    "OPD Penanggungjawab": "skpd", "Dinas Terkait": "skpd", "Bidang Pembangunan": "bidang", "Keterangan": "lain",
    "Mendukung SDGs": "lain", "Data Eksisting": "lain",
}  # fmt: skip


@pytest.mark.parametrize("teks, nama", JUDUL.items())
def test_headings(teks, nama):
    assert match_field(teks) == nama


@pytest.mark.parametrize("judul, isi, biaya, volume", [
    (["Kegiatan", "Lokasi", "Volume", "Jumlah"], ["Talud", "X", 80, 96_000_000], 96_000_000, 80),
    (["Kegiatan", "Lokasi", "Jumlah", "Satuan", "Anggaran"], ["Talud", "X", 80, "m", 96_000_000], 96_000_000, 80),
    (["Kegiatan", "Lokasi", "Volume", "Harga Satuan", "Jumlah (Rp)"], ["Talud", "X", 80, 1_200_000, 96_000_000], 96_000_000, 80),
    (["Kegiatan", "Lokasi", "Volume", "Biaya Satuan (Rp)"], ["Talud", "X", 80, 1_200_000], None, 80),
])  # fmt: skip
def test_jumlah_by_its_numbers_and_unit_prices_are_no_cost(judul, isi, biaya, volume, buku):
    u = read_workbook(buku("x.xlsx", [["Desa Loyok"], judul, isi]), RUJUKAN).lembar[0].usulan[0]
    assert (u.biaya, u.volume) == (biaya, volume)


def test_a_second_column_of_a_kind_is_said(buku):
    lembar = read_workbook(
        buku("x.xlsx", [["Desa Loyok"], ["Kegiatan", "Lokasi", "Biaya", "Pagu"], ["A b", "X", 5, 6]]), RUJUKAN
    )
    assert lembar.lembar[0].tak_dikenal == ["Pagu"]
