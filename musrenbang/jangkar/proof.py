"""The proof of one fact, small enough for a QR code: the fact, its path to the root, and the signature over it.

The thought is C2SP ``tlog-proof``; the bytes are packed, because a QR code of a kilobyte is as large as paper and a
telephone bear. In this order: version (1 byte); origin (length in 1 byte, text); number of the leaf, size of the tree
and time of the checkpoint (4 bytes each, big-endian, the time in Unix seconds); the server's key (32); its signature
over the checkpoint (64); length of the path (1 byte) and the path (32 each); the fact. The code holds it in Base45
(RFC 9285) after ``MRB1:``, so that the text can also be copied by any reader of codes. ``static/js/bukti.js`` reads it
in the browser, this module everywhere else.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from musrenbang.jangkar.ed25519 import is_signed
from musrenbang.jangkar.leaves import fact_leaf
from musrenbang.jangkar.note import Checkpoint
from musrenbang.jangkar.tree import SIDIK_BYTE, root_from_inclusion

AWALAN, VERSI, TANDA_BYTE, BUKTI_MAKS = "MRB1:", 1, 64, 1024
ABJAD = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
WAKTU = "%Y-%m-%dT%H:%M:%SZ"


class BadProof(ValueError):
    """A text that proves nothing; the words say why."""


@dataclass(frozen=True)
class Proof:
    """A fact, where it stands, and what is signed over it."""

    asal: str
    nomor: int
    ukuran: int
    waktu: int
    kunci: bytes
    tanda: bytes
    jalan: tuple[bytes, ...]
    fakta: str


def pack(proof: Proof) -> str:
    """Return a proof as the text of a QR code."""
    origin = proof.asal.encode()
    head = struct.pack(">BB", VERSI, len(origin)) + origin + struct.pack(">III", proof.nomor, proof.ukuran, proof.waktu)
    route = bytes([len(proof.jalan)]) + b"".join(proof.jalan)
    return AWALAN + _base45(head + proof.kunci + proof.tanda + route + proof.fakta.encode())


def unpack(text: str) -> Proof:
    """Return the proof in a text. Raises BadProof."""
    try:
        content = _from_base45(text.strip().removeprefix(AWALAN))
        versi, length = content[0], content[1]
        if versi != VERSI or not text.strip().startswith(AWALAN):
            raise ValueError("versi")
        origin, content = content[2 : 2 + length].decode(), content[2 + length :]
        nomor, size, time = struct.unpack(">III", content[:12])
        kunci, mark, content = content[12:44], content[44:108], content[108:]
        count, content = content[0], content[1:]
        route = [content[i * SIDIK_BYTE : (i + 1) * SIDIK_BYTE] for i in range(count)]
        if len(mark) != TANDA_BYTE or any(len(p) != SIDIK_BYTE for p in route):
            raise ValueError("panjang")
        return Proof(origin, nomor, size, time, kunci, mark, tuple(route), content[count * SIDIK_BYTE :].decode())
    except (ValueError, IndexError, OverflowError, struct.error) as error:
        raise BadProof("Kode ini bukan bukti musrenbang yang utuh.") from error


def check(text: str, kunci: Sequence[bytes]) -> Proof:
    """Return the proof in a text when it holds under one of the keys. Raises BadProof and says what does not."""
    b = unpack(text)
    root = root_from_inclusion(fact_leaf(b.fakta), b.nomor, b.ukuran, b.jalan)
    if root is None:
        raise BadProof("Bukti ini tidak menyambung.")
    body = Checkpoint(b.asal, b.ukuran, root, datetime.fromtimestamp(b.waktu, UTC).strftime(WAKTU)).badan
    if not is_signed(b.kunci, body.encode(), b.tanda):
        raise BadProof("Isi kode ini tidak sama dengan yang ditandatangani.")
    if b.kunci not in kunci:
        raise BadProof("Ditandatangani kunci lain.")
    return b


def _base45(content: bytes) -> str:
    results = []
    for i in range(0, len(content) - 1, 2):
        n = content[i] * 256 + content[i + 1]
        results.append(ABJAD[n % 45] + ABJAD[n // 45 % 45] + ABJAD[n // 2025])
    if len(content) % 2:
        results.append(ABJAD[content[-1] % 45] + ABJAD[content[-1] // 45])
    return "".join(results)


def _from_base45(text: str) -> bytes:
    result = bytearray()
    for i in range(0, len(text), 3):
        a = [ABJAD.index(h) for h in text[i : i + 3]]
        n = sum(nilai * 45**k for k, nilai in enumerate(a))
        result += n.to_bytes(len(a) - 1, "big")
    return bytes(result)
