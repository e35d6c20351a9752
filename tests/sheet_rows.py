"""The rows of a spreadsheet that the program gives out."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook


def rows_and_sums(content: bytes, sheet: str = "") -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
    """Return the rows below the headings, and the row of sums as a program shows it that does not calculate."""
    workbook = load_workbook(BytesIO(content), data_only=True)
    rows = list((workbook[sheet] if sheet else workbook.worksheets[0]).iter_rows(min_row=3, values_only=True))
    return (rows[:-1], rows[-1]) if rows and rows[-1][0] == "Jumlah" else (rows, ())
