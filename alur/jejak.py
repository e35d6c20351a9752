"""What the audit trail says of this app."""

AKSI = {
    "musrenbang.tahun_baru": "Dibuka dari tahun sebelumnya",
    "musrenbang.dibawa": "Dibawa ke aula; di server dikunci",
    "musrenbang.dikemas": "Hasil aula dikemas untuk server; di laptop dikunci",
    "aula.diperpanjang": "Izin membawa ke aula diperpanjang",
    "aula.disahkan": "Hasil aula disahkan",
    "aula.pengesahan_gugur": "Pengesahan hasil aula gugur karena orangnya tidak lagi menjabat",
    "musrenbang.dibuka_lagi": "Dibuka lagi di laptop",
    "musrenbang.data_pribadi": "Data pribadi yang tidak diperlukan lagi dihapus",
}
STATUS = {
    "perjalanan.status": "Perjalanan aula",
    "hasilaula.status": "Hasil aula",
}
