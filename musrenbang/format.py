"""How numbers and dates are written in Indonesian. Pure; used by pages, PDFs and spreadsheets alike."""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

from num2words import num2words

HARI = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
BULAN = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


def thousands(nilai: int) -> str:
    """Return a whole number with dots: 150000000 -> ``150.000.000``."""
    return f"{nilai:,}".replace(",", ".")


def rupiah(nilai: int | None, empty: str = "belum diisi") -> str:
    """Return whole rupiah as ``Rp150.000.000``, without a space (EYD V); unknown is said, never 0."""
    return empty if nilai is None else f"Rp{thousands(nilai)}"


def rewrite_rupiah(text: str) -> str:
    """Return a sentence with its amounts as they are written now: 1.0.0 kept and computed ``Rp 150`` with a space."""
    return re.sub(r"\bRp[ \u00a0](?=\d)", "Rp", text)


def dotted(text: object) -> str:
    """Return what ends a sentence with its full stop, one alone: a name may end in a title (``S.Sos.``)."""
    return f"{str(text).rstrip().rstrip('.')}."


def number(nilai: Decimal | int | None, empty: str = "") -> str:
    """Return a volume with decimal comma and no needless zeros: 1200.50 -> ``1.200,5``."""
    if nilai is None:
        return empty
    text = f"{Decimal(nilai).normalize():f}"
    round_number, _, fraction = text.partition(".")
    return thousands(int(round_number)) + (f",{fraction}" if fraction else "")


def percent(part: float | Decimal) -> str:
    """Return a share between 0 and 1 as whole percent: ``0.875`` -> ``88%``."""
    return f"{round(part * 100)}%"


def date_text(nilai: date | None, empty: str = "belum ditetapkan") -> str:
    """Return ``23 Februari 2026``."""
    return f"{nilai.day} {BULAN[nilai.month - 1]} {nilai.year}" if nilai else empty


def date_with_day(nilai: date | None, empty: str = "belum ditetapkan") -> str:
    """Return ``Senin, 23 Februari 2026``."""
    return f"{HARI[nilai.weekday()]}, {date_text(nilai)}" if nilai else empty


def hour_text(nilai: time | None, empty: str = "belum ditetapkan") -> str:
    """Return ``08.30``."""
    return f"{nilai:%H.%M}" if nilai else empty


def in_words(nilai: int) -> str:
    """Return a number in words: 23 -> ``dua puluh tiga``."""
    return " ".join(num2words(nilai, lang="id").split())


def date_in_words(nilai: date) -> str:
    """Return the opening of an official minute: ``Senin tanggal dua puluh tiga bulan Februari tahun dua ribu ...``."""
    return (
        f"{HARI[nilai.weekday()]} tanggal {in_words(nilai.day)} bulan {BULAN[nilai.month - 1]} "
        f"tahun {in_words(nilai.year)}"
    )


def missing_amounts(what: int | Iterable[Any] | None, kind: str = "kegiatan") -> str:
    """Say what a sum of money lacks, in one wording for every paper, page and spreadsheet; blank when it is whole.

    ``what``: how many amounts are unknown, or the rows themselves. ``kind``: what a row is, and behind a colon its
    field with the amount, which is ``biaya`` when it is not named.
    """
    row_name, _, column = kind.partition(":")
    column = column or "biaya"
    if what is None or isinstance(what, str):  # a paper of an older release did not count them
        return ""
    if not isinstance(what, int):
        what = sum((row.get(column) if isinstance(row, dict) else getattr(row, column)) is None for row in what)
    own = "anggarannya" if column == "anggaran" else "biayanya"
    return f"belum termasuk {what} {row_name} yang {own} belum diketahui" if what else ""


def unknown_costs(biaya: Iterable[int | None]) -> str:
    """Say how many amounts of a list are unknown, and so are in no sum; blank when none is."""
    lacking = missing_amounts(sum(n is None for n in biaya))
    return f"jumlah {lacking}" if lacking else ""
