"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, TIM_INTI
from musrenbang.states import Peran, Tahap

IZIN: dict[str, frozenset[str]] = {
    "lihat_kabar": PEMBACA | {Peran.DESA},
    "lihat_pemilahan": PEMBACA,
    "lihat_penyampaian": PEMBACA,
    "pilah_skpd": TIM_INTI,
    "catat_bappeda": frozenset({Peran.BAPPEDA}),
    "catat_camat": frozenset({Peran.CAMAT}),
    "jawab_catatan": TIM_INTI,
    "susun_adendum": TIM_INTI,
    "sahkan_adendum": frozenset({Peran.CAMAT}),
    "terima_adendum": frozenset({Peran.BAPPEDA}),
}
"""Name of a permission -> the roles that have it."""
BOLEH_PEMILAHAN = frozenset({Tahap.PEMILAHAN})
BOLEH_TANGGAPAN = frozenset({Tahap.PEMILAHAN, Tahap.SELESAI})
