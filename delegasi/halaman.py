"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman

DELEGASI = Halaman("Delegasi", "delegasi:list", "lihat_delegasi")

CATAT_DELEGASI = Halaman("Catat delegasi kecamatan", "delegasi:list", "pilih_delegasi")
