"""How views are made: one way into the pages of an event."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from musrenbang.rules import IZIN


def _event_views(resolver, under=False, space=""):
    for p in resolver.url_patterns:
        inside = under or "slug" in p.pattern.converters
        if isinstance(p, URLResolver):
            yield from _event_views(p, inside, space + (f"{p.namespace}:" if p.namespace else ""))
        elif isinstance(p, URLPattern) and inside:
            yield space + p.name, p.callback


def test_every_page_of_an_event_is_opened_by_one_decorator():
    views = dict(_event_views(get_resolver()))
    named = {name: view.izin for name, view in views.items() if hasattr(view, "izin")}
    assert len(named) > 150
    assert set(named.values()) <= set(IZIN)
    assert (
        sorted(name for name, view in views.items() if name not in named and getattr(view, "login_required", True))
        == []
    )


@pytest.mark.parametrize("method, status", [("put", 405), ("post", 405)])
def test_a_page_takes_no_other_method(acara, masuk, method, status):
    assert getattr(masuk("pak_sekcam"), method)(f"/m/{acara.slug}/jejak/").status_code == status
