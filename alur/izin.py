"""Who may do what of this app, and in which stages. Services ask the stages, so a page left open cannot write late."""

from musrenbang.rules import TIM_INTI
from musrenbang.states import FASE, Peran

IZIN: dict[str, frozenset[str]] = {
    "perpanjang_aula": frozenset({Peran.SEKCAM}),
    "lihat_hasil_aula": TIM_INTI | {Peran.CAMAT, Peran.BAPPEDA},
    "sahkan_aula": frozenset({Peran.SEKCAM, Peran.CAMAT}),
}
"""Name of a permission -> the roles that have it."""
BOLEH_DIBAWA = frozenset([*FASE["Sebelum sidang"], *FASE["Sidang"]])
"""Until the Berita Acara is signed an event may be taken to the hall."""
