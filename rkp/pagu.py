"""What does not fit under a ceiling, by one visible rule. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from musrenbang.sebutan import sebutan


@dataclass(frozen=True)
class Calon:
    """An agreed work as the rule sees it; ``biaya`` in rupiah, ``prioritas`` the best number its desa gave it.

    ``peringkat`` and ``skor``: its place and score in its group, where the group gave them.
    """

    kunci: int
    nomor: int
    biaya: int
    prioritas: int | None
    peringkat: int | None = None
    skor: Decimal | None = None

    @property
    def urutan(self) -> tuple[bool, int, bool, Decimal, bool, int, int, int]:
        """The key by which works go into reserve, the largest first. What the group decided counts before what the desa
        wished.
        """
        return (
            self.peringkat is None,
            self.peringkat or 0,
            self.skor is None,
            -(self.skor or Decimal(0)),
            self.prioritas is None,
            self.prioritas or 0,
            self.biaya,
            self.nomor,
        )


def choose_excess(calon: Iterable[Calon], pagu: int) -> list[Calon]:
    """Return the works to be put into reserve, in that order, so that the rest fits under ``pagu`` (rupiah)."""
    ordered = sorted(calon, key=lambda c: c.urutan, reverse=True)
    remainder = sum(c.biaya for c in ordered)
    leaving = []
    for c in ordered:
        if remainder <= pagu:
            break
        leaving.append(c)
        remainder -= c.biaya
    return leaving


def order_words(calon: Iterable[Calon]) -> str:
    """Say by which order works of a source go into reserve: only what some of them have can tell them apart."""
    all_rows = list(calon)
    words = [
        *(["tanpa peringkat kelompok", "peringkat kelompok terbawah"] if any(c.peringkat for c in all_rows) else []),
        *(["tanpa skor kelompok", "skor kelompok terendah"] if any(c.skor is not None for c in all_rows) else []),
        f"tanpa nomor urut prioritas {sebutan.desa}",
        f"nomor urut prioritas {sebutan.desa} terbesar",
        "biaya terbesar",
        "nomor kegiatan terbesar",
    ]
    return f"Yang dipindah ke cadangan lebih dahulu: kegiatan {', lalu '.join(words)}, sampai yang tersisa muat."
