"""The words of a cell: its text, and what an unread one may mean."""

import re
from decimal import Decimal
from typing import Any

from musrenbang.format import rupiah
from usulan.impor.grid import BrokenCell, DateCell
from usulan.impor.numbers import is_scientific, parse_span
from usulan.impor.parts import Content

TANGGAL_CSV = re.compile(
    r"^\d{1,2}-(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|des|dec)(?:-\d{2,4})?$", re.I
)


def is_date(nilai: Any) -> bool:
    """Tell whether a program of worksheets took a cell for a date."""
    if isinstance(nilai, DateCell):
        return True
    return (
        isinstance(nilai, str) and len(nilai) <= 16 and nilai[:1].isdigit() and bool(TANGGAL_CSV.match(nilai.strip()))
    )


def guess(nama: str, raw: Any, content: Content) -> str:
    """What an unread text may mean, offered and never taken."""
    if nama == "biaya" and (limit := parse_span(raw)):
        return f" Itu kisaran {rupiah(limit[0])} sampai {rupiah(limit[1])}; pilih satu."
    if is_scientific(raw):
        return " Angka itu disingkat oleh program lembar kerja; digit akhirnya mungkin hilang."
    return ""


def number_words(nilai: Decimal) -> str:
    """Return a number with a decimal comma."""
    return f"{nilai:f}".replace(".", ",")


def cell_text(nilai: Any) -> str | None:
    """Return the text of a cell on one line; None when it holds no letter and no digit."""
    if nilai is None or isinstance(nilai, BrokenCell):
        return None
    if isinstance(nilai, str) and "  " not in nilai and nilai.isprintable() and nilai[:1].isalnum():
        return nilai.strip()  # nearly all texts
    if not re.search(r"\w", str(nilai)):
        return None
    if isinstance(nilai, float) and nilai.is_integer():
        nilai = int(nilai)
    return re.sub(r"\s+", " ", str(nilai)).strip()
