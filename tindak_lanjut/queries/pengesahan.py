"""What the Camat reads before approving."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from musrenbang.models import Musrenbang
from rkp.models import SEPAKAT, BarisRkp, JenisVersi, Keputusan, Rkp, RkpVersi, StatusVersi
from rkp.queries import BarisJejak, state_key, trace_states
from tindak_lanjut.models import Catatan


@dataclass(frozen=True)
class Keadaan:
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


def stages_of(rkp: Rkp) -> list[Keadaan]:
    """Return the plan in every version that holds, in the order of the day, and as it stands now (two queries)."""
    versi = RkpVersi.objects.filter(rkp=rkp, status=StatusVersi.BERLAKU).annotate(**_counts("baris__"))
    urut = {jenis: i for i, jenis in enumerate(JenisVersi.values)}
    kini = BarisRkp.objects.filter(rkp=rkp).aggregate(**_counts())
    return [
        *(
            Keadaan(v.get_jenis_display(), state_key(v), **{k: getattr(v, f"n_{k}") for k in KOLOM})
            for v in sorted(versi, key=lambda v: urut[v.jenis])
        ),
        Keadaan("Keadaan sekarang", "kerja", **{k: kini[f"n_{k}"] for k in KOLOM}),
    ]


@dataclass(frozen=True)
class Perjalanan:
    """How the works changed between the states of the day: the names of the steps, and the works with a change."""

    langkah: list[str]
    baris: list[BarisJejak]

    def changed_in(self, i: int) -> list[BarisJejak]:
        """Return the works that changed in step ``i``, counted from 0."""
        return [b for b in self.baris if b.langkah[i]]


DILALUI = {JenisVersi.DRAF: "Draf", JenisVersi.KELOMPOK: "Kelompok", JenisVersi.DITETAPKAN: "Pleno"}


def changes_of(rkp: Rkp) -> Perjalanan:
    """Follow the works from the draft over the groups and the plenary to what is there now (at most seven queries)."""
    berlaku = {v.jenis: v for v in RkpVersi.objects.filter(rkp=rkp, status=StatusVersi.BERLAKU)}
    ada = [(nama, state_key(berlaku[jenis])) for jenis, nama in DILALUI.items() if jenis in berlaku]
    nama = [*(n for n, _ in ada), "Sekarang"]
    return Perjalanan(
        [f"{a} → {b.lower()}" for a, b in pairwise(nama)], trace_states(rkp, [*(k for _, k in ada), "kerja"])
    )


KOLOM = ("kegiatan", "sepakat", "rp", "cadangan", "belum")


def _counts(awalan: str = "") -> dict[str, Any]:
    sepakat = Q(**{f"{awalan}keputusan__in": SEPAKAT})
    return {
        "n_kegiatan": Count(f"{awalan}pk", filter=~Q(**{f"{awalan}keputusan": Keputusan.DIGABUNG})),
        "n_sepakat": Count(f"{awalan}pk", filter=sepakat),
        "n_rp": Sum(f"{awalan}biaya", filter=sepakat, default=0),
        "n_cadangan": Count(f"{awalan}pk", filter=Q(**{f"{awalan}keputusan": Keputusan.CADANGAN})),
        "n_belum": Count(f"{awalan}pk", filter=Q(**{f"{awalan}keputusan": Keputusan.BELUM_DISEPAKATI})),
    }


def list_notes(musrenbang: Musrenbang) -> QuerySet[Catatan]:
    """Return every note with who wrote and who answered, the oldest first."""
    return Catatan.objects.filter(musrenbang=musrenbang).select_related("baris", "oleh", "dijawab_oleh")


def open_notes(musrenbang: Musrenbang) -> QuerySet[Catatan]:
    """Return the notes that nobody answered yet."""
    return Catatan.objects.filter(musrenbang=musrenbang, jawaban="")
