"""What a ZIP of an event holds, read with limits: it may come from anybody."""

import hashlib
import json
import re
import zipfile
import zlib
from typing import Any

TERURAI_MAKS, DATA_MAKS = 200 * 1024 * 1024, 24 * 1024 * 1024
"""Bytes of everything unpacked, and of each file that is read as data: JSON grows tenfold in memory."""
NAMA = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
WAJIB = ("jejak.json", "titik.txt", "kunci.txt", "peringkat.json", "manifes.json")


class BadFile(ValueError):
    """A ZIP, or another file that was brought along (``berkas``), that cannot be checked; the text says why."""

    def __init__(self, kata: str, berkas: str = "") -> None:
        super().__init__(kata)
        self.berkas = berkas


class Paket:
    """The files of a ZIP by their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        everything = archive.infolist()
        if len({i.filename for i in everything}) != len(everything):
            raise BadFile("ada nama berkas yang muncul dua kali.")
        if sum(i.file_size for i in everything) > TERURAI_MAKS:
            raise BadFile("isinya terlalu besar untuk ZIP dokumen.")
        if any(i.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for i in everything):
            raise BadFile("cara mampatnya bukan yang kami pakai.")
        if any(i.file_size > DATA_MAKS for i in everything if i.filename in WAJIB):
            raise BadFile("berkas datanya terlalu besar untuk satu Musrenbang.")
        if odd := [i.filename for i in everything if not NAMA.fullmatch(i.filename)]:
            raise BadFile(f"nama berkas {odd[0][:80]!r} bukan nama yang kami buat.")
        missing = [n for n in WAJIB if n not in {i.filename for i in everything}]
        if missing:
            raise BadFile(f"tidak memuat {', '.join(missing)}. Unduh ZIP “Semua dokumen” dari versi terbaru.")
        self._arsip = archive
        self.nama = [i.filename for i in everything]
        self.jejak: dict[str, Any] = self._json("jejak.json")
        self.peringkat: list[dict[str, Any]] = self._json("peringkat.json")
        self.manifes: dict[str, str] = self._json("manifes.json")

    def read(self, nama: str) -> bytes:
        """Return a file. Raises BadFile for one that does not unpack."""
        try:
            return self._arsip.read(nama)
        except (LookupError, zipfile.BadZipFile, RuntimeError, OSError, EOFError, zlib.error) as error:
            raise BadFile(f"{nama} tidak dapat dibaca.") from error

    def text(self, nama: str) -> str:
        """Return a text file."""
        try:
            return self.read(nama).decode()
        except UnicodeDecodeError as error:
            raise BadFile(f"{nama} bukan teks.") from error

    def sha256(self, nama: str) -> str:
        """Return the hash of a file."""
        return hashlib.sha256(self.read(nama)).hexdigest()

    def _json(self, nama: str) -> Any:
        try:
            return json.loads(self.read(nama))
        except (ValueError, RecursionError) as error:
            raise BadFile(f"{nama} bukan JSON yang utuh.") from error
