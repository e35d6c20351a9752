"""Pages of the RKP Kecamatan, by noun."""

from rkp.views.banding import compare
from rkp.views.baris import agree, build, decide, download, place, row, row_view, table, version
from rkp.views.final import correct
from rkp.views.kelompok import (
    group,
    group_close,
    group_edit,
    group_members,
    group_merge,
    group_move,
    group_order,
    group_remove,
    group_row,
    group_split,
    groups,
    groups_download,
    groups_fill,
)
from rkp.views.pagu import reserve, sums
from rkp.views.pleno import accept, accept_row, merge, objection, plenary, settle, split

__all__ = [
    "accept",
    "accept_row",
    "agree",
    "build",
    "compare",
    "correct",
    "decide",
    "download",
    "group",
    "group_close",
    "group_edit",
    "group_members",
    "group_merge",
    "group_move",
    "group_order",
    "group_remove",
    "group_row",
    "group_split",
    "groups",
    "groups_download",
    "groups_fill",
    "merge",
    "objection",
    "place",
    "plenary",
    "reserve",
    "row",
    "row_view",
    "settle",
    "split",
    "sums",
    "table",
    "version",
]
