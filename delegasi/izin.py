"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, TIM_INTI
from musrenbang.states import DuringSidang, Tahap, stages

IZIN: dict[str, frozenset[str]] = {
    "lihat_delegasi": PEMBACA,
    "pilih_delegasi": TIM_INTI,
}
"""Name of a permission -> the roles that have it."""
BOLEH_DELEGASI = DuringSidang({Tahap.DELEGASI})
BOLEH_ATUR_DELEGASI = stages(Tahap.DIJADWALKAN, Tahap.DELEGASI)
BOLEH_GANTI_DELEGAT = frozenset(
    {Tahap.DELEGASI, Tahap.PENANDATANGANAN, Tahap.FINALISASI, Tahap.DISAHKAN, Tahap.DISAMPAIKAN, Tahap.DITERIMA}
)
