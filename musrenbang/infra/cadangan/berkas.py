"""The files of a backup: on the disk of this machine, or in storage that several machines share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages


def list_files(kerja: Path) -> Iterator[tuple[str, Path]]:
    """(name, where it can be read now) of every stored file; one that is elsewhere is fetched into ``kerja``.

    A path is good until the next one is asked for. Raises OSError when the storage cannot be reached.
    """
    penyimpanan = storages["default"]
    for nama in _names(penyimpanan, ""):
        if isinstance(penyimpanan, FileSystemStorage):
            yield nama, Path(penyimpanan.path(nama))
            continue
        satu = kerja / "satu"
        with penyimpanan.open(nama) as asal, satu.open("wb") as tulis:
            shutil.copyfileobj(asal, tulis)
        yield nama, satu


def _names(penyimpanan: Storage, folder: str) -> Iterator[str]:
    if isinstance(penyimpanan, FileSystemStorage) and not Path(penyimpanan.path(folder)).exists():
        return
    anak, berkas = penyimpanan.listdir(folder)
    yield from sorted(f"{folder}{b}" for b in berkas if b)
    for satu in sorted(anak):
        yield from _names(penyimpanan, f"{folder}{satu}/")


def put_files(asal: Path) -> None:
    """Store the unpacked files of a backup under their names; what is there already and is not in it stays."""
    penyimpanan = storages["default"]
    if isinstance(penyimpanan, FileSystemStorage):
        if asal.exists():
            shutil.copytree(asal, penyimpanan.location, dirs_exist_ok=True)
        return
    for path in sorted(p for p in asal.rglob("*") if p.is_file()):
        nama = path.relative_to(asal).as_posix()
        penyimpanan.delete(nama)  # a name that is taken would get another one
        with path.open("rb") as isi:
            penyimpanan.save(nama, File(isi))
