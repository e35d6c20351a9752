"""QR codes: a text is encoded once and its picture kept; choosing the best of eight masks takes a tenth of a second."""

import base64
import logging
from functools import lru_cache
from io import BytesIO

import segno
from django.core.cache import caches
from PIL import Image

from musrenbang.infra.digest import sha256_of

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1_000)
def encode(text: str, *, micro: bool | None = None) -> segno.QRCode:
    """Return the code of a text, readable with a seventh of it covered; ``micro=False``: never the small form."""
    return segno.make(text, error="m", micro=micro)


def picture(text: str, *, scale: int, border: int = 0) -> str:
    """Return the code of a text (never the small form) as a picture in a data address, kept beside the parts of papers.

    ``scale``: dots a module; ``border``: modules left white around it.
    """
    store, key = caches["cetak"], sha256_of(f"qr {scale} {border} {text}")
    kept: str | None = store.get(key)
    if kept is None:
        kept = _drawn(encode(text, micro=False), scale, border)
        try:
            store.set(key, kept)
        except OSError:  # a full disk costs time at the next print, not this one
            logger.warning("Simpanan cetak tidak dapat ditulis.", exc_info=True)
    return kept


def _drawn(code: segno.QRCode, scale: int, border: int) -> str:
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(border=border)]
    small = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    output = BytesIO()
    large = small.resize((small.width * scale, small.height * scale), Image.Resampling.NEAREST)
    large.convert("1").save(output, "PNG")
    return f"data:image/png;base64,{base64.b64encode(output.getvalue()).decode()}"
