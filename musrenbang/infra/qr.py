"""QR codes: the same text is encoded once in a process; choosing the best of eight masks takes a tenth of a second."""

from functools import lru_cache

import segno


@lru_cache(maxsize=1_000)
def encode(text: str, *, micro: bool | None = None) -> segno.QRCode:
    """Return the code of a text, readable with a seventh of it covered; ``micro=False``: never the small form."""
    return segno.make(text, error="m", micro=micro)
