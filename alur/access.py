"""What of WCAG 2.2 is met: ``fixtures/aksesibilitas.toml`` is the one table, the page and the document read it."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

WORDS = {"L": "lulus", "G": "belum lulus", "T": "tidak berlaku", "B": "belum diperiksa"}
"""What the letters of a result mean."""
CRITERIA = 55
"""Criteria of level A and AA in WCAG 2.2 (4.1.1 is no longer one)."""


@dataclass(frozen=True)
class Criterion:
    """One criterion: its result for each kind of page and paper, and by what it is known."""

    number: str
    name: str
    level: str
    results: tuple[str, ...]
    evidence: tuple[str, ...]
    remark: str
    kinds: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The kinds of page and paper for which it is not met or was not looked at."""
        return ", ".join(k for k, letter in zip(self.kinds, self.results, strict=True) if letter in "GB")

    @property
    def result(self) -> str:
        """The worst of its results, in words: a kind that fails, or was not looked at, is not hidden by others."""
        found = [letter for letter in self.results if letter != "T"]
        letter = next((x for x in "GBL" if x in found), "T")
        return WORDS[letter]

    @property
    def results_in_words(self) -> list[str]:
        """The result for each kind, in words."""
        return [WORDS[letter] for letter in self.results]


@dataclass(frozen=True)
class Statement:
    """The whole table, and when it was looked through."""

    day: date
    kinds: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    unchecked: tuple[str, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many criteria have which result, in the order of the letters."""
        found = Counter(c.result for c in self.criteria)
        return [(word, found[word]) for word in WORDS.values()]

    def of(self, result: str) -> list[Criterion]:
        """The criteria with a result, in words."""
        return [c for c in self.criteria if c.result == result]

    @property
    def failed(self) -> list[Criterion]:
        """What is not met."""
        return self.of(WORDS["G"])

    @property
    def unknown(self) -> list[Criterion]:
        """What was not looked at for some kind."""
        return self.of(WORDS["B"])


@cache
def statement() -> Statement:
    """Read the table. Raises ValueError for a letter, a kind or a piece of evidence that it does not explain."""
    raw = tomllib.loads((settings.BASE_DIR / "fixtures/aksesibilitas.toml").read_text())
    kinds = tuple(raw["jenis"])
    criteria = []
    for row in raw["kriteria"]:
        results = tuple(row["hasil"])
        if len(results) != len(kinds) or not set(results) <= set(WORDS):
            raise ValueError(f"{row['nomor']}: one of {', '.join(WORDS)} for each of {len(kinds)} kinds")
        if unknown := set(row["bukti"]) - set(raw["bukti"]):
            raise ValueError(f"{row['nomor']}: {unknown} is not explained")
        evidence = tuple(raw["bukti"][name] for name in row["bukti"])
        criteria.append(
            Criterion(row["nomor"], row["nama"], row["tingkat"], results, evidence, row.get("catatan", ""), kinds)
        )
    return Statement(raw["tanggal"], kinds, tuple(criteria), tuple(raw["belum"]))
