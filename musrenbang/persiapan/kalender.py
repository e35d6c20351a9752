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
class Rencana:
    """The planned meeting of one kecamatan; ``petugas`` are the people whom the kabupaten sends."""

    kecamatan: str
    tanggal: date | None
    petugas: tuple[str, ...] = ()


def find_warnings(rencana: Iterable[Rencana], hari_ini: date) -> dict[str, list[str]]:
    """Return {kecamatan: sentences}: outside February, a weekend, past or under H-7, one person at two places."""
    daftar = [r for r in rencana if r.tanggal]
    bertugas: dict[tuple[date, str], list[str]] = defaultdict(list)
    for r in daftar:
        for nama in r.petugas:
            if r.tanggal:
                bertugas[r.tanggal, _same(nama)].append(r.kecamatan)
    hasil = {}
    for r in daftar:
        assert r.tanggal
        peringatan = _date_warnings(r.tanggal, hari_ini)
        for nama in r.petugas:
            lain = [k for k in bertugas[r.tanggal, _same(nama)] if k != r.kecamatan]
            if lain:
                peringatan.append(f"{nama} juga bertugas di {', '.join(lain)} pada hari itu.")
        if peringatan:
            hasil[r.kecamatan] = peringatan
    return hasil


def _same(nama: str) -> str:
    """Two spellings of one person: letters only, without titles after a comma."""
    return "".join(h for h in nama.split(",")[0].lower() if h.isalnum())


def _date_warnings(tanggal: date, hari_ini: date) -> list[str]:
    hasil = []
    if tanggal.month != FEBRUARI:
        hasil.append("Di luar bulan Februari.")
    elif tanggal.day > PALING_LAMBAT:
        hasil.append("Sesudah minggu kedua Februari.")
    if tanggal.weekday() > 4:
        hasil.append(f"Hari {tulis.HARI[tanggal.weekday()]}.")
    sisa = (tanggal - hari_ini).days
    if sisa < 0:
        hasil.append("Tanggal ini sudah lewat.")
    elif sisa < TENGGAT_UNDANGAN:
        hasil.append(f"Tinggal {sisa} hari; undangan dan pengumuman seharusnya H-7.")
    return hasil


@dataclass(frozen=True)
class Bulan:
    """A month as a calendar prints it: weeks of seven days, a day outside the month is None."""

    nama: str
    minggu: list[list[tuple[date, list[str]] | None]]


def month_grids(rencana: Iterable[Rencana]) -> list[Bulan]:
    """Return the months in which somebody meets, each day with its kecamatan."""
    per_hari: dict[date, list[str]] = defaultdict(list)
    for r in rencana:
        if r.tanggal:
            per_hari[r.tanggal].append(r.kecamatan)
    hasil = []
    for tahun, bulan in sorted({(t.year, t.month) for t in per_hari}):
        minggu = [
            [(h, per_hari.get(h, [])) if h.month == bulan else None for h in pekan]
            for pekan in Calendar().monthdatescalendar(tahun, bulan)
        ]
        hasil.append(Bulan(f"{tulis.BULAN[bulan - 1]} {tahun}", minggu))
    return hasil
