"""Files encrypted with a passphrase in the age format (age-encryption.org/v1), written and read as streams.

Anybody opens them with ``age``, ``rage`` or any other reader of the format; nobody needs this program. The format is
composed here of the primitives of ``cryptography`` because the bindings of rage take a passphrase only for bytes that
are whole in memory, and choose a work factor by the speed of the machine (measured: 537 MB). The tests let rage read
what is written here, and the other way round.
"""

import base64
import binascii
import io
import os
import re
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

AWAL = b"age-encryption.org/v1\n"
BLOK = 64 * 1024
KERJA = 17
"""log2 of scrypt's N: 128 MB and a third of a second for each guess."""
KERJA_MAKS = 18
"""The highest that is accepted, the default of ``age``: 256 MB. A file must not choose what reading it costs."""
KEPALA_MAKS = 400
_KEPALA = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})\n"
)


class WrongPassphrase(ValueError):
    """The passphrase is wrong, or the file was changed or cut off."""


def is_age(start: bytes) -> bool:
    """Tell whether a file that begins so is in the age format."""
    return start.startswith(AWAL)


class AgeWriter(io.RawIOBase):
    """Write to it as to a file; ``close`` writes the last block. The stream below stays open."""

    def __init__(self, output: BinaryIO, sandi: str) -> None:
        kunci, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
        wrap = ChaCha20Poly1305(_wrap_key(sandi, salt, KERJA)).encrypt(bytes(12), kunci, None)
        head = AWAL + b"-> scrypt " + _b64(salt) + b" %d\n" % KERJA + _b64(wrap) + b"\n---"
        mac = HMAC(_derive(kunci, None, b"header"), hashes.SHA256())
        mac.update(head)
        output.write(head + b" " + _b64(mac.finalize()) + b"\n" + nonce)
        self._keluaran, self._sandi = output, ChaCha20Poly1305(_derive(kunci, nonce, b"payload"))
        self._sisa, self._urut = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self._sisa += content
        while len(self._sisa) > BLOK:  # a full block waits: it may be the last
            self._block(bytes(self._sisa[:BLOK]), terakhir=False)
            del self._sisa[:BLOK]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._block(bytes(self._sisa), terakhir=True)
        super().close()

    def _block(self, content: bytes, *, terakhir: bool) -> None:
        self._keluaran.write(self._sandi.encrypt(_nonce(self._urut, terakhir), content, None))
        self._urut += 1


def decrypt(input_data: BinaryIO, output: BinaryIO, sandi: str) -> None:
    """Write what an encrypted stream holds; raise WrongPassphrase for a wrong passphrase or a damaged stream.

    What was written before a fault is part of the file, but perhaps not all of it: use it only when this returns.
    """
    kunci = _file_key(input_data, sandi)
    open_page = ChaCha20Poly1305(_derive(kunci, _read(input_data, 16), b"payload"))
    index, block = 0, input_data.read(BLOK + 16)
    while True:
        following = input_data.read(BLOK + 16)
        if not following and index and len(block) <= 16:
            raise WrongPassphrase("Berkas bersandi ini tidak utuh.")
        try:
            output.write(open_page.decrypt(_nonce(index, not following), block, None))
        except InvalidTag as error:
            raise WrongPassphrase("Berkas bersandi ini rusak atau terpotong. Salin ulang dari sumbernya.") from error
        if not following:
            return
        index, block = index + 1, following


def encrypt_bytes(content: bytes, sandi: str) -> bytes:
    """Return bytes encrypted with a passphrase."""
    output = io.BytesIO()
    with AgeWriter(output, sandi) as write:
        write.write(content)
    return output.getvalue()


def decrypt_bytes(content: bytes, sandi: str) -> bytes:
    """Return what encrypted bytes hold. Raises WrongPassphrase as ``decrypt``."""
    output = io.BytesIO()
    decrypt(io.BytesIO(content), output, sandi)
    return output.getvalue()


def _file_key(input_data: BinaryIO, sandi: str) -> bytes:
    """Read the header; nothing but one passphrase of a bounded cost is accepted."""
    text = b"".join(input_data.readline(KEPALA_MAKS) for _ in range(4))
    head = _KEPALA.fullmatch(text)
    if head is None:
        raise WrongPassphrase("Berkas ini tidak disandikan dengan kata sandi, atau kepalanya rusak.")
    salt, wrap, mac = (_unb64(head[n]) for n in (1, 3, 4))
    work = int(head[2])
    if work > KERJA_MAKS:
        raise WrongPassphrase(
            "Berkas ini disandikan dengan cara yang memakan terlalu banyak memori untuk dibuka di sini."
        )
    try:
        kunci = ChaCha20Poly1305(_wrap_key(sandi, salt, work)).decrypt(bytes(12), wrap, None)
        check = HMAC(_derive(kunci, None, b"header"), hashes.SHA256())
        check.update(text[: head.start(4) - 1])
        check.verify(mac)
    except (InvalidTag, InvalidSignature) as error:
        raise WrongPassphrase("Kata sandi berkas ini salah, atau berkasnya rusak.") from error
    return kunci


def _read(input_data: BinaryIO, length: int) -> bytes:
    content = input_data.read(length)
    if len(content) != length:
        raise WrongPassphrase("Berkas bersandi ini terpotong. Salin ulang dari sumbernya.")
    return content


def _wrap_key(sandi: str, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << work, r=8, p=1).derive(sandi.encode())


def _derive(kunci: bytes, salt: bytes | None, meaning: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=meaning).derive(kunci)


def _nonce(index: int, terakhir: bool) -> bytes:
    return index.to_bytes(11, "big") + (b"\x01" if terakhir else b"\x00")


def _b64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    """Decode base64 without padding; raise WrongPassphrase for bits that no writer would set."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise WrongPassphrase("Kepala berkas bersandi ini rusak.") from error
    if _b64(content) != text:
        raise WrongPassphrase("Kepala berkas bersandi ini rusak.")
    return content
