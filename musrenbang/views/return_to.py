"""Going back to the page that a form was sent from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, di_bawah: str, lain: str) -> str:
    """Return the form's ``kembali`` when it is an address of ours below ``di_bawah``, otherwise ``lain``."""
    target = request.POST.get("kembali", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith(di_bawah)
    return target if safe else lain
