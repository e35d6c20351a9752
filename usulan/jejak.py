"""What the audit trail says of this app."""

AKSI = {
    "usulan.didanai": "Ditandai sudah didanai program",
    "usulan.tidak_didanai": "Tanda sudah didanai dilepas",
    "usulan.bukan_program": "Ditandai bukan pekerjaan program itu",
    "impor.diunggah": "Berkas diunggah",
    "impor.desa_dipilih": "Desa dipilih untuk berkas",
    "impor.kolom_dipilih": "Arti kolom dipilih",
    "impor.dikoreksi": "Baris hasil baca dikoreksi",
    "impor.koreksi_diurungkan": "Koreksi hasil baca diurungkan",
    "usulan.diubah": "Usulan diubah",
    "usulan.diajukan": "Usulan diajukan",
    "usulan.diperbarui": "Usulan diperbarui dari berkas baru",
    "usulan.dikeluarkan": "Usulan dikeluarkan: tidak ada lagi di berkas baru",
    "usulan.dikembalikan": "Usulan dikembalikan seperti semula",
    "usulan.ditarik": "Usulan ditarik",
    "usulan.diulang": "Usulan tahun lalu diajukan lagi",
    "hasil_lalu.dibuka": "Hasil tahun lalu mulai diunggah",
    "kelengkapan.diubah": "Kelengkapan desa diubah",
    "usulan.digabung": "Usulan digabung",
    "usulan.dipisahkan": "Usulan dipisahkan lagi",
    "usulan.bukan_duplikat": "Ditandai bukan usulan yang sama",
    "usulan.diperiksa_lagi": "Kemiripan diperiksa lagi",
}
STATUS = {
    "imporusulan.status": "Unggahan",
}
KOLOM = {
    "prioritas_desa": "Prioritas desa",
}
