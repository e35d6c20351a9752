"""Reading .xlsx: values by openpyxl, and from the sheet's XML what its read-only mode does not tell."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries

from usulan.impor.grid import RUMUS_KOSONG, SIMPAN_ULANG, BerkasDitolak, Grid, Rusak, clean, too_many_rows

POTONGAN = 1024 * 1024
_TANDA = re.compile(rb"<(?:\w+:)?(?:(row|mergeCell|col)\s([^>]*)|(v|is)\b[^>]*)>")
_ATRIBUT = re.compile(rb'\b(r|ref|min|max|hidden)="([^"]*)"')
_RUMUS_KOSONG = re.compile(
    rb'<(?:\w+:)?c (?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
KOLOM_TERAKHIR, BARIS_TERAKHIR = 16_384, 1_048_576
MAKS_GABUNG = 20_000
MAKS_KOLOM = 2_000


def read(path: Path, maks_baris: int) -> list[Grid]:
    """Return the sheets by cached values. External links are never followed and macros never run."""
    with path.open("rb") as isi:  # by content; a path would be judged by its name
        try:
            buku = load_workbook(isi, read_only=True, data_only=True, keep_links=False)
        except Exception as galat:  # openpyxl raises many kinds for a damaged file; all mean the same to the user
            raise BerkasDitolak(f"Berkas rusak atau bukan Excel yang utuh. {SIMPAN_ULANG}") from galat
        try:
            return _read_sheets(path, buku, maks_baris)
        except BerkasDitolak:
            raise
        except Exception as galat:
            raise BerkasDitolak(f"Isi berkas rusak di tengah jalan. {SIMPAN_ULANG}") from galat
        finally:
            buku.close()


def _read_sheets(path: Path, buku: Workbook, maks_baris: int) -> list[Grid]:
    with zipfile.ZipFile(path) as arsip:
        sisa, grids = maks_baris, []
        for lembar in buku.worksheets:
            grid = _read_sheet(arsip, lembar, sisa, maks_baris)
            sisa -= len(grid.baris)
            grids.append(grid)
        if grids and any(n.endswith("vbaProject.bin") for n in arsip.namelist()):
            grids[0].catatan.append("Makro di berkas ini tidak dijalankan.")
    return grids


def _read_sheet(arsip: zipfile.ZipFile, lembar: Any, sisa: int, maks_baris: int) -> Grid:
    grid = Grid(lembar.title, lembar.sheet_state != "visible", {})
    # openpyxl's read-only mode has no public way to the part
    terakhir, tanpa_nilai = _scan(arsip, lembar._worksheet_path, grid)
    if not terakhir:
        return grid
    lembar.reset_dimensions()  # a wrong <dimension> would silently cut rows off
    for nomor, isi in enumerate(lembar.iter_rows(values_only=True, max_row=terakhir), start=1):
        sel = {
            kolom: nilai
            for kolom, mentah in enumerate(isi[:MAKS_KOLOM], start=1)
            if mentah is not None and (nilai := clean(mentah, grid.catatan)) is not None
        }
        if sel:
            grid.baris[nomor] = sel
            if len(grid.baris) > sisa:
                raise too_many_rows(maks_baris)
    for nomor, kolom in tanpa_nilai:
        if nomor in grid.baris and kolom not in grid.baris[nomor]:
            grid.baris[nomor] = dict(sorted({**grid.baris[nomor], kolom: Rusak(RUMUS_KOSONG)}.items()))
    return grid


def _scan(arsip: zipfile.ZipFile, bagian: str, grid: Grid) -> tuple[int, list[tuple[int, int]]]:
    """Fill in merged ranges, hidden rows and columns; return the last row with a value, and formulas without one.

    Read in pieces, so that a sheet of a million formatted but empty rows costs neither memory nor openpyxl's time.
    """
    baris = terakhir = 0
    sembunyi_baris: set[int] = set()
    sembunyi_kolom: set[int] = set()
    tanpa_nilai: list[tuple[int, int]] = []
    with arsip.open(bagian) as isi:
        for teks in _pieces(isi):
            if b"<f" in teks or b":f" in teks:
                tanpa_nilai += [(int(n), column_index_from_string(k.decode())) for k, n in _RUMUS_KOSONG.findall(teks)]
            for cocok in _TANDA.finditer(teks):
                if cocok[3]:
                    terakhir = baris
                    continue
                atribut = dict(_ATRIBUT.findall(cocok[2]))
                if cocok[1] == b"row":
                    baris = int(atribut.get(b"r", baris + 1))
                    if not 0 < baris <= BARIS_TERAKHIR:  # openpyxl would go there row by row
                        raise ValueError(baris)
                    if atribut.get(b"hidden") in {b"1", b"true"}:
                        sembunyi_baris.add(baris)
                elif cocok[1] == b"mergeCell" and len(grid.gabung) < MAKS_GABUNG:
                    kiri, atas, kanan, bawah = range_boundaries(atribut[b"ref"].decode())
                    grid.gabung.append((atas, kiri, bawah, kanan))
                elif atribut.get(b"hidden") in {b"1", b"true"} and int(atribut[b"max"]) < KOLOM_TERAKHIR:
                    sembunyi_kolom.update(range(int(atribut[b"min"]), int(atribut[b"max"]) + 1))
    grid.baris_tersembunyi, grid.kolom_tersembunyi = frozenset(sembunyi_baris), frozenset(sembunyi_kolom)
    return terakhir, tanpa_nilai


def _pieces(isi: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML in pieces that end before a cell or a tag begins, so that none is cut in two."""
    sisa = b""
    while potongan := isi.read(POTONGAN):
        sisa += potongan
        batas = max(sisa.rfind(b"<c "), sisa.rfind(b"<", 0, max(sisa.rfind(b":c "), 0)))
        if batas <= 0 or len(sisa) - batas > 2 * POTONGAN:
            batas = sisa.rfind(b"<")
        yield sisa[:batas]
        sisa = sisa[batas:]
    yield sisa
