"""The day in one look: what the page of the day shows, whoever changed it."""

from typing import Any

from alur.queries.board import next_steps
from musrenbang.akses import Akses
from musrenbang.models import Musrenbang
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.panel import running_votes
from musrenbang.sidang.queries.agenda import list_agenda, now_speaking
from musrenbang.sidang.queries.kehadiran import attendance_figures, check_kuorum
from musrenbang.sidang.queries.sesi import rest_words
from musrenbang.states import Tahap, stages
from rkp.queries.baris import rkp_figures
from rkp.queries.kelompok import KelompokResult, list_kelompok
from rkp.queries.pagu import list_pagu, list_pagu_proposed

BERKELOMPOK = stages(Tahap.PEMBAHASAN, Tahap.PLENO)
"""Stages in which what the groups have is looked at."""


def day_at_a_glance(musrenbang: Musrenbang, akses: Akses) -> dict[str, Any]:
    """Return what changes while the page is open: step, clock, speakers, votes, quorum, ceilings, groups.

    Its queries are constant, but for two more for each vote that is open.
    """
    arrangement = list_agenda(musrenbang)
    in_groups = musrenbang.tahap == Tahap.KELOMPOK
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "langkah": next_steps(musrenbang, akses),
        "susunan": arrangement,
        "suara": running_votes(musrenbang),
        "bicara": now_speaking(arrangement),
        "kuorum": check_kuorum(musrenbang),
        "berhenti": rest_words(musrenbang),
        "angka": [attendance_figures(musrenbang), rkp_figures(musrenbang)],
        "posisi": list_pagu_proposed(musrenbang) if in_groups else list_pagu(musrenbang, rule=False),
        "usulan_saja": in_groups,
        "kelompok": groups_now(musrenbang),
        "zona": musrenbang.kecamatan.kabupaten.tz,
        "boleh_jalan": akses.may("kelola_agenda") and musrenbang.tahap in BOLEH_HADIR,
    }


def groups_now(musrenbang: Musrenbang) -> list[KelompokResult]:
    """Return the groups with their figures while they are looked at."""
    return list_kelompok(musrenbang) if musrenbang.tahap in BERKELOMPOK else []
