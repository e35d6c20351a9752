"""Passwords that everybody here would guess first (listed in docs/keamanan.md)."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from musrenbang.models import Desa, Kabupaten, Keanggotaan, Kecamatan

UMUM = (
    "musrenbang",
    "bappeda",
    "kecamatan",
    "kabupaten",
    "kelurahan",
    "camat",
    "sekcam",
    "operator",
    "pemandu",
    "admin",
    "rahasia",
    "sandi",
    "indonesia",
    "merdeka",
    "rkpd",
    "usulan",
    "desa",
    "skpd",
    "dinas",
)
SISA = 6


class LocalWord:
    """Refuses a password that is little more than the words of the work and the names of the person's places."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer than six letters or digits are left without those words and the year."""
        remainder = re.sub(r"(19|20)\d\d", "", password.lower())
        for words in sorted({*UMUM, *_places(user)}, key=len, reverse=True):
            remainder = remainder.replace(words, "")
        if len(re.sub(r"[\W_]", "", remainder)) < SISA:
            raise ValidationError(f"Kata sandi ini mudah ditebak. {self.get_help_text()}", code="kata_setempat")

    def get_help_text(self) -> str:
        """What to do."""
        return "Pakai tiga kata atau lebih; jangan hanya jabatan, nama tempat, atau tahun."


def _places(user: Any) -> set[str]:
    """Return the names of where the person works, in small letters without blanks."""
    if user is None or not user.pk:
        return set()
    nama: set[str] = set()
    for a in Keanggotaan.objects.filter(pengguna=user).select_related(
        "kabupaten", "kecamatan__kabupaten", "desa__kecamatan"
    ):
        places: list[Kabupaten | Kecamatan | Desa | None] = [a.kabupaten, a.kecamatan, a.desa]
        places += [a.kecamatan.kabupaten] if a.kecamatan else [a.desa.kecamatan] if a.desa else []
        nama |= {k for t in places if t for k in t.nama.lower().split() if len(k) > 3}
    return nama
