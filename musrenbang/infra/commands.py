"""What every command of ours shares: it looks at the database first, and a fault of the machine is one sentence.

A fault of the machine is one that the person at it can mend: no tables, a database that is away, a full disk. Faults of
the program keep their traceback.
"""

import errno
import sqlite3
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from musrenbang.infra.era import require_known

BELUM_ADA = "Basis data belum berisi tabel. Jalankan `manage.py migrate` dahulu, lalu ulangi."
BELUM_SESUAI = (
    "Basis data belum sesuai dengan versi program ini. Buat cadangan (`manage.py cadangkan`), jalankan "
    "`manage.py migrate`, lalu ulangi."
)
PENUH = "Disk penuh, jadi tidak semuanya tertulis. Kosongkan sebagian, lalu ulangi."
JAUH = "Basis data tidak dapat dihubungi. Periksa DATABASE_URL dan pastikan servernya berjalan, lalu ulangi."
TIDAK_TERBUKA = "Basis data tidak dapat dibuka atau ditulisi. Periksa VAR_DIR dan pemilik berkasnya, lalu ulangi."
DITOLAK = "Basis data menolak pengguna, kata sandi, atau nama yang disebut DATABASE_URL. Perbaiki, lalu ulangi."
SIBUK = "Basis data sedang dikunci proses lain. Tunggu sebentar, lalu ulangi."
RUSAK = "Berkas basis data rusak atau bukan basis data. Pulihkan dari cadangan: `manage.py pulihkan BERKAS --ya`."

# By the SQLSTATE of PostgreSQL (two letters: a class), and by the words of SQLite.
_SQLSTATE = {
    "42P01": BELUM_ADA,
    "42703": BELUM_SESUAI,
    "53100": PENUH,
    "53300": SIBUK,
    "55P03": SIBUK,
    "25006": TIDAK_TERBUKA,
    "28": DITOLAK,
    "3D": DITOLAK,
    "42501": DITOLAK,
    "08": JAUH,
    "57": JAUH,
}
_KATA = {
    "no such table": BELUM_ADA,
    "no such column": BELUM_SESUAI,
    "disk is full": PENUH,
    "unable to open": TIDAK_TERBUKA,
    "readonly database": TIDAK_TERBUKA,
    "disk i/o error": TIDAK_TERBUKA,
    "is locked": SIBUK,
    "malformed": RUSAK,
    "not a database": RUSAK,
    # PostgreSQL before a connection stands has no SQLSTATE either
    "password authentication failed": DITOLAK,
    "no pg_hba.conf entry": DITOLAK,
    "does not exist": DITOLAK,
    "too many clients": SIBUK,
    "connect": JAUH,
    "could not translate host name": JAUH,
    "server closed": JAUH,
    "timeout expired": JAUH,
}


def explain(error: BaseException) -> str | None:
    """Return the sentence for a fault of the machine that runs us; None for a fault of the program."""
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, DatabaseError | InterfaceError | sqlite3.Error):
        kode = str(getattr(error.__cause__, "pgcode", None) or "")
        if kode:
            return _SQLSTATE.get(kode) or _SQLSTATE.get(kode[:2])
        message = str(error).lower()
        return next((sentence for words, sentence in _KATA.items() if words in message), None)
    if isinstance(error, OSError):
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return PENUH
        if error.errno in {errno.EROFS, errno.EACCES} and error.filename:
            return f"{error.filename} tidak dapat dibaca atau ditulisi: periksa pemilik dan izinnya, lalu ulangi."
    return None


class MusrenbangCommand(BaseCommand):
    """A command that wants the tables of this very version, unless it says otherwise."""

    perlu_tabel = True
    """False for one that works without, or that looks for itself."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run, unless the database is not ready. Raises CommandError with one sentence and return code 2."""
        try:
            if self.perlu_tabel:
                require_tables()
            return super().execute(*args, **options)
        except CommandError:
            raise
        except Exception as error:
            sentence = explain(error)
            if sentence is None:
                raise
            raise CommandError(sentence, returncode=2) from error


def require_tables(*, old: bool = False) -> None:
    """Raise CommandError unless the migrations of this version and no others have run; with ``old`` any of ours do."""
    executor = MigrationExecutor(connection)
    already = any(application == "musrenbang" for application, _ in executor.loader.applied_migrations)
    if not already:
        raise CommandError(BELUM_ADA, returncode=2)
    if old:
        return
    require_known(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(BELUM_SESUAI, returncode=2)
