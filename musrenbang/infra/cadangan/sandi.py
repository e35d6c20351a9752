"""Backups that earlier versions encrypted, AES-256-GCM in blocks: read, no longer written (see ``infra.age``).

Layout: mark, salt (16), nonce prefix (8), then blocks of length (4) and ciphertext. The last block is bound to a mark
of its own; an archive that ends without it was cut off.
"""

import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from musrenbang.infra.age import SandiSalah

TANDA = b"MUSRENBANG-SANDI-1\n"
BLOK = 1 << 20


def _key(sandi: str, garam: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=garam, length=32, n=2**15, r=8, p=1).derive(sandi.encode()))


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
