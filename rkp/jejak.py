"""What the audit trail says of this app."""

AKSI = {
    "rkp.disusun": "Draf RKP disusun",
    "rkp.disesuaikan": "Kegiatan disesuaikan dengan usulannya",
    "rkp.ditempatkan": "Penempatan kegiatan diubah",
    "rkp.versi_ditetapkan": "Versi RKP dikunci",
    "rkp.digabung": "Kegiatan digabung",
    "rkp.dipisah": "Kegiatan dipisahkan lagi",
    "rkp.gabungan": "Isi gabungan dihitung lagi",
    "kelompok.dibentuk": "Kelompok dibentuk",
    "kelompok.diubah": "Kelompok diubah",
    "kelompok.dihapus": "Kelompok dihapus",
    "kelompok.dikosongkan": "Usul keputusan kelompok ditarik",
    "kelompok.anggota": "Anggota kelompok ditetapkan",
    "kelompok.diusulkan": "Usul keputusan kelompok",
    "kelompok.pindah_bidang": "Dipindah ke kelompok lain",
    "kelompok.diurutkan": "Peringkat kelompok diubah",
    "keberatan.dicatat": "Keberatan dicatat",
    "keberatan.selesai": "Keberatan diselesaikan",
}
STATUS = {
    "rkp.status": "RKP Kecamatan",
    "kelompok.status": "Hasil kelompok",
    "rkpversi.status": "Versi RKP",
    "rkp.dikoreksi": "Redaksi kegiatan diperbaiki",
    "rkp.diputuskan": "Keputusan",
    "rkp.melampaui_pagu": "Melampaui pagu",
}
KOLOM = {
    "alasan_kode": "Alasan",
    "prioritas_daerah": "Prioritas daerah",
    "sasaran_daerah": "Sasaran daerah",
    "dipastikan": "Jumlah dipastikan",
    "diserahkan": "Diserahkan ke pleno",
    "hubungan": "Cara digabung",
}
