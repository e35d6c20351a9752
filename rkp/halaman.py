"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman
from musrenbang.labels import words

RKP = [
    Halaman("Tabel RKP", "rkp:table", "lihat_rkp"),
    Halaman("Kegiatan mirip", "rkp:similar", "putuskan_rkp"),
    Halaman("Kelompok", "rkp:groups", "lihat_kelompok"),
    Halaman("Pleno", "rkp:plenary", "lihat_kelompok"),
    Halaman("Rekap dan pagu", "rkp:sums", "lihat_rekap_rkp"),
    Halaman("Bandingkan", "rkp:compare", "lihat_rekap_rkp"),
]

SUSUN_DRAF = Halaman(words("Susun draf RKP Kecamatan"), "rkp:table", "susun_draft")
PUTUSKAN = Halaman("Putuskan usulan satu per satu", "rkp:table", "putuskan_rkp")
ISI_KELOMPOK = Halaman("Isi usul keputusan kelompok", "rkp:groups", "isi_kelompok")
PIMPIN_PLENO = Halaman("Terima hasil kelompok dan putuskan di pleno", "rkp:plenary", "pimpin_pleno")
