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
class Shape:
    """An area: its code, name, the path of its border, where its name may stand, and whether there is room for it."""

    kode: str
    nama: str
    jalur: str
    x: float
    y: float
    muat: bool


@dataclass(frozen=True)
class MapImage:
    """A map: its size in units of the drawing and its areas."""

    lebar: int
    tinggi: int
    bentuk: tuple[Shape, ...]


@dataclass(frozen=True)
class Tile:
    """An area to be shown: how strongly it is coloured (0 to 5), what it says, and where it leads."""

    bentuk: Shape
    rona: int
    kata: str
    tautan: str


@lru_cache(maxsize=64)
def read_map(berkas: Path) -> MapImage | None:
    """Return the map of a GeoJSON file; None without a file. Raises ValueError for one that is no such map."""
    if not berkas.exists():
        return None
    content = json.loads(berkas.read_text(encoding="utf-8"))
    wilayah = [(f["properties"], list(_rings(f["geometry"]))) for f in content["features"]]
    points = [t for _, ring in wilayah for c in ring for t in c]
    if not points:
        raise ValueError(f"{berkas.name} tidak berisi batas wilayah.")
    middle = math.cos(math.radians(sum(b for _, b in points) / len(points)))
    left, right_side = min(x for x, _ in points), max(x for x, _ in points)
    below, above = min(y for _, y in points), max(y for _, y in points)
    width, height = (right_side - left) * middle, above - below
    scale = min(LEBAR / width, TINGGI_MAKS / height)

    def place(x: float, y: float) -> tuple[float, float]:
        return round((x - left) * middle * scale, 1), round((above - y) * scale, 1)

    shape = tuple(
        Shape(p["kode"], p["nama"], " ".join(_path([place(*t) for t in c]) for c in ring), *_middle(ring, place))
        for p, ring in wilayah
    )
    return MapImage(round(width * scale), round(height * scale), shape)


def _rings(build: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    count = build["coordinates"] if build["type"] == "MultiPolygon" else [build["coordinates"]]
    for polygon in count:
        for ring in polygon:
            yield [(t[0], t[1]) for t in ring]


def _path(point: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in point[:-1]) + "Z"


def _middle(ring: list[list[tuple[float, float]]], place: Any) -> tuple[float, float, bool]:
    """The centre of gravity of the ring with the most points, and whether it is broad enough for a word."""
    points = [place(*t) for t in max(ring, key=len)]
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return *points[0], False
    width = max(a for a, _ in points) - min(a for a, _ in points)
    return round(x / (3 * area), 1), round(y / (3 * area), 1), width >= LEBAR_KATA


def shade(nilai: int, peak: int) -> int:
    """Return 0 for nothing, then 1 to 5 by the share of the largest value."""
    return 0 if nilai <= 0 or peak <= 0 else min(RONA, 1 + (RONA * nilai - 1) // peak)


def paint(map_image: MapImage | None, content: dict[str, tuple[int, str, str]]) -> list[Tile]:
    """Return the areas of a map coloured by ``{code: (number, words, address)}``; areas without a number stay blank."""
    peak = max((n for n, _, _ in content.values()), default=0)
    empty = (0, "belum ada", "")
    return [
        Tile(b, shade((one := content.get(b.kode, empty))[0], peak), one[1], one[2])
        for b in (map_image.bentuk if map_image else ())
    ]
