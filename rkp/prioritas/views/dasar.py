"""Fetching a ranking and authorising in one call."""

from typing import Any

from django.http import Http404, HttpRequest

from musrenbang.akses import Akses, get_musrenbang_for
from musrenbang.models import Musrenbang
from rkp.prioritas.izin import BOLEH_CALON, BOLEH_PRIORITAS
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries.skema import get_pemeringkatan


def get_ranking(
    request: HttpRequest, slug: str, kode: str, izin: str = "lihat_prioritas"
) -> tuple[Musrenbang, Akses, Pemeringkatan]:
    """Return event, access and ranking; Http404 for a stranger or an unknown ranking, PermissionDenied otherwise."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, izin)
    p = get_pemeringkatan(musrenbang, kode)
    if p is None:
        raise Http404("Pemeringkatan tidak ditemukan.")
    return musrenbang, akses, p


def ranking_context(musrenbang: Musrenbang, akses: Akses, p: Pemeringkatan) -> dict[str, Any]:
    """What every page of a ranking shows: who may do what now, and the way through its steps."""
    draf = p.status == StatusPemeringkatan.DRAF
    sidang, siap = musrenbang.tahap in BOLEH_PRIORITAS, musrenbang.tahap in BOLEH_CALON
    return {
        "musrenbang": musrenbang,
        "akses": akses,
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
