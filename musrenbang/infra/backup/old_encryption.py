"""Backups that earlier versions encrypted, AES-256-GCM in blocks: read, no longer written (see ``infra.age``).

Layout: mark, salt (16), nonce prefix (8), then blocks of length (4) and ciphertext. The last block is bound to a mark
of its own; an archive that ends without it was cut off.
"""

import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from musrenbang.infra.age import WrongPassphrase

TANDA = b"MUSRENBANG-SANDI-1\n"
BLOK = 1 << 20


def _key(sandi: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(sandi.encode()))


def decrypt(input_data: BinaryIO, output: BinaryIO, sandi: str) -> None:
    """Write what an encrypted stream holds; raise WrongPassphrase for a wrong passphrase or a damaged stream."""
    head = input_data.read(len(TANDA) + 24)
    salt, start = head[len(TANDA) : -8], head[-8:]
    kunci, index, meaning = _key(sandi, salt), 0, b"isi"
    following = _read_block(input_data)
    while following is not None:
        block, following = following, _read_block(input_data)
        meaning = b"isi" if following is not None else b"akhir"
        try:
            output.write(kunci.decrypt(start + struct.pack(">I", index), block, meaning))
        except InvalidTag as error:
            raise WrongPassphrase("Kata sandi cadangan salah, atau berkasnya rusak.") from error
        index += 1
    if meaning != b"akhir":
        raise WrongPassphrase("Berkas cadangan terpotong.")


def _read_block(input_data: BinaryIO) -> bytes | None:
    head = input_data.read(4)
    if not head:
        return None
    length = struct.unpack(">I", head)[0] if len(head) == 4 else BLOK * 2
    block = input_data.read(length) if length <= BLOK + 16 else b""
    if len(block) != length:
        raise WrongPassphrase("Berkas cadangan terpotong.")
    return block
