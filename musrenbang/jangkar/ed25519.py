"""Checking an Ed25519 signature with the standard library alone, after RFC 8032 section 5.1.7. It signs nothing.

Tested with the vectors of the RFC's section 7.1 (``tests/jangkar/test_tree.py``). Some 5 ms a signature.
"""

import hashlib
from functools import lru_cache

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
AKAR_MIN_SATU = pow(2, (P - 1) // 4, P)
Titik = tuple[int, int, int, int]
"""A point in extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z."""
NETRAL: Titik = (0, 1, 1, 0)


def _add(p: Titik, q: Titik) -> Titik:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(s: int, p: Titik) -> Titik:
    result = NETRAL
    while s:
        if s & 1:
            result = _add(result, p)
        p, s = _add(p, p), s >> 1
    return result


def _same(p: Titik, q: Titik) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def _recover_x(y: int, mark: int) -> int | None:
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    if x2 == 0:
        return None if mark else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * AKAR_MIN_SATU % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != mark else x


def _point(text: bytes) -> Titik | None:
    y = int.from_bytes(text, "little")
    mark, y = y >> 255, y & (1 << 255) - 1
    x = _recover_x(y, mark)
    return None if x is None else (x, y, 1, x * y % P)


def _base() -> Titik:
    y = 4 * pow(5, -1, P) % P
    x = _recover_x(y, 0)
    assert x is not None, "the base point of the RFC lies on the curve"
    return (x, y, 1, x * y % P)


B = _base()


def is_signed(kunci: bytes, message: bytes, mark: bytes) -> bool:
    """Tell whether ``mark`` (64 bytes) is the signature of ``message`` by the public key ``kunci`` (32 bytes)."""
    if len(kunci) != 32 or len(mark) != 64:
        return False
    return _fits(kunci, mark, int.from_bytes(hashlib.sha512(mark[:32] + kunci + message).digest(), "little") % L)


@lru_cache(maxsize=4096)
def _fits(kunci: bytes, mark: bytes, h: int) -> bool:
    """Compare two points of the curve.

    The notes of an event are checked with every page and every check that tells them, so what was reckoned is kept:
    some hundred bytes each, however long the message.
    """
    a, r, s = _point(kunci), _point(mark[:32]), int.from_bytes(mark[32:], "little")
    if a is None or r is None or s >= L:
        return False
    return _same(_times(s, B), _add(r, _times(h, a)))
