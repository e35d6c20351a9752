"""Hostile and clumsy workbooks that can be read: cleaned, said, and cheap in memory."""

import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook

from tests.conftest import BARIS, JUDUL
from tests.usulan.test_baca import RUJUKAN
from usulan.impor.baca import read_workbook

UKUR = """
import sys
from pathlib import Path
from usulan.impor.baca import read_workbook
from usulan.impor.grid import FileRefused
from usulan.impor.hasil import Reference
try:
    hasil = read_workbook(Path(sys.argv[1]), Reference("Sikur", {"52.03.04.2001": "Semaya", "52.03.04.2002": "Sikur"}))
    print(len(hasil.lembar[0].usulan))
except FileRefused as galat:
    print(galat)
puncak = next(b for b in open("/proc/self/status") if b.startswith("VmHWM"))  # ru_maxrss would count the parent's
print(int(puncak.split()[1]) // 1024)
"""


def swap_sheet(path, ubah):
    """Rewrite the XML of the first sheet of a workbook."""
    with zipfile.ZipFile(path) as arsip:
        isi = {n: arsip.read(n) for n in arsip.namelist()}
    isi["xl/worksheets/sheet1.xml"] = ubah(isi["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, data in isi.items():
            arsip.writestr(nama, data)


def test_a_million_empty_formatted_rows_cost_little(buku):
    path = buku("juta.xlsx", [JUDUL, BARIS[0]])
    kosong = b"".join(
        b'<row r="%d" spans="1:9" ht="15"><c r="A%d" s="0"/></row>' % (n, n) for n in range(10, 1_000_010)
    )
    swap_sheet(path, lambda xml: xml.replace(b"</sheetData>", kosong + b"</sheetData>"))
    hasil = subprocess.run(
        [sys.executable, "-c", UKUR, str(path)], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split("\n")
    assert hasil[0] == "1"
    assert int(hasil[1]) < 500


@pytest.mark.parametrize("awal", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_stays_text(awal, tmp_path):
    wb = Workbook()
    for baris in (JUDUL, [1, "Semaya", "x", "Dusun A", 1, "m", 1_000_000, "DAK", ""]):
        wb.active.append(baris)
    sel = wb.active["C2"]
    sel.value, sel.data_type = f"{awal}HYPERLINK(1) talud", "s"
    wb.save(tmp_path / "x.xlsx")
    (satu,) = read_workbook(tmp_path / "x.xlsx", RUJUKAN).lembar[0].usulan
    assert satu.kegiatan.endswith("HYPERLINK(1) talud")


def test_a_formula_without_a_cached_value_is_unknown(buku):
    path = buku("rumus.xlsx", [JUDUL, [1, "Semaya", "Talud", "Dusun A", "=1+1", "m", "=SUM(A1:A2)", "DAK", ""]])
    (satu,) = read_workbook(path, RUJUKAN).lembar[0].usulan
    assert (satu.volume, satu.biaya) == (None, None)
    assert {"volume", "biaya"} <= set(satu.perlu_dilengkapi)


def test_a_cell_of_32_000_letters_is_cut_and_said(buku):
    path = buku(
        "panjang.xlsx", [JUDUL, [1, "Semaya", "Talud " + "a" * 32_000, "Dusun A", 1, "m", 1_000_000, "DAK", ""]]
    )
    lembar = read_workbook(path, RUJUKAN).lembar[0]
    assert len(lembar.usulan[0].kegiatan) <= 2_000
    assert any("yang dipakai" in c for c in lembar.catatan)


def test_macros_and_external_links_are_left_alone(buku):
    path = buku("makro.xlsx", [JUDUL, BARIS[0]])
    with zipfile.ZipFile(path, "a") as arsip:
        arsip.writestr("xl/vbaProject.bin", b"\0" * 100)
        arsip.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    lembar = read_workbook(path, RUJUKAN).lembar[0]
    assert "Makro di berkas ini tidak dijalankan." in lembar.catatan
    assert len(lembar.usulan) == 1


def test_ten_thousand_rows_stay_under_250_mb(tmp_path):
    wb = Workbook(write_only=True)
    ws = wb.create_sheet()
    ws.append(JUDUL)
    for i in range(10_000):
        ws.append([i + 1, "Semaya", f"Pembangunan talud {i}", f"Dusun {i % 40}", i + 1, "m", 1_000_000 + i, "DAK", ""])
    wb.save(tmp_path / "x.xlsx")
    hasil = subprocess.run(
        [sys.executable, "-c", UKUR, str(tmp_path / "x.xlsx")], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split("\n")
    assert hasil[0] == "10000"
    assert int(hasil[1]) < 250
