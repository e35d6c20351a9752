"""An archive: a tar of files with a manifest of their hashes."""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

MANIFES = "manifes.json"
BENTUK = "musrenbang-cadangan/1"


class BrokenArchive(ValueError):
    """An archive that cannot be trusted; the text says what is wrong."""


def write_archive(output: BinaryIO, content: Iterable[tuple[str, Path]], keterangan: dict[str, Any]) -> dict[str, Any]:
    """Write files under the given names, then the manifest with their SHA-256; return the manifest."""
    listing = {}
    with (
        gzip.GzipFile(fileobj=output, mode="wb", compresslevel=6, mtime=0) as dense,
        # a file that has two names on the disk is written twice, not as a link to the other
        tarfile.open(fileobj=dense, mode="w|", dereference=True) as archive,
    ):
        for nama, path in content:
            with path.open("rb") as file:
                member_info = archive.gettarinfo(arcname=nama, fileobj=file)
                read = _Digest(file)
                archive.addfile(member_info, read)
            listing[nama] = {"ukuran": member_info.size, "sha256": read.sha256.hexdigest()}
        manifest = keterangan | {"bentuk": BENTUK, "berkas": listing}
        text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        member_info = tarfile.TarInfo(MANIFES)
        member_info.size = len(text)
        archive.addfile(member_info, io.BytesIO(text))
    return manifest


class _Digest(io.RawIOBase):
    """Read a file and hash what was read, so that each file is read once."""

    def __init__(self, berkas: BinaryIO) -> None:
        self._berkas, self.sha256 = berkas, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, n: int = -1) -> bytes:
        content = self._berkas.read(n)
        self.sha256.update(content)
        return content


def extract_archive(input_data: BinaryIO, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder, check every hash, return the manifest; raise BrokenArchive when anything differs.

    What the manifest does not name is refused too.
    """
    try:
        with gzip.open(input_data) as dense, tarfile.open(fileobj=dense, mode="r|") as archive:
            existing = {_unpack(archive, member_info, folder) for member_info in archive}
        manifest: dict[str, Any] = json.loads((folder / MANIFES).read_text(encoding="utf-8"))
        if manifest["bentuk"] != BENTUK:
            raise BrokenArchive(f"Bentuk cadangan “{manifest['bentuk']}” tidak dikenal versi ini.")
        if foreign := existing - {MANIFES, *manifest["berkas"]}:
            raise BrokenArchive(f"{min(foreign)} bukan bagian dari cadangan ini.")
        for nama, expected in manifest["berkas"].items():
            with (folder / nama).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != expected["sha256"]:
                    raise BrokenArchive(f"{nama} di dalam cadangan ini rusak.")
    except (
        OSError,
        EOFError,
        tarfile.TarError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        zlib.error,
    ) as error:
        if isinstance(error, BrokenArchive):
            raise
        raise BrokenArchive("Berkas ini bukan cadangan yang utuh.") from error
    return manifest


def _unpack(archive: tarfile.TarFile, member_info: tarfile.TarInfo, folder: Path) -> str:
    """Write one file of the archive below the folder; return its name.

    Our archives hold plain files under plain names and nothing else, so anything else is refused, by the same lines on
    every Python: the filters of ``tarfile`` came with 3.11.4, and what they let through differs between versions.
    """
    nama = PurePosixPath(member_info.name)
    if (
        not member_info.isreg()
        or nama.is_absolute()
        or ".." in nama.parts
        or nama.as_posix() != member_info.name
        or "\\" in member_info.name
    ):
        raise BrokenArchive(f"Cadangan ini memuat yang tidak semestinya ({member_info.name!r}).")
    content, target = archive.extractfile(member_info), folder / nama
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as write:  # a name that comes twice is refused
        shutil.copyfileobj(content, write)  # type: ignore[arg-type]  # a plain file has a content
    return member_info.name
