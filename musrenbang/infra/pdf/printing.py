"""From a template to a PDF: cut, lay out (what is not kept from before), join, stamp.

What stands on every page outside its text (number, code, version, "page x of y", the word DRAF) is stamped on at the
end. The text of an attachment is therefore the same in the draft on the projector and in the document that is
issued, and is laid out once: the keeper is the cache ``cetak``, by content.
"""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import replace
from functools import cache, partial
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

BYTE_SEKALI = 2_500_000
"""Joining reports no steps, so its time limit is longer: as much again for every so many bytes (some 250 pages)."""
AKHIR_DETIK = 3600.0
"""Every step of a worker has its own limit; nothing that is made in a thread is waited for longer than this."""

logger = logging.getLogger(__name__)


def render_pdf(template: str, context: dict[str, Any], attached: Iterable[Attachment] = ()) -> bytes:
    """Return the PDF of a template, tagged for screen readers, with files that it carries. Nothing else is fetched.

    It is laid out by workers (``pool``), those of long documents apart from the one of short ones, so that a letter
    does not wait for a book. Raises FileFailed when a worker dies or is stuck.
    """
    return begin_pdf(template, context, attached)()


def begin_pdf(
    template: str, context: dict[str, Any], attached: Iterable[Attachment] = (), threads: Executor | None = None
) -> Callable[[], bytes]:
    """Write what a PDF says; return what makes it, or waits for it where one of ``threads`` makes it meanwhile.

    The thread asks workers and reads the keeper of pieces: it needs no database. What is returned raises FileFailed as
    ``render_pdf`` does.
    """
    document = cut(render_to_string(template, context))
    frame = render_to_string("pdf/bingkai.html", context | {"kaki": document.kaki, "atas": document.atas})
    make = partial(_render, document, frame, pack(attached), _workers(length=document.berat > RINGAN))
    return make if threads is None else partial(threads.submit(make).result, timeout=AKHIR_DETIK)


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


def _render(document: Script, frame: str, attached: bytes, pool: WorkerPool) -> bytes:
    """Join the pieces of a document and stamp every page."""
    chunk, seconds = _pieces(document, pool), float(settings.CETAK_DETIK)
    old = seconds * (1 + sum(map(len, chunk)) // BYTE_SEKALI)
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
