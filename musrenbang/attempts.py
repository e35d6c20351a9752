"""Trying a password: who is slowed down, and which device is known to whom (OWASP: device cookies).

A device on which an account was opened before carries a signed cookie that says so, and is counted for itself. All
other devices of one address are counted together for that account, on top of their own count; so what a guest types
on the Wi-Fi of a hall never makes the owner wait on the own laptop, nor in a session that is open.
"""

import ipaddress
import secrets
from typing import Any

from django.conf import settings
from django.core import signing

from musrenbang import limits
from musrenbang.transisi import Refused

KUE = "__Host-perangkat" if settings.HTTPS else "perangkat"
GARAM = "musrenbang.perangkat"
UMUR = 400 * 24 * 3600
AKUN_MAKS = 8
KATA = (
    "Kata sandi akun ini terlalu sering salah diketik di sini. Tunggu {} detik, lalu coba lagi. "
    "Di aula, Sekretaris Camat dapat membebaskan akun Anda."
)


def read_device(request: Any) -> dict[str, Any]:
    """Return {"id", "akun"} of the cookie; an empty id for a device that was never here."""
    try:
        content = signing.loads(request.COOKIES.get(KUE, ""), salt=GARAM)
    except signing.BadSignature:
        content = {}
    return {"id": str(content.get("id", "")), "akun": list(content.get("akun", []))}


def keep_device(request: Any, response: Any, username: str = "") -> None:
    """Give the device its cookie; ``username``: an account that was just opened on it."""
    content = read_device(request)
    old = dict(content)
    content["id"] = content["id"] or secrets.token_hex(8)
    mark = limits.account_mark(username)[:16] if username else ""
    if mark:
        content["akun"] = [mark, *(a for a in content["akun"] if a != mark)][:AKUN_MAKS]
    if content != old:
        response.set_cookie(
            KUE, signing.dumps(content, salt=GARAM), max_age=UMUR, httponly=True, samesite="Lax", secure=settings.HTTPS
        )


def counters(request: Any, username: str) -> list[tuple[str, ...]]:
    """Return what a try counts for: (kind, who, ...)."""
    perangkat = read_device(request)
    if limits.account_mark(username)[:16] in perangkat["akun"]:
        return [("sandi", perangkat["id"], username)]
    place = ("sandi_tempat", client_place(request), username)
    return [("sandi", perangkat["id"], username), place] if perangkat["id"] else [place]


def begin_sign_in(request: Any, username: str) -> int:
    """Count a password that is about to be checked; return the seconds to wait instead, 0 for none."""
    mark = limits.account_mark(username)
    wait = max((limits.wait_for(*who) for who in counters(request, username)), default=0)
    return wait or max(limits.begin(*who, akun=mark) for who in counters(request, username))


def signed_in(request: Any, username: str) -> None:
    """The password was right: this device's count is forgotten, and one of its address is not held against anybody."""
    for who in counters(request, username):
        limits.forget(*who)


def begin_own(request: Any) -> tuple[str, ...]:
    """Count a password typed inside an open session, for that session alone. Raises Refused when it has to wait."""
    nama = request.user.get_username()
    who = ("sandi", f"sesi {request.session.session_key}", nama)
    if wait := limits.begin(*who, akun=limits.account_mark(nama)):
        raise Refused(KATA.format(wait))
    return who


def client_ip(request: Any) -> str:
    """Return the address of the person. Only what our own ``PROKSI`` proxies added counts; the rest can be made up."""
    past = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    n = settings.PROKSI
    address: str = past[-n] if 0 < n <= len(past) else request.META.get("REMOTE_ADDR", "")
    return address


def client_place(request: Any) -> str:
    """Return by what tries are counted: an address, of IPv6 the network of 64 bits that one subscriber has."""
    address = client_ip(request)
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), 64), strict=False))
