"""One renderer for every PDF, and the keeper of issued documents."""

import atexit
import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string

from musrenbang.models import Dokumen
from musrenbang.transisi import Ditolak


@cache
def _stylesheet() -> tuple[Any, Any]:
    """Parse the print stylesheet and register the fonts once per process."""
    from weasyprint import CSS  # noqa: PLC0415 -- half a second of import that only printing needs
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- as above

    fonts = FontConfiguration()
    atexit.register(_stylesheet.cache_clear)  # its destructor needs modules that are gone at the very end
    return CSS(filename=settings.BASE_DIR / "static/css/cetak.css", font_config=fonts), fonts


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """Return the PDF of a template, tagged for screen readers. Nothing outside the document is fetched."""
    from weasyprint import HTML  # noqa: PLC0415 -- slow import
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 -- as above

    css, fonts = _stylesheet()
    # Pictures come inside the document as data addresses; anything else that is asked for is left out.
    hanya_dalam = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    html = HTML(string=render_to_string(template, context), base_url=str(settings.BASE_DIR), url_fetcher=hanya_dalam)
    with _collector_paused():
        isi: bytes = html.write_pdf(stylesheets=[css], font_config=fonts, pdf_tags=True)
    return isi


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A layout tree makes millions of objects and no garbage: walking them again and again cost 28% of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def store_dokumen(dokumen: Dokumen, isi: bytes) -> None:
    """Write the file of a document once, with its SHA-256; a document that has its file is left as it is.

    Raises Ditolak when the disk refuses; the document then keeps its number and can be rendered again.
    """
    berkas = ContentFile(isi)
    nama = dokumen.berkas.field.generate_filename(dokumen, "")
    try:
        nama = dokumen.berkas.storage.save(nama, berkas)
    except OSError as galat:
        raise Ditolak(
            f"{dokumen.nomor} sudah tercatat, tetapi berkas PDF-nya tidak dapat disimpan ({galat.strerror}). "
            "Kosongkan media penyimpanan, lalu tekan “Buat ulang PDF”."
        ) from galat
    tertulis = Dokumen.objects.filter(pk=dokumen.pk, sha256="").update(
        berkas=nama, sha256=hashlib.sha256(isi).hexdigest(), ukuran=len(isi)
    )
    if not tertulis:  # somebody else rendered it at the same moment
        dokumen.berkas.storage.delete(nama)
    dokumen.refresh_from_db()


def read_dokumen(dokumen: Dokumen) -> bytes:
    """Return the file of a document; raise Ditolak when it is gone or no longer the one that was issued."""
    try:
        with dokumen.berkas.open("rb") as berkas:
            isi: bytes = berkas.read()
    except (OSError, ValueError) as galat:
        raise Ditolak(f"Berkas {dokumen.nomor} tidak ditemukan di penyimpanan. Hubungi admin.") from galat
    if hashlib.sha256(isi).hexdigest() != dokumen.sha256:
        raise Ditolak(f"Berkas {dokumen.nomor} di penyimpanan sudah berubah dari yang diterbitkan. Hubungi admin.")
    return isi
