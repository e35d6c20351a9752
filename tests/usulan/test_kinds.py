"""Kinds of faults beyond the small workbooks: what a cell, a heading, a group or a sheet really says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import xlwt
from openpyxl import Workbook

from tests.usulan.test_read import RUJUKAN
from usulan.impor.corrections import Correction
from usulan.impor.grid import FileRefused
from usulan.impor.read import read_workbook

BACA = replace(RUJUKAN, tahun=2027)
LOYOK, GELORA = (next(k for k, n in RUJUKAN.desa.items() if n == nama) for nama in ("Loyok", "Gelora"))
JUDUL = ["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "Sumber Dana"]
ATAS, _ = ["DAFTAR USULAN RKP DESA LOYOK TAHUN 2027"], None


def work(no=1, nama="Paving Gang Melati", biaya=60_000_000, lokasi="Dusun Melati", volume=120):
    return [no, nama, lokasi, volume, "m", biaya, "APBD"]


@pytest.fixture
def read_it(tmp_path):
    def _read(*baris, merge=(), berkas="x.xlsx", lembar="U", other=None, **content):
        workbook = Workbook()
        workbook.active.title = lembar
        for n, one in enumerate(baris, 1):
            for k, nilai in enumerate(one, 1):
                if nilai is not None:
                    workbook.active.cell(n, k, nilai)
        for one in merge:
            workbook.active.merge_cells(one)
        for nama, daftar in (other or {}).items():
            extra = workbook.create_sheet(nama)
            for one in daftar:
                extra.append(one)
        workbook.save(tmp_path / "x.xlsx")
        return read_workbook(tmp_path / "x.xlsx", BACA, nama=berkas, **content).lembar

    return _read


@pytest.mark.parametrize(
    "baris",
    [
        [["(dalam ribuan rupiah)"], JUDUL, work(biaya=60_000)],
        [[_, _, _, _, _, "x Rp 1.000"], JUDUL, work(biaya=60_000)],
        [["Dalam jutaan rupiah"], JUDUL, work(biaya=60)],
        [[*JUDUL[:5], "Anggaran (Rp. 000)"], work(biaya=60_000)[:6]],
        [["(dalam ribuan rupiah)"], JUDUL, work()],  # written out in spite of what the title says
    ],
)
def test_the_unit_of_amounts_may_stand_anywhere_above(baris, read_it):
    (lembar,) = read_it(ATAS, *baris)
    assert [u.biaya for u in lembar.usulan] == [60_000_000]
    assert lembar.catatan


@pytest.mark.parametrize(
    "judul",
    [
        [["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", _], [_, _, _, _, _, "Minimal", "Maksimal"]],
        [["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya Terendah (Rp)", "Biaya Tertinggi (Rp)"]],
    ],
)
def test_a_range_in_two_columns_is_said_and_not_chosen_from(judul, read_it):
    (lembar,) = read_it(
        ATAS, *judul, [1, "Paving", "Dusun A", 1, "m", 50_000_000, 60_000_000], merge=["F2:G2"] * (len(judul) - 1)
    )
    (u,) = lembar.usulan
    assert (u.biaya, u.perlu_dilengkapi) == (None, ["biaya"])
    assert u.peringatan == ["Biaya ditulis sebagai kisaran: Rp50.000.000 sampai Rp60.000.000; pilih satu."]


def test_errors_and_formulas_never_calculated_are_named_and_block_until_settled(read_it):
    baris = [
        ATAS,
        JUDUL,
        work(1, biaya="#REF!"),
        [2, "Talud", "Dusun B", "=1+1", "m", "=F3*2", "DD"],
        work(3, "#N/A"),
    ]
    (lembar,) = read_it(*baris)
    assert [u.galat for u in lembar.usulan] == [
        ["Kolom Biaya (Rp) berisi #REF!, bukan nilai. Tulis nilainya, atau kosongkan."],
        [
            f"Kolom {k} berisi rumus yang belum dihitung, bukan nilai. Tulis nilainya, atau kosongkan."
            for k in ("Volume", "Biaya (Rp)")
        ],
        ["Kolom Kegiatan berisi #N/A, bukan nilai. Tulis nilainya, atau kosongkan."],
    ]
    assert (lembar.usulan[0].mentah["F"], lembar.usulan[1].mentah["D"]) == ("#REF!", "rumus yang belum dihitung")
    change = [{"lembar": "U", "baris": 3, "bagian": None, "aksi": "ubah", "nilai": {"biaya": "5000000"}, "bawah": []}]
    (lembar,) = read_it(*baris, koreksi=Correction(change))
    assert [bool(u.galat) for u in lembar.usulan] == [False, True, True]
    (lembar,) = read_it(*baris, koreksi=Correction([{"lembar": "U", "baris": 0, "bagian": None, "aksi": "kosongkan"}]))
    assert not any(u.galat for u in lembar.usulan)
    assert lembar.usulan[1].perlu_dilengkapi == ["volume", "biaya"]


@pytest.mark.parametrize(
    "nilai, kata",
    [
        (date(2026, 4, 3), "mungkin Excel mengubah"),
        ("3-Apr", "mungkin Excel mengubah"),
        ("1e3", "disingkat oleh program"),
        ("3/4", "tidak terbaca sebagai volume"),
        ("150 x 3 m", "hasil kali 450 m2"),
        ("P: 20 m L: 2 m", "hasil kali 40 m2"),
    ],
)
def test_what_is_no_single_volume_is_unknown_and_said(nilai, kata, read_it):
    (lembar,) = read_it(ATAS, JUDUL, work(volume=nilai))
    (u,) = lembar.usulan
    assert u.volume is None
    assert any(kata in p for p in u.peringatan)


def test_a_date_among_rt_and_rw_is_said(read_it):
    judul = ["No", "Kegiatan", "RT", "RW", "RT/RW Penerima", "Volume", "Satuan", "Biaya"]
    (lembar,) = read_it(ATAS, judul, [1, "Paving", 3, 1, date(2026, 4, 3), 5, "m", 9_000_000])
    (u,) = lembar.usulan
    assert u.lokasi.startswith("RT 3 RW 1")
    assert any("berisi tanggal 03-04-2026" in p for p in u.peringatan)


@pytest.mark.parametrize(
    "berkas, lembar, desa, asal",
    [
        ("DU-RKP Sikur.xlsx", "Sikur", None, None),
        ("x.xlsx", "SIKUR", None, None),
        ("DU-RKP Desa Sikur.xlsx", "U", "Sikur", "berkas"),
        ("x.xlsx", "Loyok", "Loyok", "berkas"),
        ("Usulan Loyok dan Semaya.xlsx", "U", None, None),
        ("Sikur_Barat 2027.xlsx", "U", "Sikur Barat", "berkas"),
    ],
)
def test_a_name_that_may_be_the_kecamatan_is_no_desa(berkas, lembar, desa, asal, read_it):
    (result,) = read_it(["DAFTAR USULAN"], JUDUL, work(), berkas=berkas, lembar=lembar)
    (u,) = result.usulan
    assert (RUJUKAN.desa.get(u.desa), u.turunan.get("desa")) == (desa, asal)


def test_the_heading_of_another_kecamatan_or_an_unknown_desa_ends_the_group(read_it):
    (lembar,) = read_it(
        ["REKAP"],
        JUDUL,
        [_, "DESA LOYOK"],
        work(),
        [_, "DESA JENGGIK"],
        work(2, "Talud"),
        [_, "KECAMATAN TERARA"],
        [_, "DESA LEMING"],
        work(1, "Rehab"),
        [_, "KECAMATAN SIKUR"],
        [_, "DESA GELORA"],
        work(1, "Gapura"),
    )
    assert [(u.kegiatan, u.desa) for u in lembar.usulan] == [
        ("Paving Gang Melati", LOYOK),
        ("Talud", None),
        ("Gapura", GELORA),
    ]
    assert lembar.usulan[1].galat == ["Desa “Jenggik” tidak dikenal di Kecamatan Sikur."]
    assert [d.alasan for d in lembar.dilewati if d.baris == 9] == ["kecamatan_lain"]


def test_blank_desa_is_taken_from_merged_cells_only_and_asked_once(read_it):
    baris = [["No", "Desa", *JUDUL[1:]]] + [
        [i, d, *work(i, f"Talud {i}")[1:]] for i, d in enumerate(["Loyok", _, _, _, "Gelora"], 1)
    ]
    (lembar,) = read_it(*baris, merge=["B2:B3"])
    assert [u.desa for u in lembar.usulan] == [LOYOK, LOYOK, None, None, GELORA]
    assert lembar.usulan[1].turunan["desa"] == "gabung"
    (question,) = {u.tanya for u in lembar.usulan if not u.desa}
    assert lembar.dekat == {question: LOYOK}
    (lembar,) = read_it(*baris, merge=["B2:B3"], pilihan_desa={question: GELORA})
    assert [u.turunan.get("desa") for u in lembar.usulan] == [None, "gabung", "pilihan", "pilihan", None]
    (lembar,) = read_it(*baris, merge=["B2:B3"], pilihan_desa={question: "lewati"})
    assert [d.baris for d in lembar.dilewati if d.alasan == "bukan_usulan"] == [4, 5]


def test_the_desa_named_in_the_place_is_offered(read_it):
    (lembar,) = read_it(["USULAN"], JUDUL, work(lokasi="Desa Loyok RT 3"))
    assert (lembar.usulan[0].desa, lembar.usulan[0].saran["desa"]) == (None, LOYOK)


def test_totals_of_totals_and_a_sum_that_three_works_share_by_chance(read_it):
    total = [_, _, _, _, _]
    (lembar,) = read_it(
        ATAS,
        JUDUL,
        work(1),
        work(2, "Rehab", 40_000_000),
        [*total, 100_000_000],
        work(3, "Bor", 10_000_000),
        work(4, "Embung", 5_000_000),
        [*total, 15_000_000],
        [*total, 115_000_000],
    )
    assert [(j.baris, j.dihitung) for j in lembar.jumlah_tercetak] == [
        (5, 100_000_000),
        (8, 15_000_000),
        (9, 115_000_000),
    ]
    (lembar,) = read_it(
        ATAS,
        ["Kegiatan", "Sumber Dana", "Biaya"],
        ["Paving", "DD", 10_000_000],
        ["Talud", "DD", 20_000_000],
        ["Gapura", "DD", 30_000_000],
    )
    assert len(lembar.usulan) == 3


def test_a_total_that_does_not_add_up_stays_a_total_and_is_compared(read_it):
    (lembar,) = read_it(ATAS, JUDUL, work(1), work(2, "Rehab"), [_, _, _, _, _, 125_000_000])
    assert [(j.tercetak, j.dihitung) for j in lembar.jumlah_tercetak] == [(125_000_000, 120_000_000)]
    assert len(lembar.usulan) == 2


def test_a_parent_ends_with_its_children(read_it):
    (lembar,) = read_it(
        ATAS,
        JUDUL,
        [1, "Peningkatan jalan", _, _, _, 100_000_000],
        [_, "- Paving A", "Dusun A", 10, "m", 60_000_000, "DD"],
        [_, "- Paving B", "Dusun B", 10, "m", 40_000_000, "DD"],
        work(2, "Rehab", 30_000_000),
    )
    assert [(u.kegiatan, u.bidang) for u in lembar.usulan] == [
        ("Paving A", "Peningkatan jalan"),
        ("Paving B", "Peningkatan jalan"),
        ("Rehab", None),
    ]


def test_years_that_are_not_the_plans_are_named(read_it):
    judul = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya 2026 (Rp)", "Biaya 2027 (Rp)"]
    (lembar,) = read_it(
        ATAS, judul, [1, "Paving", "Dusun A", "5 m", 1_000_000, 50_000_000], [2, "Talud", "Dusun A", "5 m", 20_000_000]
    )
    assert [u.biaya for u in lembar.usulan] == [50_000_000, None]
    assert "Rp20.000.000 (2026)" in lembar.usulan[1].peringatan[0]
    assert lembar.tak_dikenal == ["Biaya 2026 (Rp)"]


def test_ids_are_neither_titles_nor_money(read_it):
    judul = ["No", "ID Usulan", "Nomor Anggaran", "Usulan", "Alamat", "Vol", "Anggaran"]
    (lembar,) = read_it(
        ATAS,
        judul,
        *[[i, f"KEG-00{i}", 20270000 + i, f"Talud {i}", "Dusun A", "5 m", i * 5_000_000] for i in (1, 2, 3)],
    )
    assert [(u.kegiatan, u.biaya) for u in lembar.usulan] == [(f"Talud {i}", i * 5_000_000) for i in (1, 2, 3)]


@pytest.mark.parametrize(
    "baris, jenis",
    [
        (
            [
                ["ANGGARAN PENDAPATAN DAN BELANJA DESA"],
                ["Kode Rekening", "Uraian", "Anggaran"],
                ["5.1.1", "Belanja", 9_000_000],
            ],
            "APBDes",
        ),
        ([["DAFTAR HADIR"], ["No", "Nama", "Alamat", "Tanda Tangan"], [1, "Amin", "Dusun A", _]], "daftar hadir"),
        (
            [["DAFTAR HARGA SATUAN"], ["No", "Jenis Barang", "Satuan", "Harga"], [1, "Semen", "zak", 70_000]],
            "daftar harga satuan",
        ),
        (
            [
                ["RAB"],
                ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"],
                [1, "Semen", 2, "zak", 70_000, 140_000],
            ],
            "RAB",
        ),
        (
            [["DATA RTLH"], ["No", "Nama", "NIK", "Alamat", "Pekerjaan"], [1, "Amin", "52", "Dusun A", "Tani"]],
            "daftar orang",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_name(baris, jenis, read_it):
    with pytest.raises(FileRefused, match=jenis):
        read_it(*baris)


def test_rkp_beside_durkp_is_left_out_until_a_person_takes_it(read_it):
    rkp = {"RKP": [["RENCANA KERJA PEMERINTAH DESA"], ["DESA LOYOK"], JUDUL, work(nama="Operasional kantor")]}
    usulan, plan = read_it(ATAS, JUDUL, work(), other=rkp)
    assert (plan.jenis, plan.dipakai, plan.alasan) == (
        "rkp",
        False,
        "RKP Desa; usulannya diambil dari lembar kerja “U”",
    )
    take = Correction([{"lembar": "RKP", "baris": 0, "bagian": None, "aksi": "lembar", "pakai": True}])
    usulan, plan = read_it(ATAS, JUDUL, work(), other=rkp, koreksi=take)
    assert (usulan.dipakai, [u.kegiatan for u in plan.usulan]) == (True, ["Operasional kantor"])


def test_amounts_that_make_no_sense_and_texts_too_long_are_said(read_it):
    (lembar,) = read_it(ATAS, JUDUL, *[work(i, biaya=60_000 + i) for i in (1, 2, 3)])
    assert lembar.ragu_uang
    (lembar,) = read_it(ATAS, JUDUL, *[work(i) for i in (1, 2, 3)], work(4, "Jalan " * 100, 60_000_000_000))
    assert lembar.usulan[3].peringatan == [
        "Nama kegiatan 599 huruf; yang disimpan 500 huruf pertama, selengkapnya ada di isi sel apa adanya.",
        "Biayanya seribu kali biaya usulan lain di lembar kerja ini; periksa nolnya.",
    ]
    assert lembar.usulan[0].volume == Decimal(120)


def test_numbered_titles_above_lower_numbers_are_parts_of_the_group(read_it):
    (lembar,) = read_it(
        ATAS,
        JUDUL,
        ["1", "Bidang Pembangunan Desa"],
        ["1.1", "Sub Bidang Jalan"],
        ["1.1.1", *work()[1:]],
        ["1.2", "Air bersih"],
        ["1.2.1", *work()[1:]],
        [2, "Program Kesehatan"],
        ["a", *work()[1:]],
        [3, "Pengadaan mobil"],
        [4, "Pelatihan"],
    )
    assert [(u.kegiatan, u.bidang, u.konteks) for u in lembar.usulan] == [
        ("Paving Gang Melati", "Pembangunan Desa", "Sub Bidang Jalan"),
        ("Paving Gang Melati", "Pembangunan Desa", "Air bersih"),
        ("Paving Gang Melati", "Pembangunan Desa", "Program Kesehatan"),
        ("Pengadaan mobil", "Pembangunan Desa", None),
        ("Pelatihan", "Pembangunan Desa", None),
    ]


def test_a_desa_cell_that_names_another_kecamatan_is_not_ours(read_it):
    (lembar,) = read_it(
        ["No", "Desa", *JUDUL[1:]],
        [1, "LOYOK (Desa)", *work()[1:]],
        [2, "Desa Loyok Kec. Terara", *work()[1:]],
        [3, "Gelora Kec. Sikur", *work()[1:]],
    )
    assert lembar.usulan[0].desa == LOYOK
    assert [d.baris for d in lembar.dilewati if d.alasan == "kecamatan_lain"] == [3]


def test_unnumbered_works_of_their_own_are_not_run_together(read_it):
    (lembar,) = read_it(
        ATAS,
        JUDUL,
        work(),
        [_, "Rehab Kantor Desa"],
        [_, "Pengadaan Laptop"],
        [_, "Pembangunan jalan dan"],
        [_, "Drainase"],
    )
    assert [u.kegiatan for u in lembar.usulan][1:] == [
        "Rehab Kantor Desa",
        "Pengadaan Laptop",
        "Pembangunan jalan dan Drainase",
    ]


def test_a_copy_of_a_sheet_is_left_out_and_a_list_with_unit_prices_is_still_a_list(read_it):
    content = [ATAS, JUDUL, *[work(i, f"Talud {i}") for i in (1, 2, 3)]]
    _one, dua = read_it(*content, other={"Sheet2": content})
    assert (dua.dipakai, dua.alasan) == (False, "semua usulannya sudah ada di lembar kerja “U”")
    judul = ["No", "Uraian Kegiatan", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
    (lembar,) = read_it(
        ATAS, judul, [1, "Paving Gang A", 100, "m", 100_000, 10_000_000], [2, "Talud", 10, "m", 500_000, 5_000_000]
    )
    assert [u.biaya for u in lembar.usulan] == [10_000_000, 5_000_000]


def test_a_date_in_an_old_workbook_is_a_date_as_well(tmp_path):
    workbook = xlwt.Workbook()
    lembar = workbook.add_sheet("U")
    for n, baris in enumerate([ATAS, JUDUL, work()]):
        for k, nilai in enumerate(baris):
            lembar.write(n, k, nilai)
    lembar.write(3, 1, "Talud")
    lembar.write(3, 3, date(2026, 4, 3), xlwt.easyxf(num_format_str="D-MMM"))
    workbook.save(str(tmp_path / "x.xls"))
    (result,) = read_workbook(tmp_path / "x.xls", BACA).lembar
    assert result.usulan[1].volume is None
    assert any("berisi tanggal 03-04-2026" in p for p in result.usulan[1].peringatan)


@pytest.mark.parametrize("lokasi", ["9 desa", "3 Mei", "2 sep tank"])
def test_a_number_and_a_word_are_no_date(lokasi, read_it):
    (lembar,) = read_it(ATAS, JUDUL, work(lokasi=lokasi))
    assert (lembar.usulan[0].lokasi, lembar.usulan[0].peringatan) == (lokasi, [])
