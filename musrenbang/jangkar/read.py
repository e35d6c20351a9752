"""The trees of events and of the reference data, read from the database (two queries, however many rows)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from musrenbang.jangkar.leaves import BAKU, TITIK, Link, in_order, leaves
from musrenbang.jangkar.note import PELADEN, BadNote, Checkpoint, Kunci, read_key, read_note
from musrenbang.jangkar.tree import root
from musrenbang.models import JejakAcuan, JejakAudit, Kabupaten, Musrenbang

ASAL = "musrenbang"
"""What the names of all events in checkpoints, and their folders, begin with."""


@dataclass(frozen=True)
class Catatan:
    """The rows of an event's trail in the order of its chain, and the facts that some of them fix."""

    urut: list[Link]
    fakta: dict[int, list[str]]

    @cached_property
    def daun(self) -> list[bytes]:
        """The hashes of all leaves."""
        return leaves(self.urut, self.fakta)

    @property
    def ukuran(self) -> int:
        """How many leaves there are."""
        return len(self.daun)

    def root_at(self, ukuran: int) -> bytes | None:
        """Return the root over the first leaves, or None when there are not that many."""
        return root(self.daun[:ukuran]) if 0 <= ukuran <= self.ukuran else None

    @cached_property
    def akar(self) -> str:
        """The root over all leaves, as text."""
        return root(self.daun).hex()


def origin(musrenbang: Musrenbang) -> str:
    """Return the name of an event in its checkpoints, the same on the server and in the hall."""
    return f"{ASAL}/{musrenbang.kecamatan.kode}/{musrenbang.slug}"


def read_record(musrenbang: Musrenbang) -> Catatan:
    """Return the event's record as it stands now."""
    head = Musrenbang.objects.values_list("sidik_jejak", flat=True).get(pk=musrenbang.pk)
    own = JejakAudit.objects.filter(musrenbang=musrenbang.pk).order_by("pk")
    baris = [Link(*b) for b in own.values_list("pk", "sebelum", "sidik")]
    standard = own.filter(aksi=BAKU).values_list("pk", "rincian")
    return Catatan(in_order(baris, head), {pk: details.get("daun", []) for pk, details in standard})


def reference_origin(kabupaten: Kabupaten) -> str:
    """Return the name of a kabupaten's reference trail in its checkpoints; no event is called so."""
    return f"{ASAL}/{kabupaten.kode}/acuan"


def read_reference(kabupaten: Kabupaten) -> Catatan:
    """Return the trail of a kabupaten's reference data and people as it stands now: a leaf a row."""
    head = Kabupaten.objects.values_list("sidik_acuan", flat=True).get(pk=kabupaten.pk)
    own = JejakAcuan.objects.filter(kabupaten=kabupaten.pk).order_by("pk")
    return Catatan(in_order([Link(*b) for b in own.values_list("pk", "sebelum", "sidik")], head), {})


def stored_notes(musrenbang: Musrenbang) -> list[Checkpoint]:
    """Return the checkpoints in the trail, the largest first."""
    return _notes(JejakAudit.objects.filter(musrenbang=musrenbang.pk, aksi=TITIK))


def reference_notes(kabupaten: Kabupaten) -> list[Checkpoint]:
    """Return the checkpoints in the reference trail, the largest first."""
    return _notes(JejakAcuan.objects.filter(kabupaten=kabupaten.pk, aksi=TITIK))


def _notes(jejak: QuerySet[Any]) -> list[Checkpoint]:
    all_rows = [read_note(r["nota"]) for r in jejak.values_list("rincian", flat=True)]
    return sorted(all_rows, key=lambda t: (t.ukuran, t.waktu), reverse=True)


def record_keys(musrenbang: Musrenbang) -> list[Kunci]:
    """Return the keys that the checkpoints in the trail name and that signed them: of this server, old ones, laptops.

    Who takes a day in the hall in confirms the laptop's checkpoints with it, so its key is one of the event.
    """
    return named_keys(JejakAudit.objects.filter(musrenbang=musrenbang.pk, aksi=TITIK))


def named_keys(jejak: QuerySet[Any]) -> list[Kunci]:
    """Return the keys that rows with checkpoints name and that signed them."""
    everything = jejak.order_by("pk").values_list("rincian", flat=True)
    return list({k.teks: k for r in everything for k in named_keys_of(r)}.values())


def named_keys_of(rincian: dict[str, Any]) -> list[Kunci]:
    """Return the key that one such row names, if it signed the checkpoint."""
    try:
        kunci = read_key(str(rincian.get("kunci", "")))
        if kunci.jenis == PELADEN and read_note(str(rincian.get("nota", ""))).signed_by([kunci]):
            return [kunci]
    except BadNote:
        pass
    return []
