"""Turn a refusal by a service into something a person can read."""

from collections.abc import Callable

from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from musrenbang.transisi import Ditolak
from musrenbang.views.galat import bad_request


def _tak_tersimpan(exception: Exception) -> bool:
    """No database can hold it: a number past 64 bits, a NUL character, text longer than its column."""
    return isinstance(exception, OverflowError | DataError) or (
        isinstance(exception, ValueError) and "NUL" in str(exception)
    )


class PenolakanMiddleware:
    """``Ditolak`` raised in a view becomes a message on the page the person came from; 409 for htmx.

    What no database can hold becomes a 400 in words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if _tak_tersimpan(exception):
            return bad_request(request, exception)
        if not isinstance(exception, Ditolak):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "_fragments/_ditolak.html", {"pesan": str(exception)}, status=409)
        messages.error(request, str(exception))
        asal = request.headers.get("Referer", "")
        aman = url_has_allowed_host_and_scheme(asal, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(asal if aman else reverse("home"))
