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

from musrenbang import batas
from musrenbang.percobaan import client_place
from musrenbang.views import galat

KUE = "__Host-kode" if settings.HTTPS else "kode"
GARAM = "musrenbang.kode"
UMUR = 14 * 3600
KODE_MAKS = 6


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Limit how often codes that do not exist may be asked for; the code is the view's ``kode`` or in the query."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kode = str(kwargs.get("kode") or request.GET.get("kode", ""))
        tanda = batas.digest("kode", kode.upper().replace("-", "").strip())[:16]
        kenal, tempat = _known(request), client_place(request)
        if not kode or tanda in kenal:
            return view(request, *args, **kwargs)
        if tunggu := batas.wait_for("kode", tempat):
            return galat.slow_down(request, tunggu)
        try:
            jawab = view(request, *args, **kwargs)
        except Http404:
            batas.note_miss("kode", tempat)
            raise
        if jawab.status_code == 404:
            batas.note_miss("kode", tempat)
        elif jawab.status_code in {200, 302, 422}:
            isi = signing.dumps([tanda, *kenal][:KODE_MAKS], salt=GARAM)
            jawab.set_cookie(KUE, isi, max_age=UMUR, httponly=True, samesite="Lax", secure=settings.HTTPS)
        return jawab

    return inner


def _known(request: HttpRequest) -> list[str]:
    try:
        return [str(t) for t in signing.loads(request.COOKIES.get(KUE, ""), salt=GARAM, max_age=UMUR)]
    except signing.BadSignature:
        return []
