"""Template parts of the ranking page."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rkp.models import BarisVersi
from rkp.prioritas.models import Kriteria
from rkp.prioritas.queries import STATUS_DANA

register = template.Library()


@register.filter
def kata_dana(status: str) -> str:
    """Return a funding status in words."""
    return STATUS_DANA[status]


@register.filter
def titik_koma(angka: str) -> str:
    """Return a decimal text with a comma."""
    return angka.replace(".", ",")


@register.simple_tag
def sel_skor(
    calon: BarisVersi, kriteria: Kriteria, nilai: dict[int, int] | None, ketikan: dict[str, Any] | None, boleh: bool
) -> SafeString | str:
    """Draw one score cell: the input with what was typed or stored, and the stored score the person saw.

    A tag and not a template, because a table of 300 works has 1,800 of them.
    """
    tersimpan: int | str = (nilai or {}).get(kriteria.pk, "")
    if not boleh:
        return str(tersimpan)
    nama = f"{calon.asal_baris_id}-{kriteria.pk}"
    isi = (ketikan or {}).get(f"n-{nama}", tersimpan)
    return format_html(
        '<input class="form-control" type="number" min="1" max="5" name="n-{0}" value="{1}" '
        'aria-label="{2}, nomor {3}">'
        '<input type="hidden" name="l-{0}" value="{4}">',
        nama,
        isi,
        kriteria.nama,
        calon.nomor,
        tersimpan,
    )
