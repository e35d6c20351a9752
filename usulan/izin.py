"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import SEMUA, TIM, TIM_INTI
from musrenbang.states import Peran, Tahap

IZIN: dict[str, frozenset[str]] = {
    "lihat_usulan": SEMUA,
    "impor_usulan": TIM_INTI | {Peran.PEMANDU, Peran.DESA},
    "ajukan_usulan": TIM | {Peran.DESA, Peran.SKPD},
    "gabung_usulan": TIM,
    "hasil_tahun_lalu": TIM,
}
"""Name of a permission -> the roles that have it."""
BOLEH_USULAN = frozenset({Tahap.PERSIAPAN})
