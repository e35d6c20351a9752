"""Writing spreadsheets, and reading back those of our own shape."""

import zipfile
from collections.abc import Iterable, Sequence
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

from musrenbang.infra import anak
from musrenbang.infra.anak import BerkasTakTerbaca

MAKS_BYTE = 5 * 1024 * 1024
MAKS_TERURAI = 60 * 1024 * 1024
MAKS_BARIS = 10_000
MAKS_KOLOM = 200
TIPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Lembar:
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
    lain: Iterable[Lembar] = (),
) -> bytes:
    """Return a workbook as ``save_xlsx`` writes it."""
    keluaran = BytesIO()
    save_xlsx(keluaran, judul=judul, kolom=kolom, baris=baris, nama=nama, lain=lain)
    return keluaran.getvalue()


def save_xlsx(
    keluaran: BinaryIO,
    *,
    judul: str,
    kolom: Sequence[tuple[str, int]],
    baris: Iterable[Sequence[Any]],
    nama: str = "Data",
    lain: Iterable[Lembar] = (),
) -> None:
    """Write a workbook: a title row, a heading row (name and width in characters), then the rows as they come.

    ``lain``: sheets after the first one, of the same make. Memory does not grow with the rows.
    Text that starts with ``=``, ``+``, ``-`` or ``@`` is written as text, so that a
    cell typed by someone never runs as a formula on another person's machine.
    """
    buku = Workbook(write_only=True)
    for satu in (Lembar(nama, kolom, baris), *lain):
        lembar = buku.create_sheet(satu.nama)
        lembar.freeze_panes = "A3"
        for nomor, (_, lebar) in enumerate(satu.kolom, start=1):
            lembar.column_dimensions[get_column_letter(nomor)].width = lebar
        judul_lembar = judul if satu.nama == nama else f"{judul}: {satu.nama.lower()}"
        lembar.append([_cell(lembar, judul_lembar, tebal=True)])
        lembar.append([_cell(lembar, str(kepala), tebal=True, latar=True) for kepala, _ in satu.kolom])
        for isi in satu.baris:
            lembar.append([_cell(lembar, nilai) for nilai in isi])
    buku.save(keluaran)


def with_gaps(judul: str, *kurang: str) -> str:
    """Return the title of a file that leaves, saying what it lacks: what is filtered out, unknown, not final yet.

    Whoever gets the file later has no page beside it. Blank words are left out.
    """
    ada = [k for k in kurang if k]
    return f"{judul}. Perhatikan: {'; '.join(ada)}." if ada else judul


def unknown_costs(biaya: Iterable[int | None]) -> str:
    """Say how many amounts of a list are unknown, and so are in no sum; blank when none is."""
    tanpa = sum(n is None for n in biaya)
    return f"{tanpa} kegiatan belum diketahui biayanya dan tidak terhitung dalam jumlah" if tanpa else ""


def safe_text(nilai: Any) -> Any:
    """Return a value for a CSV file; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{nilai}" if isinstance(nilai, str) and nilai[:1] in {"=", "+", "-", "@", "\t", "\r"} else nilai


def _cell(lembar: Any, nilai: Any, *, tebal: bool = False, latar: bool = False) -> WriteOnlyCell:
    sel = WriteOnlyCell(lembar, value=nilai)
    if isinstance(nilai, str):
        sel.data_type = "s"
        sel.quotePrefix = nilai.startswith(("=", "+", "-", "@"))
        sel.alignment = Alignment(wrap_text=not tebal or latar, vertical="top")
    elif isinstance(nilai, int):
        sel.number_format = "#,##0"
    if tebal:
        sel.font = Font(bold=True)
    if latar:
        sel.fill = PatternFill("solid", fgColor="E6EFEC")
    return sel


class LembarRusak(ValueError):
    """An uploaded table cannot be read; the text says why and what to do."""


def read_rows(berkas: Any, kepala: Sequence[str]) -> list[tuple[int, dict[str, Any]]]:
    """Return (Excel row, {heading: value}) below the row that holds all of ``kepala``; raise LembarRusak else.

    For tables of our own shape, as ``write_xlsx`` gives them out. Blank rows are left out, blank cells are None.
    """
    if berkas.size > MAKS_BYTE:
        raise LembarRusak("Berkas lebih besar dari 5 MB. Pakai bentuk yang diunduh dari halaman ini.")
    try:
        baris = _rows_of(berkas)
    except BerkasTakTerbaca as galat:
        utuh = "Berkas ini bukan .xlsx yang utuh. Simpan ulang dari Excel, lalu unggah lagi."
        raise LembarRusak(utuh if galat.sebab == anak.RUSAK else str(galat)) from galat
    for nomor, isi in enumerate(baris):
        judul = [str(v or "").strip().lower() for v in isi]
        if all(k.lower() in judul for k in kepala):
            tempat = {k: judul.index(k.lower()) for k in kepala}
            terisi = ((nomor + i, _cells(r, tempat)) for i, r in enumerate(baris[nomor + 1 :], 2))
            return [(n, sel) for n, sel in terisi if any(v is not None for v in sel.values())]
    raise LembarRusak(f"Baris judul tidak ditemukan. Kolomnya harus: {', '.join(kepala)}.")


def _rows_of(berkas: Any) -> list[list[Any]]:
    """Return the first rows of a workbook, read by the child with limits."""
    berkas.seek(0)
    semua = anak.read("musrenbang.infra.lembar:read_marked", berkas.read(), lekas=True)
    return [[_unmark(v) for v in isi] for isi in semua]


def read_marked(path: Path) -> list[list[Any]]:
    """Return the first rows as they pass from the child, as JSON: a date is a list of its text."""
    with zipfile.ZipFile(path) as arsip:
        if sum(e.file_size for e in arsip.infolist()) > MAKS_TERURAI:
            raise BerkasTakTerbaca("Isi berkas ini terlalu besar setelah dibuka. Pakai bentuk yang diunduh dari sini.")
    with path.open("rb") as berkas:
        return [[_mark(v) for v in isi] for isi in _first_sheet(berkas)]


def _first_sheet(berkas: Any) -> list[list[Any]]:
    buku = load_workbook(berkas, read_only=True, data_only=True, keep_links=False)
    return [list(isi[:MAKS_KOLOM]) for isi in islice(buku.worksheets[0].iter_rows(values_only=True), MAKS_BARIS)]


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
