"""The tabs of an event: which pages of which app stand in which, in their order."""

from dataclasses import dataclass

from berita_acara.halaman import BERITA_ACARA, SAKSI
from delegasi.halaman import DELEGASI
from musrenbang.board import Halaman
from musrenbang.halaman import JEJAK, PAPAN, PERSIAPAN
from musrenbang.sidang.halaman import SIDANG, UNDANGAN
from rkp.halaman import RKP
from rkp.prioritas.halaman import PRIORITAS
from tindak_lanjut.halaman import KABAR, TINDAK_LANJUT
from usulan.halaman import HASIL_LALU, USULAN

HARI_H = Halaman("Hari sidang", "sidang:today", "pimpin_hari")
AULA = Halaman("Bawa ke aula", "berita_acara:hall", "bawa_acara")


@dataclass(frozen=True)
class Tab:
    """A part of an event: its words, its icon and its pages."""

    label: str
    ikon: str
    halaman: list[Halaman]


TAB = [
    Tab("Ringkasan", "signpost-split", [PAPAN]),
    Tab("Persiapan", "calendar-event", [*PERSIAPAN, UNDANGAN]),
    Tab("Usulan", "inbox", [*USULAN, HASIL_LALU, KABAR]),
    Tab("RKP", "table", RKP),
    Tab("Sidang", "person-check", [HARI_H, *SIDANG, AULA, SAKSI]),
    Tab("Prioritas", "trophy", PRIORITAS),
    Tab("Delegasi", "people", [DELEGASI]),
    Tab("Berita Acara", "file-earmark-text", [BERITA_ACARA]),
    Tab("Tindak lanjut", "envelope", TINDAK_LANJUT),
    Tab("Riwayat perubahan", "clock-history", [JEJAK]),
]
