"""What stands around every view: refusals in words, the second proof at sign-in, the database one reads from."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from musrenbang import kode_masuk, replika
from musrenbang.sesi import DILIHAT
from musrenbang.transisi import Ditolak
from musrenbang.views.galat import bad_request, method_not_allowed, session_lost
from musrenbang.views.pasti import confirm_amount
from musrenbang.wajar import PerluDipastikan

JEDA_TULIS = 600


def _tak_tersimpan(exception: Exception) -> bool:
    """No database can hold it: a number past 64 bits, a NUL character, text longer than its column."""
    return isinstance(exception, OverflowError | DataError) or (
        isinstance(exception, ValueError) and "NUL" in str(exception)
    )


def _to_login(response: HttpResponse) -> bool:
    return response.headers["Location"].split("?")[0] == resolve_url(settings.LOGIN_URL)


class PenolakanMiddleware:
    """``Ditolak`` raised in a view becomes a message on the page the person came from; 409 for htmx.

    An amount that wants confirming (``PerluDipastikan``) is answered by a page that sends the same form again.

    What no database can hold becomes a 400 in words; so does a form sent after the session ended (401, or 409 for
    htmx), and a page that takes only forms (405).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return method_not_allowed(request, response)
        if request.method == "POST" and response.status_code == 302 and _to_login(response):
            return self._session_lost(request)
        return response

    @staticmethod
    def _session_lost(request: HttpRequest) -> HttpResponse:
        """A form sent after the session ended: sending the person to sign in would throw away what was typed."""
        if request.headers.get("HX-Request"):
            return render(request, "_fragments/_sesi_habis.html", status=409)
        return session_lost(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if _tak_tersimpan(exception):
            return bad_request(request, exception)
        if isinstance(exception, PerluDipastikan):
            return confirm_amount(request, exception)
        if not isinstance(exception, Ditolak):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "_fragments/_ditolak.html", {"pesan": str(exception)}, status=409)
        messages.error(request, str(exception))
        asal = request.headers.get("Referer", "")
        aman = url_has_allowed_host_and_scheme(asal, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(asal if aman else reverse("home"))


class DiamMiddleware:
    """Who touched nothing for ``SESI_DIAM_DETIK`` signs in again; pages of people who are signed in stay private.

    When somebody was last here is written at most every ten minutes, so that a page costs no write.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        masuk = SESSION_KEY in request.session
        if masuk:
            kini, terakhir = int(time.time()), request.session.get(DILIHAT)
            if terakhir is not None and kini - terakhir > settings.SESI_DIAM_DETIK:
                logout(request)
            elif terakhir is None or abs(kini - terakhir) > JEDA_TULIS:
                request.session[DILIHAT] = kini
        response = self.get_response(request)
        if masuk:
            response.headers.setdefault("Cache-Control", "private")
        return response


class KodeMasukMiddleware:
    """Who has a sign-in code gives it before any page; who must have one sets it up first.

    A view marked ``tanpa_kode`` (the pages of the code itself, signing out) and pages without sign-in are let through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        terbuka = not getattr(view, "login_required", True) or getattr(view, "tanpa_kode", False)
        if terbuka or not request.user.is_authenticated:
            return None
        kurang = kode_masuk.missing(request.user, request.session)
        if not kurang:
            return None
        if request.headers.get("HX-Request"):
            return render(request, "_fragments/_sesi_habis.html", status=409)
        return redirect(f"{reverse(kurang)}?{urlencode({'next': request.get_full_path()})}")


class ReplikaMiddleware:
    """Who has just sent a form reads the database itself, not the replica, until the replica has surely followed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST":
            response.set_cookie(
                replika.KUE, "1", max_age=replika.SEGAR_DETIK, httponly=True, samesite="Lax", secure=settings.HTTPS
            )
        return response
