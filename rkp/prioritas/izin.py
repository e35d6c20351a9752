"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, TIM, TIM_INTI
from musrenbang.states import DuringSidang, Peran, Tahap, stages

IZIN: dict[str, frozenset[str]] = {
    "lihat_prioritas": PEMBACA,
    "kelola_skema": frozenset({Peran.BAPPEDA}),
    "kelola_calon": TIM_INTI,
    "verifikasi_usulan": frozenset({Peran.VERIFIKATOR}),
    "nilai_prioritas": TIM,
    "pimpin_suara": TIM_INTI,
    "tetapkan_prioritas": TIM_INTI,
}
"""Name of a permission -> the roles that have it."""
BOLEH_CALON = stages(Tahap.PERSIAPAN, Tahap.PRIORITAS)
"""Schemes, candidates and their verification are prepared before the day; ranking waits for the fixed plan."""
BOLEH_PEMILIH = DuringSidang(stages(Tahap.SIAP, Tahap.PRIORITAS))
BOLEH_PRIORITAS = DuringSidang({Tahap.PRIORITAS})
BOLEH_SPC = stages(Tahap.PRIORITAS, Tahap.SELESAI)
"""The Camat signs the Surat Penetapan once the ranking is fixed, on the day or weeks later."""
