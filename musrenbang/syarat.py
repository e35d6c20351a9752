"""The checklist is the guard: what the board shows as missing is what refuses the move.

Upper apps contribute through ``settings.SYARAT_TAHAP``; ``checks.py`` fails start-up on a path that does not resolve.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from musrenbang.models import Musrenbang


@dataclass(frozen=True)
class Kekurangan:
    """One thing that is missing: a sentence, and where to mend it."""

    text: str
    url: str


def collect(musrenbang: Musrenbang, ke: str) -> list[Kekurangan]:
    """Return everything that is missing before the event may enter stage ``ke``; empty means it may."""
    kurang: list[Kekurangan] = []
    for path in settings.SYARAT_TAHAP.get(ke, []):
        periksa: Callable[[Musrenbang], list[Kekurangan]] = import_string(path)
        kurang += periksa(musrenbang)
    return kurang


def jadwal_lengkap(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Date, hour and place are known: they open the Berita Acara (musrenbang.md 3(f) clause 1)."""
    nama = {"tanggal": "Tanggal sidang", "jam_mulai": "Jam mulai", "tempat": "Tempat sidang"}
    url = reverse("schedule", args=[musrenbang.slug])
    return [Kekurangan(f"{kata} belum diisi.", url) for kolom, kata in nama.items() if not getattr(musrenbang, kolom)]
