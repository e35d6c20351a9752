"""What no log may hold: the code of a ballot beside an address, and links that open an account or sign as a witness.

Used by every log of the application (``settings.server``), by gunicorn's access log (``deploy/gunicorn.conf.py``) and
for errors that are sent away. nginx has the same words in ``deploy/nginx/batas.conf``.
"""

import logging
import re
from typing import Any

_AKHIR = r"[^/\s?\"'&>]+"
POLA = re.compile(
    rf"(/(?:suara|layar|verifikasi)/){_AKHIR}|(/sandi/){_AKHIR}/{_AKHIR}|(/saksi/{_AKHIR}/){_AKHIR}"
    r"|([?&]kode=)[^&\s\"'>]*"
)
BUKAN_TAUTAN = re.compile(r"/sandi/(?:kode|perangkat)/")


def mask(text: str) -> str:
    """Return a text without codes and one-time links: ``/suara/…/``."""
    return POLA.sub(_short, text)


def _short(matching: re.Match[str]) -> str:
    if BUKAN_TAUTAN.match(matching[0]):
        return matching[0]
    return next(k for k in matching.groups() if k) + "…"


def mask_all(nilai: Any) -> Any:
    """Return lists, dicts and texts with every text masked."""
    if isinstance(nilai, str):
        return mask(nilai)
    if isinstance(nilai, dict):
        return {k: mask_all(v) for k, v in nilai.items()}
    return type(nilai)(mask_all(v) for v in nilai) if isinstance(nilai, list | tuple) else nilai


class WithoutSecrets(logging.Filter):
    """Takes codes and one-time links out of a record, and the request itself, whose text holds what was asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = mask(logging.Formatter().formatException(record.exc_info))
        record.__dict__.pop("request", None)
        return True
