"""Everything that changes proposals."""

from usulan.services.ajuan import repeat_usulan, submit_usulan, withdraw_usulan
from usulan.services.banding import apply_impor, compare_impor, digest
from usulan.services.batal import undo_impor
from usulan.services.gabung import mark_distinct, merge_usulan, reconsider, split_usulan
from usulan.services.impor import commit_impor, stage_impor, stage_upload
from usulan.services.kelengkapan import update_kelengkapan
from usulan.services.koreksi import choose_desa, choose_kolom, correct_impor, undo_koreksi
from usulan.services.program import mark_paid, mark_unpaid
from usulan.services.usulan import remove_tampilan, save_tampilan, set_many, set_milik, update_usulan

__all__ = [
    "apply_impor",
    "choose_desa",
    "choose_kolom",
    "commit_impor",
    "compare_impor",
    "correct_impor",
    "digest",
    "mark_distinct",
    "mark_paid",
    "mark_unpaid",
    "merge_usulan",
    "reconsider",
    "remove_tampilan",
    "repeat_usulan",
    "save_tampilan",
    "set_many",
    "set_milik",
    "split_usulan",
    "stage_impor",
    "stage_upload",
    "submit_usulan",
    "undo_impor",
    "undo_koreksi",
    "update_kelengkapan",
    "update_usulan",
    "withdraw_usulan",
]
