"""Pages of the documents, by noun."""

from berita_acara.views import dokumen, paket, pengaturan, salinan, verifikasi

__all__ = ["dokumen", "paket", "pengaturan", "salinan", "verifikasi"]
