"""Writing spreadsheets, and reading back those of our own shape."""

import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile

MAKS_BYTE = 5 * 1024 * 1024
MAKS_TERURAI = 60 * 1024 * 1024
MAKS_BARIS = 10_000
MAKS_KOLOM = 200
TIPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """One more sheet of a workbook: its name, columns (heading, width in characters) and rows."""

    nama: str
    kolom: Sequence[tuple[str, int]]
    baris: Iterable[Sequence[Any]]


def write_xlsx(
    *,
    judul: str,
    kolom: Sequence[tuple[str, int]],
    baris: Iterable[Sequence[Any]],
    nama: str = "Data",
    other: Iterable[Sheet] = (),
) -> bytes:
    """Return a workbook as ``save_xlsx`` writes it."""
    output = BytesIO()
    save_xlsx(output, judul=judul, kolom=kolom, baris=baris, nama=nama, other=other)
    return output.getvalue()


def save_xlsx(
    output: BinaryIO,
    *,
    judul: str,
    kolom: Sequence[tuple[str, int]],
    baris: Iterable[Sequence[Any]],
    nama: str = "Data",
    other: Iterable[Sheet] = (),
) -> None:
    """Write a workbook: a title row, a heading row (name and width in characters), then the rows as they come.

    ``other``: sheets after the first one, of the same make. Memory does not grow with the rows.
    Text that starts with ``=``, ``+``, ``-`` or ``@`` is written as text, so that a
    cell typed by someone never runs as a formula on another person's machine.
    """
    workbook = Workbook(write_only=True)
    for one in (Sheet(nama, kolom, baris), *other):
        lembar = workbook.create_sheet(one.nama)
        lembar.freeze_panes = "A3"
        for nomor, (_, width) in enumerate(one.kolom, start=1):
            lembar.column_dimensions[get_column_letter(nomor)].width = width
        sheet_title = judul if one.nama == nama else f"{judul}: {one.nama.lower()}"
        lembar.append([_cell(lembar, sheet_title, bold=True)])
        lembar.append([_cell(lembar, str(head), bold=True, background=True) for head, _ in one.kolom])
        for content in one.baris:
            lembar.append([_cell(lembar, nilai) for nilai in content])
    workbook.save(output)


def with_gaps(judul: str, *missing: str) -> str:
    """Return the title of a file that leaves, saying what it lacks: what is filtered out, unknown, not final yet.

    Whoever gets the file later has no page beside it. Blank words are left out.
    """
    existing = [k for k in missing if k]
    return f"{judul}. Perhatikan: {'; '.join(existing)}." if existing else judul


def unknown_costs(biaya: Iterable[int | None]) -> str:
    """Say how many amounts of a list are unknown, and so are in no sum; blank when none is."""
    without = sum(n is None for n in biaya)
    return f"{without} kegiatan belum diketahui biayanya dan tidak terhitung dalam jumlah" if without else ""


def safe_text(nilai: Any) -> Any:
    """Return a value for a CSV file; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{nilai}" if isinstance(nilai, str) and nilai[:1] in {"=", "+", "-", "@", "\t", "\r"} else nilai


def _cell(lembar: Any, nilai: Any, *, bold: bool = False, background: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(lembar, value=nilai)
    if isinstance(nilai, str):
        cell.data_type = "s"
        cell.quotePrefix = nilai.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(wrap_text=not bold or background, vertical="top")
    elif isinstance(nilai, int):
        cell.number_format = "#,##0"
    if bold:
        cell.font = Font(bold=True)
    if background:
        cell.fill = PatternFill("solid", fgColor="E6EFEC")
    return cell


class BrokenSheet(ValueError):
    """An uploaded table cannot be read; the text says why and what to do."""


def read_rows(berkas: Any, head: Sequence[str], say: Callable[[str], str] = str) -> list[tuple[int, dict[str, Any]]]:
    """Return (Excel row, {heading: value}) below the row that holds all of ``head``; raise BrokenSheet else.

    For tables of our own shape, as ``write_xlsx`` gives them out; ``say``: how a heading is written here, where it
    differs from place to place. Blank rows are left out, blank cells are None.
    """
    if berkas.size > MAKS_BYTE:
        raise BrokenSheet("Berkas lebih besar dari 5 MB. Pakai format yang diunduh dari halaman ini.")
    try:
        baris = _rows_of(berkas)
    except UnreadableFile as error:
        whole = "Berkas ini bukan .xlsx yang utuh. Simpan ulang dari Excel, lalu unggah lagi."
        raise BrokenSheet(whole if error.sebab == child.RUSAK else str(error)) from error
    for nomor, content in enumerate(baris):
        judul = [str(v or "").strip().lower() for v in content]
        place = {k: judul.index(word) for k in head for word in (k.lower(), say(k).lower()) if word in judul}
        if len(place) == len(head):
            filled = ((nomor + i, _cells(r, place)) for i, r in enumerate(baris[nomor + 1 :], 2))
            return [(n, cell) for n, cell in filled if any(v is not None for v in cell.values())]
    raise BrokenSheet(f"Baris judul tidak ditemukan. Kolomnya harus: {', '.join(map(say, head))}.")


def _rows_of(berkas: Any) -> list[list[Any]]:
    """Return the first rows of a workbook, read by the child with limits."""
    berkas.seek(0)
    everything = child.read("musrenbang.infra.sheets:read_marked", berkas.read(), early=True)
    return [[_unmark(v) for v in content] for content in everything]


def read_marked(path: Path) -> list[list[Any]]:
    """Return the first rows as they pass from the child, as JSON: a date is a list of its text."""
    with zipfile.ZipFile(path) as archive:
        if sum(e.file_size for e in archive.infolist()) > MAKS_TERURAI:
            raise UnreadableFile("Isi berkas ini terlalu besar setelah dibuka. Pakai format yang diunduh dari sini.")
    with path.open("rb") as file:
        return [[_mark(v) for v in content] for content in _first_sheet(file)]


def _first_sheet(berkas: Any) -> list[list[Any]]:
    workbook = load_workbook(berkas, read_only=True, data_only=True, keep_links=False)
    return [
        list(content[:MAKS_KOLOM]) for content in islice(workbook.worksheets[0].iter_rows(values_only=True), MAKS_BARIS)
    ]


def _mark(nilai: Any) -> Any:
    if isinstance(nilai, datetime | date):
        return [nilai.isoformat()]
    return nilai if nilai is None or isinstance(nilai, str | int | float) else str(nilai)


def _unmark(nilai: Any) -> Any:
    return datetime.fromisoformat(nilai[0]) if isinstance(nilai, list) else nilai


def _cells(baris: Sequence[Any], tempat: dict[str, int]) -> dict[str, Any]:
    """Return {heading: value}; a row that ends before a column is blank there."""
    return {k: _clean(baris[p]) if p < len(baris) else None for k, p in tempat.items()}


def _clean(nilai: Any) -> Any:
    return (nilai.strip() or None) if isinstance(nilai, str) else nilai
