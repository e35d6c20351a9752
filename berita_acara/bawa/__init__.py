"""Carrying an event between a server and the laptop in the hall: one signed file out, one back.

Rows keep their keys: those made on the laptop come from a range of keys that belongs to that journey alone, so nothing
has to be renumbered and every reference, also those inside JSON, stays right.
"""

from berita_acara.bawa.isi import FORMAT, event_document
from berita_acara.bawa.muat import BerkasSalah, load_event
from berita_acara.bawa.pulang import Bentrok, bring_home
from berita_acara.bawa.tanda import fingerprint, seal, unseal

__all__ = [
    "FORMAT",
    "Bentrok",
    "BerkasSalah",
    "bring_home",
    "event_document",
    "fingerprint",
    "load_event",
    "seal",
    "unseal",
]  # fmt: skip
