"""The cells of the spreadsheets that are written: how each kind of value is shown."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, PatternFill, Side

from musrenbang.infra.sheet_page import BOLD

TEXT = "@"
SHRUNK = Alignment(shrink_to_fit=True, vertical="top")
"""A figure that is too long for its column is written smaller; otherwise programs show ### in its place."""


class Cells:
    """Makes the cells of a sheet; how one looks is worked out once for all that look like it."""

    def __init__(self, lembar: Any) -> None:
        self.lembar = lembar
        self.styles: dict[tuple[str, bool, bool, bool], Any] = {}

    def make(self, nilai: Any, *, bold: bool = False, background: bool = False) -> WriteOnlyCell:
        """Return a cell that holds a value."""
        cell = WriteOnlyCell(self.lembar, value=nilai)
        form, formula = _number_format(nilai), False
        if isinstance(nilai, str):
            cell.data_type, formula = "s", nilai.startswith(("=", "+", "-", "@"))
        look = (form, formula, bold, background)
        if look not in self.styles:
            self.styles[look] = _dressed(cell, *look)
        cell._style = self.styles[look]
        return cell

    def foot(self, nilai: str | None) -> WriteOnlyCell:
        """Return a cell of the row of sums: a formula, a word, or nothing."""
        cell = WriteOnlyCell(self.lembar, value=nilai)
        cell.font, cell.border = BOLD, Border(top=Side("thin"))
        if nilai and nilai.startswith("="):
            cell.number_format, cell.alignment = "#,##0", SHRUNK
        return cell


def _dressed(cell: WriteOnlyCell, form: str, formula: bool, bold: bool, background: bool) -> Any:
    """Make a cell look as it is asked to; return how, for others."""
    cell.quotePrefix = formula
    if form == TEXT:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif form:
        cell.number_format = form
        cell.alignment = SHRUNK
    if bold:
        cell.font = BOLD
    if background:
        cell.fill = PatternFill("solid", fgColor="E6EFEC")
    return cell._style


def _number_format(nilai: Any) -> str:
    """Return how a value is shown: thousands apart, as many decimals as it has, days as they are written here."""
    match nilai:
        case bool() | None:
            return ""
        case str():
            return TEXT
        case int():
            return "#,##0"
        case Decimal():
            digits = -int(nilai.normalize().as_tuple().exponent)
            return f"#,##0.{'0' * digits}" if digits > 0 else "#,##0"
        case datetime():
            return "dd/mm/yyyy hh:mm"
        case date():
            return "dd/mm/yyyy"
        case time():
            return "hh:mm"
    return ""
