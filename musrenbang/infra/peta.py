"""Maps: boundaries from GeoJSON drawn as SVG paths and coloured by a number. Knows neither models nor HTTP."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

LEBAR = 600
TINGGI_MAKS = 720
RONA = 5
LEBAR_KATA = 55


@dataclass(frozen=True)
class Bentuk:
    """An area: its code, name, the path of its border, where its name may stand, and whether there is room for it."""

    kode: str
    nama: str
    jalur: str
    x: float
    y: float
    muat: bool


@dataclass(frozen=True)
class Peta:
    """A map: its size in units of the drawing and its areas."""

    lebar: int
    tinggi: int
    bentuk: tuple[Bentuk, ...]


@dataclass(frozen=True)
class Petak:
    """An area to be shown: how strongly it is coloured (0 to 5), what it says, and where it leads."""

    bentuk: Bentuk
    rona: int
    kata: str
    tautan: str


@lru_cache(maxsize=64)
def read_map(berkas: Path) -> Peta | None:
    """Return the map of a GeoJSON file; None without a file. Raises ValueError for one that is no such map."""
    if not berkas.exists():
        return None
    isi = json.loads(berkas.read_text(encoding="utf-8"))
    wilayah = [(f["properties"], list(_rings(f["geometry"]))) for f in isi["features"]]
    titik = [t for _, cincin in wilayah for c in cincin for t in c]
    if not titik:
        raise ValueError(f"{berkas.name} tidak berisi batas wilayah.")
    tengah = math.cos(math.radians(sum(b for _, b in titik) / len(titik)))
    kiri, kanan = min(x for x, _ in titik), max(x for x, _ in titik)
    bawah, atas = min(y for _, y in titik), max(y for _, y in titik)
    lebar, tinggi = (kanan - kiri) * tengah, atas - bawah
    skala = min(LEBAR / lebar, TINGGI_MAKS / tinggi)

    def place(x: float, y: float) -> tuple[float, float]:
        return round((x - kiri) * tengah * skala, 1), round((atas - y) * skala, 1)

    bentuk = tuple(
        Bentuk(p["kode"], p["nama"], " ".join(_path([place(*t) for t in c]) for c in cincin), *_middle(cincin, place))
        for p, cincin in wilayah
    )
    return Peta(round(lebar * skala), round(tinggi * skala), bentuk)


def _rings(bangun: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    banyak = bangun["coordinates"] if bangun["type"] == "MultiPolygon" else [bangun["coordinates"]]
    for poligon in banyak:
        for cincin in poligon:
            yield [(t[0], t[1]) for t in cincin]


def _path(titik: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in titik[:-1]) + "Z"


def _middle(cincin: list[list[tuple[float, float]]], place: Any) -> tuple[float, float, bool]:
    """The centre of gravity of the ring with the most points, and whether it is broad enough for a word."""
    titik = [place(*t) for t in max(cincin, key=len)]
    luas = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(titik):
        silang = x0 * y1 - x1 * y0
        luas, x, y = luas + silang, x + (x0 + x1) * silang, y + (y0 + y1) * silang
    if not luas:
        return *titik[0], False
    lebar = max(a for a, _ in titik) - min(a for a, _ in titik)
    return round(x / (3 * luas), 1), round(y / (3 * luas), 1), lebar >= LEBAR_KATA


def shade(nilai: int, puncak: int) -> int:
    """Return 0 for nothing, then 1 to 5 by the share of the largest value."""
    return 0 if nilai <= 0 or puncak <= 0 else min(RONA, 1 + (RONA * nilai - 1) // puncak)


def paint(peta: Peta | None, isi: dict[str, tuple[int, str, str]]) -> list[Petak]:
    """Return the areas of a map coloured by ``{code: (number, words, address)}``; areas without a number stay blank."""
    puncak = max((n for n, _, _ in isi.values()), default=0)
    kosong = (0, "belum ada", "")
    return [
        Petak(b, shade((satu := isi.get(b.kode, kosong))[0], puncak), satu[1], satu[2])
        for b in (peta.bentuk if peta else ())
    ]
