"""Writing spreadsheets, and reading back those of our own shape."""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.infra.sheet_cells import Cells
from musrenbang.infra.sheet_page import height_of, save, set_up_page, stretch_title, width_of

MAKS_BYTE = 5 * 1024 * 1024
MAKS_TERURAI = 60 * 1024 * 1024
MAKS_BARIS = 10_000
MAKS_KOLOM = 200
ATAS = 3
"""The first row of the content, below the title and the headings."""
PERHATIKAN = ". Perhatikan: "
"""Between the title of a sheet and what it lacks."""
TIPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, columns (heading, width in characters), rows, and the headings added up.

    ``counted``: of a heading that is added up, the column of outcomes and those that count: what was not agreed is in
    no sum of a plan. ``kurang``: what its sums lack, in words.
    """

    nama: str
    kolom: Sequence[tuple[str, int]]
    baris: Iterable[Sequence[Any]]
    jumlah: Sequence[str] = ()
    counted: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    kurang: str = ""


def write_xlsx(
    *,
    judul: str,
    kolom: Sequence[tuple[str, int]],
    baris: Iterable[Sequence[Any]],
    nama: str = "Data",
    jumlah: Sequence[str] = (),
    counted: Mapping[str, tuple[str, Sequence[str]]] | None = None,
    other: Iterable[Sheet] = (),
) -> bytes:
    """Return a workbook: a title row, a heading row, the rows, and under the columns ``jumlah`` their sums as formulas.

    ``counted``: as of a ``Sheet``. ``other``: sheets after the first one, of the same make; one without rows is left
    out. What is read back has no sums. The same content makes the same file.
    """
    output = BytesIO()
    _write(output, judul, [Sheet(nama, kolom, baris, jumlah, counted or {}), *filter(lambda one: one.baris, other)])
    return output.getvalue()


def save_xlsx(
    output: BinaryIO, *, judul: str, kolom: Sequence[tuple[str, int]], baris: Iterable[Sequence[Any]]
) -> None:
    """Write a workbook of one sheet without sums into a file; memory does not grow with the rows."""
    _write(output, judul, [Sheet("Data", kolom, baris)])


def _write(output: BinaryIO, judul: str, sheets: Sequence[Sheet]) -> None:
    """Write the sheets.

    Text that starts with ``=``, ``+``, ``-`` or ``@`` is written as text, so that a
    cell typed by someone never runs as a formula on another person's machine.
    """
    workbook, results = Workbook(write_only=True), dict[str, dict[str, str]]()
    for i, one in enumerate(sheets, start=1):
        lembar = workbook.create_sheet(one.nama)
        lembar.freeze_panes = f"A{ATAS}"
        title = judul if i == 1 else with_gaps(f"{judul.partition(PERHATIKAN)[0]}: {one.nama.lower()}", one.kurang)
        widths = [width_of(str(head), width) for head, width in one.kolom]
        heads = [str(head) for head, _ in one.kolom]
        set_up_page(lembar, heads, widths, ATAS - 1, title)
        stretch_title(lembar, widths, title)
        cells = Cells(lembar)
        lembar.append([cells.make(title, bold=True)])
        lembar.row_dimensions[2] = height_of(heads, (width * 9 // 10 for width in widths))
        lembar.append([cells.make(head, bold=True, background=True) for head in heads])
        if sums := _append(cells, one, heads, widths):
            results[f"xl/worksheets/sheet{i}.xml"] = sums
    save(workbook, output, results)


def _append(cells: Cells, one: Sheet, heads: list[str], widths: list[int]) -> dict[str, str]:
    """Write the rows of a sheet and below them the sums; return what each sum results in."""
    lembar, sums, last = cells.lembar, {heads.index(str(head)): Decimal(0) for head in one.jumlah}, ATAS - 1
    only = {heads.index(str(head)): (heads.index(str(by)), words) for head, (by, words) in one.counted.items()}
    for content in one.baris:
        last += 1
        lembar.row_dimensions[last] = height_of(content, widths)
        lembar.append([cells.make(nilai) for nilai in content])
        del lembar.row_dimensions[last]  # it is written: memory does not grow with the rows
        for i in sums:
            if isinstance(content[i], int | Decimal) and (i not in only or content[only[i][0]] in only[i][1]):
                sums[i] += content[i]
    if not sums or last < ATAS:
        return {}
    foot: list[Any] = ["Jumlah", *([None] * (len(heads) - 1))]
    for i in sums:
        if i in only:
            by, words = _cells_of(only[i][0], last), only[i][1]
            foot[i] = "=" + "+".join(f'SUMIF({by},"{word}",{_cells_of(i, last)})' for word in words)
        else:
            foot[i] = f"=SUM({_cells_of(i, last)})"
    lembar.append([cells.foot(nilai) for nilai in foot])
    return {foot[i][1:]: f"{total:f}" for i, total in sums.items()}


def _cells_of(column: int, last: int) -> str:
    letter = get_column_letter(column + 1)
    return f"{letter}{ATAS}:{letter}{last}"


def with_gaps(judul: str, *missing: str) -> str:
    """Return the title of a file that leaves, saying what it lacks: what is filtered out, unknown, not final yet.

    Whoever gets the file later has no page beside it. Blank words are left out.
    """
    existing = [k for k in missing if k]
    return f"{judul}{PERHATIKAN}{'; '.join(existing)}." if existing else judul


def safe_text(nilai: Any) -> Any:
    """Return a value for a CSV file; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{nilai}" if isinstance(nilai, str) and nilai[:1] in {"=", "+", "-", "@", "\t", "\r"} else nilai


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
