"""Hostile and clumsy workbooks that can be read: cleaned, said, and cheap in memory."""

import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook

from tests.conftest import BARIS, JUDUL
from tests.usulan.test_read import RUJUKAN
from usulan.impor.read import read_workbook

UKUR = """
import sys
from pathlib import Path
from usulan.impor.read import read_workbook
from usulan.impor.grid import FileRefused
from usulan.impor.results import Reference
try:
    hasil = read_workbook(Path(sys.argv[1]), Reference("Sikur", {"52.03.04.2001": "Semaya", "52.03.04.2002": "Sikur"}))
    print(len(hasil.lembar[0].usulan))
except FileRefused as galat:
    print(galat)
puncak = next(b for b in open("/proc/self/status") if b.startswith("VmHWM"))  # ru_maxrss would count the parent's
print(int(puncak.split()[1]) // 1024)
"""


def swap_sheet(path, change):
    """Rewrite the XML of the first sheet of a workbook."""
    with zipfile.ZipFile(path) as archive:
        content = {n: archive.read(n) for n in archive.namelist()}
    content["xl/worksheets/sheet1.xml"] = change(content["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for nama, data in content.items():
            archive.writestr(nama, data)


def test_a_million_empty_formatted_rows_cost_little(make_workbook):
    path = make_workbook("juta.xlsx", [JUDUL, BARIS[0]])
    empty = b"".join(b'<row r="%d" spans="1:9" ht="15"><c r="A%d" s="0"/></row>' % (n, n) for n in range(10, 1_000_010))
    swap_sheet(path, lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    result = subprocess.run(
        [sys.executable, "-c", UKUR, str(path)], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split("\n")
    assert result[0] == "1"
    assert int(result[1]) < 500


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_stays_text(start, tmp_path):
    workbook = Workbook()
    for baris in (JUDUL, [1, "Semaya", "x", "Dusun A", 1, "m", 1_000_000, "DAK", ""]):
        workbook.active.append(baris)
    sel = workbook.active["C2"]
    sel.value, sel.data_type = f"{start}HYPERLINK(1) talud", "s"
    workbook.save(tmp_path / "x.xlsx")
    (one,) = read_workbook(tmp_path / "x.xlsx", RUJUKAN).lembar[0].usulan
    assert one.kegiatan.endswith("HYPERLINK(1) talud")


def test_a_formula_without_a_cached_value_is_unknown(make_workbook):
    path = make_workbook(
        "rumus.xlsx", [JUDUL, [1, "Semaya", "Talud", "Dusun A", "=1+1", "m", "=SUM(A1:A2)", "DAK", ""]]
    )
    (one,) = read_workbook(path, RUJUKAN).lembar[0].usulan
    assert (one.volume, one.biaya) == (None, None)
    assert {"volume", "biaya"} <= set(one.perlu_dilengkapi)


def test_a_cell_of_32_000_letters_is_cut_and_said(make_workbook):
    path = make_workbook(
        "panjang.xlsx", [JUDUL, [1, "Semaya", "Talud " + "a" * 32_000, "Dusun A", 1, "m", 1_000_000, "DAK", ""]]
    )
    lembar = read_workbook(path, RUJUKAN).lembar[0]
    assert len(lembar.usulan[0].kegiatan) <= 2_000
    assert any("yang dipakai" in c for c in lembar.catatan)


def test_macros_and_external_links_are_left_alone(make_workbook):
    path = make_workbook("makro.xlsx", [JUDUL, BARIS[0]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0" * 100)
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    lembar = read_workbook(path, RUJUKAN).lembar[0]
    assert "Makro di berkas ini tidak dijalankan." in lembar.catatan
    assert len(lembar.usulan) == 1


def test_ten_thousand_rows_stay_under_250_mb(tmp_path):
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet()
    worksheet.append(JUDUL)
    for i in range(10_000):
        worksheet.append(
            [i + 1, "Semaya", f"Pembangunan talud {i}", f"Dusun {i % 40}", i + 1, "m", 1_000_000 + i, "DAK", ""]
        )
    workbook.save(tmp_path / "x.xlsx")
    result = subprocess.run(
        [sys.executable, "-c", UKUR, str(tmp_path / "x.xlsx")], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split("\n")
    assert result[0] == "10000"
    assert int(result[1]) < 250
