"""Reading .xlsx: values by openpyxl, and from the sheet's XML what its read-only mode does not tell."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import range_boundaries

from usulan.impor.grid import RUMUS_KOSONG, SIMPAN_ULANG, BrokenCell, FileRefused, Grid, clean, too_many_rows

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


def read(path: Path, max_baris: int) -> list[Grid]:
    """Return the sheets by cached values. External links are never followed and macros never run."""
    with path.open("rb") as content:  # by content; a path would be judged by its name
        try:
            workbook = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises many kinds for a damaged file; all mean the same to the user
            raise FileRefused(f"Berkas rusak atau bukan Excel yang utuh. {SIMPAN_ULANG}") from error
        try:
            return _read_sheets(path, workbook, max_baris)
        except FileRefused:
            raise
        except Exception as error:
            raise FileRefused(f"Isi berkas rusak di tengah jalan. {SIMPAN_ULANG}") from error
        finally:
            workbook.close()


def _read_sheets(path: Path, workbook: Workbook, max_baris: int) -> list[Grid]:
    with zipfile.ZipFile(path) as archive:
        remainder, grids = max_baris, []
        for lembar in workbook.worksheets:
            grid = _read_sheet(archive, lembar, remainder, max_baris)
            remainder -= len(grid.baris)
            grids.append(grid)
        if grids and any(n.endswith("vbaProject.bin") for n in archive.namelist()):
            grids[0].catatan.append("Makro di berkas ini tidak dijalankan.")
    return grids


def _read_sheet(archive: zipfile.ZipFile, lembar: Any, remainder: int, max_baris: int) -> Grid:
    grid = Grid(lembar.title, lembar.sheet_state != "visible", {})
    # openpyxl's read-only mode has no public way to the part
    last, without_value = _scan(archive, lembar._worksheet_path, grid)
    if not last:
        return grid
    lembar.reset_dimensions()  # a wrong <dimension> would silently cut rows off
    for nomor, content in enumerate(lembar.iter_rows(values_only=True, max_row=last), start=1):
        cell = {
            column: nilai
            for column, raw in enumerate(content[:MAKS_KOLOM], start=1)
            if raw is not None and (nilai := clean(raw, grid.catatan)) is not None
        }
        if cell:
            grid.baris[nomor] = cell
            if len(grid.baris) > remainder:
                raise too_many_rows(max_baris)
    for nomor, column in without_value:
        if nomor in grid.baris and column not in grid.baris[nomor]:
            grid.baris[nomor] = dict(sorted({**grid.baris[nomor], column: BrokenCell(RUMUS_KOSONG)}.items()))
    return grid


def _scan(archive: zipfile.ZipFile, part: str, grid: Grid) -> tuple[int, list[tuple[int, int]]]:
    """Fill in merged ranges, hidden rows and columns; return the last row with a value, and formulas without one.

    Read in pieces, so that a sheet of a million formatted but empty rows costs neither memory nor openpyxl's time.
    """
    baris = last = 0
    hidden_baris: set[int] = set()
    hidden_columns: set[int] = set()
    without_value: list[tuple[int, int]] = []
    with archive.open(part) as content:
        for text in _pieces(content):
            if b"<f" in text or b":f" in text:
                without_value += [
                    (int(n), column_index_from_string(k.decode())) for k, n in _RUMUS_KOSONG.findall(text)
                ]
            for matching in _TANDA.finditer(text):
                if matching[3]:
                    last = baris
                    continue
                attributes = dict(_ATRIBUT.findall(matching[2]))
                if matching[1] == b"row":
                    baris = int(attributes.get(b"r", baris + 1))
                    if not 0 < baris <= BARIS_TERAKHIR:  # openpyxl would go there row by row
                        raise ValueError(baris)
                    if attributes.get(b"hidden") in {b"1", b"true"}:
                        hidden_baris.add(baris)
                elif matching[1] == b"mergeCell" and len(grid.gabung) < MAKS_GABUNG:
                    left, above, right_side, below = range_boundaries(attributes[b"ref"].decode())
                    grid.gabung.append((above, left, below, right_side))
                elif attributes.get(b"hidden") in {b"1", b"true"} and int(attributes[b"max"]) < KOLOM_TERAKHIR:
                    hidden_columns.update(range(int(attributes[b"min"]), int(attributes[b"max"]) + 1))
    grid.baris_tersembunyi, grid.kolom_tersembunyi = frozenset(hidden_baris), frozenset(hidden_columns)
    return last, without_value


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML in pieces that end before a cell or a tag begins, so that none is cut in two."""
    remainder = b""
    while chunk := content.read(POTONGAN):
        remainder += chunk
        limit = max(remainder.rfind(b"<c "), remainder.rfind(b"<", 0, max(remainder.rfind(b":c "), 0)))
        if limit <= 0 or len(remainder) - limit > 2 * POTONGAN:
            limit = remainder.rfind(b"<")
        yield remainder[:limit]
        remainder = remainder[limit:]
    yield remainder
