"""Where a person stands in the guide: one query over the record, whatever the number of steps."""

from collections.abc import Mapping
from dataclasses import dataclass

from alur.guide.facts import Person
from alur.guide.outside import BAPPEDA, DESA
from alur.guide.step import Step
from alur.guide.team import CAMAT, PEMANDU, SEKCAM
from musrenbang.akses import Akses, list_musrenbang_for
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna
from musrenbang.states import URUTAN, Peran, Tahap

GUIDE: Mapping[str, tuple[Step, ...]] = {
    Peran.SEKCAM: SEKCAM,
    Peran.PEMANDU: PEMANDU,
    Peran.DESA: DESA,
    Peran.CAMAT: CAMAT,
    Peran.BAPPEDA: BAPPEDA,
}
"""The steps of each role that has a guide; who has several roles gets the first of them."""


@dataclass(frozen=True)
class Standing:
    """One step as a person sees it now. ``state``: sudah, kini (the next one to do), nanti, or lewat (too late).

    ``waits``: the stage in which it is done has not begun.
    """

    number: int
    step: Step
    url: str
    state: str
    waits: bool

    @property
    def begin(self) -> str:
        """The stage from which the step can be done, in words."""
        return str(Tahap(self.step.begin).label)


@dataclass(frozen=True)
class Guide:
    """The guide of one role in one event."""

    role: str
    musrenbang: Musrenbang
    steps: list[Standing]

    @property
    def done(self) -> int:
        """How many steps were done."""
        return sum(s.state == "sudah" for s in self.steps)

    @property
    def current(self) -> Standing | None:
        """The step that stands first now; None while all that can be done was done."""
        return next((s for s in self.steps if s.state == "kini"), None)

    @property
    def upcoming(self) -> Standing | None:
        """The first step that a later stage opens."""
        return next((s for s in self.steps if s.state == "nanti"), None)


def newest_event(user: Pengguna) -> Musrenbang | None:
    """Return the event whose guide is shown on a page of no event: the newest that the person has a role in."""
    memberships = list(Keanggotaan.objects.filter(pengguna=user).select_related("desa", "skpd"))
    return list_musrenbang_for(user, memberships).order_by("-tahun_pelaksanaan", "pk").first()


def read_guide(*, musrenbang: Musrenbang, akses: Akses, user: Pengguna) -> Guide | None:
    """Return the guide of this person in this event (one query); None for a role without one."""
    role = next((r for r in GUIDE if r in akses.peran), None)
    if role is None:
        return None
    steps, person = GUIDE[role], Person(name=user.nama, desa=akses.desa)
    facts = {f"langkah_{n}": step.done(person) for n, step in enumerate(steps)}
    answers = Musrenbang.objects.filter(pk=musrenbang.pk).annotate(**facts).values_list(*facts).get()
    return Guide(str(Peran(role).label), musrenbang, _standings(musrenbang, steps, answers))


def _standings(musrenbang: Musrenbang, steps: tuple[Step, ...], answers: tuple[bool, ...]) -> list[Standing]:
    place = URUTAN.index(Tahap(musrenbang.tahap))
    result, found = [], False
    for number, (step, done) in enumerate(zip(steps, answers, strict=True), 1):
        open_now = URUTAN.index(step.begin) <= place <= URUTAN.index(step.end)
        state = "sudah" if done else "lewat" if place > URUTAN.index(step.end) else "nanti"
        if not done and open_now and not found:
            state, found = "kini", True
        result.append(Standing(number, step, step.page(musrenbang), state, place < URUTAN.index(step.begin)))
    return result
