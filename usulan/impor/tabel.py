"""Where a table is and what its columns hold."""

import re
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from musrenbang.infra.digest import sha256_of
from usulan.impor.content import SATUAN
from usulan.impor.grid import Grid
from usulan.impor.results import normal

Pola = dict[str, dict[str, str]]  # shape of a heading -> column letter -> field, or "dana" for a funding source


@dataclass
class Tabel:
    """Where the table is: heading rows, field -> column, funding columns (name by column), factor of the amounts.

    ``sambung`` holds further columns of one text as (column, heading); ``label`` the heading of every column with what
    stands above it, ``sendiri`` without. ``saingan`` are all columns whose heading names a field, ``tahunan`` those
    that hold a field for one year each, ``ukuran`` length, width and height, ``rentang`` the ends of a cost's range.
    ``hasil`` are the columns of last year's result (``last_year``), where those are looked for.
    """

    judul: list[int]
    kolom: dict[str, int] = field(default_factory=dict)
    label: dict[int, str] = field(default_factory=dict)
    sendiri: dict[int, str] = field(default_factory=dict)
    sambung: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    dana: dict[int, str] = field(default_factory=dict)
    saingan: dict[str, list[int]] = field(default_factory=dict)
    tahunan: dict[str, dict[int, int]] = field(default_factory=dict)
    ukuran: list[tuple[int, str]] = field(default_factory=list)
    rentang: tuple[int, int] | None = None
    tak_dikenal: list[str] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    kali: int = 1
    kali_dana: int = 1
    bukan: set[int] = field(default_factory=set)
    batas: int = 16_384
    hasil: dict[str, int] = field(default_factory=dict)
    diingat: bool = False
    isi: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)

    def letters(self) -> dict[str, str]:
        """Return the mapping with Excel's column letters; a text of several columns as ``C+D``."""
        return {
            nama: "+".join(map(get_column_letter, [nomor, *(k for k, _ in self.sambung.get(nama, []))]))
            for nama, nomor in self.kolom.items()
        } | {nama: get_column_letter(nomor) for nama, nomor in self.hasil.items()}

    def roles(self) -> dict[int, str]:
        """Return column -> field; a column of a funding source is ``dana``."""
        peran = {k: nama for nama, k in self.kolom.items()} | dict.fromkeys(self.dana, "dana")
        peran |= dict.fromkeys((k for k, _ in self.ukuran), "volume") | dict.fromkeys(self.rentang or (), "biaya")
        peran |= {k: nama for nama, k in self.hasil.items()}
        return peran | {k: nama for nama, other in self.sambung.items() for k, _ in other}

    def money(self) -> list[int]:
        """Return the columns of amounts: the cost, then the funding sources."""
        return [*([self.kolom["biaya"]] if "biaya" in self.kolom else []), *self.dana, *(self.rentang or ())]

    def unit_in_heading(self) -> str | None:
        """The unit that a heading like "Volume (m)" or "Panjang (m)" gives to every row."""
        matching = re.search(r"\(\s*([A-Za-z]{1,5}[23²³]?)\s*\)", self.label.get(self.kolom.get("volume", 0), ""))
        return matching[1] if matching and normal(matching[1]) in SATUAN else None

    def explained(self) -> int:
        """Number of fields that the heading names; all funding sources count as one."""
        return (
            len(self.kolom)
            + bool(self.dana)
            + ("biaya" not in self.kolom and bool(self.rentang or self.tahunan.get("biaya")))
        )

    def sidik(self) -> str:
        """The shape of this heading: the same for every file that has the same headings in the same columns."""
        text = "|".join(f"{k}:{normal(v)}" for k, v in sorted(self.label.items()))
        return sha256_of(text)[:32]

    def leave(self, kolom: int) -> None:
        """Take a column out of use and say so by its heading."""
        if kolom not in self.bukan:
            self.bukan.add(kolom)
            self.tak_dikenal.append(self.label.get(kolom, get_column_letter(kolom)))

    def take(self, nama: str, kolom: int) -> None:
        """Use a column for a field after all, whatever was said about it before."""
        self.kolom[nama] = kolom
        self.bukan.discard(kolom)
        if (label := self.label.get(kolom, "")) in self.tak_dikenal:
            self.tak_dikenal.remove(label)


def merged_down(grid: Grid, tabel: Tabel) -> dict[tuple[int, int], Any]:
    """Values of cells merged over several rows of the table, by (row, column)."""
    result: dict[tuple[int, int], Any] = {}
    for above, left, below, _ in grid.gabung:
        if below > above > tabel.judul[-1] and left in (content := grid.baris.get(above, {})):
            result |= {(n, left): content[left] for n in range(above + 1, below + 1) if n in grid.baris}
    return result
