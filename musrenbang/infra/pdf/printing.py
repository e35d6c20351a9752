"""From a template to a PDF: cut, lay out (what is not kept from before), join, stamp.

What stands on every page outside its text (number, code, version, "page x of y", the word DRAF) is stamped on at the
end. The text of an attachment is therefore the same in the draft on the projector and in the document that is
issued, and is laid out once: the keeper is the cache ``cetak``, by content.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string

from musrenbang.infra.digest import sha256_of
from musrenbang.infra.pdf import join
from musrenbang.infra.pdf.archive import Attachment, pack
from musrenbang.infra.pdf.parts import PLACE, RINGAN, Script, cut, with_pages
from musrenbang.infra.pdf.pool import WorkerPool

HALAMAN_SEKALI = 250
"""Joining reports no steps, so its time limit is longer: as much again for every so many pages."""

logger = logging.getLogger(__name__)


def render_pdf(template: str, context: dict[str, Any], attached: Iterable[Attachment] = ()) -> bytes:
    """Return the PDF of a template, tagged for screen readers, with files that it carries. Nothing else is fetched.

    It is laid out by workers (``pool``), those of long documents apart from the one of short ones, so that a letter
    does not wait for a book. Raises FileFailed when a worker dies or is stuck.
    """
    document = cut(render_to_string(template, context))
    return _render(document, context, pack(attached), _workers(length=document.berat > RINGAN))


def lay_out_ahead(template: str, context: dict[str, Any]) -> None:
    """Lay out what a document will consist of and keep it, so that making the document only joins and stamps.

    Raises FileFailed as ``render_pdf`` does.
    """
    document = cut(render_to_string(template, context))
    _pieces(document, _workers(length=document.berat > RINGAN))


def _pieces(document: Script, pool: WorkerPool) -> list[bytes]:
    """Return the laid-out pieces in order; contents get their page numbers once all else has its pages."""
    pieces = _laid_out(document, pool)
    if any(PLACE in one for one in document.kelompok):
        headings = join.pages_of_headings(pieces)
        numbered = [with_pages(one, headings) for one in document.kelompok]
        pieces = _laid_out(replace(document, kelompok=numbered), pool)
    return pieces


def _laid_out(document: Script, pool: WorkerPool) -> list[bytes]:
    """Return the pieces in order. What is not kept from before is laid out, the largest first."""
    store, seconds = caches["cetak"], float(settings.CETAK_DETIK)
    kunci = {sha256_of(f"{_version()}{k}"): k for k in document.kelompok}
    result: dict[str, list[bytes]] = store.get_many(kunci)
    missing = sorted((k for k in kunci if k not in result), key=lambda k: -len(kunci[k]))
    new = dict(
        zip(missing, pool.ask_each([[b"lay_out", kunci[k].encode()] for k in missing], seconds=seconds), strict=True)
    )
    try:
        store.set_many(new)
    except OSError:  # a full disk costs time at the next print, not this one
        logger.warning("Simpanan cetak tidak dapat ditulis.", exc_info=True)
    return [p for k in kunci for p in (result | new)[k]]


def _render(document: Script, context: dict[str, Any], attached: bytes, pool: WorkerPool) -> bytes:
    """Join the pieces of a document and stamp every page."""
    chunk, seconds = _pieces(document, pool), float(settings.CETAK_DETIK)
    halaman = join.is_wide(chunk)
    edges = {"kaki": document.kaki, "atas": document.atas, "halaman": halaman}
    frame = render_to_string("pdf/bingkai.html", context | edges)
    old = seconds * (1 + len(halaman) // HALAMAN_SEKALI)
    (content,) = pool.ask(b"assemble", frame.encode(), attached, *chunk, seconds=old)
    return content


@cache
def _workers(*, length: bool) -> WorkerPool:
    return WorkerPool(settings.CETAK_PROSES if length else 1)


@cache
def _version() -> str:
    """What else than the text decides how it is laid out."""
    style = (settings.BASE_DIR / "static/css/cetak.css").read_bytes()
    return version("weasyprint") + sha256_of(style)
