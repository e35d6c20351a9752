"""A zip of many lists, as a kecamatan gets them by e-mail."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from musrenbang.infra import anak
from musrenbang.infra.anak import BerkasTakTerbaca
from usulan.impor.berkas import check_size
from usulan.impor.grid import BerkasDitolak

MAKS_BERKAS = 60
MAKS_TERURAI = 100 * 1024 * 1024
RUSAK = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # the last: a way of packing we cannot unpack
DAFTAR = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"}


def is_archive(path: Path) -> bool:
    """Whether this is a zip of files rather than a spreadsheet, which is a zip inside as well (asked in the child)."""
    with path.open("rb") as isi:
        if isi.read(2) != b"PK":
            return False
    try:
        return bool(anak.read("usulan.impor.arsip:looks_packed", path, lekas=True))
    except BerkasTakTerbaca as galat:
        if galat.sebab == anak.SIBUK:
            raise BerkasDitolak(str(galat)) from galat
        return False  # the reader of single files says in words what is wrong with it


def unpack(path: Path, folder: Path) -> list[tuple[str, Path | None]]:
    """Let the child write each list of the zip to ``folder``; return (its name, its path); None for what is no list.

    Raises BerkasDitolak for too many files, too much content or a password.
    """
    try:
        semua = anak.read("usulan.impor.arsip:extract", path, lekas=True, tulis_maks=MAKS_TERURAI, folder=str(folder))
    except BerkasTakTerbaca as galat:
        rusak = "Zip ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi."
        raise BerkasDitolak(rusak if galat.sebab == anak.RUSAK else str(galat)) from galat
    return [(nama, Path(folder, berkas) if berkas else None) for nama, berkas in semua]


def looks_packed(path: Path) -> bool:
    """In the child: whether a zip has neither of the two parts that every workbook has."""
    try:
        with zipfile.ZipFile(path) as arsip:
            nama = set(arsip.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    return not nama & {"[Content_Types].xml", "mimetype"}


def extract(path: Path, folder: str) -> list[tuple[str, str]]:
    """In the child: write each list to ``folder``; return (its name, that of its file), blank for what is no list.

    Names inside never become paths.
    """
    hasil = []
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
                hasil.append((nama, ""))
                continue
            tujuan = Path(folder) / f"{urut}.berkas"
            try:
                tujuan.write_bytes(arsip.read(satu))
            except RUSAK as galat:
                raise BerkasDitolak("Zip ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi.") from galat
            hasil.append((nama, tujuan.name))
    return hasil


def _sampah(nama: str) -> bool:
    return nama.startswith("__MACOSX/") or PurePosixPath(nama).name.startswith((".", "~$"))
