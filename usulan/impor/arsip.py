"""A zip of many lists, as a kecamatan gets them by e-mail."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from usulan.impor.berkas import check_size
from usulan.impor.grid import BerkasDitolak

MAKS_BERKAS = 60
MAKS_TERURAI = 100 * 1024 * 1024
RUSAK = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # the last: a way of packing we cannot unpack
DAFTAR = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"}


def is_archive(path: Path) -> bool:
    """Whether this is a zip of files rather than a spreadsheet, which is a zip inside as well."""
    try:
        with zipfile.ZipFile(path) as arsip:
            nama = set(arsip.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False  # the reader of single files says in words what is wrong with it
    return not nama & {"[Content_Types].xml", "mimetype"}


def unpack(path: Path, folder: Path) -> Iterator[tuple[str, Path | None]]:
    """Write each list of the zip to ``folder`` and yield (its name, its path); None for what is no list.

    Raises BerkasDitolak for too many files, too much content or a password. Names inside never become paths.
    """
    with zipfile.ZipFile(path) as arsip:
        entri = [e for e in arsip.infolist() if not e.is_dir() and not _sampah(e.filename)]
        check_size(entri)
        if len(entri) > MAKS_BERKAS or sum(e.file_size for e in entri) > MAKS_TERURAI:
            raise BerkasDitolak(
                f"Zip ini terlalu besar: paling banyak {MAKS_BERKAS} berkas. Bagi menjadi beberapa zip."
            )
        if any(e.flag_bits & 1 for e in entri):
            raise BerkasDitolak("Zip ini dikunci dengan kata sandi. Buka dahulu, lalu unggah isinya.")
        for urut, satu in enumerate(entri):
            nama = PurePosixPath(satu.filename).name
            if PurePosixPath(nama).suffix.lower() not in DAFTAR:
                yield nama, None
                continue
            tujuan = folder / f"{urut}.berkas"
            try:
                tujuan.write_bytes(arsip.read(satu))
            except RUSAK as galat:
                raise BerkasDitolak("Zip ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi.") from galat
            yield nama, tujuan


def _sampah(nama: str) -> bool:
    return nama.startswith("__MACOSX/") or PurePosixPath(nama).name.startswith((".", "~$"))
