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


class ArsipRusak(ValueError):
    """An archive that cannot be trusted; the text says what is wrong."""


def write_archive(keluaran: BinaryIO, isi: Iterable[tuple[str, Path]], keterangan: dict[str, Any]) -> dict[str, Any]:
    """Write files under the given names, then the manifest with their SHA-256; return the manifest."""
    daftar = {}
    with (
        gzip.GzipFile(fileobj=keluaran, mode="wb", compresslevel=6, mtime=0) as padat,
        # a file that has two names on the disk is written twice, not as a link to the other
        tarfile.open(fileobj=padat, mode="w|", dereference=True) as tar,
    ):
        for nama, path in isi:
            with path.open("rb") as berkas:
                info = tar.gettarinfo(arcname=nama, fileobj=berkas)
                baca = _Sidik(berkas)
                tar.addfile(info, baca)
            daftar[nama] = {"ukuran": info.size, "sha256": baca.sha256.hexdigest()}
        manifes = keterangan | {"bentuk": BENTUK, "berkas": daftar}
        teks = json.dumps(manifes, ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFES)
        info.size = len(teks)
        tar.addfile(info, io.BytesIO(teks))
    return manifes


class _Sidik(io.RawIOBase):
    """Read a file and hash what was read, so that each file is read once."""

    def __init__(self, berkas: BinaryIO) -> None:
        self._berkas, self.sha256 = berkas, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, n: int = -1) -> bytes:
        isi = self._berkas.read(n)
        self.sha256.update(isi)
        return isi


def extract_archive(masukan: BinaryIO, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder, check every hash, return the manifest; raise ArsipRusak when anything differs.

    What the manifest does not name is refused too.
    """
    try:
        with gzip.open(masukan) as padat, tarfile.open(fileobj=padat, mode="r|") as tar:
            ada = {_unpack(tar, info, folder) for info in tar}
        manifes: dict[str, Any] = json.loads((folder / MANIFES).read_text(encoding="utf-8"))
        if manifes["bentuk"] != BENTUK:
            raise ArsipRusak(f"Bentuk cadangan “{manifes['bentuk']}” tidak dikenal versi ini.")
        if asing := ada - {MANIFES, *manifes["berkas"]}:
            raise ArsipRusak(f"{min(asing)} bukan bagian dari cadangan ini.")
        for nama, seharusnya in manifes["berkas"].items():
            with (folder / nama).open("rb") as berkas:
                if hashlib.file_digest(berkas, "sha256").hexdigest() != seharusnya["sha256"]:
                    raise ArsipRusak(f"{nama} di dalam cadangan ini rusak.")
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
    ) as galat:
        if isinstance(galat, ArsipRusak):
            raise
        raise ArsipRusak("Berkas ini bukan cadangan yang utuh.") from galat
    return manifes


def _unpack(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> str:
    """Write one file of the archive below the folder; return its name.

    Our archives hold plain files under plain names and nothing else, so anything else is refused, by the same lines on
    every Python: the filters of ``tarfile`` came with 3.11.4, and what they let through differs between versions.
    """
    nama = PurePosixPath(info.name)
    if (
        not info.isreg()
        or nama.is_absolute()
        or ".." in nama.parts
        or nama.as_posix() != info.name
        or "\\" in info.name
    ):
        raise ArsipRusak(f"Cadangan ini memuat yang tidak semestinya ({info.name!r}).")
    isi, tujuan = tar.extractfile(info), folder / nama
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    with tujuan.open("xb") as tulis:  # a name that comes twice is refused
        shutil.copyfileobj(isi, tulis)  # type: ignore[arg-type]  # a plain file has a content
    return info.name
