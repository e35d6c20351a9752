"""Which SKPD a work belongs to, by tupoksi keywords. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kunci:
    """A tupoksi keyword, the SKPD it points to and the programme such work falls under."""

    kata: str
    skpd: int
    program: str = ""


def suggest(teks: str, kunci: Iterable[Kunci]) -> Kunci | None:
    """Return the longest keyword that stands in the text as whole words, or None.

    The longest wins: "jalan usaha tani" (Pertanian) over "jalan" (PU), "drainase permukiman" over "drainase"
    (musrenbang.md section 5).
    """
    kata = f" {' '.join(re.findall(r'[a-z0-9]+', teks.lower()))} "
    cocok = [k for k in kunci if f" {' '.join(re.findall(r'[a-z0-9]+', k.kata.lower()))} " in kata]
    return max(cocok, key=lambda k: (len(k.kata), k.kata), default=None)
