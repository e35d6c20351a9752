"""Going back to the page that a form was sent from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, below: str, fallback: str) -> str:
    """Return the form's ``kembali`` when it is an address of ours below ``below``, otherwise ``fallback``."""
    target = request.POST.get("kembali", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith(below)
    return target if safe else fallback
