"""Checkpoints as signed notes (C2SP ``signed-note``, ``tlog-checkpoint``, ``tlog-cosignature``), read and checked.

A note is a body of lines, an empty line, and a line per signature: ``— name base64(key id, signature)``. The body of a
checkpoint is: origin (which event), size of the tree, its root in base64, and ``waktu`` with the time in UTC.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from musrenbang.jangkar.ed25519 import is_signed
from musrenbang.jangkar.tree import SIDIK_BYTE

PELADEN, SAKSI = 0x01, 0x04
"""Kinds of key: one that signs the note itself, one that signs it as a witness, with a time of its own."""
KIND_BYTE, ID_BYTE, WAKTU_BYTE = 1, 4, 8


class BadNote(ValueError):
    """A text that is no checkpoint; the words say what is wrong."""


@dataclass(frozen=True)
class Kunci:
    """A public key by its name, as in a C2SP ``vkey``: ``name+hash+base64(kind, key)``."""

    nama: str
    isi: bytes
    jenis: int = PELADEN

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return hashlib.sha256(f"{self.nama}\n".encode() + bytes([self.jenis]) + self.isi).digest()[:ID_BYTE]

    @property
    def teks(self) -> str:
        """The key in one line, to be kept."""
        return f"{self.nama}+{self.id.hex()}+{base64.b64encode(bytes([self.jenis]) + self.isi).decode()}"

    @property
    def sidik(self) -> str:
        """What people compare: eight groups of four."""
        digest = hashlib.sha256(self.isi).hexdigest()[:32].upper()
        return " ".join(digest[i : i + 4] for i in range(0, 32, 4))


def read_key(text: str) -> Kunci:
    """Return the key of a line. Raises BadNote."""
    try:
        nama, digest, content = text.strip().split("+", 2)
        raw = base64.b64decode(content, validate=True)
        kunci = Kunci(nama, raw[KIND_BYTE:], raw[0])
    except (ValueError, IndexError) as error:
        raise BadNote("Baris kunci ini tidak terbaca.") from error
    if len(kunci.isi) != SIDIK_BYTE or kunci.jenis not in (PELADEN, SAKSI) or kunci.id.hex() != digest:
        raise BadNote("Baris kunci ini tidak utuh: kode keasliannya lain.")
    return kunci


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint: which event, how many leaves, their root, when; ``tanda``: (name, key id, signature) in order."""

    asal: str
    ukuran: int
    akar: bytes
    waktu: str
    tanda: tuple[tuple[str, bytes, bytes], ...] = ()

    @property
    def badan(self) -> str:
        """What is signed."""
        root = base64.b64encode(self.akar).decode()
        return f"{self.asal}\n{self.ukuran}\n{root}\nwaktu {self.waktu}\n"

    @property
    def teks(self) -> str:
        """The whole note."""
        return f"{self.badan}\n" + "".join(f"{signature_line(*t)}\n" for t in self.tanda)

    def signed_by(self, kunci: Iterable[Kunci]) -> list[Kunci]:
        """Return which of the keys signed it."""
        return [k for k in kunci if any(t[:2] == (k.nama, k.id) and _holds(k, self.badan, t[2]) for t in self.tanda)]


def signature_line(nama: str, id_kunci: bytes, mark: bytes) -> str:
    """Return the line of one signature."""
    return f"— {nama} {base64.b64encode(id_kunci + mark).decode()}"


def witnessed(body: str, waktu: int) -> bytes:
    """Return what a witness signs: the body of the checkpoint under the time (Unix seconds) at which it saw it."""
    return f"cosignature/v1\ntime {waktu}\n{body}".encode()


def _holds(kunci: Kunci, body: str, mark: bytes) -> bool:
    if kunci.jenis == PELADEN:
        return is_signed(kunci.isi, body.encode(), mark)
    time = int.from_bytes(mark[:WAKTU_BYTE], "big")
    return is_signed(kunci.isi, witnessed(body, time), mark[WAKTU_BYTE:])


def read_note(text: str) -> Checkpoint:
    """Return the checkpoint in a text. Raises BadNote for anything else; signatures are not checked here."""
    try:
        body, mark = text.replace("\r\n", "\n").split("\n\n", 1)
        origin, size, root, time = body.split("\n")
        point = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), time.removeprefix("waktu "))
        everything = tuple(read_signature(baris) for baris in mark.splitlines())
    except (ValueError, binascii.Error) as error:
        raise BadNote("Teks ini bukan titik periksa.") from error
    if point.badan != f"{body}\n" or len(point.akar) != SIDIK_BYTE or point.ukuran < 0 or not everything:
        raise BadNote("Titik periksa ini tidak utuh.")
    return Checkpoint(point.asal, point.ukuran, point.akar, point.waktu, everything)


def read_notes(text: str) -> list[Checkpoint]:
    """Return the checkpoints of a text that holds one after the other. Raises BadNote."""
    baris = text.replace("\r\n", "\n").strip().split("\n\n")
    if len(baris) % 2:
        raise BadNote("Berkas ini bukan kumpulan titik periksa yang utuh.")
    return [read_note(f"{baris[i]}\n\n{baris[i + 1]}\n") for i in range(0, len(baris), 2)]


def read_signature(baris: str) -> tuple[str, bytes, bytes]:
    """Return (name, key id, signature) of a line. Raises ValueError."""
    mark, nama, content = baris.split(" ")
    raw = base64.b64decode(content, validate=True)
    if mark != "—" or len(raw) <= ID_BYTE:
        raise ValueError(baris)
    return nama, raw[:ID_BYTE], raw[ID_BYTE:]
