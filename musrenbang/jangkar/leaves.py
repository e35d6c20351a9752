"""Which leaves the record of an event has, and in which order. Pure.

A leaf is a row of the trail, by its hash, or a *fact*: one thing that the meeting fixed (an agreed row, a rank, a
delegate, a person present), as one line of JSON. Facts stand in the trail row that fixes them (``BAKU``) and come
before it. The order is that of the chain, from the first row to the one that the event names as its last; a branch
that ends (of a copy that was given up) is no part of it. Order by keys would not do: a hall has keys of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from musrenbang.jangkar.tree import leaf_hash

BAKU, TITIK, SAKSI = "jangkar.dibakukan", "jangkar.titik", "jangkar.saksi"
"""The trail rows that fix facts, that hold a signed checkpoint, and that hold the signature of a witness."""
PRIBADI = frozenset({"hadir", "delegat"})
"""Kinds of facts about people: others see their hash alone, which a random part in them keeps from being guessed."""


@dataclass(frozen=True)
class Link:
    """A row of the trail as the tree needs it."""

    pk: int
    sebelum: str
    sidik: str


def in_order(jejak: Iterable[Link], head: str) -> list[Link]:
    """Return the rows from the first to ``head``, each after the one that it names; a gap ends the way back."""
    according = {j.sidik: j for j in jejak}
    results: list[Link] = []
    current = according.pop(head, None)
    while current:
        results.append(current)
        current = according.pop(current.sebelum, None)
    return results[::-1]


def fact_text(fact: Mapping[str, Any]) -> str:
    """Return a fact as the one line that is hashed."""
    return json.dumps(fact, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fact_leaf(text: str) -> bytes:
    """Return the leaf hash of a fact."""
    return leaf_hash(f"fakta\n{text}".encode())


def row_leaf(sidik: str) -> bytes:
    """Return the leaf hash of a row of the trail."""
    return leaf_hash(f"jejak\n{sidik}".encode())


def is_private(text: str) -> bool:
    """Whether a fact is about a person."""
    return json.loads(text).get("j") in PRIBADI


def leaves(urut: Iterable[Link], fact: Mapping[int, list[str]]) -> list[bytes]:
    """Return the leaf hashes of rows in order; ``fact``: what each row that fixes something holds, by its key."""
    results: list[bytes] = []
    for j in urut:
        results += [fact_leaf(f) for f in fact.get(j.pk, ())]
        results.append(row_leaf(j.sidik))
    return results


def zip_fact(berkas: Mapping[str, str], jejak: Sequence[Any], dokumen: Sequence[Any]) -> dict[str, str]:
    """Return the fact that a ZIP of an event rests on: its files, and what it opens of the record before this fact.

    Without it a file beside the record could be exchanged, and what is open could be closed, without a trace.
    """
    return {"j": "zip"} | {
        nama: hashlib.sha256(fact_text({"isi": content}).encode()).hexdigest()
        for nama, content in (("berkas", dict(berkas)), ("jejak", list(jejak)), ("dokumen", list(dokumen)))
    }
