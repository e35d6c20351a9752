"""Opening an uploaded file without trusting it: what it is by its content, then the reader for that kind."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.sebutan import sebutan
from usulan.impor import old_formats, text, xlsx
from usulan.impor.grid import PILIH_LAIN, SIMPAN_ULANG, TERKUNCI, FileRefused, Grid, pack, unpack

MAKS_ENTRI = 2_000
MAKS_TERURAI = 160 * 1024 * 1024
MAKS_TEKS_BERSAMA = 40 * 1024 * 1024  # openpyxl keeps all shared strings in memory at some five times their size
MAKS_RASIO = 200
MAKS_SEL = 400_000
PEMBACA: dict[str, Callable[[Path, int], list[Grid]]] = {
    "xlsx": xlsx.read,
    "xls": old_formats.read,
    "ods": old_formats.read,
    "csv": text.read,
}
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_grids(path: Path, *, max_byte: int, max_baris: int) -> list[Grid]:
    """Return the sheets of a file by cached values; raise FileRefused for anything that cannot be used.

    Not even the directory of a workbook is read here: all of it by the child with limits.
    """
    try:
        everything = child.read(
            read_packed,
            path,
            cpu_seconds=25,
            early=True,
            max_byte=max_byte,
            max_baris=max_baris,
        )
    except UnreadableFile as error:
        words = f"Berkas rusak atau terkunci kata sandi. {SIMPAN_ULANG}" if error.sebab == child.RUSAK else str(error)
        raise FileRefused(words) from error
    return [unpack(one) for one in everything]


def read_packed(path: Path, max_byte: int, max_baris: int) -> list[dict[str, Any]]:
    """Return the sheets as the child passes them on; raise FileRefused for more cells than any list has."""
    grids = PEMBACA[kind_of(path, max_byte)](path, max_baris)
    if sum(len(cell) for grid in grids for cell in grid.baris.values()) > MAKS_SEL:
        limit = f"{MAKS_SEL:,}".replace(",", ".")
        raise FileRefused(
            f"Berkas ini berisi lebih dari {limit} sel. Unggah per {sebutan.desa}, atau hapus yang tidak perlu."
        )
    return [pack(grid) for grid in grids]


def kind_of(path: Path, max_byte: int) -> str:
    """Return ``xlsx``, ``xls``, ``ods`` or ``csv`` by content, whatever the name says; raise FileRefused else."""
    size = path.stat().st_size
    if size == 0:
        raise FileRefused("Berkas ini kosong (0 byte). Periksa berkas aslinya, lalu unggah lagi.")
    if size > max_byte:
        raise FileRefused(
            f"Berkas ini {size / 1024 / 1024:.0f} MB, batasnya {max_byte // 1024 // 1024} MB. Hapus gambar atau "
            f"lembar kerja yang tidak perlu, atau unggah per {sebutan.desa}."
        )
    with path.open("rb") as content:
        start = content.read(512)
        if start.startswith(OLE):
            if "EncryptedPackage".encode("utf-16-le") in start + content.read():
                raise FileRefused(TERKUNCI)
            return "xls"
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(f"Ini bukan berkas daftar usulan. {PILIH_LAIN}")
    if start.lstrip().lower().startswith((b"<", b"%pdf", b"{\\rtf")):
        raise FileRefused(f"Ini halaman web atau dokumen, bukan lembar kerja. {SIMPAN_ULANG}")
    return "csv"


def _kind_of_zip(path: Path) -> str:
    """Refuse what would unpack to far more than a village list, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.infolist()
            check_size(entry)
            nama = {e.filename for e in entry}
            mime = archive.read("mimetype")[:100] if "mimetype" in nama else b""
            sandi = mime and b"encryption-data" in archive.read("META-INF/manifest.xml")[:1_000_000]
    except FileRefused:
        raise
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise FileRefused("Berkas ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi.") from error
    if sandi:
        raise FileRefused(TERKUNCI)
    if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "[Content_Types].xml" in nama and any(n.startswith("xl/") for n in nama):
        return "xlsx"
    raise FileRefused(f"Isi berkas ini bukan lembar kerja. {PILIH_LAIN}")


def check_size(entry: list[zipfile.ZipInfo]) -> None:
    """Raise FileRefused when a zip's directory announces more than a village list can hold."""
    parsed, densest = sum(e.file_size for e in entry), sum(e.compress_size for e in entry)
    together = sum(e.file_size for e in entry if e.filename.endswith(("sharedStrings.xml", "styles.xml")))
    if (
        len(entry) > MAKS_ENTRI
        or parsed > min(MAKS_TERURAI, MAKS_RASIO * max(densest, 1))
        or together > MAKS_TEKS_BERSAMA
    ):
        raise FileRefused("Isi berkas ini terlalu besar setelah dibuka. Simpan ulang dari Excel, lalu unggah lagi.")
