"""The names of documents, for templates of every app."""

from itertools import zip_longest
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from berita_acara.dokumen.content import annexes
from berita_acara.dokumen.kinds import CETAKAN, public_kinds
from berita_acara.queries import logo_of
from musrenbang.cetakan import Cetakan
from musrenbang.infra.qr import picture
from musrenbang.models import Musrenbang

register = template.Library()


@register.filter
def nama_dokumen(jenis: str) -> str:
    """Return what a kind of document is called; a kind that is not known any more is called as it is stored."""
    return CETAKAN[jenis].label if jenis in CETAKAN else jenis


@register.filter
def qr_bukti(teks: str) -> str:
    """Return a proof as the picture of a QR code, in a data address."""
    return picture(teks, scale=4, border=2)


@register.filter
def bergambar(drawing: str, words: str) -> str:
    """Return a drawing (``<svg>``) of our own making with words for who cannot see it."""
    return mark_safe(drawing.replace(">", f"><title>{escape(words)}</title>", 1))  # noqa: S308 -- a QR code of ours


@register.filter
def berpasangan(daftar: list[Any]) -> list[tuple[Any, Any]]:
    """Return a list as rows of two columns, the first column read down before the second."""
    half = -(-len(daftar) // 2)
    return list(zip_longest(daftar[:half], daftar[half:]))


@register.simple_tag
def logo(kop: dict[str, Any] | None) -> str:
    """Return the logo of a letterhead as a data address."""
    return logo_of(kop)


@register.simple_tag(takes_context=True)
def lampiran_ba(context: Context) -> dict[str, str]:
    """Return the Roman numbers of the attachments of the Berita Acara that is printed."""
    return annexes(context.flatten())


@register.simple_tag
def alamat_bukti() -> str:
    """Return where the page that checks such a code can be had."""
    return f"{settings.ALAMAT}{reverse('publik_bukti')}"


@register.simple_tag
def dokumen_publik(musrenbang: Musrenbang) -> list[tuple[str, Cetakan]]:
    """Return the documents that everybody may read by now: kind and what is known of it."""
    return [(jenis, CETAKAN[jenis]) for jenis in public_kinds(musrenbang)]
