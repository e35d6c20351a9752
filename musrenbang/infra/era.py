"""Whether this program knows what a database, or a backup of one, went through: older and newer ones are told apart."""

from collections.abc import Iterable

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

CIRI_LAMA = frozenset({"musrenbang.0002_jejak_tetap", "usulan.0002_milik_desa"})
"""Every database that was made before the migrations began anew has run one of these, and none that was made since."""
TERLALU_LAMA = (
    "Basis data ini dibuat oleh versi percobaan sebelum 1.0.0, dan tabelnya tidak dapat dinaikkan ke versi ini. Untuk "
    "tetap membukanya, jalankan program versi itu. Untuk mulai dengan versi ini, pindahkan berkas basis datanya (atau "
    "buat basis data PostgreSQL yang baru), lalu jalankan `manage.py migrate`."
)
TERLALU_BARU = (
    "Basis data ini sudah dinaikkan oleh versi program yang lebih baru ({}). Perbarui aplikasi, atau pulihkan cadangan "
    "yang dibuat versi ini."
)
CADANGAN_LAMA = (
    "Cadangan ini dari versi percobaan sebelum 1.0.0, dan tabelnya tidak dapat dinaikkan ke versi ini. Pulihkan dengan "
    "program versi itu."
)
CADANGAN_BARU = "Cadangan ini dari versi yang lebih baru ({}). Perbarui aplikasi dahulu."


def applied(basis: BaseDatabaseWrapper) -> list[str]:
    """Return the migrations that a database has run, as "app.name"; none where it has no tables."""
    return sorted(f"{app}.{nama}" for app, nama in MigrationRecorder(basis).applied_migrations())


def objection(route: Iterable[str], *, old: str, new: str) -> str:
    """Return why this program cannot take what has run these migrations: ``old``, ``new`` with a name, or nothing."""
    route = set(route)
    if CIRI_LAMA & route:
        return old
    foreign = route - {f"{app}.{nama}" for app, nama in MigrationLoader(None).disk_migrations}
    return new.format(max(foreign)) if foreign else ""


def require_known(basis: BaseDatabaseWrapper) -> None:
    """Raise CommandError with return code 2 for a database that this program can neither use nor migrate."""
    if words := objection(applied(basis), old=TERLALU_LAMA, new=TERLALU_BARU):
        raise CommandError(words, returncode=2)
