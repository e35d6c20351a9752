"""What stands around every view: refusals in words, the second proof at sign-in, the database one reads from."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import DILIHAT
from musrenbang.forms.numbers import whole
from musrenbang.infra import replica
from musrenbang.plausible import NeedsConfirmation
from musrenbang.sebutan import UMUM, use
from musrenbang.transisi import Refused
from musrenbang.views import errors, machines
from musrenbang.views.confirm import confirm_amount

JEDA_TULIS = 600


def _not_stored(exception: Exception) -> bool:
    """No database can hold or look for it: a number past 64 bits, a NUL, text longer than a column or than a search."""
    words = str(exception)
    return (
        isinstance(exception, OverflowError | DataError)
        or (isinstance(exception, ValueError) and ("NUL" in words or "integer string" in words))
        or (isinstance(exception, OperationalError) and "pattern too complex" in words)
    )


def _to_login(response: HttpResponse) -> bool:
    """Tell whether it sends somebody to sign in; who has just signed out goes there too, but comes back to nothing."""
    if response.status_code != 302:
        return False
    address, _, after = response.headers["Location"].partition("?")
    return address == resolve_url(settings.LOGIN_URL) and after.startswith("next=")


HABIS = "Sesi Anda sudah berakhir; isian Anda masih ada."
KATA_STATUS = {
    403: "Bagian ini bukan wewenang Anda.",
    404: "Bagian ini tidak ditemukan; mungkin baru saja dihapus. Muat ulang halaman.",
}


def _page_of(request: HttpRequest) -> str:
    """Return the address of the page that a part stands in: where to come back to, never the part itself."""
    origin = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not safe:
        return reverse("home")
    part = urlsplit(origin)
    return part.path + (f"?{part.query}" if part.query else "")


def _part_to(request: HttpRequest, message: str, target: str) -> HttpResponse:
    """Answer a part without a session: 401 and a sentence; a click that loses nothing also gets the way to sign in.

    The page says by ``X-Bagian`` what it is: ``sendiri`` polls or loads by itself, ``klik`` is a click on a page
    without unsaved input, ``isian`` one on a page with some.
    """
    address = f"{target}?{urlencode({'next': _page_of(request)})}"
    response = errors.part_signed_out(message, address)
    if request.headers.get("X-Bagian") == "klik":
        response.headers["HX-Redirect"] = address
    return response


class SebutanMiddleware:
    """Each request begins with the words of most places; the event or kabupaten it asks for brings its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with use(UMUM):
            return self.get_response(request)


