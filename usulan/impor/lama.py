"""Reading .xls and .ods with calamine, in a child process: a hostile file can kill the child, never the worker."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from usulan.impor.grid import SIMPAN_ULANG, BerkasDitolak, Grid, Tanggal, clean, too_many_rows

ANAK = Path(__file__).with_name("anak_calamine.py")
DETIK = 30


def read(path: Path, maks_baris: int) -> list[Grid]:
    """Return the sheets; raise BerkasDitolak when the child gives up on memory, time or a damaged file."""
    try:
        jawab = subprocess.run(  # noqa: S603 - our own script, the path as one argument, no shell
            [sys.executable, "-I", str(ANAK), str(path), str(maks_baris)],
            capture_output=True,
            timeout=DETIK,
            check=False,
        )
    except subprocess.TimeoutExpired as galat:
        raise BerkasDitolak(f"Berkas ini terlalu lama dibaca. {SIMPAN_ULANG}") from galat
    if jawab.returncode == 4:
        raise too_many_rows(maks_baris)
    if jawab.returncode == 3:
        raise BerkasDitolak("Berkas ini dikunci dengan kata sandi. Hapus kata sandinya, simpan, lalu unggah lagi.")
    if jawab.returncode:
        raise BerkasDitolak(f"Berkas rusak atau terlalu besar untuk dibaca. {SIMPAN_ULANG}")
    grids = []
    for lembar in json.loads(jawab.stdout):
        grid = Grid(lembar["nama"], not lembar["tampak"], {}, gabung=[tuple(g) for g in lembar["gabung"]])
        for nomor, isi in lembar["baris"]:
            sel = {k: nilai for k, mentah in isi if (nilai := clean(_date(mentah), grid.catatan)) is not None}
            if sel:
                grid.baris[nomor] = sel
        grids.append(grid)
    return grids


def _date(nilai: Any) -> Any:
    """Return a date, which the child marks by a list of one, as such; anything else as it is."""
    return Tanggal(nilai[0]) if isinstance(nilai, list) else nilai
