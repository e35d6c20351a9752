"""The conditions of the moves that were made in the hall, asked again at the server by the functions of every move.

They look at the data as it is now, so this runs after the result went in, inside a transaction that can be taken back.
"""

from collections.abc import Callable, Iterable

from alur import tahap
from alur.aula.envelope import BadFile
from alur.aula.jejak import standing
from alur.aula.skema import HASIL
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import CatatanKuorum, Kehadiran
from musrenbang.sidang.syarat import (
    kuorum_delegasi,
    kuorum_penetapan,
    kuorum_peringkat,
    kuorum_tanda_tangan,
    sidang_running,
)
from musrenbang.states import MENGIKAT, Moved, Tahap

SAAT_ITU = sidang_running
"""True at one moment: that the meeting was not adjourned is read from the trail (``jejak``)."""
KUORUM = (kuorum_penetapan, kuorum_peringkat, kuorum_delegasi, kuorum_tanda_tangan)
"""Attendance may have changed by the end of the day, so what was noted at the move itself counts as well."""


def check_conditions(musrenbang: Musrenbang, move_to: list[Moved], check: Callable[[Musrenbang], list[str]]) -> None:
    """Raise BadFile when a move that stands could not have been made, or an invariant of the event is broken."""
    end = musrenbang.tahap
    for p in standing(move_to):
        _at(musrenbang, p.ke)
        missing = list(_missing(musrenbang, p.ke))
        if missing:
            raise BadFile(f"{HASIL}: syarat tahap “{Tahap(p.ke).label}” tidak terpenuhi. {' '.join(missing)}")
    _at(musrenbang, end)
    broken = check(musrenbang)
    if broken:
        raise BadFile(f"{HASIL}: isinya tidak saling cocok. {' '.join(broken[:3])}")


def _at(musrenbang: Musrenbang, moment: str) -> None:
    """Put the event where it was when the move was made: some conditions ask in which stage it is."""
    Musrenbang.objects.filter(pk=musrenbang.pk).update(tahap=moment)
    musrenbang.tahap = moment


def _missing(musrenbang: Musrenbang, ke: str) -> Iterable[str]:
    for syarat in tahap.TAHAP[Tahap(ke)].syarat:
        if syarat is SAAT_ITU or (syarat in KUORUM and _noted(musrenbang, ke)):
            continue
        yield from (k.text for k in syarat(musrenbang) if k.wajib)


def _noted(musrenbang: Musrenbang, ke: str) -> bool:
    """Tell whether the quorum of a binding move was noted, or the meeting's decision to go on below it."""
    if ke not in MENGIKAT:
        return False
    c = CatatanKuorum.objects.filter(musrenbang=musrenbang, ke=ke, berlaku=True).last()
    if c is None or c.desa_hadir > Kehadiran.objects.filter(musrenbang=musrenbang).values("desa").distinct().count():
        return False
    return c.desa_hadir >= c.kuorum or bool(c.alasan)
