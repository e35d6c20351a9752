"""How offices share works where each kabupaten does it its own way, and which offices lists leave out. Pure.

The words stand in ``fixtures/pembagian_tugas.json``. What is shared is asked before and then follows the decisions of
the kabupaten itself: neither the law nor another kabupaten can tell.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

CUKUP_PUTUSAN = 2
"""How many decisions about a kind of shared work, all alike, are enough to follow them."""
CUKUP_BERAGAM = 20
"""How many are needed where one kabupaten gives works of the kind to several offices ("TPT", "gedung kantor")."""
NAMA_SAMA = 88
"""Of 100: names at least this alike are one office ("Setda" is matched by its short name)."""


@dataclass(frozen=True)
class SharedBetween:
    """A kind of work that several offices may do, told by programme code or by word.

    ``polos``: words that mean it only when a title says nothing else ("Pembangunan TPT": of a road, of a school?).
    ``beragam``: one kabupaten gives such works to several offices, so that a few answers settle nothing.
    """

    jenis: str
    program: frozenset[str]
    kata: frozenset[str]
    polos: frozenset[str] = frozenset()
    beragam: bool = False


@dataclass(frozen=True, eq=False)
class Division:
    """All that is known about shared works, offices that lists leave out, and words that name no work.

    ``frasa``: the sayings of several words, by their first.
    """

    berbagi: tuple[SharedBetween, ...]
    kantor_lain: tuple[tuple[str, str, tuple[str, ...]], ...]
    cara_bayar: frozenset[str]
    penerima: frozenset[str]
    frasa: dict[str, list[tuple[tuple[str, ...], str]]]

    def kind(self, words: str, program: str, *, plain: bool) -> str:
        """Return the kind of shared work that a keyword means, or ""; ``polos``: the title says nothing else."""
        return next(
            (
                b.jenis
                for b in self.berbagi
                if words in b.kata or (program and program in b.program) or (plain and words in b.polos)
            ),
            "",
        )

    def enough(self, jenis: str) -> int:
        """Return how many decisions about a kind of shared work are enough to follow them."""
        mixed = any(b.beragam for b in self.berbagi if b.jenis == jenis)
        return CUKUP_BERAGAM if mixed else CUKUP_PUTUSAN

    def kind_of_phrase(self, words: list[str], end: int) -> str:
        """Return the kind that several words mean whatever the keywords are ("jembatan bentang"), or "".

        They must begin before ``end``, where the deciding keyword ends: "road to the market" is a road and no market.
        """
        for i in range(min(end, len(words))):
            for pattern, jenis in self.frasa.get(words[i], ()):
                if tuple(words[i : i + len(pattern)]) == pattern:
                    return jenis
        return ""


@cache
def load() -> Division:
    """Read the table."""
    content = json.loads((Path(__file__).parents[1] / "fixtures/pembagian_tugas.json").read_text(encoding="utf-8"))
    phrase = defaultdict(list)
    for b in content["berbagi"]:
        for pattern in (tuple(k.split()) for k in b["kata"] if " " in k):
            phrase[pattern[0]].append((pattern, b["jenis"]))
    return Division(
        berbagi=tuple(
            SharedBetween(
                b["jenis"],
                frozenset(b["program"]),
                frozenset(b["kata"]),
                frozenset(b.get("polos", ())),
                b.get("beragam", False),
            )
            for b in content["berbagi"]
        ),
        kantor_lain=tuple((k["kantor"], k["singkatan"], tuple(k["kata"])) for k in content["kantor_lain"]),
        cara_bayar=frozenset(content["cara_bayar"]),
        penerima=frozenset(content["penerima"]),
        frasa=dict(phrase),
    )


def missing_offices(nama: Iterable[str]) -> list[tuple[str, str]]:
    """Return (word, office) of the offices that a list of SKPD, given by names and short names, does not have."""
    existing = [n.lower() for n in nama if n]
    return [
        (words, office)
        for office, singkatan, everything in load().kantor_lain
        if not any(_same_office(office, singkatan, n) for n in existing)
        for words in everything
    ]


def _same_office(office: str, singkatan: str, nama: str) -> bool:
    return nama == singkatan.lower() or (len(nama) > 5 and fuzz.partial_ratio(office.lower(), nama) >= NAMA_SAMA)


class Putusan:
    """What a kabupaten decided about shared works: kind -> SKPD -> how often."""

    def __init__(self, putusan: Iterable[tuple[str, int]] = ()) -> None:
        self._per: dict[str, Counter[int]] = defaultdict(Counter)
        for jenis, skpd in putusan:
            self._per[jenis][skpd] += 1

    def shares(self, jenis: str, bukan: frozenset[int]) -> tuple[dict[int, float], int]:
        """Return {SKPD: share} and the number of decisions; half a decision is kept back for what was never seen."""
        own = {s: n for s, n in self._per.get(jenis, {}).items() if s not in bukan}
        count = sum(own.values())
        return {s: n / (count + 0.5) for s, n in own.items()}, count
