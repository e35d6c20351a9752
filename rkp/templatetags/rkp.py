"""Template parts of the plan."""

from typing import Any

from django import template

from rkp.dana import Dana
from rkp.queries.dana import dana_of

register = template.Library()
BARIS_MENYATU = 4
"""An annex of so few rows begins no page of its own."""


@register.filter
def dana(baris: Any, biaya: int | None = None) -> Dana:
    """Return what programmes give to a row of ``with_dana``; a row without the reading is an error, never silence."""
    return dana_of(baris, biaya)


@register.filter
def lampiran_menyatu(lampiran: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Return the annexes of a plan when they are so short that they follow it on its last page."""
    own = [a for a in lampiran or [] if a["baris"]]
    return own if sum(len(a["baris"]) for a in own) <= BARIS_MENYATU else []


@register.filter
def lampiran_terpisah(lampiran: list[dict[str, Any]] | None) -> list[list[dict[str, Any]]]:
    """Return the other annexes by the page that they begin: a short one goes on where the one before it ends."""
    groups: list[list[dict[str, Any]]] = []
    for a in [] if lampiran_menyatu(lampiran) else lampiran or []:
        if groups and len(a["baris"]) <= BARIS_MENYATU:
            groups[-1].append(a)
        elif a["baris"]:
            groups.append([a])
    return [[a for a in group if a["baris"]] for group in groups]