class MachineMiddleware:
    """What machines ask is answered whatever the Host: a container or a balancer asks for an address of its own.

    Nothing in these answers names a host, and the figures keep their password.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.halaman = {reverse("health"): machines.health, reverse("metrics"): machines.metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        halaman = self.halaman.get(request.path_info)
        return halaman(request) if halaman else self.get_response(request)


class RefusalMiddleware:
    """``Refused`` raised in a view becomes a message on the page the person came from; 409 for htmx.

    An amount that wants confirming (``NeedsConfirmation``) is answered by a page that sends the same form again.

    What no database can hold becomes a 400 in words; so does a form sent after the session ended (401), and a page that
    takes only forms (405). A part of a page is never answered with a page: it gets a sentence, whatever went wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response = errors.method_not_allowed(request, response)
        if errors.is_part(request):
            return self._part(request, response)
        if request.method == "POST" and _to_login(response):  # signing in now would throw away what was typed
            return errors.session_lost(request)
        return response

    @staticmethod
    def _part(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if _to_login(response):
            return _part_to(request, HABIS, resolve_url(settings.LOGIN_URL))
        halaman = not response.streaming and response.content[:200].lstrip().lower().startswith(b"<!doctype")
        if response.status_code >= 400 and response.status_code != 422 and halaman:
            general = "Terjadi kesalahan di aplikasi. Yang sudah tersimpan tetap aman; coba sekali lagi."
            return errors.part_message(KATA_STATUS.get(response.status_code, general), response.status_code)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if _not_stored(exception):
            return errors.bad_request(request, exception)
        if isinstance(exception, NeedsConfirmation):
            return confirm_amount(request, exception)
        if not isinstance(exception, Refused):
            return None
        if errors.is_part(request):
            return errors.part_message(str(exception), 409)
        messages.error(request, str(exception))
        origin = request.headers.get("Referer", "")
        safe = url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(origin if safe else reverse("home"))


class UploadMiddleware:
    """What is too large for its page is refused by the size that it announces, before a byte of it is read.

    A view says by ``takes_files`` how much it takes. Without that, somebody signed in may send files (each form has
    a limit of its own below), and anybody else no more than a form without any.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        length = whole(request.META.get("CONTENT_LENGTH") or "0")
        if request.method != "POST" or (length is not None and length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            return None
        entered = request.user.is_authenticated
        general = settings.KIRIMAN_MAKS_BYTE if entered else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        most = getattr(view, "most_bytes", general)
        if length is not None and length <= most:
            return None
        if not entered and getattr(view, "login_required", True):
            return errors.session_lost(request)
        return errors.too_large(request, most)


class IdleMiddleware:
    """Who touched nothing for ``SESI_DIAM_DETIK`` signs in again; pages of people who are signed in stay private.

    When somebody was last here is written at most every ten minutes, so that a page costs no write. A part that polls
    by itself does not count as use: a screen left alone is signed out all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        entered = SESSION_KEY in request.session
        if entered:
            current, last = int(time.time()), request.session.get(DILIHAT)
            if last is not None and current - last > settings.SESI_DIAM_DETIK:
                logout(request)
            elif last is None or (abs(current - last) > JEDA_TULIS and not _by_itself(request)):
                request.session[DILIHAT] = current
        response = self.get_response(request)
        if entered:
            response.headers.setdefault("Cache-Control", "private")
        return response


def _by_itself(request: HttpRequest) -> bool:
    return request.headers.get("X-Bagian") == "sendiri"


class OwnerMiddleware:
    """A page that one person opened does nothing in the name of another who signed in since, in the same browser.

    The page says whose it is: parts by the header ``X-Untuk``, forms by the field ``_untuk`` (static/js/bagian.js).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        opened = not getattr(view, "login_required", True) or getattr(view, "tanpa_kode", False)
        if opened or not request.user.is_authenticated:
            return None
        for_whom = request.headers.get("X-Untuk", "") or (request.POST.get("_untuk", "") if request.POST else "")
        if for_whom in {"", str(request.user.pk)}:
            return None
        if not errors.is_part(request):
            return errors.other_owner(request)
        return errors.part_message(
            f"Di browser ini sekarang masuk sebagai {request.user}. Tidak ada yang disimpan atas namanya; isian Anda "
            "masih ada. Masuk lagi dengan akun semula di tab lain, atau muat ulang halaman ini untuk melanjutkan "
            f"sebagai {request.user}.",
            401,
        )


class SignInCodeMiddleware:
    """Somebody who has a sign-in code gives it before any page; somebody who must have one sets it up first.

    A view marked ``tanpa_kode`` (the pages of the code itself, signing out) and pages without sign-in are let through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        opened = not getattr(view, "login_required", True) or getattr(view, "tanpa_kode", False)
        if opened or not request.user.is_authenticated:
            return None
        missing = sign_in_code.missing(request.user, request.session)
        if not missing:
            return None
        if errors.is_part(request):
            return _part_to(request, "Kode verifikasi belum diisi; isian Anda masih ada.", reverse(missing))
        if request.method == "POST":
            return errors.code_missing(request)
        return redirect(f"{reverse(missing)}?{urlencode({'next': request.get_full_path()})}")


class ReplicaMiddleware:
    """Who has just sent a form reads the database itself, not the replica, until the replica has surely followed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST":
            response.set_cookie(
                replica.KUE, "1", max_age=replica.SEGAR_DETIK, httponly=True, samesite="Lax", secure=settings.HTTPS
            )
        return response
