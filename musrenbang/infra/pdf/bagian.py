"""Cutting a document: into batches that begin on a new page, and a long batch into stretches of rows.

A template marks each element that begins on a new page with the class ``bagian``; such elements are the children of
``<body>``. Weights stand for the work of laying something out: about 4,500 to a page of a table.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

BERAT_SEL = 40
RINGAN = 40_000
PANJANG = 100_000
BARIS_PANJANG = 30
TERBAGI = 2 * PANJANG
"""From this weight on (some 45 pages) a table is cut between its groups; shorter ones have full pages instead."""
BARIS_UTUH = 6
"""A group of fewer rows does not begin a new page."""


@dataclass(frozen=True)
class Naskah:
    """A document cut into batches: ``kaki`` is the line at the foot of each page, ``kelompok`` each batch's HTML."""

    kaki: str
    kelompok: list[str]
    berat: int


def weigh(unsur: HtmlElement) -> int:
    """Return the weight of an element: its letters and its cells."""
    return len(unsur.text_content()) + BERAT_SEL * sum(1 for _ in unsur.iter("td", "th"))


def one_line(teks: str) -> str:
    """Return the text as a page shows it: a template's line breaks and indents are single spaces."""
    return re.sub(r"[ \t\r\n]+", " ", teks).strip()


def cut(isi: str) -> Naskah:
    """Cut the HTML of a document into batches; small neighbours are laid out together."""
    akar = html.document_fromstring(isi)
    badan = akar.body
    kaki = " ".join(one_line(p.text_content()) for p in badan.find_class("kaki"))
    semua = [satu for unsur in badan.find_class("bagian") for satu in _by_group(unsur)]
    berat = [weigh(b) for b in semua]
    batas: list[list[HtmlElement]] = [[]]
    isi_batas = 0
    for unsur, w in zip(semua, berat, strict=True):
        if batas[-1] and isi_batas + w > RINGAN:
            batas.append([])
            isi_batas = 0
        batas[-1].append(unsur)
        isi_batas += w
    for anak in list(badan):
        badan.remove(anak)
    kelompok, judul = [], akar.head.find("title")
    judul.text = one_line(judul.text or "")
    for b in batas:
        badan[:] = b
        kelompok.append(_text(akar))
        judul.text = ""  # the document has its title from its first piece
    return Naskah(kaki, kelompok, sum(berat))


def _by_group(unsur: HtmlElement) -> list[HtmlElement]:
    """Cut a very long table between its groups (``<tbody>``: a bidang, an SKPD) onto new pages.

    Each part is laid out by itself, so that a second core helps and no worker holds the whole table. What stands before
    the table stays with the first part, what stands after it with the last.
    """
    tabel = max(unsur.iter("table"), key=weigh, default=None)
    if tabel is None or weigh(tabel) < TERBAGI:
        return [unsur]
    kumpulan: list[list[int]] = [[]]
    berat = 0
    badan = [b for b in tabel if b.tag == "tbody"]
    for i, grup in enumerate(badan):
        w = weigh(grup)
        if kumpulan[-1] and berat + w > PANJANG and len(grup) >= BARIS_UTUH:
            kumpulan.append([])
            berat = 0
        kumpulan[-1].append(i)
        berat += w
    return [_part(unsur, tabel, k) for k in kumpulan] if len(kumpulan) > 1 else [unsur]


def _part(unsur: HtmlElement, tabel: HtmlElement, grup: list[int]) -> HtmlElement:
    """Return a copy of the section with these groups of its table alone; only the first has what stands before it."""
    banyak = sum(b.tag == "tbody" for b in tabel)
    jejak, simpul = [], tabel
    while simpul is not unsur:
        jejak.append(simpul.getparent().index(simpul))
        simpul = simpul.getparent()
    salinan = copy.deepcopy(unsur)
    simpul = salinan
    for tempat in reversed(jejak):
        sebelum, sesudah = list(simpul)[:tempat], list(simpul)[tempat + 1 :]
        lain = (sebelum if grup[0] else []) + (sesudah if grup[-1] < banyak - 1 else [])
        simpul = simpul[tempat]
        for buang in lain:
            buang.getparent().remove(buang)
    for i, badan in enumerate([b for b in simpul if b.tag == "tbody"]):
        if i not in grup:
            simpul.remove(badan)
    return salinan


class Gulungan:
    """A batch as a roll of units (rows of its long tables, and whole elements between them) to take stretches of."""

    def __init__(self, isi: str) -> None:
        self.akar = html.document_fromstring(isi)
        self.berat = []
        for i, unit in enumerate(_units(self.akar.body)):
            # Cells of rows that have no name of their own share their styles: the name stands on a row's first cell.
            (unit[0] if unit.tag == "tr" and len(unit) else unit).set("id", f"u{i}")
            self.berat.append(weigh(unit))

    def __len__(self) -> int:
        return len(self.berat)

    def end_of(self, mulai: int, berat: int) -> int:
        """Return the index after the stretch that begins at ``mulai`` and weighs about ``berat``; at least one unit."""
        selesai, jumlah = mulai, 0
        while selesai < len(self) and (selesai == mulai or jumlah < berat):
            jumlah += self.berat[selesai]
            selesai += 1
        return selesai

    def stretch(self, mulai: int, selesai: int) -> str:
        """Return the HTML of units ``mulai`` to before ``selesai``; a table keeps its widths and heading."""
        akar = copy.deepcopy(self.akar)
        for indeks, sebelum in ((mulai, True), (selesai - 1, False)):
            simpul = akar.get_element_by_id(f"u{indeks}")
            if simpul.tag in {"td", "th"}:
                simpul = simpul.getparent()
            while simpul is not akar.body:
                for tetangga in list(simpul.itersiblings(preceding=sebelum)):
                    if tetangga.tag not in {"colgroup", "thead"}:
                        simpul.getparent().remove(tetangga)
                simpul = simpul.getparent()
        return _text(akar)


def _text(akar: HtmlElement) -> str:
    isi: str = html.tostring(akar, encoding="unicode", doctype="<!doctype html>")
    return isi


def _units(wadah: HtmlElement) -> Iterator[HtmlElement]:
    for anak in wadah:
        if anak.tag in {"colgroup", "thead"}:
            continue
        if anak.tag == "tbody" or _is_long(anak) or any(_is_long(t) for t in anak.iter("table")):
            yield from _units(anak)
        else:
            yield anak


def _is_long(unsur: HtmlElement) -> bool:
    return unsur.tag == "table" and sum(1 for _ in unsur.iter("tr")) > BARIS_PANJANG
