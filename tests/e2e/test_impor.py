"""From a real village's workbook to a right recap: 33 budget sheets beside one DU-RKP."""

import re

from openpyxl import Workbook

from tests.e2e.conftest import LAPTOP, TELEPON
from usulan.models import Usulan

M = "/m/sikur-2027"
DURKP = [
    ["DAFTAR USULAN RENCANA KERJA PEMERINTAH DESA"],
    ["DESA LOYOK KECAMATAN SIKUR"],
    ["TAHUN ANGGARAN 2027"],
    [],
    [
        "No",
        "Bidang / Jenis Kegiatan",
        None,
        "Lokasi",
        "Volume dan Satuan",
        "Perkiraan Biaya dan Sumber Pembiayaan",
        None,
    ],
    [None, "Bidang", "Jenis Kegiatan", None, None, "Jumlah (Rp)", "Sumber"],
    list("abcdefg"),
    [1, "PELAKSANAAN PEMBANGUNAN DESA"],
    ["1.1", None, "Rabat beton Gang Melati", "Dusun Melati", "120 m", 60_000_000, "APBD Kab"],
    ["1.2", None, "Prasarana jalan lingkungan :"],
    [None, None, "• Paving RT 3", "Dusun Mawar", "80 m", 40_000_000, "APBD Kab"],
    [None, None, "• Drainase RT 5", "Dusun Mawar", "95 m", 50_000_000, "APBD Kab"],
    ["1.3", None, "Rehab Posyandu Mawar", "Dusun Mawar", "1 unit", 45_000_000, "DAK"],
    [None, None, None, None, None, 195_000_000, None],
    [2, "PEMBERDAYAAN MASYARAKAT"],
    ["2.1", None, "Pelatihan menjahit", "Kantor desa", "1 paket", 15_000_000, "APBD Kab"],
    ["JUMLAH TOTAL", None, None, None, None, 210_000_000, None],
    [None, "Terbilang: Dua ratus sepuluh juta rupiah"],
]
TIDAK_BENAR = ["yang sebenarnya", "Alkohol Swab", "Pasir Pasang", "Penghasilan tetap", "Desa mana yang dimaksud"]


def _workbook(path):
    workbook = Workbook()
    workbook.active.title = "KADES"
    for i in range(33):
        lembar = workbook.active if i == 0 else workbook.create_sheet(f"RAB {i}")
        for content in (
            ["RENCANA ANGGARAN BIAYA"],
            ["DESA LOYOK KECAMATAN SIKUR"],
            ["Kegiatan", ":", f"Kegiatan {i}"],
            [],
            ["KODE", "URAIAN", "VOLUME", "SATUAN", "HARGA SATUAN (Rp)", "JUMLAH (Rp)"],
            ["5.1.1", "Penghasilan tetap" if i == 0 else "Alkohol Swab", 12, "bulan", 1_000_000, 12_000_000],
            ["5.1.2", "Pasir Pasang", 5, "m3", 200_000, 1_000_000],
            [None, "JUMLAH (Rp)", None, None, None, 13_000_000],
        ):
            lembar.append(content)
    lembar = workbook.create_sheet("DU-RKP")
    for content in DURKP:
        lembar.append(content)
    for one in ("B5:C5", "F5:G5"):
        lembar.merge_cells(one)
    workbook.save(path)
    return path


def _number(text):
    return int(re.sub(r"\D", "", re.search(r"usulan, Rp\s*([\d.]+)", text)[1]))


def test_a_workbook_of_34_sheets_becomes_a_right_recap_in_few_clicks(demo, browser_client, tmp_path):
    demo("persiapan", 18)
    p = browser_client(LAPTOP)
    p.masuk("sekcam")
    p.buka(f"{M}/usulan/rekap/")
    sebelum, many = _number(p.page.inner_text("main")), Usulan.objects.filter(musrenbang__slug="sikur-2027").count()
    p.buka(f"{M}/usulan/impor/")
    p.page.set_input_files("input[type=file]", _workbook(tmp_path / "DU-RKP Sikur.xlsx"))  # click 1: choose the file
    p.tekan("Baca berkas")  # 2
    content = p.page.inner_text("main")
    assert "1 dari 34 lembar kerja dipakai" in content
    assert "RAB: kolomnya uraian, volume, dan harga satuan" in content
    assert not [kata for kata in TIDAK_BENAR if kata in content]
    assert "Prasarana jalan lingkungan" in content
    p.tekan("Simpan 5 usulan")  # 3
    p.page.goto(f"{p.alamat}{M}/usulan/rekap/")  # 4: the link on the list
    p.periksa()
    assert _number(p.page.inner_text("main")) - sebelum == 210_000_000
    baru = Usulan.objects.filter(musrenbang__slug="sikur-2027").order_by("nomor")[many:]
    assert [u.kegiatan for u in baru] == [
        "Rabat beton Gang Melati",
        "Paving RT 3",
        "Drainase RT 5",
        "Rehab Posyandu Mawar",
        "Pelatihan menjahit",
    ]
    assert {u.desa.nama for u in baru} == {"Loyok"}
    assert baru[1].mentah["Judul di atasnya"] == "Prasarana jalan lingkungan"


def test_a_sheet_is_taken_out_and_in_again_and_questions_come_by_group(demo, browser_client, tmp_path):
    demo("persiapan", 18)
    workbook = Workbook()
    judul = ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)"]
    for i, baris in enumerate([["Loyok"], [None], [None], ["Gelora"]], 1):
        if i == 1:
            workbook.active.append(judul)
        workbook.active.append([i, baris[0], f"Talud {i}", "Dusun Melati", 10 * i, "m", 10_000_000 * i])
    other = workbook.create_sheet("Tambahan")
    for one in (["USULAN DESA SEMAYA"], judul, [1, "Semaya", "Gapura", "Dusun A", 1, "unit", 9_000_000]):
        other.append(one)
    workbook.save(tmp_path / "rekap.xlsx")
    p = browser_client(TELEPON)
    p.masuk("sekcam")
    p.buka(f"{M}/usulan/impor/")
    p.page.set_input_files("input[type=file]", tmp_path / "rekap.xlsx")
    p.tekan("Baca berkas")
    assert "2 dari 2 lembar kerja dipakai" in p.page.inner_text("main")
    p.tekan("lepas lembar Tambahan")
    assert "1 dari 2 lembar kerja dipakai" in p.page.inner_text("main")
    content = p.page.inner_text("main")
    assert "2 baris tanpa desa" in content
    assert "desa di baris atasnya: Loyok" in content
    p.page.select_option("select[name=desa]", index=1)
    p.tekan("Pakai pilihan ini")
    assert "pilihan Anda" in p.page.inner_text("main")
    p.tekan("Pakai lembar Tambahan")
    p.tekan("Simpan 5 usulan")
    assert Usulan.objects.filter(desa__nama="Loyok", kegiatan__startswith="Talud").count() == 3
