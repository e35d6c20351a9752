"""Sealing a document with Ed25519, and opening it only when it is whole. Knows nothing of Django's models."""

import base64
import gzip
import hashlib
import json
import zlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MENTAH = serialization.Encoding.Raw
TERURAI_MAKS = 600 * 1024 * 1024


class TandaSalah(ValueError):
    """A file that is not what its maker sealed."""


def server_key(rahasia: str) -> bytes:
    """Return the signing key of a server, drawn from its secret."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"musrenbang/perjalanan").derive(rahasia.encode())


def new_key() -> bytes:
    """Return a fresh signing key."""
    return Ed25519PrivateKey.generate().private_bytes(
        MENTAH, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def public_of(kunci: bytes) -> str:
    """Return the public half of a signing key, in text."""
    publik = Ed25519PrivateKey.from_private_bytes(kunci).public_key()
    return base64.b64encode(publik.public_bytes(MENTAH, serialization.PublicFormat.Raw)).decode()


def fingerprint(publik: str) -> str:
    """Return a public key as people compare it: eight groups of four letters."""
    sidik = hashlib.sha256(publik.encode()).hexdigest()[:32].upper()
    return " ".join(sidik[i : i + 4] for i in range(0, 32, 4))


def _canonical(isi: dict[str, Any]) -> bytes:
    return json.dumps(isi, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def seal(isi: dict[str, Any], kunci: bytes) -> bytes:
    """Return a document as a compressed file that carries its signature and the public key."""
    tanda = Ed25519PrivateKey.from_private_bytes(kunci).sign(_canonical(isi))
    luar = {"dokumen": isi, "tanda": base64.b64encode(tanda).decode(), "kunci": public_of(kunci)}
    return gzip.compress(json.dumps(luar, ensure_ascii=False).encode(), mtime=0)


def unseal(berkas: bytes, publik: str | None = None) -> tuple[dict[str, Any], str]:
    """Return a document and the public key that sealed it; plain JSON without a seal has the key "".

    With ``publik`` the seal must be that one. Raises TandaSalah for anything cut off, changed or not ours.
    """
    try:
        teks = _expand(berkas) if berkas[:2] == b"\x1f\x8b" else berkas
        luar = json.loads(teks)
        isi = luar.get("dokumen", luar)
        if not isinstance(isi, dict):
            raise TypeError
        kunci = str(luar.get("kunci", ""))
        if kunci:
            pemeriksa = Ed25519PublicKey.from_public_bytes(base64.b64decode(kunci, validate=True))
            pemeriksa.verify(base64.b64decode(luar["tanda"], validate=True), _canonical(isi))
    except InvalidSignature as galat:
        raise TandaSalah("Isi berkas ini berubah sejak dibuat, jadi tidak dimuat.") from galat
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as galat:
        raise TandaSalah("Berkas ini bukan berkas musrenbang yang utuh. Salin ulang dari sumbernya.") from galat
    if publik is not None and kunci != publik:
        raise TandaSalah("Berkas ini bukan dari perjalanan itu: kuncinya lain.")
    return isi, kunci


def _expand(berkas: bytes) -> bytes:
    pengurai = zlib.decompressobj(wbits=31)
    teks = pengurai.decompress(berkas, TERURAI_MAKS)
    if pengurai.unconsumed_tail or not pengurai.eof:
        raise ValueError("terlalu besar atau terpotong")
    return teks
