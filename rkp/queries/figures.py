"""The figures of one group, added up alike for its page, for the answer to a changed cell, for checklist and paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rkp.models import SEPAKAT, BarisRkp, Kelompok, Keputusan, PeranKelompok

MASUK = (*SEPAKAT, Keputusan.CADANGAN)
"""Outcomes of rows that stay in: they are ranked, and scored where a ranking uses the groups' scores."""


@dataclass(frozen=True)
class Proposed:
    """What a group says of one row: outcome ("" while undecided), cost and draft's cost in rupiah, fully scored."""

    usul: str
    biaya: int | None
    draf: int | None
    scored: bool


@dataclass(frozen=True)
class GroupFigures:
    """Sums of a group in rupiah; ``unscored`` and ``unpriced`` rows keep it from signing.

    ``undecided_unpriced``: rows without a proposal and without a cost, which are not agreed with all the others.
    """

    n: int = 0
    decided: int = 0
    draf_rp: int = 0
    sepakat_rp: int = 0
    cadangan_rp: int = 0
    unscored: int = 0
    unpriced: int = 0
    undecided_unpriced: int = 0

    @property
    def undecided(self) -> int:
        """How many rows have no proposal yet."""
        return self.n - self.decided

    @property
    def undecided_priced(self) -> int:
        """How many of them can be agreed at once."""
        return self.undecided - self.undecided_unpriced


def tally_group(rows: Iterable[Proposed], *, scoring: bool) -> GroupFigures:
    """Add up the rows of a group; ``scoring`` tells whether rows that stay in want scores at all."""
    contents = list(rows)
    return GroupFigures(
        n=len(contents),
        decided=sum(bool(r.usul) for r in contents),
        draf_rp=sum(r.draf or 0 for r in contents),
        sepakat_rp=sum(r.biaya or 0 for r in contents if r.usul in SEPAKAT),
        cadangan_rp=sum(r.biaya or 0 for r in contents if r.usul == Keputusan.CADANGAN),
        unscored=sum(r.usul in MASUK and not r.scored for r in contents) if scoring else 0,
        unpriced=sum(r.usul in SEPAKAT and r.biaya is None for r in contents),
        undecided_unpriced=sum(not r.usul and r.biaya is None for r in contents),
    )


def group_figures(kelompok: Kelompok, kriteria: list[dict[str, Any]], *, scoring: bool) -> GroupFigures:
    """Read the figures of a group without its rows (one query)."""
    kode = {k["kode"] for k in kriteria}
    baris = BarisRkp.objects.filter(rkp__musrenbang=kelompok.musrenbang_id, bidang=kelompok.bidang_id)
    read = baris.exclude(keputusan=Keputusan.DIGABUNG).values_list(
        "usulan_kelompok__usul", "usulan_kelompok__biaya", "biaya", "semula", "usulan_kelompok__nilai"
    )
    return tally_group((_proposed(kode, *row) for row in read.order_by()), scoring=scoring)


def _proposed(
    kode: set[str], usul: str | None, proposed_biaya: int | None, biaya: int | None, semula: Any, nilai: Any
) -> Proposed:
    draft = int(semula["biaya"]) if semula["biaya"] else None
    return Proposed(usul or "", proposed_biaya if usul else biaya, draft, kode <= set(nilai or {}))


def missing_words(figures: GroupFigures, *, ketua: bool, notulis: bool) -> list[str]:
    """Say what is missing before chair and notulis can sign."""
    check = [
        (not ketua, "Ketua kelompok belum dipilih."),
        (not notulis, "Notulis kelompok belum dipilih."),
        (figures.undecided, f"{figures.undecided} kegiatan belum dibahas."),
        (figures.unscored, f"{figures.unscored} kegiatan belum dinilai pada semua kriteria."),
        (figures.unpriced, f"{figures.unpriced} kegiatan disepakati tanpa biaya."),
    ]
    return [words for missing, words in check if missing]


def group_missing(kelompok: Kelompok, figures: GroupFigures) -> list[str]:
    """Say the same of a group whose rows are not at hand (one query)."""
    peran = set(kelompok.anggota.values_list("peran", flat=True))
    return missing_words(figures, ketua=PeranKelompok.KETUA in peran, notulis=PeranKelompok.NOTULIS in peran)
