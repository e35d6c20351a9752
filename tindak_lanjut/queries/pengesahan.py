"""What the Camat reads before approving."""

from dataclasses import dataclass
from itertools import pairwise

from django.db.models import QuerySet

from musrenbang.models import Musrenbang
from rkp.models import BarisRkp, BarisVersi, Rkp, RkpVersi, StatusVersi, VersiKind
from rkp.queries.compare import BarisJejak, state_key, trace_states
from rkp.queries.sums import PlanTotal, sum_by, sum_plan
from tindak_lanjut.models import Catatan


@dataclass(frozen=True)
class State:
    """The plan in one state: number of works, agreed ones with their rupiah, held in reserve, not agreed.

    ``kunci`` names the state in the address of the comparison. In the draft as presented nothing was decided yet.
    """

    nama: str
    kunci: str
    kegiatan: int
    sepakat: int
    rp: int
    cadangan: int
    belum: int


def stages_of(rkp: Rkp) -> list[State]:
    """Return the plan in every version that holds, in the order of the day, and as it stands now (three queries)."""
    versi = RkpVersi.objects.filter(rkp=rkp, status=StatusVersi.BERLAKU)
    per = sum_by(BarisVersi.objects.filter(rkp_versi__in=versi), "rkp_versi")
    places = {jenis: i for i, jenis in enumerate(VersiKind.values)}
    return [
        *(
            _state(v.get_jenis_display(), state_key(v), per.get(v.pk, PlanTotal()))
            for v in sorted(versi, key=lambda v: places[v.jenis])
        ),
        _state("Keadaan sekarang", "kerja", sum_plan(BarisRkp.objects.filter(rkp=rkp))),
    ]


def _state(nama: str, kunci: str, j: PlanTotal) -> State:
    return State(nama, kunci, j.semua.n, j.sepakat.n, j.sepakat.rp, j.cadangan.n, j.belum.n)


@dataclass(frozen=True)
class Perjalanan:
    """How the works changed between the states of the day: the names of the steps, and the works with a change."""

    langkah: list[str]
    baris: list[BarisJejak]

    def changed_in(self, i: int) -> list[BarisJejak]:
        """Return the works that changed in step ``i``, counted from 0."""
        return [b for b in self.baris if b.langkah[i]]


DILALUI = {VersiKind.DRAF: "Draf", VersiKind.KELOMPOK: "Kelompok", VersiKind.DITETAPKAN: "Pleno"}


def changes_of(rkp: Rkp) -> Perjalanan:
    """Follow the works from the draft over the groups and the plenary to what is there now (at most seven queries)."""
    berlaku = {v.jenis: v for v in RkpVersi.objects.filter(rkp=rkp, status=StatusVersi.BERLAKU)}
    existing = [(nama, state_key(berlaku[jenis])) for jenis, nama in DILALUI.items() if jenis in berlaku]
    nama = [*(n for n, _ in existing), "Sekarang"]
    return Perjalanan(
        [f"{a} sampai {b.lower()}" for a, b in pairwise(nama)], trace_states(rkp, [*(k for _, k in existing), "kerja"])
    )


def list_notes(musrenbang: Musrenbang) -> QuerySet[Catatan]:
    """Return every note with who wrote and who answered, the oldest first."""
    return Catatan.objects.filter(musrenbang=musrenbang).select_related("baris", "oleh", "dijawab_oleh")


def open_notes(musrenbang: Musrenbang) -> QuerySet[Catatan]:
    """Return the notes that nobody answered yet."""
    return Catatan.objects.filter(musrenbang=musrenbang, jawaban="")
