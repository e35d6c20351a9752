"""All settings, read from the environment (table in docs/arsitektur.md). A bare clone runs with DEBUG=1.

What only a server needs stands in ``server``; how a meeting goes is no setting (``alur/tahap.py``).
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from musrenbang.infra.env import (
    database,
    envbool,
    envchoices,
    envfolder,
    envint,
    envlist,
    envpath,
    envsecret,
    envserved,
    envtext,
    envurl,
)
from musrenbang.infra.network import site_addresses, site_hosts
from musrenbang.settings import server
from musrenbang.states import Peran

BASE_DIR = Path(__file__).resolve().parents[2]
DEBUG = envbool("DEBUG", False)
MODE_LATIHAN = envbool("MODE_LATIHAN", False)
# A laptop in a hall: people sign in with the PIN of the journey, not with their password.
AULA = envbool("AULA", False)
# The port at which the laptop of a hall also serves https, for the team's own devices (`make aula HTTPS=1`).
PORT_AMAN = envint("PORT_AMAN", 0) if envtext("PORT_AMAN") else 0

VAR_DIR = envfolder("VAR_DIR", BASE_DIR / "var")

SECRET_KEY = envsecret("SECRET_KEY") or ("hanya-untuk-latihan-" * 3 if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY atau SECRET_KEY_FILE wajib diisi bila DEBUG=0.")
server.check_secret("SECRET_KEY", SECRET_KEY)
# The key before: while it is named, sessions and one-time links that were made with it still hold.
SECRET_KEY_FALLBACKS = [one for one in [envsecret("SECRET_KEY_LAMA")] if one]
# host:port that `make run` and `make serve-prod` serve (HOST and PORT); unknown behind a proxy and in a container.
LAYANI = envserved("LAYANI", "127.0.0.1:8000")
ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", site_hosts(LAYANI) if DEBUG or envtext("LAYANI") else [])
CSRF_TRUSTED_ORIGINS = envlist("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "crispy_forms",
    "crispy_bootstrap5",
    "django.forms",
    "django_htmx",
    "musrenbang",
    "musrenbang.sidang",
    "usulan",
    "rkp",
    "rkp.prioritas",
    "delegasi",
    "tindak_lanjut",
    "berita_acara",
    "alur",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "musrenbang.middleware.MachineMiddleware",
    # With DEBUG the development server serves the files itself, straight from the tree.
    *([] if DEBUG else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "musrenbang.middleware.SebutanMiddleware",
    "musrenbang.middleware.RefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "musrenbang.middleware.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "musrenbang.middleware.IdleMiddleware",
    "musrenbang.middleware.SignInCodeMiddleware",
    "musrenbang.middleware.OwnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "alur.urls"
WSGI_APPLICATION = "musrenbang.wsgi.application"
CSRF_FAILURE_VIEW = "musrenbang.views.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "musrenbang.context.training_mode",
                "musrenbang.context.event",
            ],
            "builtins": ["musrenbang.templatetags.musrenbang"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "musrenbang.template_words.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# Controls come from our templates folder where it has them, otherwise from Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# A server serves https, unless it says that it does not (a laptop in a hall: `make run` and `make aula` say so).
HTTPS = envbool("HTTPS", not DEBUG)

DATABASES = {"default": database(envsecret("DATABASE_URL"), VAR_DIR)}
# A copy that follows the database (streaming replication): heavy pages that only read are read there.
if REPLIKA := envsecret("DATABASE_REPLIKA_URL"):
    DATABASES["replika"] = database(REPLIKA, VAR_DIR) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["musrenbang.infra.replica.Router"]
    MIDDLEWARE.append("musrenbang.middleware.ReplicaMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "musrenbang.Pengguna"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# axes keeps the log of sign-ins; who tries again and again waits longer and longer by ``musrenbang.limits``.
AXES_LOCK_OUT_AT_FAILURE = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "musrenbang.akses.client_ip"
# Proxies of our own between the person and the application; each adds the address it saw at the end of the header.
PROKSI = envint("PROKSI", int(HTTPS))
# A second proof from people who approve, run or review (django-otp): a code of six digits from their phone.
WAJIB_KODE_MASUK = envbool("WAJIB_KODE_MASUK", False)
# Further roles of whom that code is required then, by their codes: "pmd" or "pmd,pemandu".
WAJIB_KODE_PERAN = envchoices("WAJIB_KODE_PERAN", [p.value for p in Peran])
OTP_TOTP_ISSUER = "Musrenbang"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 1
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "nama", "nip")},
    },
    {"NAME": "musrenbang.akun.passwords.LocalWord"},
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
    "default": server.file_storage(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Where people reach this server: printed in the QR of every document.
ALAMAT = envurl("ALAMAT", site_addresses(LAYANI)[0])

# Folders for backups: made by `cadangkan`, and by themselves at every change of stage.
CADANGAN_DIR = envlist("CADANGAN_DIR", [])

# Folders outside the database for signed checkpoints (unset: one in VAR_DIR; docs say why it belongs elsewhere).
JANGKAR_DIR = envlist("JANGKAR_DIR", [])
# What the key that signs them is drawn from, where it is to outlive SECRET_KEY.
KUNCI_JANGKAR = envsecret("KUNCI_JANGKAR")

# Boundaries for maps (GeoJSON, see fixtures/batas/README.md).
BATAS_DIR = Path(envpath("BATAS_DIR") or BASE_DIR / "fixtures/batas")

# Certificates (PEM, a folder or a file) of the issuers of electronic signatures that are known here.
PENERBIT_SERTIFIKAT = envpath("PENERBIT_SERTIFIKAT")

# BSrE's esign client, where the kabupaten runs one: the Camat signs with the passphrase. Seconds for one call.
ESIGN_ALAMAT = envurl("ESIGN_ALAMAT", "") if envtext("ESIGN_ALAMAT") else ""
ESIGN_PENGGUNA, ESIGN_SANDI = envtext("ESIGN_PENGGUNA"), envsecret("ESIGN_SANDI") or ""
ESIGN_DETIK = envint("ESIGN_DETIK", 60)

# Days that an SKPD has to answer, from the letter that hands the works over.
TENGGAT_JAWAB_HARI = envint("TENGGAT_JAWAB_HARI", 14)
# Years after an event for which addresses, phone numbers and ages are kept.
RETENSI_TAHUN = envint("RETENSI_TAHUN", 2)

# A village list is well under 1 MB; anything past this is the wrong file.
UNGGAH_MAKS_BYTE = envint("UNGGAH_MAKS_MB", 10) * 1024 * 1024
UNGGAH_MAKS_BARIS = envint("UNGGAH_MAKS_BARIS", 25_000)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# The fields of a form without its files, and all that one form may bring (a signed copy of many photos).
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
KIRIMAN_MAKS_BYTE = 64 * 1024 * 1024

# Jobs wait in the database. A server has workers of its own; elsewhere a process is started when there is work.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PEKERJA_TERPISAH = envbool("PEKERJA_TERPISAH", False)

# Long documents are laid out by this many workers at once, each of some 200 MB.
CETAK_PROSES = envint("CETAK_PROSES", 2)
# Seconds without a finished page, or without a free worker, after which a document is given up with a sentence.
CETAK_DETIK = envint("CETAK_DETIK", 60)
# Papers are laid out as soon as their facts are fixed, so that issuing one only joins and stamps.
CETAK_DULU = envbool("CETAK_DULU", True)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Laid-out parts of documents, by their content: what stands unchanged is not laid out again.
    "cetak": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cetak",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

SESSION_ENGINE = "musrenbang.akun.sesi"
SESSION_COOKIE_AGE = 14 * 3600  # one long meeting day
# A device that nobody touched for this long is asked for the password again; a lunch in the hall is shorter.
SESI_DIAM_DETIK = envint("SESI_DIAM_MENIT", 180) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # a name that a browser takes from this very host alone, and only over HTTPS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sehat/$", r"^metrik/$"]  # asked from inside, past the proxy
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing but our own files: no script or style stands inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "object-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Watching a server: figures for Prometheus behind a password, log lines as JSON, errors to Sentry.
if METRIK_SANDI := envsecret("METRIK_SANDI"):
    INSTALLED_APPS.append("django_prometheus")
    MIDDLEWARE.insert(0, "django_prometheus.middleware.PrometheusBeforeMiddleware")
    MIDDLEWARE.append("django_prometheus.middleware.PrometheusAfterMiddleware")
LOGGING = server.logs()
server.report_errors(envsecret("SENTRY_DSN"))
