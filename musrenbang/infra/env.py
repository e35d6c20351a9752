"""Read settings from the environment and fail loudly when one cannot be understood.

Every function raises ``ImproperlyConfigured`` with a sentence that names the variable,
the value found and what is accepted. Nothing is guessed.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from musrenbang.infra.network import BadAddress, split

TUNGGU_POSTGRES = {
    "connect_timeout": 5,
    "tcp_user_timeout": 30_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""How long a server that does not answer is waited for (libpq; seconds, the second in milliseconds)."""
BENAR = {"1", "true", "True"}
SALAH = {"0", "false", "False"}


def envbool(nama: str, default: bool) -> bool:
    """Return the boolean in ``nama``; only 1/0, true/false and True/False are accepted."""
    nilai = os.environ.get(nama)
    if nilai is None:
        return default
    if nilai in BENAR:
        return True
    if nilai in SALAH:
        return False
    raise ImproperlyConfigured(f"{nama}={nilai!r}: pakai 1 atau 0.")


def envpath(nama: str) -> str:
    """Return the path in ``nama``, which must be there; empty when the variable is not set."""
    nilai = os.environ.get(nama, "")
    if nilai and not Path(nilai).exists():
        raise ImproperlyConfigured(f"{nama}={nilai!r}: berkas atau foldernya tidak ada.")
    return nilai


def envfolder(nama: str, default: Path) -> Path:
    """Return the folder in ``nama``, made when it is not there."""
    folder = Path(os.environ.get(nama, "").strip() or default)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{nama}={str(folder)!r} tidak dapat dibuat: {error.strerror}.") from error
    return folder


def envtext(nama: str) -> str:
    """Return the text in ``nama``; empty when the variable is not set."""
    return os.environ.get(nama, "").strip()


def envchoice(nama: str, pilihan: list[str]) -> str:
    """Return the value of ``nama``, one of ``pilihan``; the first when the variable is not set."""
    nilai = envtext(nama) or pilihan[0]
    if nilai not in pilihan:
        raise ImproperlyConfigured(f"{nama}={nilai!r}: pakai {' atau '.join(pilihan)}.")
    return nilai


def envchoices(nama: str, pilihan: list[str]) -> list[str]:
    """Return the comma-separated values in ``nama``, each one of ``pilihan``; none when the variable is not set."""
    nilai = envlist(nama, [])
    if wrong := [n for n in nilai if n not in pilihan]:
        raise ImproperlyConfigured(f"{nama} memuat {', '.join(wrong)!r}; yang dikenal: {', '.join(pilihan)}.")
    return nilai


def envint(nama: str, default: int) -> int:
    """Return the whole number in ``nama``."""
    nilai = os.environ.get(nama)
    if nilai is None:
        return default
    try:
        return int(nilai)
    except ValueError as error:
        raise ImproperlyConfigured(f"{nama}={nilai!r}: harus bilangan bulat.") from error


def envlist(nama: str, default: list[str]) -> list[str]:
    """Return the comma-separated values in ``nama`` without blanks."""
    nilai = os.environ.get(nama)
    if nilai is None:
        return default
    return [part.strip() for part in nilai.split(",") if part.strip()]


def envserved(nama: str, default: str) -> str:
    """Return the ``host:port`` in ``nama``."""
    nilai = envtext(nama) or default
    try:
        split(nilai)
    except BadAddress as error:
        raise ImproperlyConfigured(f"{nama}={nilai!r}: {error}") from error
    return nilai


def envurl(nama: str, default: str) -> str:
    """Return the http(s) address in ``nama`` without a slash at its end."""
    nilai = envtext(nama) or default
    part = urlsplit(nilai)
    if part.scheme not in {"http", "https"} or not part.netloc or part.query or part.fragment:
        raise ImproperlyConfigured(
            f"{nama}={nilai!r}: pakai alamat lengkap, misalnya https://musrenbang.example.go.id."
        )
    return nilai.rstrip("/")


def envsecret(nama: str) -> str | None:
    """Return the secret in ``nama`` or in the file that ``nama``_FILE points to; None when neither is set."""
    file = os.environ.get(f"{nama}_FILE")
    if file is None:
        return os.environ.get(nama) or None
    try:
        content = Path(file).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{nama}_FILE={file!r} tidak dapat dibaca: {error.strerror}.") from error
    if not content:
        raise ImproperlyConfigured(f"{nama}_FILE={file!r} kosong.")
    return content


def database(url: str | None, var: Path) -> dict[str, Any]:
    """Return Django's database setting for ``DATABASE_URL`` (sqlite:///path or postgres://user:pass@host:port/name).

    Without a URL the embedded SQLite in ``var`` is used. Its options are the measured ones: WAL, immediate
    transactions and a long busy timeout, with which 20 writing threads never met "database is locked".
    """
    if not url:
        return sqlite(var / "musrenbang.sqlite3")
    part = urlsplit(url)
    if part.scheme == "sqlite":
        return sqlite(Path(unquote(part.path[1:])))
    if part.scheme in {"postgres", "postgresql"}:
        nama = unquote(part.path[1:])
        if not nama:
            raise ImproperlyConfigured("DATABASE_URL tidak menyebut nama basis data.")
        pilihan = dict(parse_qsl(part.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": nama,
            "USER": unquote(part.username or ""),
            "PASSWORD": unquote(part.password or ""),
            "HOST": pilihan.pop("host", part.hostname or ""),
            "PORT": str(part.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**TUNGGU_POSTGRES, **pilihan},
        }
    raise ImproperlyConfigured(f"DATABASE_URL memakai {part.scheme!r}; pakai sqlite:/// atau postgres://.")


def sqlite(berkas: Path) -> dict[str, Any]:
    """Return the setting for an SQLite file with the options measured for concurrent writers.

    ``SQLITE_SYNCHRONOUS`` is FULL: what was acknowledged survives a power cut too, not only a killed process. NORMAL
    commits about ten times faster and may lose the last moments before a power cut.
    """
    hold = envchoice("SQLITE_SYNCHRONOUS", ["FULL", "NORMAL"])
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": berkas,
        "TEST": {"NAME": berkas.with_name("uji.sqlite3")},  # a file, so that threads meet as they do in use
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={hold}; PRAGMA foreign_keys=ON;",
        },
    }
