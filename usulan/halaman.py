"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman
from musrenbang.labels import words

USULAN = [
    Halaman("Usulan", "usulan:list", "lihat_usulan"),
    Halaman("Rekap", "usulan:recap", "lihat_usulan"),
    Halaman("Kelengkapan desa", "usulan:completeness", "impor_usulan"),
    Halaman("Usulan mirip", "usulan:similar", "gabung_usulan"),
    Halaman("Sudah didanai?", "usulan:paid", "gabung_usulan"),
]

HASIL_LALU = Halaman("Hasil tahun lalu", "usulan:results", "hasil_tahun_lalu")

IMPOR = Halaman(words("Unggah DU-RKP Desa"), "usulan:import", "impor_usulan")
