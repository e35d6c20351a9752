"""What the audit trail says of this app."""

AKSI = {
    "pemilahan.disarankan": "SKPD disarankan untuk kegiatan yang disepakati",
    "pengiriman.dikirim": "Dikirim kepada SKPD",
    "pengiriman.diterima": "Diterima SKPD",
    "adendum.disusun": "Adendum disusun",
    "adendum.butir": "Perbaikan masuk adendum",
    "adendum.butir_dikeluarkan": "Perbaikan dikeluarkan dari adendum",
    "adendum.dibatalkan": "Adendum dibatalkan",
    "rkp.adendum": "Redaksi kegiatan diperbaiki dengan adendum",
    "tanggapan.diberikan": "Tanggapan SKPD",
    "catatan.ditulis": "Catatan pada dokumen",
    "catatan.dijawab": "Catatan dijawab",
}
STATUS = {
    "adendum.status": "Adendum",
    "penyampaian.status": "Penyampaian ke Bappeda",
    "pilahan.status": "Pemilahan SKPD",
}
