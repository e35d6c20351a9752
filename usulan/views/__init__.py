"""Pages of proposals, by noun."""

from usulan.views.ajuan import create, repeat, withdraw
from usulan.views.daftar import bulk, edit_inline, keep_view, remove_view
from usulan.views.impor import commit, compare, preview, sample, template, undo, upload
from usulan.views.kelengkapan import completeness, edit_completeness
from usulan.views.koreksi import (
    choose_desa,
    choose_kolom,
    correct_row,
    correct_sheet,
    edit_row,
    settle_sheet,
    undo_correction,
)
from usulan.views.program import mark, paid
from usulan.views.serupa import merge, reconsider, similar, split
from usulan.views.usulan import change_desa, detail, download, recap, usulan_list

__all__ = [
    "bulk",
    "change_desa",
    "choose_desa",
    "choose_kolom",
    "commit",
    "compare",
    "completeness",
    "correct_row",
    "correct_sheet",
    "create",
    "detail",
    "download",
    "edit_completeness",
    "edit_inline",
    "edit_row",
    "keep_view",
    "mark",
    "merge",
    "paid",
    "preview",
    "recap",
    "reconsider",
    "remove_view",
    "repeat",
    "sample",
    "settle_sheet",
    "similar",
    "split",
    "template",
    "undo",
    "undo_correction",
    "upload",
    "usulan_list",
    "withdraw",
]
