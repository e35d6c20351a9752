"""What a meeting starts from."""

# The usual agenda (musrenbang.md 3(j), in the order of seed B.3): title, minutes, who is responsible.
AGENDA_BAWAAN = [
    ("Registrasi peserta", 30, "Tim pelaksana"),
    ("Pembukaan, lagu kebangsaan, dan doa", 15, "Pembawa acara"),
    ("Sambutan Camat dan pembukaan resmi", 15, "Camat"),
    ("Penjelasan agenda dan tata tertib", 10, "Ketua Tim"),
    ("Paparan program yang masuk tahun {N}", 20, "Setrawan Kabupaten"),
    ("Paparan prioritas SKPD tahun {N1}", 40, "Wakil SKPD"),
    ("Tanya jawab", 30, "Moderator"),
    ("Paparan draf RKP Kecamatan", 20, "Sekretaris Camat"),
    ("Pembahasan draf RKP Kecamatan", 30, "Pimpinan sidang"),
    ("Diskusi kelompok per bidang", 60, "Pemandu kelompok"),
    ("Istirahat, salat, dan makan", 45, "Tim pelaksana"),
    ("Lanjutan kelompok dan penilaian", 30, "Pemandu kelompok"),
    ("Pleno hasil kelompok", 45, "Ketua kelompok"),
    ("Penetapan RKP Kecamatan tahun {N1}", 15, "Pimpinan sidang"),
    ("Prioritas kegiatan program", 30, "Pimpinan sidang"),
    ("Penetapan delegasi kecamatan", 20, "Pimpinan sidang"),
    ("Pembacaan dan penandatanganan Berita Acara", 15, "Pimpinan sidang"),
    ("Penutup", 10, "Camat"),
]
