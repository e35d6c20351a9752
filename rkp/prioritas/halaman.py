"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman
from musrenbang.labels import words

PRIORITAS = [
    Halaman("Program dan peringkat", "prioritas:list", "lihat_prioritas"),
    Halaman("Pemilih", "prioritas:voters", "lihat_prioritas"),
    Halaman(words("Catatan kepatuhan desa"), "prioritas:villages", "lihat_prioritas"),
]

PERIKSA = Halaman("Periksa calon", "prioritas:list", "verifikasi_usulan")
NILAI = Halaman("Isi skor dan susun peringkat", "prioritas:list", "nilai_prioritas")
