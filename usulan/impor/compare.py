"""Which proposals of a corrected file are those that are stored already. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from usulan.impor.results import normal

SAMA = 82  # of 100: titles so alike are one proposal with a corrected name


@dataclass(frozen=True)
class Features:
    """What a proposal is recognised by."""

    desa: str
    kegiatan: str
    lokasi: str
    baris: int | None


def match(old: Sequence[Features], new: Sequence[Features]) -> list[tuple[int | None, int | None]]:
    """Return pairs of positions: (old, new) for the same proposal, (None, new) for a new, (old, None) for one gone.

    First those with the same title and place, then the same title in the same row, then the most alike titles.
    """
    pair: dict[int, int] = {}
    taken: set[int] = set()
    for kunci in (
        lambda c: (c.desa, normal(c.kegiatan), normal(c.lokasi), c.baris),
        lambda c: (c.desa, normal(c.kegiatan), normal(c.lokasi)),
        lambda c: (c.desa, normal(c.kegiatan), c.baris),
    ):
        available = defaultdict(list)
        for i, c in enumerate(old):
            if i not in taken:
                available[kunci(c)].append(i)
        for j, c in enumerate(new):
            if j not in pair and available[kunci(c)]:
                pair[j] = available[kunci(c)].pop(0)
                taken.add(pair[j])
    calon = sorted(
        (-fuzz.ratio(normal(old[i].kegiatan), normal(c.kegiatan)), abs((old[i].baris or 0) - (c.baris or 0)), i, j)
        for j, c in enumerate(new)
        if j not in pair and c.kegiatan
        for i in range(len(old))
        if i not in taken and old[i].desa == c.desa
    )
    for nilai, _, i, j in calon:
        if -nilai >= SAMA and j not in pair and i not in taken:
            pair[j] = i
            taken.add(i)
    lost: list[tuple[int | None, int | None]] = [(i, None) for i in range(len(old)) if i not in taken]
    return [(pair.get(j), j) for j in range(len(new))] + lost
