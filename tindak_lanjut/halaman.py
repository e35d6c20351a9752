"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman
from musrenbang.labels import words

PILAH = Halaman(words("Pilah kegiatan kepada SKPD"), "pemilahan:list", "pilah_skpd")
KABAR = Halaman(words("Kabar desa"), "tindak_lanjut:digest", "lihat_kabar")
TINDAK_LANJUT = [
    Halaman("Pengesahan", "tindak_lanjut:approval", "lihat_rekap_rkp"),
    Halaman("Penyampaian", "tindak_lanjut:package", "lihat_penyampaian"),
    Halaman("Pemeriksaan", "tindak_lanjut:review", "lihat_penyampaian"),
    Halaman(words("Pemilahan SKPD"), "pemilahan:list", "lihat_pemilahan"),
]
