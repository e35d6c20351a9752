"""How numbers and dates are written in Indonesian. Pure; used by pages, PDFs and spreadsheets alike."""

from datetime import date, time
from decimal import Decimal

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


def ribuan(nilai: int) -> str:
    """Return a whole number with dots: 150000000 -> ``150.000.000``."""
    return f"{nilai:,}".replace(",", ".")


def rupiah(nilai: int | None, kosong: str = "belum diisi") -> str:
    """Return whole rupiah as ``Rp 150.000.000`` (with a non-breaking space); unknown is said, never 0."""
    return kosong if nilai is None else f"Rp\u00a0{ribuan(nilai)}"


def titik(teks: object) -> str:
    """Return what ends a sentence with its full stop, one alone: a name may end in a title (``S.Sos.``)."""
    return f"{str(teks).rstrip().rstrip('.')}."


def angka(nilai: Decimal | int | None, kosong: str = "") -> str:
    """Return a volume with decimal comma and no needless zeros: 1200.50 -> ``1.200,5``."""
    if nilai is None:
        return kosong
    text = f"{Decimal(nilai).normalize():f}"
    round_number, _, fraction = text.partition(".")
    return ribuan(int(round_number)) + (f",{fraction}" if fraction else "")


def persen(bagian: float | Decimal) -> str:
    """Return a share between 0 and 1 as whole percent: ``0.875`` -> ``88%``."""
    return f"{round(bagian * 100)}%"


def tanggal(nilai: date | None, kosong: str = "belum ditetapkan") -> str:
    """Return ``23 Februari 2026``."""
    return f"{nilai.day} {BULAN[nilai.month - 1]} {nilai.year}" if nilai else kosong


def tanggal_hari(nilai: date | None, kosong: str = "belum ditetapkan") -> str:
    """Return ``Senin, 23 Februari 2026``."""
    return f"{HARI[nilai.weekday()]}, {tanggal(nilai)}" if nilai else kosong


def jam(nilai: time | None, kosong: str = "belum ditetapkan") -> str:
    """Return ``08.30``."""
    return f"{nilai:%H.%M}" if nilai else kosong


def terbilang(nilai: int) -> str:
    """Return a number in words: 23 -> ``dua puluh tiga``."""
    return " ".join(num2words(nilai, lang="id").split())


def tanggal_terbilang(nilai: date) -> str:
    """Return the opening of an official minute: ``Senin tanggal dua puluh tiga bulan Februari tahun dua ribu ...``."""
    return (
        f"{HARI[nilai.weekday()]} tanggal {terbilang(nilai.day)} bulan {BULAN[nilai.month - 1]} "
        f"tahun {terbilang(nilai.year)}"
    )
