"""What the audit trail says of this app."""

AKSI = {
    "berita_acara.terbit": "Berita Acara terbit",
    "paket.dibuat": "Paket dokumen disusun",
    "dokumen.terbit": "Surat terbit",
    "dokumen.pengaturan": "Pengaturan dokumen diubah",
    "salinan.diunggah": "Salinan bertanda tangan diunggah",
    "dokumen.ttd_elektronik": "Dokumen ditandatangani secara elektronik",
    "salinan.diterima": "Salinan diterima walau jumlah halamannya berbeda",
    "salinan.tanpa": "Dilanjutkan tanpa salinan bertanda tangan",
    "jangkar.saksi": "Saksi menandatangani titik periksa",
    "salinan.wajib_lagi": "Salinan bertanda tangan kembali diwajibkan",
}
STATUS = {
    "paket.status": "Paket dokumen",
}
