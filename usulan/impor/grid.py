"""A sheet as rows of cleaned values, and the refusal of a file; every reader makes the one or raises the other."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl.utils import get_column_letter

from musrenbang.infra.child.errors import UnreadableFile
from musrenbang.sebutan import sebutan

MAKS_KARAKTER_SEL = 2_000
GALAT_EXCEL = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
SIMPAN_ULANG = "Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
TERKUNCI = "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi."
PILIH_LAIN = "Pilih berkas DU-RKP berupa .xlsx, .xls, .ods, atau .csv."


class BrokenCell(str):
    """A cell that holds no value: one of Excel's errors, or a formula that was never calculated. Shown, never used."""


class DateCell(str):
    """A date, day first; in a column of other things it is what Excel made of "3/4"."""


RUMUS_KOSONG = "rumus yang belum dihitung"


class FileRefused(UnreadableFile):
    """The file cannot be read as a village list; the text says why and what to do."""


@dataclass
class Grid:
    """The non-empty rows of a sheet: row number -> {column number from 1: value}.

    ``gabung`` holds merged ranges as (top row, left column, bottom row, right column).
    """

    nama: str
    tersembunyi: bool
    baris: dict[int, dict[int, Any]]
    gabung: list[tuple[int, int, int, int]] = field(default_factory=list)
    baris_tersembunyi: frozenset[int] = frozenset()
    kolom_tersembunyi: frozenset[int] = frozenset()
    catatan: list[str] = field(default_factory=list)

    def right_of(self, column: int) -> "Grid":
        """Return what stands to the right of a column as a sheet of its own."""
        baris = {n: part for n, cell in self.baris.items() if (part := {k: v for k, v in cell.items() if k > column})}
        first = min((k for part in baris.values() for k in part), default=column + 1)
        return Grid(
            f"{self.nama[:80]} (mulai kolom {get_column_letter(first)})",
            self.tersembunyi,
            baris,
            [(a, b, c, d) for a, b, c, d in self.gabung if b > column],
            self.baris_tersembunyi,
            self.kolom_tersembunyi,
        )


def pack(grid: Grid) -> dict[str, Any]:
    """Return a sheet as it passes from the child that read it, as JSON; ``unpack`` takes it back."""
    content = {n: {k: _mark(v) for k, v in cell.items()} for n, cell in grid.baris.items()}
    fixed = {k: sorted(getattr(grid, k)) for k in ("baris_tersembunyi", "kolom_tersembunyi")}
    one = {"nama": grid.nama, "tersembunyi": grid.tersembunyi, "gabung": grid.gabung, "catatan": grid.catatan}
    return {"baris": content, **fixed, **one}


def unpack(one: dict[str, Any]) -> Grid:
    """Return the sheet that ``pack`` made."""
    baris = {int(n): {int(k): _unmark(v) for k, v in cell.items()} for n, cell in one["baris"].items()}
    return Grid(
        one["nama"],
        one["tersembunyi"],
        baris,
        [(a, b, c, d) for a, b, c, d in one["gabung"]],
        frozenset(one["baris_tersembunyi"]),
        frozenset(one["kolom_tersembunyi"]),
        one["catatan"],
    )


def _mark(nilai: Any) -> Any:
    """Numbers and text as they are; what only looks like text is a list of its kind and the text."""
    if isinstance(nilai, BrokenCell | DateCell):
        return [type(nilai).__name__, str(nilai)]
    return nilai if isinstance(nilai, str | int | float) else str(nilai)


def _unmark(nilai: Any) -> Any:
    if isinstance(nilai, list):
        return (BrokenCell if nilai[0] == BrokenCell.__name__ else DateCell)(nilai[1])
    return nilai


def clean(nilai: Any, catatan: list[str]) -> Any:
    """Return a trimmed value; blank text is unknown, Excel's own errors are ``BrokenCell``. What was cut is said."""
    if isinstance(nilai, BrokenCell | DateCell):
        return nilai
    if isinstance(nilai, str):
        if nilai in GALAT_EXCEL:
            return BrokenCell(nilai)
        if len(nilai) < MAKS_KARAKTER_SEL and nilai.isprintable():  # nearly all cells
            return nilai.strip() or None
        if len(nilai) > MAKS_KARAKTER_SEL:
            catatan.append(f"Satu sel berisi {len(nilai)} huruf; yang dipakai {MAKS_KARAKTER_SEL} huruf pertama.")
            nilai = nilai[:MAKS_KARAKTER_SEL]
        nilai = nilai.replace("\r\n", "\n").replace("\r", "\n").replace("\uf0b7", "•").replace("\uf0a7", "▪")
        cleaned = "".join(" " if h.isspace() and h != "\n" else h for h in nilai)
        cleaned = "".join(h for h in cleaned if h.isprintable() or h == "\n").strip()
        return cleaned or None
    if isinstance(nilai, datetime | date):
        return DateCell(f"{nilai:%d-%m-%Y}")
    return None if isinstance(nilai, bool) else nilai


def too_many_rows(max_baris: int) -> FileRefused:
    """The refusal of a file that is longer than any village list."""
    limit = f"{max_baris:,}".replace(",", ".")
    return FileRefused(
        f"Berkas ini berisi lebih dari {limit} baris. Unggah per {sebutan.desa}, atau hapus lembar kerja yang "
        f"tidak perlu."
    )
