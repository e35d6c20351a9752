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

from musrenbang import batas
from musrenbang.transisi import Ditolak

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
        isi = signing.loads(request.COOKIES.get(KUE, ""), salt=GARAM)
    except signing.BadSignature:
        isi = {}
    return {"id": str(isi.get("id", "")), "akun": list(isi.get("akun", []))}


def keep_device(request: Any, response: Any, username: str = "") -> None:
    """Give the device its cookie; ``username``: an account that was just opened on it."""
    isi = read_device(request)
    lama = dict(isi)
    isi["id"] = isi["id"] or secrets.token_hex(8)
    tanda = batas.account_mark(username)[:16] if username else ""
    if tanda:
        isi["akun"] = [tanda, *(a for a in isi["akun"] if a != tanda)][:AKUN_MAKS]
    if isi != lama:
        response.set_cookie(
            KUE, signing.dumps(isi, salt=GARAM), max_age=UMUR, httponly=True, samesite="Lax", secure=settings.HTTPS
        )


def counters(request: Any, username: str) -> list[tuple[str, ...]]:
    """Return what a try counts for: (kind, who, ...)."""
    perangkat = read_device(request)
    if batas.account_mark(username)[:16] in perangkat["akun"]:
        return [("sandi", perangkat["id"], username)]
    tempat = ("sandi_tempat", client_place(request), username)
    return [("sandi", perangkat["id"], username), tempat] if perangkat["id"] else [tempat]


def begin_sign_in(request: Any, username: str) -> int:
    """Count a password that is about to be checked; return the seconds to wait instead, 0 for none."""
    tanda = batas.account_mark(username)
    tunggu = max((batas.wait_for(*siapa) for siapa in counters(request, username)), default=0)
    return tunggu or max(batas.begin(*siapa, akun=tanda) for siapa in counters(request, username))


def signed_in(request: Any, username: str) -> None:
    """The password was right: this device's count is forgotten, and one of its address is not held against anybody."""
    for siapa in counters(request, username):
        batas.forget(*siapa)


def begin_own(request: Any) -> tuple[str, ...]:
    """Count a password typed inside an open session, for that session alone. Raises Ditolak when it has to wait."""
    nama = request.user.get_username()
    siapa = ("sandi", f"sesi {request.session.session_key}", nama)
    if tunggu := batas.begin(*siapa, akun=batas.account_mark(nama)):
        raise Ditolak(KATA.format(tunggu))
    return siapa


def client_ip(request: Any) -> str:
    """Return the address of the person. Only what our own ``PROKSI`` proxies added counts; the rest can be made up."""
    lewat = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    n = settings.PROKSI
    alamat: str = lewat[-n] if 0 < n <= len(lewat) else request.META.get("REMOTE_ADDR", "")
    return alamat


def client_place(request: Any) -> str:
    """Return by what tries are counted: an address, of IPv6 the network of 64 bits that one subscriber has."""
    alamat = client_ip(request)
    try:
        ip = ipaddress.ip_address(alamat)
    except ValueError:
        return alamat
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), 64), strict=False))
