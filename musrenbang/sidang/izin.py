"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, TIM, TIM_INTI
from musrenbang.states import FASE, MENGIKAT, DuringSidang, Tahap, stages

IZIN: dict[str, frozenset[str]] = {
    "lihat_kehadiran": PEMBACA,
    "lihat_undangan": PEMBACA,
    "lihat_agenda": PEMBACA,
    "lihat_notulen": PEMBACA,
    "kelola_undangan": TIM,
    "kelola_agenda": TIM,
    "kelola_notulen": TIM,
    "pimpin_hari": TIM,
    "catat_kehadiran": TIM,
    "putuskan_kuorum": TIM_INTI,
}
"""Name of a permission -> the roles that have it."""
BOLEH_UNDANGAN = frozenset([*FASE["Sebelum sidang"], Tahap.PEMBUKAAN])
BOLEH_AGENDA = stages(Tahap.DIJADWALKAN, Tahap.PENANDATANGANAN)
BOLEH_HADIR = stages(Tahap.SIAP, Tahap.PENANDATANGANAN)
BOLEH_KUORUM = DuringSidang(MENGIKAT.values())
BOLEH_SKORS = frozenset(FASE["Sidang"])
