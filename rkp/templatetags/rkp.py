"""Template parts of the plan."""

from typing import Any

from django import template

from rkp.dana import Dana
from rkp.queries.dana import dana_of

register = template.Library()


@register.filter
def dana(baris: Any, biaya: int | None = None) -> Dana:
    """Return what programmes give to a row of ``with_dana``; a row without the reading is an error, never silence."""
    return dana_of(baris, biaya)
