"""Reading .csv: comma, semicolon or tab; UTF-8 with or without its mark, UTF-16, or Windows' own cp1252."""

import csv
from collections import Counter
from pathlib import Path

from usulan.impor.grid import PILIH_LAIN, FileRefused, Grid, clean, too_many_rows

PEMISAH = ";,\t|"
CONTOH = 200
PALING_SEDIKIT = 2
MAKS_KOLOM = 2_000


def read(path: Path, max_baris: int) -> list[Grid]:
    """Return the text file as one sheet; row numbers are those that a spreadsheet would show."""
    content = _decode(path.read_bytes())
    csv.field_size_limit(1024 * 1024)
    grid = Grid("CSV", False, {})
    try:
        if (
            sum(len(b) > 1 for b in csv.reader(content.splitlines()[:CONTOH], delimiter=_separator(content)))
            < PALING_SEDIKIT
        ):
            raise FileRefused(f"Isi berkas ini teks biasa, bukan tabel. {PILIH_LAIN}")
        for nomor, column in enumerate(
            csv.reader(content.splitlines(keepends=True), delimiter=_separator(content)), start=1
        ):
            cell = {
                k: nilai
                for k, text in enumerate(column[:MAKS_KOLOM], start=1)
                if (nilai := clean(text, grid.catatan)) is not None
            }
            if cell:
                grid.baris[nomor] = cell
            if len(grid.baris) > max_baris:
                raise too_many_rows(max_baris)
    except csv.Error as error:
        raise FileRefused(
            f"Berkas teks ini tidak terbaca sebagai tabel: ada sel yang terlalu panjang atau rusak. {PILIH_LAIN}"
        ) from error
    return [grid]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(content: str) -> str:
    """The delimiter that gives most lines the same number of columns, at least two."""

    def nilai(separator: str) -> tuple[int, int]:
        width = Counter(len(b) for b in csv.reader(content.splitlines()[:CONTOH], delimiter=separator) if any(b))
        column, times = max(width.items(), key=lambda x: (x[1] * (x[0] > 1), x[0]), default=(1, 0))
        return (times if column > 1 else 0, column)

    return max(PEMISAH, key=nilai)
