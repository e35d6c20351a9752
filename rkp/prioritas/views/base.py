"""A ranking of the event, and what every page of it shows."""

from typing import Any

from musrenbang.views.errors import Missing
from musrenbang.views.page import EventRequest
from rkp.prioritas.izin import BOLEH_CALON, BOLEH_PRIORITAS
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries.skema import get_pemeringkatan


def get_ranking(request: EventRequest, kode: str) -> Pemeringkatan:
    """Return a ranking of the event; Http404 for an unknown one."""
    p = get_pemeringkatan(request.musrenbang, kode)
    if p is None:
        raise Missing("Pemeringkatan ini sudah dihapus. Buka lagi Prioritas, Program dan peringkat.")
    return p


def ranking_context(request: EventRequest, p: Pemeringkatan) -> dict[str, Any]:
    """What every page of a ranking shows: who may do what now, and the way through its steps."""
    draft = p.status == StatusPemeringkatan.DRAF
    akses, tahap = request.akses, request.musrenbang.tahap
    sidang, ready = tahap in BOLEH_PRIORITAS, tahap in BOLEH_CALON
    return {
        "p": p,
        "tetap": not draft,
        "sidang": sidang,
        "boleh_aturan": ready and draft and akses.may("tetapkan_prioritas"),
        "boleh_calon": ready and draft and akses.may("kelola_calon"),
        "boleh_periksa": ready and draft and akses.may("verifikasi_usulan"),
        "boleh_nilai": sidang and draft and akses.may("nilai_prioritas"),
        "boleh_tetapkan": sidang and draft and akses.may("tetapkan_prioritas"),
        "boleh_surat": akses.may("tetapkan_prioritas"),
        "boleh_suara": sidang and draft and akses.may("pimpin_suara"),
    }
