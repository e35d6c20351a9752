"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import PEMBACA, SEMUA, TIM, TIM_INTI
from musrenbang.states import DuringSidang, Tahap, stages

IZIN: dict[str, frozenset[str]] = {
    "lihat_rkp": SEMUA,
    "lihat_rekap_rkp": PEMBACA,
    "lihat_kelompok": PEMBACA,
    "susun_draft": TIM_INTI,
    "putuskan_rkp": TIM,
    "koreksi_rkp": TIM_INTI,
    "atur_kelompok": TIM_INTI,
    "isi_kelompok": TIM,
    "pimpin_pleno": TIM,
}
"""Name of a permission -> the roles that have it."""
BOLEH_SUSUN_DRAFT = frozenset({Tahap.PERSIAPAN})
BOLEH_KEPUTUSAN = DuringSidang({Tahap.PEMBAHASAN, Tahap.KELOMPOK, Tahap.PLENO})
BOLEH_GABUNG = DuringSidang(stages(Tahap.PERSIAPAN, Tahap.PLENO))
"""Two works of the draft that are one are merged from the draft on until the plan is fixed."""
BOLEH_ATUR_KELOMPOK = stages(Tahap.PERSIAPAN, Tahap.KELOMPOK)
BOLEH_KELOMPOK = DuringSidang({Tahap.KELOMPOK})
BOLEH_PLENO = DuringSidang({Tahap.PLENO})
BOLEH_KOREKSI = frozenset({Tahap.FINALISASI})
"""Wording and placement may still be corrected; what the meeting decided may not."""
BOLEH_ADENDUM = frozenset({Tahap.DITERIMA, Tahap.PEMILAHAN, Tahap.SELESAI})
"""Once Bappeda has taken the plan in, wording is corrected by a numbered addendum alone."""
