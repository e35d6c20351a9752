"""What waits behind the work that the home page offers, in numbers; and what a desa's own proposals have come to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from musrenbang.board import Halaman
from musrenbang.models import Musrenbang
from rkp.halaman import ISI_KELOMPOK, PIMPIN_PLENO, PUTUSKAN, SUSUN_DRAF
from rkp.models import BarisRkp, Keputusan
from rkp.queries.sums import PlanTotal, sum_by
from tindak_lanjut.halaman import PILAH
from tindak_lanjut.models import Pilahan, StatusPilahan
from usulan.halaman import IMPOR
from usulan.models import ImporUsulan, StatusImpor, Usulan
from usulan.ownership import concerns_codes

Counted = dict[int, int]
Key = tuple[str, str]


def _per_event(rows: QuerySet, way: str) -> Counted:
    return dict(rows.order_by().values_list(way).annotate(n=Count("pk")))


def _files(acara: list[int]) -> Counted:
    return _per_event(ImporUsulan.objects.filter(musrenbang__in=acara, status=StatusImpor.PRATINJAU), "musrenbang")


def _outside_draft(acara: list[int]) -> Counted:
    waiting = Usulan.objects.filter(musrenbang__in=acara, sumber_baris=None, induk=None).exclude(kegiatan="")
    return _per_event(waiting, "musrenbang")


def _undecided(acara: list[int]) -> Counted:
    rows = BarisRkp.objects.filter(rkp__musrenbang__in=acara, keputusan=Keputusan.BELUM_DIBAHAS)
    return _per_event(rows, "rkp__musrenbang")


def _not_proposed(acara: list[int]) -> Counted:
    rows = BarisRkp.objects.filter(rkp__musrenbang__in=acara, keputusan=Keputusan.BELUM_DIBAHAS)
    proposed = Q(usulan_kelompok__isnull=False) & ~Q(usulan_kelompok__usul="")
    return _per_event(rows.exclude(proposed), "rkp__musrenbang")


def _not_sorted(acara: list[int]) -> Counted:
    open_ones = (StatusPilahan.ANTRE, StatusPilahan.DISARANKAN)
    return _per_event(Pilahan.objects.filter(musrenbang__in=acara, status__in=open_ones), "musrenbang")


def key_of(page: Halaman) -> Key:
    """Return what tells one piece of work from another; its words may change with the place."""
    return page.nama, page.izin


@dataclass(frozen=True)
class Work:
    """How the things that wait behind a page are counted, and said (``{n}``).

    ``always``: offered with none waiting too.
    """

    count: Callable[[list[int]], Counted]
    words: str
    always: bool = False


WORK: Mapping[Key, Work] = {
    key_of(IMPOR): Work(_files, "{n} berkas siap diperiksa", always=True),
    key_of(SUSUN_DRAF): Work(_outside_draft, "{n} usulan belum masuk draf"),
    key_of(PUTUSKAN): Work(_undecided, "{n} kegiatan belum dibahas"),
    key_of(ISI_KELOMPOK): Work(_not_proposed, "{n} kegiatan belum dibahas kelompok"),
    key_of(PIMPIN_PLENO): Work(_undecided, "{n} kegiatan belum diputuskan"),
    key_of(PILAH): Work(_not_sorted, "{n} kegiatan belum dipilah"),
}


def count_work(wanted: Mapping[int, Iterable[Halaman]]) -> dict[Key, Counted]:
    """Return what waits behind each page by event; ``wanted``: the pages of each event (a query for each kind)."""
    of: dict[Key, list[int]] = {}
    for acara, pages in wanted.items():
        for key in map(key_of, pages):
            if key in WORK:
                of.setdefault(key, []).append(acara)
    return {key: WORK[key].count(acara) for key, acara in of.items()}


def work_words(page: Halaman, n: int) -> str | None:
    """Say what waits behind a page: "" where nothing is counted, None where it is done."""
    work = WORK.get(key_of(page))
    if work is None:
        return ""
    return work.words.format(n=n) if n else "" if work.always else None


@dataclass(frozen=True)
class OwnProposals:
    """What the proposals of a desa have come to in one event."""

    usulan: int
    plan: PlanTotal

    @property
    def kata(self) -> str:
        """What was decided, in numbers; before that, how many proposals stand."""
        parts = (
            (self.plan.sepakat.n, "disepakati"),
            (self.plan.cadangan.n, "cadangan"),
            (self.plan.belum.n, "belum disepakati"),
            (self.plan.terbuka.n, "belum dibahas"),
        )
        decided = self.plan.sepakat.n + self.plan.cadangan.n + self.plan.belum.n
        said = ", ".join(f"{n} {words}" for n, words in parts if n)
        return said if decided else f"{self.usulan} usulan tercatat" if self.usulan else ""


def own_proposals(acara: Iterable[Musrenbang], kode: Iterable[str]) -> dict[int, OwnProposals]:
    """Return by event what became of the proposals of these desa (codes); two queries, none without a desa."""
    codes, events = list(kode), [m.pk for m in acara]
    if not codes:
        return {}
    sent = _per_event(Usulan.objects.filter(concerns_codes(codes), musrenbang__in=events), "musrenbang")
    plans = sum_by(BarisRkp.objects.filter(concerns_codes(codes), rkp__musrenbang__in=events), "rkp__musrenbang")
    return {pk: OwnProposals(sent.get(pk, 0), plans.get(pk, PlanTotal({}))) for pk in events}
