"""The files of a backup: on the disk of this machine, or in storage that several machines share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages


def list_files(work: Path) -> Iterator[tuple[str, Path]]:
    """(name, where it can be read now) of every stored file; one that is elsewhere is fetched into ``work``.

    A path is good until the next one is asked for. Raises OSError when the storage cannot be reached.
    """
    storage = storages["default"]
    for nama in _names(storage, ""):
        if isinstance(storage, FileSystemStorage):
            yield nama, Path(storage.path(nama))
            continue
        one = work / "satu"
        with storage.open(nama) as origin, one.open("wb") as write:
            shutil.copyfileobj(origin, write)
        yield nama, one


def _names(storage: Storage, folder: str) -> Iterator[str]:
    if isinstance(storage, FileSystemStorage) and not Path(storage.path(folder)).exists():
        return
    child, file = storage.listdir(folder)
    yield from sorted(f"{folder}{b}" for b in file if b)
    for one in sorted(child):
        yield from _names(storage, f"{folder}{one}/")


def put_files(asal: Path) -> None:
    """Store the unpacked files of a backup under their names; what is there already and is not in it stays."""
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        if asal.exists():
            shutil.copytree(asal, storage.location, dirs_exist_ok=True)
        return
    for path in sorted(p for p in asal.rglob("*") if p.is_file()):
        nama = path.relative_to(asal).as_posix()
        storage.delete(nama)  # a name that is taken would get another one
        with path.open("rb") as content:
            storage.save(nama, File(content))
