"""The board of an event: figures, and the moves that lead on from here."""

from collections.abc import Callable, Iterable
from typing import Any

from alur.queries.syarat import collect
from delegasi.queries import delegasi_figures
from musrenbang.akses import Akses, role_names
from musrenbang.board import Figure, Kekurangan, StepMessage
from musrenbang.models import Musrenbang
from musrenbang.sidang.queries.kehadiran import attendance_figures
from musrenbang.states import Moved, moves_from
from rkp.queries.baris import rkp_figures
from tindak_lanjut.queries.returned import waiting_messages
from usulan.queries.listing import usulan_figures

ANGKA: list[Callable[[Musrenbang], Figure]] = [usulan_figures, rkp_figures, attendance_figures, delegasi_figures]
"""Figures on the event board, in their order."""


def board_figures(musrenbang: Musrenbang) -> list[Figure]:
    """Return the figures of the board."""
    return [count(musrenbang) for count in ANGKA]


def step_messages(acara: Iterable[Musrenbang]) -> dict[int, StepMessage]:
    """Return {event: what its next step must know}."""
    return waiting_messages(list(acara))


def next_steps(musrenbang: Musrenbang, akses: Akses) -> list[dict[str, Any]]:
    """The moves forward from here: may this person, who else, what stops it, what only warns, why it came back."""
    message = None if akses.terbatas else step_messages([musrenbang]).get(musrenbang.pk)
    return [
        {
            "pindah": p,
            "pesan": message,
            "boleh": bool(p.peran & akses.peran),
            "oleh": role_names(p.peran),
            **_checklist(musrenbang, p.ke),
        }
        for p in moves_from(musrenbang.tahap)
        if not p.mundur
    ]


def step_back(musrenbang: Musrenbang, akses: Akses) -> Moved | None:
    """The move one stage back, where this person may make it."""
    return next((p for p in moves_from(musrenbang.tahap) if p.mundur and p.peran & akses.peran), None)


def _checklist(musrenbang: Musrenbang, ke: str) -> dict[str, list[Kekurangan]]:
    """What stops the move, what only warns, and what holds and is to be read before the move."""
    everything = collect(musrenbang, ke)
    return {
        "kekurangan": [k for k in everything if k.wajib],
        "peringatan": [k for k in everything if not k.wajib and not k.terpenuhi],
        "terpenuhi": [k for k in everything if k.terpenuhi],
    }
