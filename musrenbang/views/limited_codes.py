"""Short codes of screens, ballots and documents: whoever guesses is slowed down, whoever has a code is not.

Wrong codes are counted by address, in the database, so that a laptop in a hall has the limit as well as a server. A
device that opened a code before carries a signed cookie with its digest, and opens it again whatever others do; the
cookie of one code opens no way to guess another.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse

from musrenbang import limits
from musrenbang.attempts import client_place
from musrenbang.views import errors

KUE = "__Host-kode" if settings.HTTPS else "kode"
GARAM = "musrenbang.kode"
UMUR = 14 * 3600
KODE_MAKS = 6


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Limit how often codes that do not exist may be asked for; the code is the view's ``kode`` or in the query."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kode = str(kwargs.get("kode") or request.GET.get("kode", ""))
        mark = limits.digest("kode", kode.upper().replace("-", "").strip())[:16]
        known, place = _known(request), client_place(request)
        if not kode or mark in known:
            return view(request, *args, **kwargs)
        if wait := limits.wait_for("kode", place):
            return errors.slow_down(request, wait)
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            limits.note_miss("kode", place)
            raise
        if response.status_code == 404:
            limits.note_miss("kode", place)
        elif response.status_code in {200, 302, 422}:
            content = signing.dumps([mark, *known][:KODE_MAKS], salt=GARAM)
            response.set_cookie(KUE, content, max_age=UMUR, httponly=True, samesite="Lax", secure=settings.HTTPS)
        return response

    return inner


def _known(request: HttpRequest) -> list[str]:
    try:
        return [str(t) for t in signing.loads(request.COOKIES.get(KUE, ""), salt=GARAM, max_age=UMUR)]
    except signing.BadSignature:
        return []
