"""Numbers as villages write them."""

import re
from decimal import Decimal
from typing import Any

from musrenbang.reading import parse_decimal, parse_rupiah

_VOLUME = re.compile(r"^(?:[±~]|kurang lebih|sekitar)?\s*(?P<angka>\d[\d.,]*)\s*(?P<satuan>[^\d\s].{0,40})?$")
_SPACED = re.compile(r"^\d{1,3}(?:\s\d{3})+(?![\d.,]*\d)")
_ILMIAH = re.compile(r"^\s*\d+([.,]\d+)?\s*[eE]\s*[+-]?\d+\s*$")
_UKURAN = re.compile(
    r"(?<![\w.,])(?:(?:panjang|lebar|tinggi|tebal|[plt])\s*[:=.]?\s*)?(\d+(?:[.,]\d+)?)\s*(?:meter|mtr|cm|m)?\b['.]?",
    re.I,
)


def parse_span(nilai: Any) -> tuple[int, int] | None:
    """Return (least, most) of "50-60 juta" or "10.000.000 s.d. 15.000.000" in rupiah; None for anything else."""
    if not isinstance(nilai, str):
        return None
    part = re.split(r"\s*(?:-|–|—|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)\s*", nilai.strip())
    if len(part) != 2 or not all(re.search(r"\d", b) for b in part):
        return None
    times = re.search(r"(ribu|rb|juta|jta|jt|miliar|milyar)\b", part[1], re.I)
    start = part[0] if not times or re.search(r"[a-z]{2,}\s*$", part[0], re.I) else f"{part[0]} {times[1]}"
    origin, until = parse_rupiah(start), parse_rupiah(part[1])
    return (origin, until) if origin and until and origin < until else None


def is_scientific(nilai: Any) -> bool:
    """Whether a text is a number as a spreadsheet shortens it ("1,5E+08"): its last digits may be lost."""
    return isinstance(nilai, str) and bool(_ILMIAH.match(nilai))


def parse_measure(nilai: Any) -> list[Decimal] | None:
    """Return the sizes of "150 x 3 x 0,1" or "P 150 m L 3 m" in the order written; None for anything else."""
    text = str(nilai)
    if not isinstance(nilai, str) or not re.search(
        r"\d\s*(?:m|meter|mtr)?\s*[xX×*]\s*\d|\b[pP]\w*\s*[:=.]?\s*\d.*\b[lLtT]\w*\s*[:=.]?\s*\d", text
    ):
        return None
    figures = [parse_decimal(a) for a in _UKURAN.findall(text)]
    return [a for a in figures if a] if 2 <= len(figures) <= 4 and all(figures) and "cm" not in text.lower() else None


def parse_volume(nilai: Any) -> tuple[Decimal | None, str | None]:
    """Return (volume, unit as written) from ``450``, ``450 m``, ``1paket``, ``1.200 m²``; (None, None) when unknown.

    A size of several measures ("P 150m L 3m") or a list ("7 dan 8") is no single volume and stays unknown.
    """
    if nilai is None:
        return None, None
    if isinstance(nilai, int | float | Decimal):
        result = Decimal(str(nilai))
        return (result, None) if result.is_finite() and 0 < result < 10**12 else (None, None)
    text = re.sub(r"\([a-z ,.]*\)", " ", str(nilai), flags=re.I).strip()
    matching = _VOLUME.match(_SPACED.sub(lambda m: re.sub(r"\s", "", m[0]), text))
    figure = parse_decimal(matching["angka"]) if matching else None
    if matching is None or figure is None or not 0 < figure < 10**12:
        return None, None
    satuan = (matching["satuan"] or "").strip(" .:-") or None
    if is_scientific(nilai) or (satuan and satuan[0] in "/%"):
        return None, None  # neither is "1e3" one of the unit "e3", nor "3/4" a three
    if satuan and re.search(r"\d\s*\w|(\bdan\b)", satuan) and not re.fullmatch(r"[a-z]+[23]", satuan.lower()):
        return None, None
    return figure, satuan
