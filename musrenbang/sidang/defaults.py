"""What a meeting starts from."""

from musrenbang.states import Tahap

# The usual agenda (musrenbang.md 3(j), in the order of seed B.3): title, minutes, who is
# responsible, and the stage that it belongs to (none: whenever it suits).
AGENDA_BAWAAN = [
    ("Registrasi peserta", 30, "Tim pelaksana", Tahap.SIAP),
    ("Pembukaan, lagu kebangsaan, dan doa", 15, "Pembawa acara", Tahap.PEMBUKAAN),
    ("Sambutan Camat dan pembukaan resmi", 15, "Camat", Tahap.PEMBUKAAN),
    ("Penjelasan agenda dan tata tertib", 10, "Ketua Tim", Tahap.PEMBUKAAN),
    ("Paparan program yang masuk tahun {N}", 20, "Setrawan Kabupaten", Tahap.PEMAPARAN),
    ("Paparan prioritas SKPD tahun {N1}", 40, "Wakil SKPD", Tahap.PEMAPARAN),
    ("Tanya jawab", 30, "Moderator", Tahap.PEMAPARAN),
    ("Paparan draf RKP Kecamatan", 20, "Sekretaris Camat", Tahap.PEMAPARAN),
    ("Pembahasan draf RKP Kecamatan", 30, "Pimpinan sidang", Tahap.PEMBAHASAN),
    ("Diskusi kelompok per bidang", 60, "Pemandu kelompok", Tahap.KELOMPOK),
    ("Istirahat, salat, dan makan", 45, "Tim pelaksana", ""),
    ("Lanjutan kelompok dan penilaian", 30, "Pemandu kelompok", Tahap.KELOMPOK),
    ("Pleno hasil kelompok", 45, "Ketua kelompok", Tahap.PLENO),
    ("Penetapan RKP Kecamatan tahun {N1}", 15, "Pimpinan sidang", Tahap.PLENO),
    ("Prioritas kegiatan program", 30, "Pimpinan sidang", Tahap.PRIORITAS),
    ("Penetapan delegasi kecamatan", 20, "Pimpinan sidang", Tahap.DELEGASI),
    ("Pembacaan dan penandatanganan Berita Acara", 15, "Pimpinan sidang", Tahap.PENANDATANGANAN),
    ("Penutup", 10, "Camat", Tahap.PENANDATANGANAN),
]
