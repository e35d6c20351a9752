"""Writing spreadsheets."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

TIPE_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_xlsx(*, judul: str, kolom: Sequence[tuple[str, int]], baris: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook: a title row, a heading row (name and width in characters), then the rows.

    Text that starts with ``=``, ``+``, ``-`` or ``@`` is written as text, so that a cell typed by someone never
    runs as a formula on another person's machine.
    """
    buku = Workbook(write_only=True)
    lembar = buku.create_sheet("Data")
    lembar.freeze_panes = "A3"
    for nomor, (_, lebar) in enumerate(kolom, start=1):
        lembar.column_dimensions[get_column_letter(nomor)].width = lebar
    lembar.append([_cell(lembar, judul, tebal=True)])
    lembar.append([_cell(lembar, nama, tebal=True, latar=True) for nama, _ in kolom])
    for isi in baris:
        lembar.append([_cell(lembar, nilai) for nilai in isi])
    keluaran = BytesIO()
    buku.save(keluaran)
    return keluaran.getvalue()


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
