"""Making a backup and taking one back."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from musrenbang.infra import age
from musrenbang.infra.age import WrongPassphrase
from musrenbang.infra.backup.archive import BrokenArchive, extract_archive, write_archive
from musrenbang.infra.backup.basis import (
    POSTGRES,
    SQLITE,
    DatabaseFailed,
    check_database,
    dump_database,
    restore_database,
)
from musrenbang.infra.backup.files import list_files, put_files
from musrenbang.infra.backup.old_encryption import TANDA, decrypt
from musrenbang.infra.era import CADANGAN_BARU, CADANGAN_LAMA, applied, objection
from musrenbang.infra.kept import folders

AKHIRAN = ".cadangan"
OTOMATIS_MAKS = 20
BERKAS, TITIK = "berkas/", "titik/"


class BackupFailed(RuntimeError):
    """A backup that could not be made or taken back; the text says why and what to do."""


def make_backup(folder: Path, *, sandi: str = "", nama: str = "") -> Path:
    """Write database and files into one archive in ``folder``; return its path. Nobody has to stop working.

    The database is copied first: files are written before the rows that name them and never changed, so every file
    that the copy names is there. A half-written archive never bears the final name. Raises BackupFailed.
    """
    time = timezone.localtime()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder, f"{nama or 'musrenbang'}-{time:%Y%m%d-%H%M%S}")
        with tempfile.TemporaryDirectory(prefix="cadangan-") as work:
            basis = dump_database(Path(work))
            keterangan = {
                "dibuat_pada": time.isoformat(),
                "basis_data": connection.vendor,
                "migrasi": applied(connection),
            }
            half = target.with_suffix(".setengah")
            with half.open("wb") as output:
                write: Any = age.AgeWriter(output, sandi) if sandi else output
                write_archive(write, _contents(basis), keterangan)
                if sandi:
                    write.close()
            half.replace(target)
    except (OSError, DatabaseFailed) as error:
        raise BackupFailed(f"Cadangan tidak jadi: {_reason(error)}") from error
    return target


def _free(folder: Path, stem: str) -> Path:
    """Return a path that nothing stands at: the second backup of one second does not take the place of the first."""
    names = itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2)))
    return next(path for name in names if not (path := folder / f"{name}{AKHIRAN}").exists())


def _contents(basis: Path) -> Iterator[tuple[str, Path]]:
    yield basis.name, basis
    for nama, path in list_files(basis.parent):
        yield BERKAS + nama, path
    for i, folder in enumerate(folders(), 1):  # readable without the database; a restore leaves those outside alone
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            yield f"{TITIK}{i}/{path.relative_to(folder).as_posix()}", path


def _reason(error: Exception) -> str:
    return f"{error.strerror} ({error.filename})." if isinstance(error, OSError) and error.strerror else str(error)


def restore_backup(berkas: Path, *, sandi: str = "") -> dict[str, Any]:
    """Take a backup back, after the whole of it was checked; return its manifest.

    The database becomes what it was; files that are in the backup are written, others are left. Raises BackupFailed;
    then nothing was changed.
    """
    with tempfile.TemporaryDirectory(prefix="pulihkan-") as work:
        folder = Path(work)
        try:
            manifest = _unpack(berkas, folder, sandi)
            if words := objection(manifest["migrasi"], old=CADANGAN_LAMA, new=CADANGAN_BARU):
                raise BackupFailed(words)
            basis = next((folder / n for n in (SQLITE, POSTGRES) if (folder / n).is_file()), None)
            if basis is None:
                raise BackupFailed("Arsip ini tidak memuat basis data, jadi bukan cadangan. Tidak ada yang diubah.")
            check_database(basis)
            put_files(folder / "berkas")
            restore_database(basis)
        except (OSError, BrokenArchive, WrongPassphrase, DatabaseFailed) as error:
            raise BackupFailed(_reason(error)) from error
    return manifest


def _unpack(berkas: Path, folder: Path, sandi: str) -> dict[str, Any]:
    with berkas.open("rb") as input_data:
        start = input_data.read(len(age.AWAL))
        input_data.seek(0)
        if not (age.is_age(start) or start.startswith(TANDA)):
            return extract_archive(input_data, folder)
        if not sandi:
            raise WrongPassphrase("Cadangan ini bersandi; sebutkan kata sandinya dengan --sandi atau CADANGAN_SANDI.")
        with tempfile.TemporaryFile() as plain:
            (age.decrypt if age.is_age(start) else decrypt)(input_data, plain, sandi)
            plain.seek(0)
            return extract_archive(plain, folder)


def prune_backups(folder: Path, nama: str, save: int = OTOMATIS_MAKS) -> None:
    """Keep the newest automatic backups of a name."""
    all_rows = sorted(folder.glob(f"{nama}-*{AKHIRAN}"))
    for old in all_rows[:-save]:
        old.unlink(missing_ok=True)
