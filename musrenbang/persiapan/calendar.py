"""What is odd about planned dates, and the days of the months they fall in. Pure."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from musrenbang import format as tulis

FEBRUARI = 2
PALING_LAMBAT = 14  # Musrenbang Kecamatan is held by the second week of February (musrenbang.md, calendar)
TENGGAT_UNDANGAN = 7  # days: invitations and the announcement go out at H-7


@dataclass(frozen=True)
class Plan:
    """The planned meeting of one kecamatan; ``petugas`` are the people whom the kabupaten sends."""

    kecamatan: str
    tanggal: date | None
    petugas: tuple[str, ...] = ()


def find_warnings(plan: Iterable[Plan], today: date) -> dict[str, list[str]]:
    """Return {kecamatan: sentences}: outside February, a weekend, past or under H-7, one person at two places."""
    list_rows = [r for r in plan if r.tanggal]
    on_duty: dict[tuple[date, str], list[str]] = defaultdict(list)
    for r in list_rows:
        for nama in r.petugas:
            if r.tanggal:
                on_duty[r.tanggal, _same(nama)].append(r.kecamatan)
    result = {}
    for r in list_rows:
        assert r.tanggal
        warning = _date_warnings(r.tanggal, today)
        for nama in r.petugas:
            others = [k for k in on_duty[r.tanggal, _same(nama)] if k != r.kecamatan]
            if others:
                warning.append(f"{nama} juga bertugas di {', '.join(others)} pada hari itu.")
        if warning:
            result[r.kecamatan] = warning
    return result


def _same(nama: str) -> str:
    """Two spellings of one person: letters only, without titles after a comma."""
    return "".join(h for h in nama.split(",")[0].lower() if h.isalnum())


def _date_warnings(tanggal: date, today: date) -> list[str]:
    results = []
    if tanggal.month != FEBRUARI:
        results.append("Di luar bulan Februari.")
    elif tanggal.day > PALING_LAMBAT:
        results.append("Sesudah minggu kedua Februari.")
    if tanggal.weekday() > 4:
        results.append(f"Hari {tulis.HARI[tanggal.weekday()]}.")
    remainder = (tanggal - today).days
    if remainder < 0:
        results.append("Tanggal ini sudah lewat.")
    elif remainder < TENGGAT_UNDANGAN:
        results.append(f"Tinggal {remainder} hari; undangan dan pengumuman seharusnya H-7.")
    return results


@dataclass(frozen=True)
class Month:
    """A month as a calendar prints it: weeks of seven days, a day outside the month is None."""

    nama: str
    minggu: list[list[tuple[date, list[str]] | None]]


def month_grids(plan: Iterable[Plan]) -> list[Month]:
    """Return the months in which somebody meets, each day with its kecamatan."""
    per_day: dict[date, list[str]] = defaultdict(list)
    for r in plan:
        if r.tanggal:
            per_day[r.tanggal].append(r.kecamatan)
    results = []
    for tahun, month in sorted({(t.year, t.month) for t in per_day}):
        weeks = [
            [(h, per_day.get(h, [])) if h.month == month else None for h in week]
            for week in Calendar().monthdatescalendar(tahun, month)
        ]
        results.append(Month(f"{tulis.BULAN[month - 1]} {tahun}", weeks))
    return results
