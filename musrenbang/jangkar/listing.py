"""The checkpoints of an event with those who witnessed them, as people and files show them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.leaves import SAKSI
from musrenbang.jangkar.note import Checkpoint, Kunci, read_key, read_signature
from musrenbang.jangkar.read import read_record, record_keys, stored_notes
from musrenbang.models import JejakAudit, Musrenbang


@dataclass(frozen=True)
class Item:
    """A checkpoint and who witnessed it, in words."""

    titik: Checkpoint
    saksi: list[str]

    @property
    def waktu(self) -> datetime:
        """When it was signed."""
        return datetime.strptime(self.titik.waktu, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    @property
    def akar(self) -> str:
        """Its root as papers show it."""
        return grouped(self.titik.akar.hex())


@dataclass(frozen=True)
class Listing:
    """All checkpoints, the newest first; this server's key, and every key that signed one of them."""

    butir: list[Item]
    kunci: Kunci
    saksi: list[Kunci]
    lain: list[Kunci]
    """Other keys by which its checkpoints were signed: of a laptop in the hall, or one that was changed or lost."""

    @property
    def teks(self) -> str:
        """One text with every note, the oldest first."""
        return "\n".join(b.titik.teks for b in reversed(self.butir))


def anchor_of(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return what a paper that is issued now bears: size and root of the record before it, and the server's key."""
    catatan = read_record(musrenbang)
    return {
        "ukuran": catatan.ukuran,
        "akar": catatan.akar,
        "tampil": grouped(catatan.akar),
        "kunci": own_key().sidik,
    }


def grouped(hex_: str) -> str:
    """Return a hash in groups of four, for eyes that compare."""
    return " ".join(hex_[i : i + 4] for i in range(0, len(hex_), 4))


def list_checkpoints(musrenbang: Musrenbang) -> Listing:
    """Return the checkpoints in the trail with the signatures of their witnesses (three queries)."""
    witnessed = JejakAudit.objects.filter(musrenbang=musrenbang.pk, aksi=SAKSI).order_by("pk")
    according: dict[int, list[dict[str, str]]] = {}
    for r in witnessed.values_list("rincian", flat=True):
        according.setdefault(int(r["ukuran"]), []).append(r)
    items = [
        Item(
            replace(t, tanda=(*t.tanda, *(read_signature(r["tanda"]) for r in according.get(t.ukuran, [])))),
            [r["saksi"] for r in according.get(t.ukuran, [])],
        )
        for t in stored_notes(musrenbang)
    ]
    kunci = {r["kunci"]: read_key(r["kunci"]) for everything in according.values() for r in everything}
    others = [k for k in record_keys(musrenbang) if k != own_key()]
    return Listing(items, own_key(), list(kunci.values()), others)
