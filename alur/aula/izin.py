"""The permit of a journey: which event goes, to which laptop, until when, how far, with whom. Also its PINs.

The server keeps the permit and judges the return by it; a signed copy goes along, so that the laptop itself refuses
what the server would refuse later.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.contrib.auth.hashers import ScryptPasswordHasher

from alur.aula.envelope import BadFile
from alur.aula.kunci import public_of
from alur.izin import BOLEH_DIBAWA

ANGKA_PIN = 8
BOLEH = sorted(t.value for t in BOLEH_DIBAWA)
"""Stages that a laptop may reach; the move out of the signing is made at the server."""


@dataclass(frozen=True)
class Izin:
    """A permit. ``ujung``: head of the trail at the departure; ``peran``: who went along with which roles by key."""

    server: str
    nomor: int
    acara: str
    laptop: str
    dari: datetime
    sampai: datetime
    tahap: str
    boleh: list[str]
    ujung: str
    jejak: int
    diskors: bool
    peran: dict[str, list[str]]
    orang: list[int]

    def peran_of(self, pelaku: int | None) -> frozenset[str]:
        """Return the roles with which somebody went along."""
        return frozenset(self.peran.get(str(pelaku), ()))

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON-safe data."""
        return asdict(self) | {"dari": self.dari.isoformat(), "sampai": self.sampai.isoformat()}

    def sign(self, kunci: bytes) -> dict[str, Any]:
        """Return it with the server's key and signature, as the laptop keeps it."""
        mark = Ed25519PrivateKey.from_private_bytes(kunci).sign(_canonical(self.as_data()))
        return {"izin": self.as_data(), "kunci": public_of(kunci), "tanda": base64.b64encode(mark).decode()}


def read_izin(content: Any) -> Izin:
    """Return a permit from its data. Raises BadFile for other data."""
    try:
        return Izin(**content | {k: datetime.fromisoformat(content[k]) for k in ("dari", "sampai")})
    except (TypeError, KeyError, ValueError) as error:
        raise BadFile("Izin salinan di dalam berkas ini tidak dikenal versi aplikasi ini.") from error


def open_izin(content: Any, kunci: str) -> Izin:
    """Return a signed permit of the server with that key. Raises BadFile when it is not signed by it."""
    try:
        if content["kunci"] != kunci:
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(base64.b64decode(kunci)).verify(
            base64.b64decode(content["tanda"], validate=True), _canonical(content["izin"])
        )
    except (InvalidSignature, TypeError, KeyError, ValueError) as error:
        raise BadFile("Izin salinan di dalam berkas ini tidak ditandatangani server asalnya.") from error
    return read_izin(content["izin"])


def _canonical(content: dict[str, Any]) -> bytes:
    return (
        b"musrenbang-izin/2\n" + json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    )


def pin_of(kunci: bytes, nomor: int, pengguna: int) -> str:
    """Return the PIN of a person for a journey: drawn from the server's key, so it is stored nowhere."""
    digest = hmac.new(kunci, f"musrenbang-pin {nomor} {pengguna}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest, 'big') % 10**ANGKA_PIN:0{ANGKA_PIN}d}"


def pin_hashes(kunci: bytes, nomor: int, person: Iterable[int]) -> dict[str, str]:
    """Return {person: hash of the PIN}, slow by scrypt, a salt each (50 ms and 16 MB for each guess)."""
    slow = ScryptPasswordHasher()
    return {str(p): slow.encode(pin_of(kunci, nomor, p), secrets.token_hex(8)) for p in person}
