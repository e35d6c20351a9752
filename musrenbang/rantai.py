"""The chain of an audit trail: each row carries the hash of itself and of the row before it.

Whoever changes a row breaks its own hash; whoever takes one out leaves the next without the one it names; whoever cuts
the end off leaves the event naming a row that is gone. Pure: rows come as plain values.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

from musrenbang.infra.digest import sha256_of

ISI = ("musrenbang_id", "pelaku_id", "aksi", "objek", "objek_id", "dari", "ke", "alasan")
"""What a row of an event's trail holds besides its time, its details and its place in the chain."""
ISI_ACUAN = ("kabupaten_id", "pelaku_id", "aksi", "objek", "alasan")
"""The same of the trail of reference data."""


class Baris(Protocol):
    """What a row must have."""

    pk: Any
    waktu: datetime
    rincian: Any
    sebelum: str
    sidik: str


def content(baris: Any, sebelum: str, kolom: Iterable[str] = ISI) -> dict[str, Any]:
    """Return everything that the hash of a row covers, as JSON-safe data."""
    contents = {k: getattr(baris, k) for k in kolom}
    return contents | {"sebelum": sebelum, "waktu": baris.waktu.astimezone(UTC).isoformat(), "rincian": baris.rincian}


def content_hash(content: dict[str, Any]) -> str:
    """Return the hash of what ``content`` tells."""
    text = json.dumps(json.loads(json.dumps(content)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256_of(text)


def link(baris: Any, sebelum: str, kolom: Iterable[str] = ISI) -> str:
    """Return the hash of a row that follows the one with the hash ``sebelum`` (blank: the first)."""
    return content_hash(content(baris, sebelum, kolom))


def broken_links(jejak: Iterable[Baris], head: str, kolom: Iterable[str] = ISI) -> Iterator[str]:
    """Yield a sentence for every row that was changed and for every one that is missing.

    ``head``: the hash that the event names as its last. A trail may fork where two copies of an event went on; it may
    not have a gap.
    """
    existing, referenced = set(), {head: "Musrenbang ini menyebut"} if head else {}
    for b in jejak:
        existing.add(b.sidik)
        if b.sidik != link(b, b.sebelum, kolom):
            yield f"Jejak {b.pk}: isinya berubah sejak ditulis."
        if b.sebelum:
            referenced.setdefault(b.sebelum, f"Jejak {b.pk} menyebut")
    yield from (
        f"{who} baris jejak yang tidak ada lagi." for digest, who in referenced.items() if digest not in existing
    )
