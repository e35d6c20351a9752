"""Cutting a document: into batches that begin on a new page, and a long batch into stretches of rows.

A template marks each element that begins on a new page with the class ``bagian``; such elements are the children of
``<body>``. Weights stand for the work of laying something out: about 4,500 to a page of a table.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

from musrenbang.infra.pdf import carry

BERAT_SEL = 40
RINGAN = 40_000
PANJANG = 100_000
BARIS_PANJANG = 30
TERBAGI = 2 * PANJANG
"""From this weight on (some 45 pages) a table is cut between its groups; shorter ones have full pages instead."""
BARIS_PENDEK = 1_600
"""The last rows of a table stay together on a page when two of them weigh no more: taller ones fill their own pages."""
BARIS_UTUH = 6
"""A group of fewer rows does not begin a new page."""

PLACE = "data-bab"
"""The attribute of an element of a list of contents: how the heading begins whose page it tells."""
SATUAN = "data-satuan"
"""The attribute that numbers the units of a batch."""


@dataclass(frozen=True)
class Script:
    """A document cut into batches: ``kaki`` is the line at the foot of each page, ``kelompok`` each batch's HTML.

    ``atas`` is the line at the head of each page but the first; blank in most documents.
    """

    kaki: str
    atas: str
    kelompok: list[str]
    berat: int


def weigh(unsur: HtmlElement) -> int:
    """Return the weight of an element: its letters and its cells."""
    return len(unsur.text_content()) + BERAT_SEL * sum(1 for _ in unsur.iter("td", "th"))


def one_line(text: str) -> str:
    """Return the text as a page shows it: a template's line breaks and indents are single spaces."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def cut(content: str) -> Script:
    """Cut the HTML of a document into batches; small neighbours are laid out together."""
    root = html.document_fromstring(content)
    body = root.body
    footer, top = (" ".join(one_line(p.text_content()) for p in body.find_class(k)) for k in ("kaki", "atas"))
    carry.reckon(body)
    _keep_the_end_together(body)
    all_rows = [one for unsur in body.find_class("bagian") for one in _by_group(unsur)]
    weights = [weigh(b) for b in all_rows]
    limit: list[list[HtmlElement]] = [[]]
    limit_content = 0
    for unsur, w in zip(all_rows, weights, strict=True):
        if limit[-1] and limit_content + w > RINGAN:
            limit.append([])
            limit_content = 0
        limit[-1].append(unsur)
        limit_content += w
    for child in list(body):
        body.remove(child)
    kelompok, judul = [], root.head.find("title")
    judul.text = one_line(judul.text or "")
    for b in limit:
        body[:] = b
        kelompok.append(_text(root))
        judul.text = ""  # the document has its title from its first piece
    return Script(footer, top, kelompok, sum(weights))


def _keep_the_end_together(body: HtmlElement) -> None:
    """Mark the last rows of each table that no page break may part, so that none of them stands alone on a page."""
    for group in body.iter("tbody"):
        for before, row in pairwise(list(group)[-3:]):
            if weigh(before) + weigh(row) <= BARIS_PENDEK:
                row.set("class", f"{row.get('class', '')} lekat".strip())


def _by_group(unsur: HtmlElement) -> list[HtmlElement]:
    """Cut a very long table between its groups (``<tbody>``: a bidang, an SKPD) onto new pages.

    Each part is laid out by itself, so that a second core helps and no worker holds the whole table. What stands before
    the table stays with the first part, what stands after it with the last.
    """
    tabel = max(unsur.iter("table"), key=weigh, default=None)
    if tabel is None or weigh(tabel) < TERBAGI:
        return [unsur]
    pools: list[list[int]] = [[]]
    heavy = 0
    content_bytes = [b for b in tabel if b.tag == "tbody"]
    for i, group in enumerate(content_bytes):
        w = weigh(group)
        if pools[-1] and heavy + w > PANJANG and len(group) >= BARIS_UTUH:
            pools.append([])
            heavy = 0
        pools[-1].append(i)
        heavy += w
    return [_part(unsur, tabel, k) for k in pools] if len(pools) > 1 else [unsur]


def _part(unsur: HtmlElement, tabel: HtmlElement, group: list[int]) -> HtmlElement:
    """Return a copy of the section with these groups of its table alone; only the first has what stands before it."""
    count = sum(b.tag == "tbody" for b in tabel)
    jejak, node = [], tabel
    while node is not unsur:
        jejak.append(node.getparent().index(node))
        node = node.getparent()
    salinan = copy.deepcopy(unsur)
    node = salinan
    for place in reversed(jejak):
        before, after = list(node)[:place], list(node)[place + 1 :]
        other = (before if group[0] else []) + (after if group[-1] < count - 1 else [])
        node = node[place]
        for discard in other:
            discard.getparent().remove(discard)
    for i, body in enumerate([b for b in node if b.tag == "tbody"]):
        if i not in group:
            node.remove(body)
    return salinan


def with_pages(batch: str, headings: list[tuple[str, int]]) -> str:
    """Return a batch whose contents (elements with ``PLACE``) tell the page of the heading that begins as they say.

    ``headings``: each heading with its page. What has no such heading stays blank.
    """
    if PLACE not in batch:
        return batch
    root = html.document_fromstring(batch)
    for one in root.xpath(f"//*[@{PLACE}]"):
        begins = one.get(PLACE)
        one.text = next((str(page) for heading, page in headings if heading.startswith(begins)), "")
    return _text(root)


class Scroll:
    """A batch as a roll of units (rows of its long tables, and whole elements between them) to take stretches of."""

    def __init__(self, isi: str) -> None:
        self.akar = html.document_fromstring(isi)
        self.berat = []
        for i, unit in enumerate(_units(self.akar.body)):
            unit.set(SATUAN, str(i))  # no name ("id"): elements with names of their own share no styles
            self.berat.append(weigh(unit))

    def __len__(self) -> int:
        return len(self.berat)

    def end_of(self, mulai: int, heavy: int) -> int:
        """Return the index after the stretch that begins at ``mulai`` and weighs about ``berat``; at least one unit."""
        finished, jumlah = mulai, 0
        while finished < len(self) and (finished == mulai or jumlah < heavy):
            jumlah += self.berat[finished]
            finished += 1
        return finished

    def stretch(self, mulai: int, finished: int) -> HtmlElement:
        """Return the tree of units ``mulai`` to before ``finished``; a table keeps its widths and heading."""
        if mulai == 0 and finished == len(self):
            return self.akar
        root = copy.deepcopy(self.akar)
        for index, before in ((mulai, True), (finished - 1, False)):
            (node,) = root.xpath(f'//*[@{SATUAN}="{index}"]')
            while node is not root.body:
                for neighbours in list(node.itersiblings(preceding=before)):
                    if neighbours.tag not in {"colgroup", "thead"}:
                        node.getparent().remove(neighbours)
                node = node.getparent()
        return root


def _text(root: HtmlElement) -> str:
    content: str = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    return content


def _units(container: HtmlElement) -> Iterator[HtmlElement]:
    for child in container:
        if child.tag in {"colgroup", "thead"}:
            continue
        if child.tag == "tbody" or _is_long(child) or any(_is_long(t) for t in child.iter("table")):
            yield from _units(child)
        else:
            yield child


def _is_long(unsur: HtmlElement) -> bool:
    return unsur.tag == "table" and sum(1 for _ in unsur.iter("tr")) > BARIS_PANJANG
