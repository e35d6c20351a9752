"""Template parts of proposals."""

from django import template

from usulan.models import HasilLalu
from usulan.queries.last_year import result_words

register = template.Library()


@register.filter
def hasil_lalu(hasil: HasilLalu) -> str:
    """Return what became of a proposal of an imported year, in words."""
    words = result_words(hasil)
    return f"{words[:1].upper()}{words[1:]}"
