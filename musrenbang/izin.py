"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, SEMUA, TIM, TIM_INTI
from musrenbang.states import FASE, Peran, Tahap, stages

IZIN: dict[str, frozenset[str]] = {
    "lihat_acara": SEMUA,
    "lihat_program": SEMUA,
    "lihat_tim": PEMBACA,
    "lihat_pagu": PEMBACA,
    "lihat_jejak": PEMBACA,
    "atur_jadwal": TIM_INTI | {Peran.BAPPEDA},
    "minta_jadwal": TIM_INTI,
    "kelola_program": TIM | {Peran.BAPPEDA},
    "kelola_tim": TIM_INTI,
    "bebaskan_akun": TIM_INTI,
    "kelola_pagu": TIM_INTI,
    "setujui_kriteria": frozenset({Peran.BAPPEDA}),
}
"""Name of a permission -> the roles that have it."""
BOLEH_PROGRAM = stages(Tahap.DIJADWALKAN, Tahap.KELOMPOK)
BOLEH_PAGU = BOLEH_PROGRAM
BOLEH_TIM = frozenset(FASE["Sebelum sidang"])
