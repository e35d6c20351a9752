"""Template parts of an event's frame."""

from typing import Any

from django import template

from alur.tab import HARI_H, TAB
from musrenbang.akses import Akses
from musrenbang.models import Musrenbang
from musrenbang.states import FASE
from usulan.queries.last_year import year_after

register = template.Library()


@register.simple_tag
def tahun_sesudah(musrenbang: Musrenbang) -> Musrenbang | None:
    """Return the event for which an imported last year was imported."""
    return year_after(musrenbang)


@register.simple_tag(takes_context=True)
def tab_acara(context: dict[str, Any], musrenbang: Musrenbang, akses: Akses) -> dict[str, Any]:
    """Return the tabs that this person may open and the pages of the current one.

    ``hari``: the way back to the page of the day, from every other page while the meeting sits.
    The page with the longest address that the path starts with is current.
    """
    request = context["request"]
    path = request.path
    if hasattr(request, "tab_acara"):  # the frame asks twice: for the header and for the line below it
        return request.tab_acara
    tabs = []
    for tab in TAB:
        contents = [{"label": h.label, "url": h.url(musrenbang)} for h in tab.halaman if akses.may(h.izin)]
        if contents:
            tabs.append({"label": tab.label, "ikon": tab.ikon, "url": contents[0]["url"], "isi": contents})
    all_rows = [h["url"] for t in tabs for h in t["isi"] if path.startswith(h["url"])]
    current = max(all_rows, key=len, default="")
    open_page = next((t for t in tabs if any(h["url"] == current for h in t["isi"])), None)
    day = HARI_H.url(musrenbang) if akses.may(HARI_H.izin) and musrenbang.tahap in FASE["Sidang"] else ""
    request.tab_acara = {"tabs": tabs, "buka": open_page, "kini": current, "hari": day if path != day else ""}
    return request.tab_acara
