"""Template filters and tags, loaded everywhere (settings ``builtins``)."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from musrenbang import format as tulis
from musrenbang import sebutan
from musrenbang.forms.kunci import KunciForm
from musrenbang.forms.typed import DayInput, SumInput, TypedInput
from musrenbang.infra.pdf.carry import UNKNOWN
from musrenbang.infra.release import VERSION
from musrenbang.models import Kabupaten, Musrenbang
from musrenbang.models.jejak import Jejak
from musrenbang.queries import stage_strip
from musrenbang.states import is_past
from musrenbang.trail_words import action_words, changed_values

register = template.Library()
register.filter("bertempat", sebutan.titled)
register.filter("rupiah", tulis.rupiah)
register.filter("titik", tulis.dotted)
register.filter("ribuan", tulis.thousands)
register.filter("angka", tulis.number)
register.filter("belum_termasuk", tulis.missing_amounts)
register.filter("persen", tulis.percent)
register.filter("tanggal", tulis.date_text)
register.filter("tanggal_hari", tulis.date_with_day)
register.filter("jam", tulis.hour_text)


@register.filter
def angka_teks(nilai: str | None) -> str:
    """Write a volume that a document keeps as decimal text; unknown is blank."""
    return tulis.number(Decimal(nilai)) if nilai else ""


@register.filter
def kurang(what: Any, kind: str = "kegiatan") -> str:
    """Return in brackets what a sum of money lacks, for the words before it; blank when it is whole."""
    lacking = tulis.missing_amounts(what, kind)
    return f" ({lacking})" if lacking else ""


@register.filter
def rupiah_polos(nilai: int | None) -> str:
    """Write rupiah without "Rp", for a column whose heading says it; unknown is a dash."""
    return "–" if nilai is None else tulis.thousands(nilai)


@register.filter
def pindah(nilai: int | None) -> str:
    """Write what a row adds to the sum that its table carries from page to page (``infra/pdf/carry.py``)."""
    return UNKNOWN if nilai is None else str(int(nilai))


@register.filter
def waktu(nilai: datetime, kabupaten: Kabupaten) -> str:
    """Return ``23 Februari 2026 pukul 14.05 WITA`` in the time zone of the kabupaten."""
    local_word = nilai.astimezone(kabupaten.tz)
    return f"{tulis.date_text(local_word.date())} pukul {local_word:%H.%M} {kabupaten.get_zona_display()}"


@register.filter
def minta_muat_ulang(kalimat: object) -> bool:
    """Tell whether a message asks for the page to be loaded again: it then stands beside a button that does it."""
    return "muat ulang" in str(kalimat).lower()


@register.filter
def hari(nilai: datetime, kabupaten: Kabupaten) -> str:
    """Return the day alone, ``23 Februari 2026``, in the time zone of the kabupaten."""
    return tulis.date_text(nilai.astimezone(kabupaten.tz).date())


@register.filter
def mutlak(nilai: int) -> int:
    """Return an amount without its sign."""
    return abs(nilai)


@register.filter
def sudah(tahap: str, batas: str) -> bool:
    """Tell whether an event in the stage ``tahap`` has ``batas`` behind it."""
    return is_past(tahap, batas)


@register.filter
def kali(jumlah: int) -> range:
    """Return something to loop over ``jumlah`` times: the blank lines of a form."""
    return range(jumlah)


@register.filter
def pukul(nilai: datetime | None, zona: tzinfo) -> str:
    """Return ``08.30`` in a time zone; nothing for no time."""
    return f"{nilai.astimezone(zona):%H.%M}" if nilai else ""


@register.filter
def ambil(kamus: dict[Any, Any], kunci: Any) -> Any:
    """Return ``kamus[kunci]`` or None."""
    return kamus.get(kunci)


@register.simple_tag
def versi_aplikasi() -> str:
    """Return the number of this release; a tag, so that a page without a request can show it as well."""
    return VERSION


@register.simple_tag
@cache
def ikon(nama: str, kelas: str = "") -> SafeString:
    """Draw one icon of the local sprite; decorative, so hidden from screen readers."""
    return format_html(
        '<svg class="ikon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        kelas,
        static("vendor/ikon/ikon.svg"),
        nama,
    )


@register.simple_tag
def isian_kunci(kunci: str = "") -> SafeString:
    """Write the hidden field for a form that the template writes out by itself: a new key, or the one it came with."""
    return KunciForm(auto_id=False, initial={"kunci": kunci} if kunci else None)["kunci"].as_hidden()


@register.inclusion_tag("_fragments/_strip.html")
def strip_tahap(musrenbang: Musrenbang) -> dict[str, Any]:
    """Draw the stage strip: pra, sidang, pasca."""
    return {"musrenbang": musrenbang, "strip": stage_strip(musrenbang.tahap)}


@register.filter
def kata_aksi(jejak: Jejak) -> str:
    """Say in words what an audit row records."""
    return action_words(jejak)


@register.filter
def kata_beda(jejak: Jejak) -> list[tuple[str, str, str]]:
    """Return (field, before, after) in words for the values that an audit row changed."""
    return changed_values(jejak)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw the control of a field with the look of its kind, marked when something is wrong with it.

    The one place that draws controls: templates/bootstrap5/field.html puts label, help and errors around it.
    """
    widget = field.field.widget
    kind = "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select):
        kind = "form-select"
    classes = (widget.attrs.get("class", ""), kind, "is-invalid" if field.errors else "")
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.filter
def atribut(attrs: dict[str, Any]) -> SafeString:
    """Write the attributes of a control, as Django's own template does with a loop."""
    return flatatt(attrs)


