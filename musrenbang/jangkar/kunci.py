"""The key by which this server signs checkpoints: drawn from ``KUNCI_JANGKAR``, or from ``SECRET_KEY``."""

from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from musrenbang.jangkar.note import Checkpoint, Kunci

NAMA = "musrenbang-peladen"


@lru_cache(4)
def _key(rahasia: str) -> Ed25519PrivateKey:
    content = HKDF(hashes.SHA256(), 32, salt=None, info=b"musrenbang/jangkar").derive(rahasia.encode())
    return Ed25519PrivateKey.from_private_bytes(content)


def _own() -> Ed25519PrivateKey:
    return _key(settings.KUNCI_JANGKAR or settings.SECRET_KEY)


def own_key() -> Kunci:
    """Return the public key of this server."""
    return Kunci(NAMA, _own().public_key().public_bytes_raw())


def sign(point: Checkpoint) -> Checkpoint:
    """Return a checkpoint with this server's signature."""
    kunci = own_key()
    mark = _own().sign(point.badan.encode())
    return Checkpoint(point.asal, point.ukuran, point.akar, point.waktu, (*point.tanda, (kunci.nama, kunci.id, mark)))
