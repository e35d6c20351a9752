"""What does not fit under a ceiling, by one visible rule. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

ATURAN = (
    "Yang dipindah ke cadangan lebih dahulu: kegiatan tanpa nomor urut prioritas desa, lalu nomor urut terbesar, lalu "
    "biaya terbesar, lalu nomor kegiatan terbesar, sampai yang tersisa muat."
)


@dataclass(frozen=True)
class Calon:
    """An agreed work as the rule sees it; ``biaya`` in rupiah, ``prioritas`` the best number its desa gave it."""

    kunci: int
    nomor: int
    biaya: int
    prioritas: int | None


def choose_excess(calon: Iterable[Calon], pagu: int) -> list[Calon]:
    """Return the works to be put into reserve, in that order, so that the rest fits under ``pagu`` (rupiah)."""
    urut = sorted(calon, key=lambda c: (c.prioritas is None, c.prioritas or 0, c.biaya, c.nomor), reverse=True)
    sisa = sum(c.biaya for c in urut)
    keluar = []
    for c in urut:
        if sisa <= pagu:
            break
        keluar.append(c)
        sisa -= c.biaya
    return keluar
