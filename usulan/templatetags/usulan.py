"""Template parts of proposals."""

from django import template

from usulan.models import HasilLalu
from usulan.queries.lalu import result_words

register = template.Library()


@register.filter
def hasil_lalu(hasil: HasilLalu) -> str:
    """Return what became of a proposal of an imported year, in words."""
    kata = result_words(hasil)
    return f"{kata[:1].upper()}{kata[1:]}"
