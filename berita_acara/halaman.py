"""Pages of this app in the tabs of an event, and the work that a stage offers; ``alur`` arranges them."""

from musrenbang.board import Halaman

BERITA_ACARA = Halaman("Berita Acara", "berita_acara:documents", "lihat_dokumen")
SAKSI = Halaman("Saksi", "berita_acara:witnesses", "bawa_acara")

TERBITKAN = Halaman("Terbitkan Berita Acara", "berita_acara:documents", "terbitkan_ba")
BACA_DOKUMEN = Halaman("Baca dokumen sebelum disahkan", "berita_acara:documents", "lihat_dokumen")
