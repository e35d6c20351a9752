"""Reads about agenda, speakers and minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from musrenbang.infra.digest import page_digest
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Agenda, Notulen, Pembicara
from musrenbang.sidang.queries.kehadiran import sidang_of
from musrenbang.states import is_past


def order_digest(urutan: list[int]) -> str:
    """Return a short digest of an order of items, carried by the page to tell a stale one."""
    return page_digest(",".join(map(str, urutan)))


@dataclass(frozen=True)
class Item:
    """An item with its planned hours and how it ran. ``telat``: minutes over its plan, also while it runs.

    ``menunggu``: the stage, in words, that has to begin before it may.
    """

    agenda: Agenda
    mulai: datetime | None
    selesai: datetime | None
    telat: int
    menunggu: str = ""

    @property
    def berjalan(self) -> bool:
        """It runs now."""
        return self.agenda.mulai_pada is not None and self.agenda.selesai_pada is None

    @property
    def tenggat(self) -> datetime | None:
        """When a running item should end."""
        start = self.agenda.mulai_pada
        return start + timedelta(minutes=self.agenda.menit) if start else None

    @property
    def tenggat_ms(self) -> int:
        """The same in milliseconds, for a countdown in the browser."""
        return int(self.tenggat.timestamp() * 1000) if self.tenggat else 0


@dataclass(frozen=True)
class Arrangement:
    """The agenda of an event with its planned hours."""

    butir: list[Item]

    @property
    def kini(self) -> Item | None:
        """The item that runs."""
        return next((b for b in self.butir if b.berjalan), None)

    @property
    def berikut(self) -> Item | None:
        """The first item that has not run, after the one that runs or, while none does, after the one begun last."""
        pending = [b for b in self.butir if b.agenda.mulai_pada is None]
        begun = [(b.agenda.mulai_pada, b.agenda.urut) for b in self.butir if b.agenda.mulai_pada]
        past = self.kini.agenda.urut if self.kini else (max(begun)[1] if begun else 0)
        return next((b for b in pending if b.agenda.urut > past), pending[0] if pending and not self.kini else None)

    @property
    def ahead(self) -> list[Item]:
        """What the hall is shown: the item that runs, or the next one, and those after it that have not ended.

        An item that was passed over is left out: when a stage begins, the agenda goes on from that stage.
        """
        start = self.kini or self.berikut
        since = start.agenda.urut if start else 0
        return [b for b in self.butir if start and b.agenda.urut >= since and b.agenda.selesai_pada is None]

    @property
    def menit(self) -> int:
        """Planned minutes of the whole day."""
        return sum(b.agenda.menit for b in self.butir)

    @property
    def sidik(self) -> str:
        """Digest of the order."""
        return order_digest([b.agenda.pk for b in self.butir])


def list_agenda(musrenbang: Musrenbang, moment: datetime | None = None) -> Arrangement:
    """Return the agenda with planned hours from the opening hour on, in the zone of the kabupaten (two queries)."""
    moment = moment or timezone.now()
    zona = musrenbang.kecamatan.kabupaten.tz
    hour = sidang_of(musrenbang).agenda_mulai or musrenbang.jam_mulai
    start = datetime.combine(musrenbang.tanggal or timezone.localdate(), hour, zona) if hour else None
    results = []
    for a in Agenda.objects.filter(musrenbang=musrenbang):
        finished = start + timedelta(minutes=a.menit) if start else None
        results.append(Item(a, start, finished, _minutes_over(a, moment), later_stage(a, musrenbang.tahap)))
        start = finished
    return Arrangement(results)


def later_stage(agenda: Agenda, tahap: str) -> str:
    """Return the stage of an item in words while the event stands before it, else ""."""
    return agenda.get_tahap_display() if agenda.tahap and is_past(agenda.tahap, tahap) else ""


def _minutes_over(agenda: Agenda, moment: datetime) -> int:
    if agenda.mulai_pada is None:
        return 0
    old = (agenda.selesai_pada or moment) - agenda.mulai_pada
    return max(0, int(old.total_seconds() // 60) - agenda.menit)


def list_speakers(agenda: Agenda) -> QuerySet[Pembicara]:
    """Return the speakers of an item in the order they asked."""
    return Pembicara.objects.filter(agenda=agenda).select_related("kehadiran")


@dataclass(frozen=True)
class Speakers:
    """Who speaks on the item that runs, until when (milliseconds), and who waits, in their order."""

    kini: Pembicara | None
    sampai_ms: int
    antre: list[Pembicara]


def now_speaking(arrangement: Arrangement) -> Speakers:
    """Return who speaks now and who waits (one query; none while no item runs)."""
    rows = list(list_speakers(arrangement.kini.agenda)) if arrangement.kini else []
    speaks = next((p for p in rows if p.mulai_pada and not p.selesai_pada), None)
    until = speaks.mulai_pada + timedelta(minutes=speaks.menit) if speaks and speaks.mulai_pada else None
    return Speakers(speaks, int(until.timestamp() * 1000) if until else 0, [p for p in rows if p.mulai_pada is None])


def list_notulen(musrenbang: Musrenbang) -> QuerySet[Agenda]:
    """Return the agenda with the notes of each item (two queries)."""
    catatan = Notulen.objects.select_related("kehadiran__desa")
    return Agenda.objects.filter(musrenbang=musrenbang).prefetch_related(Prefetch("notulen", catatan))
