"""From a template to a PDF: cut, lay out (what is not kept from before), join, stamp.

What stands on every page outside its text (number, code, version, "page x of y", the word DRAF) is stamped on at the
end. The text of an attachment is therefore the same in the draft on the projector and in the document that is
issued, and is laid out once: the keeper is the cache ``cetak``, by content.
"""

import hashlib
import logging
import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string

from musrenbang.pdf.bagian import RINGAN, Naskah, cut
from musrenbang.transisi import Ditolak

logger = logging.getLogger(__name__)


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Return the PDF of a template, tagged for screen readers. Nothing outside the document is fetched.

    A long document is made in processes of its own. Raises Ditolak when the machine has not enough memory for it.
    """
    naskah = cut(render_to_string(template, context))
    if naskah.berat <= RINGAN:
        return _render(naskah, context, map)
    with ProcessPoolExecutor(settings.CETAK_PROSES, mp_context=_context(), max_tasks_per_child=1) as kumpulan:
        try:
            return _render(naskah, context, kumpulan.map)
        except BrokenProcessPool as galat:
            raise Ditolak(
                "Pembuatan PDF terhenti karena memori mesin ini tidak cukup. Tutup program lain, lalu coba lagi."
            ) from galat


def _render(naskah: Naskah, context: dict[str, Any], each: Callable[..., Iterable[Any]]) -> bytes:
    """Lay out what is not kept from an earlier rendering, the largest first, then join it; ``each`` is a ``map``."""
    from musrenbang.pdf import pekerja, rakit, tata  # noqa: PLC0415 -- half a second of import that only printing needs

    simpanan = caches["cetak"]
    kunci = {hashlib.sha256(f"{_version()}{k}".encode()).hexdigest(): k for k in naskah.kelompok}
    hasil: dict[str, list[bytes]] = simpanan.get_many(kunci)
    kurang = sorted((k for k in kunci if k not in hasil), key=lambda k: -len(kunci[k]))
    baru = dict(zip(kurang, each(tata.lay_out, [kunci[k] for k in kurang]), strict=True))
    try:
        simpanan.set_many(baru)
    except OSError:  # a full disk costs time at the next print, not this one
        logger.warning("Simpanan cetak tidak dapat ditulis.", exc_info=True)
    potongan = [p for k in kunci for p in (hasil | baru)[k]]
    konteks = {**context, "kaki": naskah.kaki, "halaman": rakit.is_wide(potongan)}
    bingkai = render_to_string("pdf/bingkai.html", konteks)
    (isi,) = each(pekerja.assemble, [potongan], [bingkai])
    pdf: bytes = isi
    return pdf


@cache
def _context() -> Any:
    """Processes are forked from one that has the renderer loaded; it starts with the first long document."""
    konteks = multiprocessing.get_context("forkserver")
    konteks.set_forkserver_preload(["musrenbang.pdf.pekerja"])
    return konteks


@cache
def _version() -> str:
    """What else than the text decides how it is laid out."""
    import weasyprint  # noqa: PLC0415 -- slow import

    gaya = (settings.BASE_DIR / "static/css/cetak.css").read_bytes()
    return str(weasyprint.__version__) + hashlib.sha256(gaya).hexdigest()
