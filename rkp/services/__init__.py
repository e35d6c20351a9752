"""Everything that changes the RKP Kecamatan."""

from rkp.services.draft import build_draft, place_baris
from rkp.services.keputusan import agree_many, decide_baris
from rkp.services.pagu import reserve_excess
from rkp.services.versi import fix_rkp, reopen_rkp

__all__ = ["agree_many", "build_draft", "decide_baris", "fix_rkp", "place_baris", "reopen_rkp", "reserve_excess"]
