"""Columns and words of last year's result: read, asked or left unknown, never guessed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.some import some
from tests.usulan.test_read import RUJUKAN
from usulan.impor.last_year import is_fraction, match_result, read_results
from usulan.impor.read import read_workbook
from usulan.impor.tabel import Tabel

LALU = replace(RUJUKAN, lalu=True)
JUDUL = {
    ("Disepakati",): "disepakati",
    ("Terakomodir/Tidak",): "disepakati",
    ("Status Usulan",): "disepakati",
    ("Disepakati", "Ya"): "disepakati",
    ("Disepakati", "Tidak"): "tidak_disepakati",
    ("Ditolak",): "tidak_disepakati",
    ("Pagu disetujui",): "jumlah_disepakati",
    ("Didanai",): "didanai",
    ("Masuk APBD",): "didanai",
    ("Pagu APBD 2026 (Rp)",): "jumlah_didanai",
    ("Realisasi",): "terlaksana",
    ("Terlaksana/Tidak terlaksana",): "terlaksana",
    ("Belum Terlaksana",): "tidak_terlaksana",
    ("Realisasi Anggaran",): "jumlah_realisasi",
    ("% fisik",): "fisik",
    ("Terealisasi (Rp)",): "jumlah_realisasi",
    ("Dibiayai",): "didanai",
    ("Realisasi Fisik (%)",): "fisik",
    ("Hasil",): "hasil",
    ("Keterangan",): "alasan",
    ("Sumber dana",): None,
    ("Biaya (Rp)", "APBD"): None,
    ("Perkiraan Biaya (Rp)",): None,
    ("Waktu Pelaksanaan",): None,
    ("Hasil/Manfaat",): None,
    ("Realisasi Keuangan (%)",): None,
    ("Alasan Usulan",): None,
}
SEL = [
    ("disepakati", "Ya", {"disepakati": "ya"}),
    ("disepakati", "√", {"disepakati": "ya"}),
    ("disepakati", "-", {}),
    ("disepakati", "Tidak disepakati karena anggaran terbatas", {"disepakati": "tidak"}),
    ("disepakati", "ditolak: bukan kewenangan desa", {"disepakati": "tidak"}),
    ("disepakati", "Disepakati, belum didanai", {"disepakati": "ya", "didanai": "tidak"}),
    ("disepakati", "Disetujui Rp 150.000.000", {"disepakati": "ya", "jumlah_disepakati": 150_000_000}),
    ("disepakati", 150_000_000, {"disepakati": "ya", "jumlah_disepakati": 150_000_000}),
    ("disepakati", "Sebagian", {"disepakati": "sebagian"}),
    ("hasil", "Terakomodir", {"disepakati": "ya"}),
    ("hasil", "Masuk APBD 2026", {"didanai": "ya"}),
    ("hasil", "Belum selesai", {"terlaksana": "tidak"}),
    ("hasil", "Belum terealisasi", {"terlaksana": "tidak"}),
    ("terlaksana", "Terealisasi", {"terlaksana": "ya"}),
    ("terlaksana", "Selesai 85,5%", {"terlaksana": "sebagian"}),
    ("terlaksana", "selesai 100 %", {"terlaksana": "ya"}),
    ("terlaksana", "Belum seluruhnya terlaksana", {"terlaksana": "sebagian"}),
    ("terlaksana", "hampir selesai", {"terlaksana": "sebagian"}),
    ("hasil", "Disetujui, akan dilaksanakan 2027", {"disepakati": "ya"}),
    ("hasil", "disepakati akan didanai Rp 50 juta", {"disepakati": "ya"}),
    ("didanai", "tidak akan didanai", {"didanai": "tidak"}),
    ("didanai", "Tidak dibiayai", {"didanai": "tidak"}),
    ("didanai", "Didanai Rp 50.000.000,00", {"didanai": "ya", "jumlah_didanai": 50_000_000}),
    ("alasan", "sudah terlaksana tahun 2024", {"terlaksana": "ya"}),
    ("alasan", "anggaran tidak cukup", {}),
    ("jumlah_didanai", "Rp 1.000.000", {"didanai": "ya", "jumlah_didanai": 1_000_000}),
    ("fisik", "85,5 %", {"terlaksana": "sebagian", "fisik": Decimal("85.5")}),
    ("fisik", 0, {"terlaksana": "tidak", "fisik": 0}),
]
TANYA = [("disepakati", "x"), ("disepakati", 0), ("hasil", "Ya"), ("jumlah_didanai", 0), ("fisik", 1), ("didanai", "?")]
TANYA += [("terlaksana", t) for t in ("Belum diketahui apakah terlaksana", "tidak jelas terlaksana atau tidak")]
TANYA += [("terlaksana", t) for t in ("terlaksana?", "akan dilaksanakan", "rencana dilaksanakan tahun depan")]
TANYA += [
    ("disepakati", "tidak ditolak"),
    ("terlaksana", "tidak terlaksana seluruhnya"),
    ("didanai", "menunggu didanai"),
]
TANYA += [("fisik", "0,85"), ("fisik", "1")]
APA = ("disepakati", "jumlah_disepakati", "didanai", "jumlah_didanai", "terlaksana", "fisik", "jumlah_realisasi")


def baca(nama, nilai, **other):
    kolom = {nama: 5} | {n: 6 + i for i, n in enumerate(other)}
    label = {k: n for n, k in kolom.items()}
    content = {5: nilai} | {6 + i: v for i, v in enumerate(other.values())}
    return read_results(content, Tabel([1], hasil=kolom, sendiri=label, label=label), 9, None)


def filled(result):
    return {n: v for n in APA if (v := getattr(result, n)) not in ("", None)}


@pytest.mark.parametrize("bagian, nama", JUDUL.items())
def test_headings(bagian, nama):
    assert match_result(list(bagian)) == nama


@pytest.mark.parametrize("nama, nilai, contents", SEL)
def test_cells(nama, nilai, contents):
    result = baca(nama, nilai)
    assert filled(result) == contents
    assert not result.ragu
    assert set(contents) <= set(result.sel)


@pytest.mark.parametrize("nama, nilai", TANYA)
def test_what_may_mean_either_is_asked_and_stays_unknown(nama, nilai):
    result = baca(nama, nilai)
    assert filled(result) == {}
    assert result.ragu


def test_cells_that_disagree_leave_it_unknown():
    dua = baca("disepakati", "Ya", tidak_disepakati="v")
    assert (dua.disepakati, len(dua.ragu)) == ("", 1)
    money = baca("disepakati", "Tidak", jumlah_disepakati=5_000_000)
    assert (money.disepakati, money.jumlah_disepakati) == ("", None)
    assert "E9 dan F9" in money.ragu[0]
    assert "terlaksana" in baca("terlaksana", "Belum", fisik=100).ragu[0]


def test_a_remark_speaks_only_of_steps_without_a_column():
    assert baca("alasan", "belum disepakati BPD", disepakati="Ya").disepakati == "ya"


def test_percentages_as_shares_of_one():
    assert is_fraction([0.85, 1]) is True
    assert is_fraction([85, 1]) is False
    assert is_fraction([1, 1]) is None
    label = {5: "Fisik"}
    mixed = read_results({5: 0.85}, Tabel([1], hasil={"fisik": 5}, sendiri=label, label=label), 9, False)
    assert (mixed.fisik, mixed.terlaksana, len(mixed.ragu)) == (None, "", 1)  # "85%" of one hand, 40 of another
    assert read_results({5: 1}, Tabel([1], hasil={"fisik": 5}, sendiri=label, label=label), 9, True).fisik == 100


def test_a_real_list_keeps_its_proposals_and_their_results_apart(make_workbook):
    judul = ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Perkiraan Biaya (Rp)", "Pagu Disetujui (Rp)"]
    judul += ["Sumber Dana", "Hasil", "Terlaksana/Tidak", "Keterangan"]
    content = [
        [1, "Semaya", "Rabat beton", "Dusun I", 100, "m", 90_000_000, 80_000_000, "APBD", None, "Ya", None],
        [2, "Semaya", "Posyandu", "Dusun II", 1, "unit", 120_000_000, None, None, "Tidak terakomodir", None, "Lahan"],
        [3, "Semaya", "Talud", "Dusun III", 50, "m", 60_000_000, None, None, None, None, None],
        [None, None, "Jumlah", None, None, None, 270_000_000, 80_000_000, None, None, None, None],
    ]
    result = read_workbook(make_workbook("hasil.xlsx", [judul, *content]), LALU)
    one, dua, three = result.lembar[0].usulan
    assert [u.biaya for u in (one, dua, three)] == [90_000_000, 120_000_000, 60_000_000]
    assert one.hasil["disepakati"] == one.hasil["terlaksana"] == "ya"
    assert (one.hasil["jumlah_disepakati"], one.hasil["sel"]["jumlah_disepakati"]) == (80_000_000, "H2")
    assert (dua.hasil["disepakati"], dua.hasil["alasan"]) == ("tidak", "Lahan")
    assert not three.hasil["sel"]
    usual = read_workbook(make_workbook("hasil.xlsx", [judul, *content]), RUJUKAN)
    assert all(u.hasil is None for u in some(usual.lembar[0].usulan))
