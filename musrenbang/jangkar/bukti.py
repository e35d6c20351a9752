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

from musrenbang.jangkar.daun import fact_leaf
from musrenbang.jangkar.ed25519 import is_signed
from musrenbang.jangkar.nota import Titik
from musrenbang.jangkar.pohon import SIDIK_BYTE, root_from_inclusion

AWALAN, VERSI, TANDA_BYTE, BUKTI_MAKS = "MRB1:", 1, 64, 1024
ABJAD = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
WAKTU = "%Y-%m-%dT%H:%M:%SZ"


class BuktiSalah(ValueError):
    """A text that proves nothing; the words say why."""


@dataclass(frozen=True)
class Bukti:
    """A fact, where it stands, and what is signed over it."""

    asal: str
    nomor: int
    ukuran: int
    waktu: int
    kunci: bytes
    tanda: bytes
    jalan: tuple[bytes, ...]
    fakta: str


def pack(bukti: Bukti) -> str:
    """Return a proof as the text of a QR code."""
    asal = bukti.asal.encode()
    kepala = struct.pack(">BB", VERSI, len(asal)) + asal + struct.pack(">III", bukti.nomor, bukti.ukuran, bukti.waktu)
    jalan = bytes([len(bukti.jalan)]) + b"".join(bukti.jalan)
    return AWALAN + _base45(kepala + bukti.kunci + bukti.tanda + jalan + bukti.fakta.encode())


def unpack(teks: str) -> Bukti:
    """Return the proof in a text. Raises BuktiSalah."""
    try:
        isi = _from_base45(teks.strip().removeprefix(AWALAN))
        versi, panjang = isi[0], isi[1]
        if versi != VERSI or not teks.strip().startswith(AWALAN):
            raise ValueError("versi")
        asal, isi = isi[2 : 2 + panjang].decode(), isi[2 + panjang :]
        nomor, ukuran, waktu = struct.unpack(">III", isi[:12])
        kunci, tanda, isi = isi[12:44], isi[44:108], isi[108:]
        banyak, isi = isi[0], isi[1:]
        jalan = [isi[i * SIDIK_BYTE : (i + 1) * SIDIK_BYTE] for i in range(banyak)]
        if len(tanda) != TANDA_BYTE or any(len(p) != SIDIK_BYTE for p in jalan):
            raise ValueError("panjang")
        return Bukti(asal, nomor, ukuran, waktu, kunci, tanda, tuple(jalan), isi[banyak * SIDIK_BYTE :].decode())
    except (ValueError, IndexError, OverflowError, struct.error) as galat:
        raise BuktiSalah("Kode ini bukan bukti musrenbang yang utuh.") from galat


def check(teks: str, kunci: Sequence[bytes]) -> Bukti:
    """Return the proof in a text when it holds under one of the keys. Raises BuktiSalah and says what does not."""
    b = unpack(teks)
    akar = root_from_inclusion(fact_leaf(b.fakta), b.nomor, b.ukuran, b.jalan)
    if akar is None:
        raise BuktiSalah("Bukti ini tidak menyambung.")
    badan = Titik(b.asal, b.ukuran, akar, datetime.fromtimestamp(b.waktu, UTC).strftime(WAKTU)).badan
    if not is_signed(b.kunci, badan.encode(), b.tanda):
        raise BuktiSalah("Isi kode ini tidak sama dengan yang ditandatangani.")
    if b.kunci not in kunci:
        raise BuktiSalah("Ditandatangani kunci lain.")
    return b


def _base45(isi: bytes) -> str:
    hasil = []
    for i in range(0, len(isi) - 1, 2):
        n = isi[i] * 256 + isi[i + 1]
        hasil.append(ABJAD[n % 45] + ABJAD[n // 45 % 45] + ABJAD[n // 2025])
    if len(isi) % 2:
        hasil.append(ABJAD[isi[-1] % 45] + ABJAD[isi[-1] // 45])
    return "".join(hasil)


def _from_base45(teks: str) -> bytes:
    hasil = bytearray()
    for i in range(0, len(teks), 3):
        a = [ABJAD.index(h) for h in teks[i : i + 3]]
        n = sum(nilai * 45**k for k, nilai in enumerate(a))
        hasil += n.to_bytes(len(a) - 1, "big")
    return bytes(hasil)
