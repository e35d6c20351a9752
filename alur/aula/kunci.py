"""Keys of a journey: the server signs what it gives out, the laptop what it brings back with a key it made itself.

The laptop's public key reaches the server as a short code that a person types: a hash of it, long enough that nobody
finds another key with the same one (90 bits), with two letters that catch a slip. The key itself comes with the result
and must have that code.
"""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from musrenbang.infra.codes import CROCKFORD

SALAH_BACA = str.maketrans("ILO", "110", " -.·\t\n")
ISI, CEK, KELOMPOK = 18, 2, 5
SANDI_KELOMPOK = 4
MENTAH = serialization.Encoding.Raw


class BadCode(ValueError):
    """A code that no laptop shows; the text says what is wrong with it."""


def server_key(rahasia: str) -> bytes:
    """Return the signing key of a server, drawn from its secret."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"musrenbang/perjalanan").derive(rahasia.encode())


def laptop_key(folder: Path) -> bytes:
    """Return the signing key of this laptop, made at the first call. It never leaves the folder. Raises OSError."""
    path = folder / "kunci_aula"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{secrets.token_hex(4)}")
        new.touch(mode=0o600)
        new.write_text(new_key().hex())
        try:
            os.link(new, path)  # two at once: the first key stays
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return bytes.fromhex(path.read_text().strip())


def new_key() -> bytes:
    """Return a fresh signing key."""
    return Ed25519PrivateKey.generate().private_bytes(
        MENTAH, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )


def public_of(kunci: bytes) -> str:
    """Return the public half of a signing key, in text."""
    public = Ed25519PrivateKey.from_private_bytes(kunci).public_key()
    return base64.b64encode(public.public_bytes(MENTAH, serialization.PublicFormat.Raw)).decode()


def fingerprint(public: str) -> str:
    """Return a public key as people compare it: eight groups of four letters."""
    digest = hashlib.sha256(public.encode()).hexdigest()[:32].upper()
    return " ".join(digest[i : i + 4] for i in range(0, 32, 4))


def code_of(public: str) -> str:
    """Return the code of a laptop's public key: four groups of five letters."""
    content = _letters(hashlib.sha256(b"musrenbang-aula/laptop\n" + public.encode()).digest(), ISI)
    kode = content + _check(content)
    return "-".join(kode[i : i + KELOMPOK] for i in range(0, len(kode), KELOMPOK))


def read_code(text: str) -> str:
    """Return a typed code as ``code_of`` writes it; raise BadCode for a slip."""
    kode = text.upper().translate(SALAH_BACA)
    if len(kode) != ISI + CEK or set(kode) - set(CROCKFORD):
        raise BadCode("Kode laptop terdiri atas 20 huruf dan angka, misalnya 7K2QM-… . Lihat lagi di layar laptop.")
    if kode[ISI:] != _check(kode[:ISI]):
        raise BadCode("Kode laptop salah ketik. Cocokkan lagi huruf demi huruf dengan yang tampil di laptop.")
    return "-".join(kode[i : i + KELOMPOK] for i in range(0, len(kode), KELOMPOK))


def new_passphrase() -> str:
    """Return a passphrase that nobody guesses and a person can type: 80 bits."""
    letter = "".join(secrets.choice(CROCKFORD) for _ in range(16)).lower()
    return "-".join(letter[i : i + SANDI_KELOMPOK] for i in range(0, 16, SANDI_KELOMPOK))


def _letters(sidik: bytes, length: int) -> str:
    figure = int.from_bytes(sidik, "big") >> (len(sidik) * 8 - length * 5)
    return "".join(CROCKFORD[figure >> 5 * i & 31] for i in reversed(range(length)))


def _check(content: str) -> str:
    return _letters(hashlib.sha256(b"musrenbang-aula/cek\n" + content.encode()).digest(), CEK)
