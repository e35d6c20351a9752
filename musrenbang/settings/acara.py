"""How a musrenbang goes: conditions and effects of stages, agenda, criteria, deadlines; the same on every machine."""

# Days after the meeting by which a stage is to be reached (the rules name none; these are the usual ones).
TENGGAT_HARI = {"disahkan": 7, "disampaikan": 14, "selesai": 30}
# What must be true before the event may enter a stage: dotted paths to functions (musrenbang) -> list[Kekurangan].
# The base app asks; the upper apps answer (see musrenbang/syarat.py).
SYARAT_TAHAP = {
    "siap": [
        "musrenbang.syarat.jadwal_lengkap",
        "musrenbang.syarat.tim_lengkap",
        "musrenbang.syarat.kriteria_disetujui",
        "usulan.syarat.usulan_lengkap",
        "rkp.syarat.draft_tersusun",
        "musrenbang.sidang.syarat.undangan_tersebar",
        "musrenbang.sidang.syarat.agenda_tersusun",
        "musrenbang.sidang.syarat.undangan_sesuai",
        "berita_acara.syarat.surat_sesuai",
    ],
    "pembukaan": ["musrenbang.sidang.syarat.undangan_sesuai", "berita_acara.syarat.surat_sesuai"],
    "pemaparan": ["musrenbang.sidang.syarat.sidang_berjalan", "musrenbang.sidang.syarat.ada_yang_hadir"],
    "pembahasan": ["musrenbang.sidang.syarat.sidang_berjalan"],
    "kelompok": ["musrenbang.sidang.syarat.sidang_berjalan", "rkp.syarat.kelompok_siap"],
    "pleno": ["musrenbang.sidang.syarat.sidang_berjalan", "rkp.syarat.kelompok_selesai"],
    "prioritas": [
        "musrenbang.sidang.syarat.kuorum_penetapan",
        "rkp.syarat.keberatan_selesai",
        "rkp.syarat.semua_diputuskan",
        "rkp.syarat.dalam_pagu",
    ],
    "delegasi": ["musrenbang.sidang.syarat.kuorum_peringkat", "rkp.prioritas.syarat.peringkat_ditetapkan"],
    "penandatanganan": ["musrenbang.sidang.syarat.kuorum_delegasi", "delegasi.syarat.susunan_lengkap"],
    "finalisasi": [
        "berita_acara.syarat.di_server",
        "musrenbang.sidang.syarat.kuorum_tanda_tangan",
        "berita_acara.syarat.berita_acara_terbit",
        "berita_acara.syarat.salinan_ada",
    ],
    "disahkan": ["tindak_lanjut.syarat.catatan_dijawab"],
    "disampaikan": [
        "tindak_lanjut.syarat.catatan_dijawab",
        "berita_acara.syarat.pengantar_terbit",
        "berita_acara.syarat.surat_sesuai",
    ],
    "selesai": [
        "tindak_lanjut.syarat.semua_terpilah",
        "tindak_lanjut.syarat.semua_terkirim",
        "berita_acara.syarat.surat_sesuai",
    ],
}
# An amount this many times what a work cost so far, or more, is asked about before it is stored.
KALI_BIAYA = 10
# Why the work of the meeting rests now ("" while it runs), told by the app that knows the sittings.
SIDANG_BERHENTI = "musrenbang.sidang.queries.rest_words"
# The same for many events at once, for the home page: {event: words} of those that are adjourned.
SIDANG_DISKORS = "musrenbang.sidang.queries.adjourned_words"
# Why the laptop of a hall may not change its event any more ("" where it may), told by the app that knows the journeys.
IZIN_AULA = "alur.aula.jaga.permit_words"
# What agencies are called in documents, by the year of the event (musrenbang.md section 1).
SEBUTAN_PERANGKAT_DAERAH = {0: "SKPD", 2017: "Perangkat Daerah"}
# Which of an event's proposals were left without money, told by the app that decides: for next year's carry-over.
USULAN_BELUM_DIDANAI = "tindak_lanjut.queries.unaccommodated"
# What a new year takes over from the one before: words, function (lama, baru, by) -> how much.
WARISAN_TAHUN = [
    ("anggota tim", "musrenbang.services.tim.inherit_tim"),
    ("undangan", "musrenbang.sidang.services.inherit_undangan"),
    ("kriteria", "musrenbang.services.tahun.inherit_kriteria"),
    ("susunan delegasi", "delegasi.services.inherit_susunan"),
    ("usulan yang menunggu", "tindak_lanjut.queries.count_waiting"),
]
# Personal data that the legal record does not need: words, function (musrenbang, simpan) -> rows.
DATA_PRIBADI = [
    ("alamat dan usia hadirin", "musrenbang.sidang.services.forget_hadirin"),
    ("alamat delegat", "delegasi.services.forget_delegat"),
]
# What became of a proposal in the plan, step by step, told by the app that decides.
NASIB_USULAN = "tindak_lanjut.queries.fate"
# The criteria that a kecamatan starts from (musrenbang.md section 4: Asahan 2018; the weights are ours), and the
# function of the app that scores which tells whether they are in use.
KRITERIA_BAWAAN = [
    {"kode": "C1", "nama": "Keterdesakan", "bobot": 25},
    {"kode": "C2", "nama": "Penanggulangan kemiskinan", "bobot": 20},
    {"kode": "C3", "nama": "Manfaat/dampak", "bobot": 20},
    {"kode": "C4", "nama": "Dampak terhadap ekonomi masyarakat", "bobot": 15},
    {"kode": "C5", "nama": "Partisipasi masyarakat", "bobot": 10},
    {"kode": "C6", "nama": "Pengembangan potensi lokasi", "bobot": 10},
]
# What the scores 1 to 5 mean; a criterion that is measured has the upper bounds of its bands instead, by bidang
# (musrenbang.md section 4: Asahan 2018).
KATA_NILAI = ["sangat rendah", "rendah", "sedang", "tinggi", "sangat tinggi"]
RENTANG_NILAI = {
    "C3": {"satuan": "KK", "batas": {"Infrastruktur dan Prasarana Wilayah": [10, 20, 30, 40], "": [20, 40, 60, 80]}},
}
PENILAIAN_DIMULAI = "rkp.prioritas.queries.scoring_started"
# What the projector can show: panel -> (words on its button, function (musrenbang, key) -> Panel).
PANEL_LAYAR = {
    "agenda": ("Agenda dan waktu", "musrenbang.sidang.panel.agenda"),
    "kehadiran": ("Kehadiran", "musrenbang.sidang.panel.kehadiran"),
    "usulan": ("Kegiatan yang dibahas", "rkp.panel.usulan"),
    "bidang": ("Draf RKP per bidang", "rkp.panel.bidang"),
    "kelompok": ("Hasil kelompok", "rkp.panel.kelompok"),
    "prioritas": ("Peringkat dan pagu", "rkp.prioritas.panel.prioritas"),
    "delegasi": ("Delegasi", "delegasi.panel.delegasi"),
    "berita_acara": ("Draf Berita Acara", "berita_acara.panel.berita_acara"),
}
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
# Figures on the event board, one function each (see musrenbang/queries.py).
ANGKA_PAPAN = [
    "usulan.queries.angka_usulan",
    "rkp.queries.angka_rkp",
    "musrenbang.sidang.queries.angka_hadir",
    "delegasi.queries.angka_delegasi",
]
# What stands in the card of the next step besides its conditions, told by the app that knows why the event came back.
PESAN_LANGKAH = "tindak_lanjut.queries.waiting_messages"
# What else happens in the same transaction as a move: (from, to) -> functions (musrenbang, by, alasan).
AKIBAT_TAHAP = {
    ("pemaparan", "pembahasan"): ["rkp.services.freeze_draft"],
    ("kelompok", "pleno"): ["rkp.services.freeze_kelompok"],
    ("pleno", "prioritas"): [
        "musrenbang.sidang.services.note_kuorum",
        "rkp.services.fix_rkp",
        "rkp.prioritas.services.sync_calon",
    ],
    ("prioritas", "delegasi"): ["musrenbang.sidang.services.note_kuorum"],
    ("delegasi", "penandatanganan"): ["musrenbang.sidang.services.note_kuorum"],
    ("penandatanganan", "finalisasi"): ["musrenbang.sidang.services.note_kuorum", "rkp.services.freeze_final"],
    ("finalisasi", "disahkan"): ["rkp.services.freeze_approved"],
    ("disahkan", "disampaikan"): ["berita_acara.services.hand_over"],
    ("disampaikan", "diterima"): ["tindak_lanjut.services.accept_package"],
    ("disampaikan", "dikembalikan"): ["tindak_lanjut.services.return_package"],
    ("diterima", "pemilahan"): ["tindak_lanjut.services.start_pemilahan"],
    ("penandatanganan", "delegasi"): ["musrenbang.sidang.services.drop_kuorum"],
    ("prioritas", "pleno"): [
        "musrenbang.sidang.services.drop_kuorum",
        "rkp.prioritas.services.call_off_votes",
        "rkp.services.reopen_rkp",
        "rkp.prioritas.services.reopen_pemeringkatan",
    ],
    ("delegasi", "prioritas"): [
        "musrenbang.sidang.services.drop_kuorum",
        "rkp.prioritas.services.reopen_pemeringkatan",
    ],
}
# What a move fixes, as leaves of the event's record: (from, to) -> functions (musrenbang) -> list of facts
# (docs/arsitektur.md, "Anchors").
FAKTA_TAHAP = {
    ("pleno", "prioritas"): ["rkp.queries.fakta.plan_facts", "tindak_lanjut.queries.fakta.village_facts"],
    ("prioritas", "delegasi"): ["rkp.prioritas.queries.fakta.ranking_facts"],
    ("delegasi", "penandatanganan"): ["delegasi.queries.delegate_facts"],
    ("penandatanganan", "finalisasi"): [
        "musrenbang.sidang.queries.fakta.attendance_facts",
        "rkp.queries.fakta.plan_facts",
        "rkp.prioritas.queries.fakta.ranking_facts",
        "delegasi.queries.delegate_facts",
        "tindak_lanjut.queries.fakta.village_facts",
    ],
}
