"""The chain of an audit trail: each row carries the hash of itself and of the row before it.

Whoever changes a row breaks its own hash; whoever takes one out leaves the next without the one it names; whoever cuts
the end off leaves the event naming a row that is gone. Pure: rows come as plain values.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

ISI = ("musrenbang_id", "pelaku_id", "aksi", "objek", "objek_id", "dari", "ke", "alasan")


class Baris(Protocol):
    """What a row must have."""

    pk: Any
    waktu: datetime
    rincian: Any
    sebelum: str
    sidik: str


def link(baris: Any, sebelum: str) -> str:
    """Return the hash of a row that follows the one with the hash ``sebelum`` (blank: the first)."""
    isi = {k: getattr(baris, k) for k in ISI}
    isi |= {"sebelum": sebelum, "waktu": baris.waktu.astimezone(UTC).isoformat(), "rincian": baris.rincian}
    teks = json.dumps(json.loads(json.dumps(isi)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(teks.encode()).hexdigest()


def broken_links(jejak: Iterable[Baris], kepala: str) -> Iterator[str]:
    """Yield a sentence for every row that was changed and for every one that is missing.

    ``kepala``: the hash that the event names as its last. A trail may fork where two copies of an event went on; it may
    not have a gap.
    """
    ada, dirujuk = set(), {kepala: "Acara ini menyebut"} if kepala else {}
    for b in jejak:
        ada.add(b.sidik)
        if b.sidik != link(b, b.sebelum):
            yield f"Jejak {b.pk}: isinya berubah sejak ditulis."
        if b.sebelum:
            dirujuk.setdefault(b.sebelum, f"Jejak {b.pk} menyebut")
    yield from (f"{siapa} baris jejak yang tidak ada lagi." for sidik, siapa in dirujuk.items() if sidik not in ada)
