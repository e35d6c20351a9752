"""Pages of the RKP Kecamatan, by noun."""

from rkp.views.banding import compare
from rkp.views.baris import agree, build, decide, download, place, row, row_view, table, version
from rkp.views.pagu import reserve, sums

__all__ = [
    "agree",
    "build",
    "compare",
    "decide",
    "download",
    "place",
    "reserve",
    "row",
    "row_view",
    "sums",
    "table",
    "version",
]
