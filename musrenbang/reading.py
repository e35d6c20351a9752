"""What people type, read: sums, days and hours as they are written here. Pure; one reader for forms and for the import.

``static/js/isian.js`` shows beside a field what it will be read as; tests/e2e/test_typed.py holds both to the same
answers.
"""

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from musrenbang.format import BULAN, HARI, date_text

PENGALI = {
    "ribu": 10**3,
    "rb": 10**3,
    "juta": 10**6,
    "jt": 10**6,
    "jta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "m": 10**9,
}
SEDIKIT = 1000  # rupiah: below it a comma or dot has lost its unit
SUDAH_RUPIAH = 1_000_000  # a million of millions, or of thousands, is no village's work
_RUPIAH = re.compile(
    r"^[±~]?\s*(?:kurang lebih|sekitar|kl\.?|\+/-)?\s*(?:rp\.?|idr)?\s*[±~:]?\s*(?P<angka>\d[\d.,\s]*?)\s*"
    r"(?:,-+|\.-+|-+|[;:])?\s*(?P<kali>ribu|rb|juta|jta|jt|miliar|milyar|m)?\s*(?:rupiah)?\s*\.?\s*(?:,-+)?$",
    re.I,
)


def parse_decimal(text: str) -> Decimal | None:
    """Return a number written the Indonesian or the English way; None when it cannot be told.

    ``1.200`` and ``1,200`` are one thousand two hundred; ``1,5`` and ``1.5`` are one and a half.
    """
    text = text.strip(" .,")
    if re.search(r"\d\s+\d", text) and not re.fullmatch(r"\d{1,3}(\s\d{3})+([.,]\d+)?", text):
        return None  # "7 8" is no number, "75 000 000" is
    text = re.sub(r"\s", "", text).strip(".,")
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d+,\d+", text):
        text = text.replace(",", ".")
    elif not re.fullmatch(r"\d+(\.\d+)?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def parse_rupiah(nilai: Any, times: int = 1) -> int | None:
    """Return whole rupiah from ``185000000``, ``Rp 150.000.000,-``, ``150 jt`` or ``1,5 M``; None when unknown.

    ``kali`` multiplies small plain numbers, for a column headed "Rp juta"; one that is already as long as a sum of
    rupiah ("Rp 150.000.000,-") was written out. Zero and negative amounts are unknown.
    """
    if nilai is None or isinstance(nilai, bool):
        return None
    if isinstance(nilai, int | float | Decimal):
        result = _times(Decimal(str(nilai)), times)
    else:
        matching = _RUPIAH.match(re.sub(r"\([a-z ,.]*\)", "", str(nilai), flags=re.I).strip())
        figure = parse_decimal(matching["angka"]) if matching else None
        if matching is None or figure is None:
            return None
        result = figure * PENGALI[matching["kali"].lower()] if matching["kali"] else _times(figure, times)
    round_number = int(result.to_integral_value()) if result.is_finite() else 0
    return round_number if 0 < round_number < 10**15 else None


def lacks_unit(text: str, amount: int) -> bool:
    """Tell whether a sum was written with a fraction of a few rupiah (``1,5``), which nobody means."""
    return amount < SEDIKIT and re.search(r"[0-9]\s*[.,]\s*[0-9]", text) is not None


def _times(figure: Decimal, times: int) -> Decimal:
    return figure if times > 1 and figure >= SUDAH_RUPIAH else figure * times


# Beginnings by which a month is known, with the old and English spellings that people still write.
_MONTHS = (
    ("januari", "january"),
    ("februari", "pebruari", "february"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "agt", "august"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY = re.compile(r"^(\d{1,2})[\s.,/-]+(\d{1,2}|[a-z]{3,})\.?(?:[\s.,/-]+(\d{4}|\d{2}))?$")
_HOUR = re.compile(r"^(?:pukul|jam|pkl\.?)?\s*(\d{1,2})(?:[.:,](\d{2})(?:[.:]\d{2})?|(\d{2}))?\s*(?:wib|wita|wit)?$")


def _month(text: str) -> int:
    """Return the number of a month from its number, name or beginning; 0 when it is none."""
    if text.isdigit():
        return int(text)
    return next((n for n, names in enumerate(_MONTHS, 1) if any(name.startswith(text) for name in names)), 0)


def read_date(text: str, year: int) -> date | None:
    """Return the day from ``9 Februari 2026``, ``9/2/2026``, ``9-2-26``, ``9 feb`` (in ``year``) or ``2026-02-09``.

    None when it cannot be told. A weekday may stand before it.

    Raises:
        ValueError: It can be told and is wrong: no calendar has it, the year is out of reach, or the weekday before it
            is another one. The sentence says which.
    """
    words = re.sub(r"\s+", " ", text.strip().lower())
    weekday, rest = re.match(r"^(?:([a-z']+)[\s,]+)?(.*)$", words).groups()  # type: ignore[union-attr]
    if written := _ISO.match(rest):
        y, m, d = written.groups()
    elif day := _DAY.match(rest):
        d, m, y = day[1], day[2], day[3] or str(year)
    else:
        return None
    month, said = _month(m), (weekday or "").replace("'", "").capitalize()
    if not 1 <= month <= 12 or (said and said not in HARI):
        return None
    result = _calendar(int(d), month, int(y) + (2000 if len(y) == 2 else 0))
    name = HARI[result.weekday()]
    if said and said != name:
        raise ValueError(f"{date_text(result)} jatuh pada hari {name}, bukan {said}.")
    return result


def _calendar(day: int, month: int, year: int) -> date:
    if not 1900 <= year <= 2100:
        raise ValueError(f"Tahun {year} di luar 1900 sampai 2100. Periksa tahunnya.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{BULAN[month - 1]} {year} tidak punya tanggal {day}.") from error


def read_time(text: str) -> time | None:
    """Return the hour from ``08.30``, ``8:30``, ``0830`` or ``8``; None when it cannot be told."""
    matching = _HOUR.match(text.strip().lower())
    if matching is None:
        return None
    hour, minute = int(matching[1]), int(matching[2] or matching[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
