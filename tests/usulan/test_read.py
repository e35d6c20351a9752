"""Workbooks in the shapes that desa send, compared field by field with the truth beside them."""

import csv
import json
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.conftest import BARIS, FIXTURES, JUDUL
from tests.some import some
from usulan.impor.grid import FileRefused
from usulan.impor.read import read_workbook
from usulan.impor.results import Reference

DESA = {
    r["kode"]: r["nama"]
    for r in csv.DictReader((FIXTURES / "wilayah/desa_kelurahan.csv").read_text().splitlines())
    if r["kode"].startswith("52.03.04")
}
RUJUKAN = Reference("Sikur", DESA, satuan={"meter": "m", "bh": "buah"})
BUKU = sorted((FIXTURES / "xlsx").glob("*.xlsx"))


@pytest.mark.parametrize("workbook", BUKU, ids=lambda b: b.stem)
def test_every_field_of_every_row(workbook):
    result = {lembar.nama: lembar for lembar in read_workbook(workbook, RUJUKAN).lembar}
    right = json.loads(workbook.with_suffix(".json").read_text())["lembar"]
    assert {nama for nama, lembar in result.items() if lembar.dipakai} == set(right)
    for nama, baris in right.items():
        readable = {u.baris: u for u in result[nama].usulan}
        assert set(readable) == {b["baris"] for b in baris}
        for b in baris:
            u = readable[b["baris"]]
            right_same = {k: v for k, v in b.items() if k not in {"volume", "memuat"}}
            if "memuat" in b:  # a bullet: the words it must hold, not the whole sentence
                assert all(kata in u.kegiatan for kata in b["memuat"])
                right_same.pop("kegiatan")
            assert {k: getattr(u, k) for k in right_same} == right_same
            assert u.volume == (None if b["volume"] is None else Decimal(str(b["volume"])))


@pytest.mark.parametrize("book", BUKU, ids=lambda b: b.stem)
def test_no_row_is_dropped(book):
    """Every non-empty row of a used sheet is a heading, a proposal or a skipped row with its reason."""
    original = load_workbook(book, data_only=True)
    for lembar in some(read_workbook(book, RUJUKAN).lembar):
        if lembar.dipakai:
            content = {
                nomor
                for nomor, baris in enumerate(original[lembar.nama].iter_rows(values_only=True), 1)
                if any(str(sel or "").strip() for sel in baris)
            }
            counted = [*lembar.baris_judul, *(u.baris for u in lembar.usulan), *(d.baris for d in lembar.dilewati)]
            assert set(counted) == content
            assert all(d.alasan for d in lembar.dilewati)
        else:
            assert lembar.alasan


def test_printed_totals_stand_beside_computed_ones():
    pm114 = read_workbook(FIXTURES / "xlsx/02-pm114.xlsx", RUJUKAN).lembar[0]
    assert [(j.baris, j.tercetak, j.dihitung) for j in pm114.jumlah_tercetak][:2] == [
        (12, 330_500_000, 335_500_000),
        (19, 1_472_750_000, 1_477_750_000),
    ]


def _one(workbook, baris, nama="usulan.xlsx", **lembar):
    return read_workbook(workbook(nama, baris, **lembar), RUJUKAN)


def test_unknown_is_none_and_said(make_workbook):
    u = _one(
        make_workbook, [JUDUL, [1, "Semaya", "Rehab kantor", None, "secukupnya", None, "menyesuaikan", None, None]]
    )
    u = u.lembar[0].usulan[0]
    assert (u.volume, u.satuan, u.biaya, u.lokasi) == (None, None, None, None)
    assert u.perlu_dilengkapi == ["lokasi", "volume", "satuan", "biaya"]
    assert u.peringatan == [
        "“menyesuaikan” tidak terbaca sebagai rupiah.",
        "“secukupnya” tidak terbaca sebagai volume.",
    ]


def test_an_unknown_desa_is_an_error_with_its_name(make_workbook):
    result = _one(make_workbook, [JUDUL, [1, "Sukamaju", *BARIS[0][2:]]])
    assert result.lembar[0].usulan[0].galat == ["Desa “Sukamaju” tidak dikenal di Kecamatan Sikur."]
    assert result.ringkasan()["galat"] == 1


def test_the_choice_of_a_person_settles_an_unknown_desa(make_workbook):
    path = make_workbook("x.xlsx", [JUDUL, [1, "Sukamaju", *BARIS[0][2:]]])
    result = read_workbook(path, RUJUKAN, pilihan_desa={"Sukamaju": "52.03.04.2001"})
    assert result.lembar[0].usulan[0].desa == "52.03.04.2001"


TANPA_DESA = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya (Rp)"]
ISI = [1, "Rabat beton", "Dusun I", "200 m", 40_000_000]


@pytest.mark.parametrize(
    "berkas, start, lembar, expected",
    [
        ("x.xlsx", [["DAFTAR USULAN DESA LOYOK TAHUN 2027"]], {}, "Loyok"),
        ("x.xlsx", [["DESA", ":", "Tetebatu Selatan"], ["KECAMATAN", ":", "SIKUR"]], {}, "Tetebatu Selatan"),
        ("x.xlsx", [["Desa/Kelurahan : Kota Raja"]], {}, "Kota Raja"),
        ("DU-RKP MONTONG BAAN SELATAN kec sikur.xlsx", [], {}, "Montong Baan Selatan"),
        ("DU-RKP Kecamatan Sikur.xlsx", [], {}, None),
    ],
)
def test_where_the_name_of_the_desa_may_stand(berkas, start, lembar, expected, make_workbook):
    u = _one(make_workbook, [*start, TANPA_DESA, ISI], berkas).lembar[0].usulan[0]
    assert DESA.get(u.desa) == expected


