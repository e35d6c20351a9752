"""Everything that changes the RKP Kecamatan."""

from rkp.services.draft import build_draft, place_baris
from rkp.services.final import correct_baris
from rkp.services.gabung import merge_baris, split_baris
from rkp.services.kelompok import (
    close_kelompok,
    fill_kelompok,
    remove_kelompok,
    reopen_kelompok,
    save_kelompok,
    set_anggota,
)
from rkp.services.keputusan import agree_many, decide_baris
from rkp.services.pagu import reserve_excess
from rkp.services.pleno import accept_baris, accept_kelompok, object_baris, settle_keberatan
from rkp.services.usulan_kelompok import move_bidang, rank_by_score, reorder_kelompok, save_usulan_kelompok
from rkp.services.versi import (
    fix_rkp,
    freeze_amended,
    freeze_approved,
    freeze_draft,
    freeze_final,
    freeze_kelompok,
    reopen_rkp,
)

__all__ = [
    "accept_baris",
    "accept_kelompok",
    "agree_many",
    "build_draft",
    "close_kelompok",
    "correct_baris",
    "decide_baris",
    "fill_kelompok",
    "fix_rkp",
    "freeze_amended",
    "freeze_approved",
    "freeze_draft",
    "freeze_final",
    "freeze_kelompok",
    "merge_baris",
    "move_bidang",
    "object_baris",
    "place_baris",
    "rank_by_score",
    "remove_kelompok",
    "reopen_kelompok",
    "reopen_rkp",
    "reorder_kelompok",
    "reserve_excess",
    "save_kelompok",
    "save_usulan_kelompok",
    "set_anggota",
    "settle_keberatan",
    "split_baris",
]
