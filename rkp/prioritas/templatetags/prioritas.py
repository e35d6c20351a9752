"""Template parts of the ranking page."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from musrenbang import format as tulis
from rkp.prioritas.queries.board import STATUS_DANA
from rkp.prioritas.queries.candidates import Peserta
from rkp.prioritas.rules import KEBIJAKAN, METODE
from rkp.prioritas.rules_words import plain_reason

register = template.Library()
register.filter("sebab", plain_reason)


@register.filter
def kata_dana(status: str) -> str:
    """Return a funding status in words."""
    return STATUS_DANA[status]


@register.filter
def kata_metode(kode: str) -> str:
    """Return a way of ranking in words."""
    return METODE[kode]


@register.filter
def kata_kebijakan(kode: str) -> str:
    """Return a rest policy in words."""
    return KEBIJAKAN[kode]


@register.filter
def titik_koma(angka: str) -> str:
    """Return a decimal text with a comma."""
    return angka.replace(".", ",")


@register.filter
def jumlah(angka: list[int | None]) -> int:
    """Return the sum; a missing place counts nothing."""
    return sum(n or 0 for n in angka)


@register.simple_tag
def sel_skor(
    peserta: Peserta, kriteria: dict[str, Any], ketikan: dict[str, Any] | None, boleh: bool
) -> SafeString | str:
    """Draw one score cell: the input with what was typed or stored, and the stored score the person saw.

    A tag and not a template, because a table of 300 works has 1,800 of them.
    """
    nilai = peserta.nilai.get(kriteria["kode"])
    saved = "" if nilai is None else _plain(nilai)
    if not boleh:
        return saved
    nama = f"{peserta.calon.pk}-{kriteria['kode']}"
    return format_html(
        '<input class="form-control" inputmode="decimal" autocomplete="off" name="n-{0}" value="{1}" '
        'aria-label="{2}, nomor {3}">'
        '<input type="hidden" name="l-{0}" value="{4}">',
        nama,
        (ketikan or {}).get(f"n-{nama}", saved),
        kriteria["nama"],
        peserta.isi.nomor,
        saved,
    )


def _plain(nilai: Decimal) -> str:
    return tulis.number(nilai).replace(".", "")
