"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, TIM, TIM_INTI
from musrenbang.states import DuringSidang, Peran, Tahap

IZIN: dict[str, frozenset[str]] = {
    "lihat_dokumen": PEMBACA,
    "terbitkan_ba": TIM_INTI,
    "atur_dokumen": TIM_INTI,
    "unggah_salinan": TIM,
    "tandatangani_dokumen": frozenset({Peran.CAMAT}),
    "bawa_acara": TIM_INTI | {Peran.BAPPEDA},
}
"""Name of a permission -> the roles that have it."""
BOLEH_TERBIT = DuringSidang({Tahap.PENANDATANGANAN})
"""Stages in which the Berita Acara may be issued."""
