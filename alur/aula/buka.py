"""Opening what lies inside an event's file: decrypted, expanded and judged in a child with limits.

The signature over the raw bytes is judged before (``bungkus.unwrap``). The server itself then reads only JSON that the
child wrote anew: of bounded size and depth, each name once, plain finite values.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from alur.aula import bungkus
from alur.aula.bungkus import ULANG, BerkasSalah
from musrenbang.infra import age, anak
from musrenbang.infra.anak import BerkasTakTerbaca

DETIK = 20
PADAT, ISI, LAMPIRAN = "padat", "isi", "lampiran"
Isi = tuple[dict[str, Any], dict[str, bytes]]


def open_sealed(luar: bungkus.Luar, sandi: str) -> tuple[bytes, Isi]:
    """Return the packed content of a file whose signature was judged, and its document and files.

    Raises BerkasSalah for a wrong passphrase, and for anything that is not just an event.
    """
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        isi = _ask("unlock", bytes(luar.badan), Path(folder), sandi=sandi)
        return (Path(folder) / PADAT).read_bytes(), isi


def open_packed(padat: bytes) -> Isi:
    """Return the document and the files of packed content. Raises BerkasSalah."""
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        return _ask("split", padat, Path(folder))


def open_plain(teks: bytes) -> dict[str, Any]:
    """Return the document of an export without seal or signature. Raises BerkasSalah."""
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        return _ask("judge", teks, Path(folder))[0]


def _ask(tugas: str, isi: bytes, folder: Path, **pilihan: str) -> Isi:
    try:
        ukuran = anak.read(
            f"alur.aula.buka:{tugas}",
            isi,
            detik_cpu=DETIK,
            tulis_maks=bungkus.TERURAI_MAKS,
            folder=str(folder),
            **pilihan,
        )
    except BerkasTakTerbaca as galat:
        rusak = f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}"
        raise BerkasSalah(rusak if galat.sebab == anak.RUSAK else str(galat)) from galat
    lampiran, tempat, berkas = (folder / LAMPIRAN).read_bytes(), 0, {}
    for nama, n in ukuran.items():
        berkas[nama] = lampiran[tempat : tempat + n]
        tempat += n
    return json.loads((folder / ISI).read_bytes()), berkas


# --- in the child


def unlock(path: Path, folder: str, sandi: str) -> dict[str, int]:
    """Decrypt the body of a file, then as ``split``."""
    padat = Path(folder) / PADAT
    try:
        with path.open("rb") as masukan, padat.open("wb") as keluaran:
            age.decrypt(masukan, keluaran, sandi)
    except age.SandiSalah as salah:
        raise BerkasTakTerbaca(str(salah)) from salah
    return split(padat, folder)


def split(path: Path, folder: str) -> dict[str, int]:
    """Expand and judge packed content; write the document and the files, return how long each file is."""
    try:
        isi, berkas = bungkus.unpack(path.read_bytes())
    except BerkasSalah as salah:
        raise BerkasTakTerbaca(str(salah)) from salah
    return _write(isi, berkas, Path(folder))


def judge(path: Path, folder: str) -> dict[str, int]:
    """The same for a document alone."""
    try:
        return _write(bungkus.read_json(path.read_bytes()), {}, Path(folder))
    except BerkasSalah as salah:
        raise BerkasTakTerbaca(str(salah)) from salah


def _write(isi: dict[str, Any], berkas: dict[str, bytes], folder: Path) -> dict[str, int]:
    (folder / LAMPIRAN).write_bytes(b"".join(berkas.values()))
    (folder / ISI).write_text(json.dumps(isi, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return {nama: len(b) for nama, b in berkas.items()}
