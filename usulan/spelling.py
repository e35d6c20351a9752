"""Slips of one letter in long words. Pure."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

PANJANG_EJAAN = 6
"""A word of at least this many letters may be off by one letter ("jembatn"); shorter ones would be taken for others."""


class Spelling:
    """Puts long words right that are one letter off from a single known word."""

    def __init__(self, recognise: Iterable[str]) -> None:
        self._kenal = set(recognise)
        self._panjang = [w for w in self._kenal if len(w) >= PANJANG_EJAAN]
        self._sudah: dict[str, str] = {}

    def correct(self, words: list[str]) -> list[str]:
        """Return the words, those that were mistyped as they were meant."""
        return [w if len(w) < PANJANG_EJAAN or w in self._kenal else self._meant(w) for w in words]

    def _meant(self, w: str) -> str:
        if w not in self._sudah:
            similar = process.extract(w, self._panjang, scorer=OSA.distance, score_cutoff=1, limit=2)
            self._sudah[w] = similar[0][0] if len(similar) == 1 else w
        return self._sudah[w]
