"""Rows of the list of proposals as HTML: equal rows are built once for each kind of place."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from musrenbang.sebutan import Sebutan, active
from usulan.models import Usulan

KEPT = 2048
SHOWN = (
    "pk",
    "nomor",
    "nama_desa",
    "kegiatan",
    "perlu_dilengkapi",
    "induk",
    "jumlah_anak",
    "ulang_ke",
    "program",
    "harga_janggal",
    "manfaat",
    "lokasi",
    "volume",
    "satuan",
    "biaya",
    "sumber_dana",
    "skpd",
    "asal_teks",
)
"""What the template of a row reads of a proposal; ``tests/usulan/test_rows.py`` compares it with the template."""


@dataclass(frozen=True)
class Row:
    """A proposal in the list: ``shown`` is everything that its HTML depends on, ``usulan`` only where to read it."""

    slug: str
    boleh_ubah: bool
    boleh_massal: bool
    shown: tuple[str, ...]
    usulan: Usulan = field(compare=False)


def row_html(usulan: Usulan, slug: str, *, may_change: bool, may_change_many: bool) -> SafeString:
    """Return the row of a proposal as the list shows it."""
    shown = tuple(_words(getattr(usulan, name, "")) for name in SHOWN)
    return _build(Row(slug, may_change, may_change_many, shown, usulan), active())


def _words(value: Any) -> str:
    """Tell values apart: a related row by all that its names say."""
    names = [str(getattr(value, n, "")) for n in ("nomor", "nama", "singkatan")]
    return "|".join([str(value), *names])


@lru_cache(maxsize=KEPT)
def _build(row: Row, place: Sebutan) -> SafeString:
    context = {"u": row.usulan, "musrenbang": {"slug": row.slug}}
    context |= {"boleh_ubah": row.boleh_ubah, "boleh_massal": row.boleh_massal}
    return mark_safe(get_template("usulan/_row.html").render(context))  # noqa: S308 -- a template's own output
