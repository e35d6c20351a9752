"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman

UNDANGAN = Halaman("Undangan", "sidang:invitations", "lihat_undangan")
SIDANG = [
    Halaman("Agenda", "sidang:agenda", "lihat_agenda"),
    Halaman("Kehadiran", "sidang:attendance", "lihat_kehadiran"),
    Halaman("Kuorum", "sidang:quorum", "lihat_kehadiran"),
    Halaman("Notulen", "sidang:minutes", "lihat_notulen"),
]

CATAT_HADIR = Halaman("Catat kehadiran peserta", "sidang:attendance", "catat_kehadiran")
