"""A ranking of the event, and what every page of it shows."""

from typing import Any

from django.http import Http404

from musrenbang.views.page import EventRequest
from rkp.prioritas.izin import BOLEH_CALON, BOLEH_PRIORITAS
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries.skema import get_pemeringkatan


def get_ranking(request: EventRequest, kode: str) -> Pemeringkatan:
    """Return a ranking of the event; Http404 for an unknown one."""
    p = get_pemeringkatan(request.musrenbang, kode)
    if p is None:
        raise Http404("Pemeringkatan tidak ditemukan.")
    return p


def ranking_context(request: EventRequest, p: Pemeringkatan) -> dict[str, Any]:
    """What every page of a ranking shows: who may do what now, and the way through its steps."""
    draf = p.status == StatusPemeringkatan.DRAF
    akses, tahap = request.akses, request.musrenbang.tahap
    sidang, siap = tahap in BOLEH_PRIORITAS, tahap in BOLEH_CALON
    return {
        "p": p,
        "tetap": not draf,
        "sidang": sidang,
        "boleh_aturan": siap and draf and akses.may("tetapkan_prioritas"),
        "boleh_calon": siap and draf and akses.may("kelola_calon"),
        "boleh_periksa": siap and draf and akses.may("verifikasi_usulan"),
        "boleh_nilai": sidang and draf and akses.may("nilai_prioritas"),
        "boleh_tetapkan": sidang and draf and akses.may("tetapkan_prioritas"),
        "boleh_surat": akses.may("tetapkan_prioritas"),
        "boleh_suara": sidang and draf and akses.may("pimpin_suara"),
    }
