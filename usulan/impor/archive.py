"""A zip of many lists, as a kecamatan gets them by e-mail."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from usulan.impor.files import check_size
from usulan.impor.grid import FileRefused

MAKS_BERKAS = 60
MAKS_TERURAI = 100 * 1024 * 1024
RUSAK = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # the last: packed in another way
DAFTAR = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"}


def is_archive(path: Path) -> bool:
    """Whether this is a zip of files rather than a spreadsheet, which is a zip inside as well (asked in the child)."""
    with path.open("rb") as content:
        if content.read(2) != b"PK":
            return False
    try:
        return bool(child.read("usulan.impor.archive:looks_packed", path, early=True))
    except UnreadableFile as error:
        if error.sebab == child.SIBUK:
            raise FileRefused(str(error)) from error
        return False  # the reader of single files says in words what is wrong with it


def unpack(path: Path, folder: Path) -> list[tuple[str, Path | None]]:
    """Let the child write each list of the zip to ``folder``; return (its name, its path); None for what is no list.

    Raises FileRefused for too many files, too much content or a password.
    """
    try:
        everything = child.read(
            "usulan.impor.archive:extract", path, early=True, write_max=MAKS_TERURAI, folder=str(folder)
        )
    except UnreadableFile as error:
        broken = "Zip ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi."
        raise FileRefused(broken if error.sebab == child.RUSAK else str(error)) from error
    return [(nama, Path(folder, file) if file else None) for nama, file in everything]


def looks_packed(path: Path) -> bool:
    """In the child: whether a zip has neither of the two parts that every workbook has."""
    try:
        with zipfile.ZipFile(path) as archive:
            nama = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False
    return not nama & {"[Content_Types].xml", "mimetype"}


def extract(path: Path, folder: str) -> list[tuple[str, str]]:
    """In the child: write each list to ``folder``; return (its name, that of its file), blank for what is no list.

    Names inside never become paths.
    """
    results = []
    with zipfile.ZipFile(path) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir() and not _is_rubbish(e.filename)]
        check_size(entries)
        if len(entries) > MAKS_BERKAS or sum(e.file_size for e in entries) > MAKS_TERURAI:
            raise FileRefused(f"Zip ini terlalu besar: paling banyak {MAKS_BERKAS} berkas. Bagi menjadi beberapa zip.")
        if any(e.flag_bits & 1 for e in entries):
            raise FileRefused("Zip ini dikunci dengan kata sandi. Buka dahulu, lalu unggah isinya.")
        for index, one in enumerate(entries):
            nama = PurePosixPath(one.filename).name
            if PurePosixPath(nama).suffix.lower() not in DAFTAR:
                results.append((nama, ""))
                continue
            target = Path(folder) / f"{index}.berkas"
            try:
                target.write_bytes(archive.read(one))
            except RUSAK as error:
                raise FileRefused("Zip ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi.") from error
            results.append((nama, target.name))
    return results


def _is_rubbish(nama: str) -> bool:
    return nama.startswith("__MACOSX/") or PurePosixPath(nama).name.startswith((".", "~$"))
