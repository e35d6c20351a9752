"""Papers laid out ahead: a worker lays out what is fixed as soon as it is fixed; issuing a paper only joins and stamps.

Nothing is numbered or stored here. What is laid out is kept by its content (``infra.pdf.printing``): when a fact
changes afterwards the paper is laid out again, and only the part that changed.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django_tasks import task

from berita_acara.dokumen.cetakan import cetakan_context
from berita_acara.dokumen.content import draft_berita_acara
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.queries import BERITA_ACARA, kop_of, logo_of
from musrenbang.infra.pdf.pool import FileFailed
from musrenbang.infra.pdf.printing import lay_out_ahead
from musrenbang.infra.queue import enqueue
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import use
from musrenbang.transisi import Refused

logger = logging.getLogger(__name__)
_asked_for_only = ContextVar("_asked_for_only", default=False)


@contextmanager
def no_layout_ahead() -> Iterator[None]:
    """Inside this block moves queue no layout: building a demo walks through stages whose papers nobody reads."""
    mark = _asked_for_only.set(True)
    try:
        yield
    finally:
        _asked_for_only.reset(mark)


def queue_layout(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Queue the layout of every paper that can be made by now (effect of moves that freeze facts)."""
    if settings.CETAK_DULU and not _asked_for_only.get():
        enqueue(lay_out_papers, pk=musrenbang.pk)


def prepare_papers(musrenbang: Musrenbang) -> list[str]:
    """Lay out every paper that can be made by now; return the kinds that were, the Berita Acara first.

    Without the Berita Acara's missing parts: its long tables are laid out before the last of them is known.
    """
    with use(musrenbang.sebutan):
        return list(_prepared(musrenbang))


def _prepared(musrenbang: Musrenbang) -> Iterator[str]:
    kop = kop_of(musrenbang)
    around = {"kop": kop, "logo": logo_of(kop)}  # as a paper bears them that is issued
    for jenis, part in _papers(musrenbang):
        try:
            content = (
                draft_berita_acara(musrenbang) | {"nomor": "", "versi": 0, "draf": True}
                if jenis == BERITA_ACARA
                else cetakan_context(jenis, musrenbang, part)
            )
            lay_out_ahead(CETAKAN[jenis].template, content | around)
        except FileFailed:
            logger.warning("Tata letak %s tidak disiapkan lebih dahulu.", jenis, exc_info=True)
        except Refused:  # it is not time for it yet
            continue
        yield jenis


def _papers(musrenbang: Musrenbang) -> Iterator[tuple[str, str]]:
    for jenis, cetakan in CETAKAN.items():
        try:
            everything = cetakan.bagian(musrenbang) if cetakan.bagian else [("", "")]
        except Refused:
            continue
        yield from ((jenis, part) for part, _ in everything)


@task()
def lay_out_papers(pk: int) -> None:
    """The job that lays out what is fixed. Delivered twice it finds everything kept the second time."""
    prepare_papers(Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").get(pk=pk))
