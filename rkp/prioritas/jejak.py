"""What the audit trail says of this app."""

AKSI = {
    "prioritas.dibuka": "Pemeringkatan dibuka",
    "prioritas.aturan_diubah": "Aturan pemeringkatan diubah",
    "prioritas.dinilai": "Skor diisi",
    "prioritas.calon_masuk": "Calon peringkat bertambah",
    "prioritas.dihapus": "Pemeringkatan dihapus",
    "prioritas.urutan_kelompok": "Urutan kelompok dicatat",
    "prioritas.urutan_dihapus": "Urutan kelompok dihapus",
    "prioritas.urutan_pleno": "Urutan pleno ditetapkan",
    "prioritas.spc": "Surat Penetapan Camat dicatat",
    "prioritas.ditunda": "Penundaan dana diubah",
    "calon.ditambah": "Menjadi calon peringkat",
    "calon.dikeluarkan": "Dikeluarkan dari calon",
    "calon.diubah": "Data calon diubah",
    "calon.jumlah": "Jumlah yang disetujui diubah",
    "verifikasi.diisi": "Lembar verifikasi diisi",
    "desa.keadaan": "Catatan kepatuhan desa diubah",
    "pemilih.ditambah": "Menjadi pemilih",
    "pemilih.dikeluarkan": "Dikeluarkan dari pemilih",
    "suara.dibuka": "Pemungutan suara dibuka",
    "suara.ditandai": "Cara memilih dicatat",
    "suara.kertas": "Hitungan kertas diubah",
    "prioritas.daftar_dilewati": "Daftar satu calon dilewati atau diikutkan lagi",
    "prioritas.seri_diputus": "Skor yang sama diputus",
}
STATUS = {
    "pemeringkatan.status": "Peringkat",
    "pemungutan.status": "Pemungutan suara",
}
KOLOM = {
    "kebijakan_sisa": "Bila tidak muat",
}
