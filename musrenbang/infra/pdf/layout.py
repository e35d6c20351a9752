"""Laying out: HTML in, PDF out. Knows nothing of Django, so that a bare process can do it, one text at a time."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
from lxml.html import HtmlElement
from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from musrenbang.infra.digest import sha256_of
from musrenbang.infra.pdf import fast, frames, margins
from musrenbang.infra.pdf.naskah import read
from musrenbang.infra.pdf.parts import PANJANG, SATUAN, Scroll

AKAR = Path(__file__).resolve().parents[3]


@cache
def stylesheet() -> tuple[CSS, FontConfiguration]:
    """Parse the print stylesheet, register the fonts and put the shorter ways in place, once per process."""
    fast.apply()
    margins.apply()
    letter = FontConfiguration()
    atexit.register(stylesheet.cache_clear)  # its destructor needs modules that are gone at the very end
    return CSS(filename=AKAR / "static/css/cetak.css", font_config=letter), letter


def lay_out(content: str) -> list[bytes]:
    """Return the PDFs, in order, that together are the batch; more than one where it is long.

    A long batch is laid out a stretch of rows at a time. What stands on a stretch's last page begins the next one,
    so that pages are full and memory does not grow with the document.
    """
    scroll, digest = Scroll(content), sha256_of(content)[:8]
    result, start, heavy = [], 0, PANJANG
    while True:
        finished, nama = scroll.end_of(start, heavy), f"{digest}-{start}"
        dokumen = _layout(scroll.stretch(start, finished))
        if finished == len(scroll):
            result.append(_write(dokumen, nama))
            return result
        halaman, lanjut = _clean_break(dokumen)
        if halaman:
            result.append(_write(dokumen.copy(dokumen.pages[:halaman]), nama))
            start, heavy = lanjut, PANJANG
            del dokumen
            gc.collect()  # memory does not grow with the number of stretches
        else:
            heavy *= 2


def frame(content: str, wide: list[bool]) -> bytes:
    """Return the PDF of what stands outside the text of the pages; it is stamped on, so it has no tags of its own.

    It has the pages that ``frames.with_pages`` says; ``wide`` tells of each page of the paper whether it is.
    """
    pdf_content: bytes = _layout(frames.with_pages(content, wide), pdf_tags=False).write_pdf()
    return pdf_content


def _clean_break(dokumen: Document) -> tuple[int, int]:
    """Return the last page that begins with a whole unit, and that unit; (0, 0) when there is none."""
    unit = [set(_units_on(halaman._page_box)) for halaman in dokumen.pages]
    for i in range(len(unit) - 1, 0, -1):
        if unit[i] and min(unit[i]) not in unit[i - 1]:
            return i, min(unit[i])
    return 0, 0


def _units_on(box: Any) -> Iterator[int]:
    """Yield the numbers of the units that stand in a box, in part or whole."""
    for child in box.children:
        unit = child.element.get(SATUAN) if getattr(child, "element", None) is not None else None
        if unit is not None:
            yield int(unit)
        else:
            yield from _units_on(child)


def _layout(root: HtmlElement, *, pdf_tags: bool = True) -> Document:
    style, letter = stylesheet()
    # Pictures come inside the document as data addresses; anything else that is asked for is left out.
    within_only = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    document = read(root, base_url=str(AKAR), url_fetcher=within_only)
    with _collector_paused():
        return document.render(stylesheets=[style], font_config=letter, pdf_tags=pdf_tags)


def _write(dokumen: Document, nama: str) -> bytes:
    def unique_headings(_: Document, pdf: pydyf.PDF) -> None:
        """Cells name the headings they stand under; the names must differ from page to page and piece to piece.

        Each heading also says what it is the heading of (WCAG 1.3.1): beside cells the row, else the column.
        """
        for subject in pdf.objects:
            if isinstance(subject, pydyf.Dictionary) and "ID" in subject:
                subject["ID"].string = f"{nama}-{subject.number}"
                row = _referenced(pdf, subject["P"])
                beside = any(_referenced(pdf, cell)["S"] == "/TD" for cell in row["K"])
                subject["A"]["Scope"] = "/Row" if beside else "/Column"

    with _collector_paused():
        content: bytes = dokumen.write_pdf(pdf_tags=True, finisher=unique_headings)
    return content


def _referenced(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    """Return the object that a reference ("12 0 R") names."""
    return pdf.objects[int(reference.split()[0])]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A layout tree makes millions of objects and no garbage: walking them again and again cost 28% of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:  # a worker collects by itself, when nobody waits
            gc.enable()
