"""Pages of one event: who may open them, and the event and the person's access as every view gets them.

``event_page`` shows, ``event_action`` takes a form, ``event_form`` does both. Each names the permission that it wants;
what the permission means stands in the app's ``izin.py``. A stranger gets 404, a wrong role 403, a wrong method 405.
Templates find ``musrenbang`` and ``akses`` without being told (``musrenbang.context.event``).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from musrenbang.akses import Akses, get_musrenbang_for
from musrenbang.models import Musrenbang, Pengguna

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)


class AppRequest(HttpRequest):
    """A request of somebody who is signed in, as the middlewares hand it to a view."""

    user: Pengguna
    htmx: HtmxDetails


class EventRequest(AppRequest):
    """A request about one event, which this person may open."""

    musrenbang: Musrenbang
    akses: Akses


View = Callable[Concatenate[EventRequest, str, Rest], Answer]
Opened = Callable[Concatenate[HttpRequest, str, Rest], Answer]


def _opened(
    izin: str, methods: tuple[str, ...], send: str = ""
) -> Callable[[View[Rest, Answer]], Opened[Rest, Answer]]:
    """Fetch the event by its slug and check the permission: ``send``, if it differs, for who sends a form."""

    def decorate(view: View[Rest, Answer]) -> Opened[Rest, Answer]:
        @wraps(view)
        def inner(request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
            asked = cast(EventRequest, request)
            wanted = send if send and request.method == "POST" else izin
            asked.musrenbang, asked.akses = get_musrenbang_for(asked.user, slug, wanted)
            return view(asked, slug, *args, **kwargs)

        inner.izin = izin  # type: ignore[attr-defined]  # tests/test_views.py reads it
        return cast(Opened[Rest, Answer], require_http_methods(methods)(inner))

    return decorate


def event_page(izin: str = "lihat_acara") -> Callable[[View[Rest, Answer]], Opened[Rest, Answer]]:
    """Make a view that only shows something of an event."""
    return _opened(izin, ("GET",))


def event_action(izin: str) -> Callable[[View[Rest, Answer]], Opened[Rest, Answer]]:
    """Make a view that only takes a form and then leads to a page."""
    return _opened(izin, ("POST",))


def event_form(izin: str, *, send: str = "") -> Callable[[View[Rest, Answer]], Opened[Rest, Answer]]:
    """Make a view that shows a form and takes it; ``send`` is the permission for sending it, if it is another one."""
    return _opened(izin, ("GET", "POST"), send)
