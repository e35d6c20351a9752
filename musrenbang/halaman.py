"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman

PAPAN = Halaman("Ringkasan", "board", "lihat_acara")
PERSIAPAN = [
    Halaman("Jadwal", "schedule", "atur_jadwal"),
    Halaman("Tim pelaksana", "team", "lihat_tim"),
    Halaman("Program masuk", "programs", "lihat_program"),
    Halaman("Pagu dan kriteria", "ceiling", "lihat_pagu"),
]
JEJAK = Halaman("Riwayat perubahan", "trail", "lihat_jejak")

ISI_JADWAL = Halaman("Isi tanggal dan tempat sidang", "schedule", "atur_jadwal")
