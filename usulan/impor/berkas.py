"""Opening an uploaded workbook without trusting it."""

import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

MAKS_ENTRI = 2_000
MAKS_TERURAI = 300 * 1024 * 1024
MAKS_RASIO = 200
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class BerkasDitolak(ValueError):
    """The file cannot be read as a village list; the text says why and what to do."""


@dataclass(frozen=True)
class Grid:
    """The non-empty rows of a sheet: Excel row number -> {column number from 1: value}."""

    nama: str
    tersembunyi: bool
    baris: dict[int, dict[int, Any]]


def read_grids(path: Path, *, maks_byte: int, maks_baris: int) -> list[Grid]:
    """Return the sheets of an .xlsx file by cached values; raise BerkasDitolak for anything that cannot be used."""
    _check(path, maks_byte)
    try:
        buku = load_workbook(path, read_only=True, data_only=True)
    except Exception as galat:  # openpyxl raises many kinds for a damaged file; all mean the same to the user
        raise BerkasDitolak(
            "Berkas rusak atau bukan Excel yang utuh. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
        ) from galat
    try:
        sisa, grids = maks_baris, []
        for lembar in buku.worksheets:
            grid = _read_sheet(lembar, sisa, maks_baris)
            sisa -= len(grid.baris)
            grids.append(grid)
        return grids
    except BerkasDitolak:
        raise
    except Exception as galat:
        raise BerkasDitolak(
            "Isi berkas rusak di tengah jalan. Simpan ulang sebagai .xlsx, lalu unggah lagi."
        ) from galat
    finally:
        buku.close()


def _check(path: Path, maks_byte: int) -> None:
    ukuran = path.stat().st_size
    mb = f"{ukuran / 1024 / 1024:.0f} MB"
    if ukuran == 0:
        raise BerkasDitolak("Berkas ini kosong (0 byte). Periksa berkas aslinya, lalu unggah lagi.")
    if ukuran > maks_byte:
        raise BerkasDitolak(
            f"Berkas ini {mb}, batasnya {maks_byte // 1024 // 1024} MB. Hapus gambar atau lembar yang tidak perlu, "
            "atau unggah per desa."
        )
    with path.open("rb") as isi:
        awal = isi.read(8)
        if awal == OLE:
            terkunci = "EncryptedPackage".encode("utf-16-le") in awal + isi.read()
            raise BerkasDitolak(
                "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi."
                if terkunci
                else "Berkas ini format Excel lama (.xls). Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
            )
    if not zipfile.is_zipfile(path):
        raise BerkasDitolak("Ini bukan berkas Excel (.xlsx). Pilih berkas DU-RKP yang disimpan dari Excel.")
    _check_zip(path)


def _check_zip(path: Path) -> None:
    """Refuse what would unpack to far more than a village list, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as arsip:
            entri = arsip.infolist()
            nama = {e.filename for e in entri}
    except zipfile.BadZipFile as galat:
        raise BerkasDitolak("Berkas Excel ini rusak atau terpotong. Minta salinan baru, lalu unggah lagi.") from galat
    terurai, terpadat = sum(e.file_size for e in entri), sum(e.compress_size for e in entri)
    if len(entri) > MAKS_ENTRI or terurai > MAKS_TERURAI or terurai > MAKS_RASIO * max(terpadat, 1):
        raise BerkasDitolak(
            "Isi berkas ini tidak wajar besarnya setelah dibuka. Simpan ulang dari Excel, lalu unggah lagi."
        )
    if "[Content_Types].xml" not in nama or not any(n.startswith("xl/") for n in nama):
        raise BerkasDitolak("Ini bukan berkas Excel (.xlsx). Pilih berkas DU-RKP yang disimpan dari Excel.")


def _read_sheet(lembar: Any, sisa: int, maks_baris: int) -> Grid:
    lembar.reset_dimensions()  # a wrong <dimension> would silently cut rows off
    baris: dict[int, dict[int, Any]] = {}
    for nomor, isi in enumerate(lembar.iter_rows(values_only=True), start=1):
        sel = {kolom: nilai for kolom, mentah in enumerate(isi, start=1) if (nilai := _clean(mentah)) is not None}
        if sel:
            baris[nomor] = sel
            if len(baris) > sisa:
                batas = f"{maks_baris:,}".replace(",", ".")
                raise BerkasDitolak(
                    f"Berkas ini berisi lebih dari {batas} baris. Unggah per desa, atau hapus lembar yang tidak perlu."
                )
    return Grid(lembar.title, lembar.sheet_state != "visible", baris)


def _clean(nilai: Any) -> Any:
    """Return a trimmed value; blank text and Excel's own error values are unknown."""
    if isinstance(nilai, str):
        bersih = "".join(h for h in nilai if h.isprintable() or h in "\n\t").replace("\u200b", "").strip()
        return None if not bersih or bersih in {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"} else bersih
    if isinstance(nilai, datetime | date):
        return f"{nilai:%d-%m-%Y}"
    return None if isinstance(nilai, bool) else nilai
