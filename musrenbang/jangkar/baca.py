"""An event's tree, read from the database (two queries, however many rows)."""

from dataclasses import dataclass
from functools import cached_property

from musrenbang.jangkar.daun import BAKU, TITIK, Tautan, in_order, leaves
from musrenbang.jangkar.nota import PELADEN, Kunci, NotaSalah, Titik, read_key, read_note
from musrenbang.jangkar.pohon import root
from musrenbang.models import JejakAudit, Musrenbang

ASAL = "musrenbang"
"""What the names of all events in checkpoints, and their folders, begin with."""


@dataclass(frozen=True)
class Catatan:
    """The rows of an event's trail in the order of its chain, and the facts that some of them fix."""

    urut: list[Tautan]
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
    kepala = Musrenbang.objects.values_list("sidik_jejak", flat=True).get(pk=musrenbang.pk)
    milik = JejakAudit.objects.filter(musrenbang=musrenbang.pk).order_by("pk")
    baris = [Tautan(*b) for b in milik.values_list("pk", "sebelum", "sidik")]
    baku = milik.filter(aksi=BAKU).values_list("pk", "rincian")
    return Catatan(in_order(baris, kepala), {pk: rincian.get("daun", []) for pk, rincian in baku})


def stored_notes(musrenbang: Musrenbang) -> list[Titik]:
    """Return the checkpoints in the trail, the largest first."""
    milik = JejakAudit.objects.filter(musrenbang=musrenbang.pk, aksi=TITIK)
    semua = [read_note(r["nota"]) for r in milik.values_list("rincian", flat=True)]
    return sorted(semua, key=lambda t: (t.ukuran, t.waktu), reverse=True)


def record_keys(musrenbang: Musrenbang) -> list[Kunci]:
    """Return the keys that the checkpoints in the trail name and that signed them: of this server, old ones, laptops.

    Who takes a day in the hall in confirms the laptop's checkpoints with it, so its key is one of the event.
    """
    hasil: dict[str, Kunci] = {}
    milik = JejakAudit.objects.filter(musrenbang=musrenbang.pk, aksi=TITIK)
    for r in milik.order_by("pk").values_list("rincian", flat=True):
        try:
            kunci = read_key(str(r.get("kunci", "")))
            if kunci.jenis == PELADEN and read_note(str(r.get("nota", ""))).signed_by([kunci]):
                hasil[kunci.teks] = kunci
        except NotaSalah:
            continue
    return list(hasil.values())
