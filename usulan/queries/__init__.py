"""Reads about proposals."""

from usulan.queries.acuan import Acuan, acuan_for, flag_prices, kamus_for, kunci_of, pola_for, rujukan_for
from usulan.queries.daftar import (
    Rekap,
    angka_usulan,
    desa_with_files,
    list_impor,
    list_usulan,
    may_edit,
    next_nomor,
    rekap_bidang,
    rekap_desa,
)
from usulan.queries.kelengkapan import BarisKelengkapan, list_kelengkapan
from usulan.queries.milik import UsulanDesa, group_by_desa, proposing_desa
from usulan.queries.serupa import (
    PasanganMirip,
    PasanganProgram,
    list_paid,
    list_paid_candidates,
    list_similar,
    merged_trees,
    reconcile,
    reconcile_many,
    said_twice,
)
from usulan.queries.ulang import KOLOM_DIULANG, fate_of, last_year, list_agreed_last_year, list_repeatable

__all__ = [
    "KOLOM_DIULANG",
    "Acuan",
    "BarisKelengkapan",
    "PasanganMirip",
    "PasanganProgram",
    "Rekap",
    "UsulanDesa",
    "acuan_for",
    "angka_usulan",
    "desa_with_files",
    "fate_of",
    "flag_prices",
    "group_by_desa",
    "kamus_for",
    "kunci_of",
    "last_year",
    "list_agreed_last_year",
    "list_impor",
    "list_kelengkapan",
    "list_paid",
    "list_paid_candidates",
    "list_repeatable",
    "list_similar",
    "list_usulan",
    "may_edit",
    "merged_trees",
    "next_nomor",
    "pola_for",
    "proposing_desa",
    "reconcile",
    "reconcile_many",
    "rekap_bidang",
    "rekap_desa",
    "rujukan_for",
    "said_twice",
]