@register.simple_tag
def pilihan(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """Write the options of a select; Django's own template includes another one for each of them."""
    parts = []
    for name, options, _ in groups:
        lines = [(o["value"], flatatt(o["attrs"]), o["label"]) for o in options]
        html = format_html_join("\n", '<option value="{}"{}>{}</option>', lines)
        parts.append(format_html('<optgroup label="{}">{}</optgroup>', name, html) if name else html)
    return SafeString("\n".join(parts))


@register.simple_tag
def day_input(name: str, day: date | None = None, **attrs: Any) -> SafeString:
    """Draw our own control for a day where no form draws it; ``aria_label="…"`` becomes ``aria-label``."""
    of = timezone.localtime(day).date() if isinstance(day, datetime) else day
    return _own_input(DayInput(), name, of, attrs)


@register.simple_tag
def sum_input(name: str, amount: int | None = None, **attrs: Any) -> SafeString:
    """Draw our own control for a sum of rupiah where no form draws it."""
    return _own_input(SumInput(), name, amount, attrs)


def _own_input(widget: TypedInput, name: str, value: Any, attrs: dict[str, Any]) -> SafeString:
    named = {key.replace("_", "-"): content for key, content in attrs.items()}
    return widget.render(name, value, {"class": "form-control"} | named)


@register.simple_tag
def querystring_tampilan(tampilan: Any) -> str:
    """Return the query string of a kept filter."""
    return f"?{urlencode(tampilan.saringan)}"


@register.simple_tag
def persen(bagian: int, seluruh: int) -> str:
    """Return a share as CSS takes it: "37.5%"; nothing of nothing is 0%."""
    return f"{bagian / seluruh * 100:.1f}%" if seluruh else "0%"


@register.simple_tag
def kata_tempat(field: str, tulis: str) -> str:
    """Write one word of the place; ``template_words`` puts this tag where a template says "kecamatan" or "Camat"."""
    return str(sebutan.PlaceWord(field, tulis))


@register.filter
def sebut(teks: str) -> str:
    """Say a sentence of ours in the words of the place. Not for what somebody typed."""
    words = sebutan.translate(str(teks))
    return mark_safe(words) if isinstance(teks, SafeString) else words  # noqa: S308 - a literal of a template
