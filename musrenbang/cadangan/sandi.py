"""A stream encrypted with a passphrase: AES-256-GCM in blocks; memory does not grow, nothing can be cut off.

Layout: mark, salt (16), nonce prefix (8), then blocks of length (4) and ciphertext. The last block is bound to a mark
of its own; an archive that ends without it was cut off.
"""

import io
import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

TANDA = b"MUSRENBANG-SANDI-1\n"
BLOK = 1 << 20


class SandiSalah(ValueError):
    """The passphrase is wrong, or the archive was changed or cut off."""


def _key(sandi: str, garam: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=garam, length=32, n=2**15, r=8, p=1).derive(sandi.encode()))


class TulisSandi(io.RawIOBase):
    """Write to it as to a file; ``close`` writes the last block."""

    def __init__(self, keluaran: BinaryIO, sandi: str) -> None:
        garam, self._awal = os.urandom(16), os.urandom(8)
        self._keluaran, self._kunci = keluaran, _key(sandi, garam)
        self._sisa, self._urut = bytearray(), 0
        keluaran.write(TANDA + garam + self._awal)

    def writable(self) -> bool:
        return True

    def write(self, isi: bytes) -> int:  # type: ignore[override]
        self._sisa += isi
        while len(self._sisa) > BLOK:
            self._block(bytes(self._sisa[:BLOK]), b"isi")
            del self._sisa[:BLOK]
        return len(isi)

    def close(self) -> None:
        if not self.closed:
            self._block(bytes(self._sisa), b"akhir")
        super().close()

    def _block(self, isi: bytes, arti: bytes) -> None:
        sandi = self._kunci.encrypt(self._awal + struct.pack(">I", self._urut), isi, arti)
        self._keluaran.write(struct.pack(">I", len(sandi)) + sandi)
        self._urut += 1


def decrypt(masukan: BinaryIO, keluaran: BinaryIO, sandi: str) -> None:
    """Write what an encrypted stream holds; raise SandiSalah for a wrong passphrase or a damaged stream."""
    kepala = masukan.read(len(TANDA) + 24)
    garam, awal = kepala[len(TANDA) : -8], kepala[-8:]
    kunci, urut, arti = _key(sandi, garam), 0, b"isi"
    berikut = _read_block(masukan)
    while berikut is not None:
        blok, berikut = berikut, _read_block(masukan)
        arti = b"isi" if berikut is not None else b"akhir"
        try:
            keluaran.write(kunci.decrypt(awal + struct.pack(">I", urut), blok, arti))
        except InvalidTag as galat:
            raise SandiSalah("Kata sandi cadangan salah, atau berkasnya rusak.") from galat
        urut += 1
    if arti != b"akhir":
        raise SandiSalah("Berkas cadangan terpotong.")


def _read_block(masukan: BinaryIO) -> bytes | None:
    kepala = masukan.read(4)
    if not kepala:
        return None
    panjang = struct.unpack(">I", kepala)[0] if len(kepala) == 4 else BLOK * 2
    blok = masukan.read(panjang) if panjang <= BLOK + 16 else b""
    if len(blok) != panjang:
        raise SandiSalah("Berkas cadangan terpotong.")
    return blok
