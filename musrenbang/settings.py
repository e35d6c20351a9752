"""All settings, read from the environment (table in docs/arsitektur.md). A bare clone runs with DEBUG=1."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from musrenbang.env import database, envbool, envint, envlist, envpath, envsecret

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = envbool("DEBUG", False)
MODE_LATIHAN = envbool("MODE_LATIHAN", False)

VAR_DIR = Path(envlist("VAR_DIR", [str(BASE_DIR / "var")])[0])
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = envsecret("SECRET_KEY") or ("hanya-untuk-latihan-" * 3 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY atau SECRET_KEY_FILE wajib diisi bila DEBUG=0.")
ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = envlist("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "musrenbang",
    "musrenbang.sidang",
    "usulan",
    "rkp",
    "rkp.prioritas",
    "delegasi",
    "tindak_lanjut",
    "berita_acara",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # With DEBUG the development server serves the files itself, straight from the tree.
    *([] if DEBUG else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "musrenbang.middleware.PenolakanMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "musrenbang.urls"
WSGI_APPLICATION = "musrenbang.wsgi.application"
CSRF_FAILURE_VIEW = "musrenbang.views.galat.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "musrenbang.context.mode_latihan",
            ],
            "builtins": ["musrenbang.templatetags.musrenbang"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": database(envsecret("DATABASE_URL"), VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "musrenbang.Pengguna"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # a one-time link is handed over by people, not by mail

LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "berkas"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Where people reach this server: printed in the QR of every document.
ALAMAT = envlist("ALAMAT", ["http://127.0.0.1:8000"])[0].rstrip("/")

# Folders for backups: made by `cadangkan`, and by themselves at every change of stage.
CADANGAN_DIR = envlist("CADANGAN_DIR", [])

# Boundaries for maps (GeoJSON, see fixtures/batas/README.md).
BATAS_DIR = Path(envpath("BATAS_DIR") or BASE_DIR / "fixtures/batas")

# Certificates (PEM, a folder or a file) of the issuers of electronic signatures that are known here.
PENERBIT_SERTIFIKAT = envpath("PENERBIT_SERTIFIKAT")

# Days after the meeting by which a stage is to be reached (the rules name none; these are the usual ones).
TENGGAT_HARI = {"disahkan": 7, "disampaikan": 14, "selesai": 30}
# Days that an SKPD has to answer, from the letter that hands the works over.
TENGGAT_JAWAB_HARI = envint("TENGGAT_JAWAB_HARI", 14)

# A village list is well under 1 MB; anything past this is the wrong file.
UNGGAH_MAKS_BYTE = envint("UNGGAH_MAKS_MB", 10) * 1024 * 1024
UNGGAH_MAKS_BARIS = envint("UNGGAH_MAKS_BARIS", 20_000)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Long documents are laid out in this many processes at once, each of some 200 MB.
CETAK_PROSES = envint("CETAK_PROSES", 2)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Laid-out parts of documents, by their content: what stands unchanged is not laid out again.
    "cetak": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cetak",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

SESSION_COOKIE_AGE = 14 * 3600  # one long meeting day
SESSION_COOKIE_HTTPONLY = True
HTTPS = envbool("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

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
    ],
    "pemaparan": ["musrenbang.sidang.syarat.ada_yang_hadir"],
    "kelompok": ["rkp.syarat.kelompok_siap"],
    "pleno": ["rkp.syarat.kelompok_selesai"],
    "prioritas": ["rkp.syarat.keberatan_selesai", "rkp.syarat.semua_diputuskan", "rkp.syarat.dalam_pagu"],
    "delegasi": ["rkp.prioritas.syarat.peringkat_ditetapkan"],
    "penandatanganan": ["delegasi.syarat.susunan_lengkap"],
    "finalisasi": ["berita_acara.syarat.berita_acara_terbit", "berita_acara.syarat.salinan_ada"],
    "disahkan": ["tindak_lanjut.syarat.catatan_dijawab"],
    "disampaikan": ["tindak_lanjut.syarat.catatan_dijawab", "berita_acara.syarat.pengantar_terbit"],
    "selesai": ["tindak_lanjut.syarat.semua_terpilah", "tindak_lanjut.syarat.semua_terkirim"],
}
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
# What else happens in the same transaction as a move: (from, to) -> functions (musrenbang, by, alasan).
AKIBAT_TAHAP = {
    ("pemaparan", "pembahasan"): ["rkp.services.freeze_draft"],
    ("kelompok", "pleno"): ["rkp.services.freeze_kelompok"],
    ("pleno", "prioritas"): ["rkp.services.fix_rkp", "rkp.prioritas.services.sync_calon"],
    ("penandatanganan", "finalisasi"): ["rkp.services.freeze_final"],
    ("finalisasi", "disahkan"): ["rkp.services.freeze_approved"],
    ("disahkan", "disampaikan"): ["tindak_lanjut.services.submit_package"],
    ("disampaikan", "diterima"): ["tindak_lanjut.services.accept_package"],
    ("disampaikan", "dikembalikan"): ["tindak_lanjut.services.return_package"],
    ("diterima", "pemilahan"): ["tindak_lanjut.services.start_pemilahan"],
    ("prioritas", "pleno"): ["rkp.services.reopen_rkp", "rkp.prioritas.services.reopen_pemeringkatan"],
    ("delegasi", "prioritas"): ["rkp.prioritas.services.reopen_pemeringkatan"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"baris": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "baris"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