def test_the_name_of_the_sheet_may_name_the_desa(make_workbook):
    result = _one(make_workbook, [["kosong"]], Gelora=[TANPA_DESA, ISI])
    assert [(lbr.nama, lbr.dipakai) for lbr in result.lembar] == [("Usulan", False), ("Gelora", True)]
    assert DESA[result.lembar[1].usulan[0].desa] == "Gelora"


def test_a_bidang_continues_downwards_and_is_tidied(make_workbook):
    judul = ["No", "Bidang", "Kegiatan", "Lokasi", "Volume", "Biaya"]
    baris = [
        [1, "PEMBINAAN KEMASYARAKATAN", *ISI[1:]],
        [2, None, *ISI[1:]],
        [3, "II. Bidang Pemberdayaan Masyarakat", *ISI[1:]],
    ]
    lembar = _one(make_workbook, [["Desa Loyok"], judul, *baris]).lembar[0]
    assert [u.bidang for u in lembar.usulan] == ["Pembinaan Kemasyarakatan"] * 2 + ["Pemberdayaan Masyarakat"]


def test_letters_signatures_numbers_and_notes_are_no_proposals(make_workbook):
    baris = [
        ["Desa Loyok"],
        TANPA_DESA,
        ["a", "b", "c", "d", "e"],
        ISI,
        [2],
        ["Jumlah", None, None, None, 40_000_000],
        [],
        ["Catatan: harga 2026"],
        [None, None, None, "Loyok, 11 Januari 2026"],
        [None, "Kepala Desa"],
        [None, "( ........ )"],
    ]
    lembar = _one(make_workbook, baris).lembar[0]
    assert [u.baris for u in lembar.usulan] == [4]
    assert [(d.baris, d.alasan) for d in lembar.dilewati] == [
        (1, "judul"),
        (3, "huruf_kolom"),
        (5, "kosong_bernomor"),
        (6, "jumlah"),
        (8, "catatan"),
        (9, "tanda_tangan"),
        (10, "tanda_tangan"),
        (11, "tanda_tangan"),
    ]


def test_a_heading_printed_again_is_a_heading(make_workbook):
    lembar = _one(make_workbook, [["Desa Loyok"], TANPA_DESA, ISI, TANPA_DESA, ISI]).lembar[0]
    assert [u.baris for u in lembar.usulan] == [3, 5]


def test_units_are_normalised(make_workbook):
    lembar = _one(make_workbook, [["Desa Loyok"], TANPA_DESA, [1, "Talud", "Dusun I", "80 Meter", 1_000_000]]).lembar[0]
    assert lembar.usulan[0].satuan == "m"


def test_columns_in_millions_of_several_sources(make_workbook):
    judul = ["No", "Kegiatan", "Lokasi", "Sumber Pembiayaan (Rp juta)", None]
    lembar = _one(
        make_workbook, [["Desa Loyok"], judul, [None, None, None, "APBN", "APBD Kab"], [1, "Talud", "X", None, 90]]
    )
    u = lembar.lembar[0].usulan[0]
    assert (u.biaya, u.sumber_dana) == (90_000_000, "APBD Kab")


def test_no_usable_heading_is_refused_in_words(make_workbook):
    with pytest.raises(FileRefused, match="Tidak ada tabel usulan yang dikenal"):
        _one(make_workbook, [["halo"], ["apa kabar", 12]])


def test_a_hidden_sheet_is_said_and_not_used(tmp_path):
    from openpyxl import Workbook

    workbook = Workbook()
    for content in (["Desa Loyok"], TANPA_DESA, ISI):
        workbook.active.append(content)
    rahasia = workbook.create_sheet("lama")
    for content in (["Desa Loyok"], TANPA_DESA, ISI):
        rahasia.append(content)
    rahasia.sheet_state = "hidden"
    workbook.save(tmp_path / "x.xlsx")
    result = read_workbook(tmp_path / "x.xlsx", RUJUKAN)
    assert [(lbr.dipakai, lbr.alasan) for lbr in result.lembar] == [(True, None), (False, "lembar kerja tersembunyi")]


def test_a_lying_dimension_hides_no_row(make_workbook, tmp_path):
    import zipfile

    path = make_workbook("x.xlsx", [["Desa Loyok"], TANPA_DESA, *[[i, *ISI[1:]] for i in range(1, 31)]])
    lie = tmp_path / "bohong.xlsx"
    with zipfile.ZipFile(path) as asal, zipfile.ZipFile(lie, "w") as tujuan:
        for nama in asal.namelist():
            content = asal.read(nama)
            if nama.endswith("sheet1.xml"):
                content = content.replace(b'<dimension ref="A1:E32"', b'<dimension ref="A1:E5"')
                assert b"A1:E5" in content
            tujuan.writestr(nama, content)
    assert len(read_workbook(lie, RUJUKAN).lembar[0].usulan) == 30


def test_a_total_above_its_rows_is_compared_with_all_of_them(make_workbook):
    path = make_workbook(
        "x.xlsx",
        [
            ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya"],
            ["", "", "TOTAL USULAN", "", "", 15_000_000],
            [1, "Sikur", "Talud", "Dusun A", "40 m", 10_000_000],
            [2, "Sikur", "Gapura", "Dusun B", "1 unit", 4_000_000],
        ],
    )
    (jumlah,) = read_workbook(path, RUJUKAN).lembar[0].jumlah_tercetak
    assert (jumlah.tercetak, jumlah.dihitung) == (15_000_000, 14_000_000)
