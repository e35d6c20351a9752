"""Every invented shape of a village list, written to a file of its kind and read back field by field."""

import csv
import zipfile
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
import xlwt
from openpyxl import Workbook

from tests.usulan.shapes import BENTUK
from tests.usulan.test_read import RUJUKAN
from usulan.impor.read import read_workbook

SATUAN = RUJUKAN.satuan | {"m²": "m²", "m2": "m²"}


def write_shape(bentuk, folder):
    """Write a shape as the kind of file that its name says; return the path and the name it was sent under."""
    tail = bentuk.berkas.rsplit(".", 1)[1]
    path = folder / f"berkas.{tail}"
    {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv}[tail](bentuk, path)
    return path, bentuk.berkas


def _xlsx(bentuk, path):
    workbook = Workbook()
    lembar = workbook.active
    lembar.title = bentuk.lembar
    for n, baris in enumerate(bentuk.sel, 1):
        for k, nilai in enumerate(baris, 1):
            lembar.cell(n, k, nilai)
    for span in bentuk.merge:
        lembar.merge_cells(span)
    for one in bentuk.sembunyi:
        (lembar.row_dimensions if isinstance(one, int) else lembar.column_dimensions)[one].hidden = True
    workbook.save(path)


def _xls(bentuk, path):
    workbook = xlwt.Workbook()
    lembar = workbook.add_sheet(bentuk.lembar)
    for n, baris in enumerate(bentuk.sel):
        for k, nilai in enumerate(baris):
            if nilai is not None:
                lembar.write(n, k, nilai)
    workbook.save(str(path))


def _ods(bentuk, path):
    def sel(nilai):
        if nilai is None:
            return "<table:table-cell/>"
        if isinstance(nilai, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{nilai}"><text:p>{nilai}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(nilai)}</text:p></table:table-cell>'

    baris = "".join(f"<table:table-row>{''.join(map(sel, b))}</table:table-row>" for b in bentuk.sel)
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" '
            f'xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet><table:table table:name="{bentuk.lembar}">'
            f"{baris}</table:table></office:spreadsheet></office:body></office:document-content>",
        )


def _csv(bentuk, path):
    """The name says how: ``usulan<delimiter><encoding>.csv``."""
    separator, sandi = bentuk.berkas[6], bentuk.berkas[7:-4].strip()
    with path.open("w", encoding=sandi, newline="") as content:
        csv.writer(content, delimiter=separator).writerows(bentuk.sel)


@pytest.mark.parametrize("bentuk", BENTUK, ids=lambda b: b.nama)
def test_every_field_is_right(bentuk, tmp_path):
    path, nama = write_shape(bentuk, tmp_path)
    lembar = read_workbook(path, replace(RUJUKAN, satuan=SATUAN), nama=nama).lembar[0]
    readable = [(u.baris, u.desa, u.kegiatan, u.lokasi, u.volume, u.satuan, u.biaya) for u in lembar.usulan]
    assert readable == bentuk.benar
    for u in lembar.usulan:
        for column_names, nilai in bentuk.lain.get(u.baris, {}).items():
            assert getattr(u, column_names) == nilai
    counted = {*lembar.baris_judul, *(u.baris for u in lembar.usulan), *(d.baris for d in lembar.dilewati)}
    assert counted == {n for n, b in enumerate(bentuk.sel, 1) if any(v is not None for v in b)}


def test_what_is_hidden_is_said(tmp_path):
    (bentuk,) = (b for b in BENTUK if b.sembunyi)
    lembar = read_workbook(write_shape(bentuk, tmp_path)[0], RUJUKAN).lembar[0]
    assert [(d.baris, d.alasan) for d in lembar.dilewati] == [(3, "tersembunyi")]
    assert any("baris tersembunyi" in c for c in lembar.catatan)
    assert "kolom H yang tersembunyi" in lembar.tak_dikenal


def test_a_row_of_several_desa_is_one_proposal_with_its_whole_cost(tmp_path):
    (bentuk,) = (b for b in BENTUK if b.nama == "beberapa_desa_satu_baris")
    (usulan,) = read_workbook(write_shape(bentuk, tmp_path)[0], RUJUKAN).lembar[0].usulan
    assert (usulan.bagian, usulan.galat, usulan.peringatan) == (None, [], [])
