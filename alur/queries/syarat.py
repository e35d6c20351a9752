"""The checklist is the guard: what the board shows as missing is what refuses the move."""

from alur import tahap
from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap


def collect(musrenbang: Musrenbang, ke: str) -> list[Kekurangan]:
    """Return everything that is missing before the event may enter stage ``ke``; empty means it may."""
    return [missing for check in tahap.TAHAP[Tahap(ke)].syarat for missing in check(musrenbang)]
