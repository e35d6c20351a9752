"""Making a backup and taking one back."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from musrenbang.infra import age
from musrenbang.infra.age import SandiSalah
from musrenbang.infra.cadangan.arsip import ArsipRusak, extract_archive, write_archive
from musrenbang.infra.cadangan.basis import (
    POSTGRES,
    SQLITE,
    BasisGagal,
    check_database,
    dump_database,
    restore_database,
)
from musrenbang.infra.cadangan.berkas import list_files, put_files
from musrenbang.infra.cadangan.sandi import TANDA, decrypt
from musrenbang.infra.kept import folders
from musrenbang.infra.zaman import CADANGAN_BARU, CADANGAN_LAMA, applied, objection

AKHIRAN = ".cadangan"
OTOMATIS_MAKS = 20
BERKAS, TITIK = "berkas/", "titik/"


class CadanganGagal(RuntimeError):
    """A backup that could not be made or taken back; the text says why and what to do."""


def make_backup(folder: Path, *, sandi: str = "", nama: str = "") -> Path:
    """Write database and files into one archive in ``folder``; return its path. Nobody has to stop working.

    The database is copied first: files are written before the rows that name them and never changed, so every file
    that the copy names is there. A half-written archive never bears the final name. Raises CadanganGagal.
    """
    waktu = timezone.localtime()
    tujuan = folder / f"{nama or 'musrenbang'}-{waktu:%Y%m%d-%H%M%S}{AKHIRAN}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="cadangan-") as kerja:
            basis = dump_database(Path(kerja))
            keterangan = {
                "dibuat_pada": waktu.isoformat(),
                "basis_data": connection.vendor,
                "migrasi": applied(connection),
            }
            setengah = tujuan.with_suffix(".setengah")
            with setengah.open("wb") as keluaran:
                tulis: Any = age.TulisAge(keluaran, sandi) if sandi else keluaran
                write_archive(tulis, _contents(basis), keterangan)
                if sandi:
                    tulis.close()
            setengah.replace(tujuan)
    except (OSError, BasisGagal) as galat:
        raise CadanganGagal(f"Cadangan tidak jadi: {_reason(galat)}") from galat
    return tujuan


def _contents(basis: Path) -> Iterator[tuple[str, Path]]:
    yield basis.name, basis
    for nama, path in list_files(basis.parent):
        yield BERKAS + nama, path
    for i, folder in enumerate(folders(), 1):  # readable without the database; a restore leaves those outside alone
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            yield f"{TITIK}{i}/{path.relative_to(folder).as_posix()}", path


def _reason(galat: Exception) -> str:
    return f"{galat.strerror} ({galat.filename})." if isinstance(galat, OSError) and galat.strerror else str(galat)


def restore_backup(berkas: Path, *, sandi: str = "") -> dict[str, Any]:
    """Take a backup back, after the whole of it was checked; return its manifest.

    The database becomes what it was; files that are in the backup are written, others are left. Raises CadanganGagal;
    then nothing was changed.
    """
    with tempfile.TemporaryDirectory(prefix="pulihkan-") as kerja:
        folder = Path(kerja)
        try:
            manifes = _unpack(berkas, folder, sandi)
            if kata := objection(manifes["migrasi"], lama=CADANGAN_LAMA, baru=CADANGAN_BARU):
                raise CadanganGagal(kata)
            basis = next((folder / n for n in (SQLITE, POSTGRES) if (folder / n).is_file()), None)
            if basis is None:
                raise CadanganGagal("Arsip ini tidak memuat basis data, jadi bukan cadangan. Tidak ada yang diubah.")
            check_database(basis)
            put_files(folder / "berkas")
            restore_database(basis)
        except (OSError, ArsipRusak, SandiSalah, BasisGagal) as galat:
            raise CadanganGagal(_reason(galat)) from galat
    return manifes


def _unpack(berkas: Path, folder: Path, sandi: str) -> dict[str, Any]:
    with berkas.open("rb") as masukan:
        awal = masukan.read(len(age.AWAL))
        masukan.seek(0)
        if not (age.is_age(awal) or awal.startswith(TANDA)):
            return extract_archive(masukan, folder)
        if not sandi:
            raise SandiSalah("Cadangan ini bersandi; sebutkan kata sandinya dengan --sandi atau CADANGAN_SANDI.")
        with tempfile.TemporaryFile() as polos:
            (age.decrypt if age.is_age(awal) else decrypt)(masukan, polos, sandi)
            polos.seek(0)
            return extract_archive(polos, folder)


def prune_backups(folder: Path, nama: str, simpan: int = OTOMATIS_MAKS) -> None:
    """Keep the newest automatic backups of a name."""
    semua = sorted(folder.glob(f"{nama}-*{AKHIRAN}"))
    for lama in semua[:-simpan]:
        lama.unlink(missing_ok=True)
