"""Reads about the quorum at the moves that bind the meeting."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from musrenbang import format as tulis
from musrenbang.infra.digest import page_digest
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import CatatanKuorum
from musrenbang.sidang.queries.kehadiran import Kuorum, check_kuorum
from musrenbang.sidang.queries.sesi import adjourned, present, sitting_data
from musrenbang.states import MENGIKAT, MOVES, is_past


def name_of(ke: str) -> str:
    """Return the words on the button of a binding move."""
    return MOVES[MENGIKAT[ke], ke].nama


def figures(figure: dict[str, int]) -> str:
    """Say the figures of a quorum in one line, as screen, trail and paper say them."""
    desa = tulis.percent(figure["desa_hadir"] / figure["desa"]) if figure["desa"] else "100%"
    perempuan = tulis.percent(figure["perempuan"] / figure["hadir"]) if figure["hadir"] else "0%"
    return (
        f"{figure['desa_hadir']} dari {figure['desa']} {sebutan.desa} terwakili ({desa}, kuorum {figure['kuorum']}%); "
        f"hadir {figure['hadir']} orang, perempuan {figure['perempuan']} ({perempuan}, target {figure['target']}%)"
    )


def figures_of(catatan: CatatanKuorum) -> dict[str, int]:
    """Return the figures that a record keeps."""
    return {k: getattr(catatan, k) for k in ("desa_hadir", "desa", "hadir", "perempuan", "kuorum", "target")}


def reached(figure: dict[str, int]) -> bool:
    """Tell whether figures reach their own quorum and target, rounded to whole percent as the screen says them."""
    desa = round(100 * figure["desa_hadir"] / figure["desa"]) if figure["desa"] else 100
    perempuan = round(100 * figure["perempuan"] / figure["hadir"]) if figure["hadir"] else 0
    return desa >= figure["kuorum"] and perempuan >= figure["target"]


@dataclass(frozen=True)
class KuorumState:
    """The quorum now before the move to ``ke``, and the decision of the meeting about it, if there is one."""

    ke: str
    kini: Kuorum
    putusan: CatatanKuorum | None

    @property
    def basi(self) -> bool:
        """The decision rests on more than there is now: fewer desa, a smaller share of women, or a higher bar."""
        p, k = self.putusan, self.kini.angka
        if p is None:
            return False
        desa = k["desa_hadir"] * p.desa < p.desa_hadir * k["desa"] or k["kuorum"] > p.kuorum
        perempuan = k["perempuan"] * p.hadir < p.perempuan * k["hadir"] or k["target"] > p.target
        return (desa and not self.kini.enough_desa) or (perempuan and not self.kini.cukup_perempuan)

    @property
    def boleh(self) -> bool:
        """The move may be made: the quorum is there, or the meeting decided about what is there."""
        return self.kini.tercapai or (self.putusan is not None and not self.basi)

    @property
    def sidik(self) -> str:
        """Digest of the figures and of the decision, carried by the page to tell a stale one."""
        content = f"{self.ke}|{self.kini.angka}|{self.putusan.pk if self.putusan else 0}"
        return page_digest(content)


def decision_for(musrenbang: Musrenbang, ke: str) -> CatatanKuorum | None:
    """Return the decision of the meeting that stands for the move to ``ke``."""
    return (
        CatatanKuorum.objects.filter(musrenbang=musrenbang, ke=ke, berlaku=True)
        .exclude(alasan="")
        .select_related("dicatat_oleh")
        .first()
    )


def quorum_for(musrenbang: Musrenbang, ke: str) -> KuorumState:
    """Return the quorum before the move to ``ke`` (four queries)."""
    return KuorumState(ke, check_kuorum(musrenbang), decision_for(musrenbang, ke))


def next_binding(musrenbang: Musrenbang) -> str | None:
    """Return the stage that the next move enters when that move binds the meeting."""
    return next((to for to, origin in MENGIKAT.items() if origin == musrenbang.tahap), None)


def decision_ahead(musrenbang: Musrenbang) -> CatatanKuorum | None:
    """Return the decision that stands for the next move, not made yet."""
    to = next_binding(musrenbang)
    return decision_for(musrenbang, to) if to else None


def list_kuorum(musrenbang: Musrenbang) -> QuerySet[CatatanKuorum]:
    """Return what stands about the quorum at each binding move, in the order of the day."""
    return CatatanKuorum.objects.filter(musrenbang=musrenbang, berlaku=True).select_related("dicatat_oleh")


def binding_after(tahap: str) -> list[str]:
    """Return the stages beyond ``tahap`` that a binding move enters."""
    return [to for to in MENGIKAT if is_past(to, tahap)]


def quorum_context(musrenbang: Musrenbang, ke: str | None) -> dict[str, Any]:
    """Return what the page about the quorum shows: the next binding move, the figures now, and what was noted."""
    state = quorum_for(musrenbang, ke) if ke else None
    kuorum = state.kini if state else check_kuorum(musrenbang)
    suspended = adjourned(musrenbang)
    return {
        "ke": ke,
        "langkah": name_of(ke) if ke else "",
        "keadaan": state,
        "kuorum": kuorum,
        "diskors": suspended,
        "sesi": sitting_data(musrenbang, kuorum.angka),
        "catatan": [_recorded(musrenbang, c) for c in list_kuorum(musrenbang)],
    }


def _recorded(musrenbang: Musrenbang, catatan: CatatanKuorum) -> dict[str, Any]:
    """Return what was noted at a binding move, with who was present then as far as it is known now (one query).

    What was noted stays as it is; where the list says another number today, the page says why.
    """
    people = list(present(musrenbang, catatan.dicatat_pada).order_by("nama").values_list("nama", "lembaga"))
    return {
        "nama": name_of(catatan.ke),
        "angka": figures(figures_of(catatan)),
        "catatan": catatan,
        "orang": people,
        "lain": len(people) != catatan.hadir,
    }
