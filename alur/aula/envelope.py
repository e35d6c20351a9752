"""The outside of an event's file: who signed it, over which bytes, and what lies sealed inside.

A file is four lines and a body: ``musrenbang-aula 2 <kind> <journey>``, the public key, the signature, an empty line,
then a gzip stream encrypted with a passphrase (``infra.age``). The signature is over the first two lines and the
body as they stand, so it is judged before anything is decrypted, expanded or parsed. Inside: the length of the JSON,
the JSON, and the files one after another, each as long as the JSON says.
"""

import base64
import binascii
import gzip
import hashlib
import json
import math
import re
import zlib
from dataclasses import dataclass
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from alur.aula.kunci import public_of
from musrenbang.infra import age
from musrenbang.infra.digest import sha256_of

TANDA = b"musrenbang-aula 2 "
TERURAI_MAKS = 60 * 1024 * 1024
"""Bytes of a file as it is uploaded, and of what it expands to."""
JSON_MAKS = 24 * 1024 * 1024
WADAH_MAKS, NILAI_MAKS, DALAM_MAKS = 150_000, 1_500_000, 40
"""Objects and lists, values, and depth: what JSON of a few megabytes could blow up to in memory is bounded first."""
PERGI, PULANG = "pergi", "pulang"
_KEPALA = re.compile(
    rb"(musrenbang-aula 2 (pergi|pulang) ([1-9][0-9]{0,6})\n([A-Za-z0-9+/]{43}=)\n)([A-Za-z0-9+/]{86}==)\n\n"
)
_LARANGAN = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?:0000|[dD][89a-fA-F])")
"""Escapes for what no text column keeps: the null character, and halves of a pair."""
ULANG = "Salin ulang berkasnya dari laptop atau server asalnya."


class BadFile(ValueError):
    """A file or document that cannot be taken here; the text says why and what to do."""


@dataclass(frozen=True)
class External:
    """A file before it is opened: its kind, its journey, whose key signed it, and what lies inside."""

    jenis: str
    nomor: int
    kunci: str
    badan: memoryview


def seal(
    jenis: str, nomor: int, content: dict[str, Any], berkas: dict[str, bytes], *, kunci: bytes, sandi: str
) -> bytes:
    """Return a document with its files as one signed and encrypted file. Raises BadFile when it is too large."""
    body = age.encrypt_bytes(pack(content, berkas), sandi)
    head = TANDA + f"{jenis} {nomor}\n{public_of(kunci)}\n".encode()
    mark = Ed25519PrivateKey.from_private_bytes(kunci).sign(_digest(head, body))
    return head + base64.b64encode(mark) + b"\n\n" + body


def unwrap(berkas: bytes) -> External:
    """Read the outside of a file and judge its signature over the raw bytes; nothing inside is looked at.

    Raises BadFile for what is too large, of another kind or changed, in words for whom has the wrong file in hand.
    """
    if len(berkas) > TERURAI_MAKS:
        raise BadFile(f"Berkas ini lebih besar dari {TERURAI_MAKS >> 20} MB, jadi bukan berkas musrenbang.")
    matching = _KEPALA.match(berkas)
    if matching is None:
        _refuse_other(berkas)
    body = memoryview(berkas)[matching.end() :]
    try:
        kunci = Ed25519PublicKey.from_public_bytes(base64.b64decode(matching[4], validate=True))
        kunci.verify(base64.b64decode(matching[5], validate=True), _digest(matching[1], body))
    except (InvalidSignature, ValueError, binascii.Error) as error:
        raise BadFile(f"Isi berkas ini berubah sejak dibuat, jadi tidak dimuat. {ULANG}") from error
    return External(matching[2].decode(), int(matching[3]), matching[4].decode(), body)


def _digest(head: bytes, body: bytes | memoryview) -> bytes:
    digest = hashlib.sha512(head)
    digest.update(body)
    return b"musrenbang-aula/2\n" + digest.digest()


def _refuse_other(berkas: bytes) -> NoReturn:
    if berkas.startswith(b"musrenbang-aula "):
        raise BadFile(f"Kepala berkas ini rusak, atau berkasnya dibuat versi aplikasi yang lain. {ULANG}")
    if berkas.startswith(b"\x1f\x8b"):
        raise BadFile(
            "Berkas ini dibuat versi aplikasi yang lama (musrenbang/1), yang tidak dapat diperiksa keasliannya. "
            "Perbarui aplikasi di server dan di laptop, lalu ambil lagi berkasnya dari server."
        )
    raise BadFile(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}")


def pack(content: dict[str, Any], berkas: dict[str, bytes]) -> bytes:
    """Return a document and its files compressed. Raises BadFile when it would be refused at its other end."""
    listing = {n: {"ukuran": len(b), "sha256": sha256_of(b)} for n, b in sorted(berkas.items())}
    text = json.dumps(
        content | {"berkas": listing}, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()
    everything = b"".join([b"%d\n" % len(text), text, *(berkas[n] for n in listing)])
    if len(everything) > TERURAI_MAKS or len(text) > JSON_MAKS:
        raise BadFile(
            f"Isi Musrenbang ini {len(everything) >> 20} MB, lebih dari {TERURAI_MAKS >> 20} MB yang dapat dibawa "
            "dalam satu "
            "berkas. Biasanya karena foto salinan yang besar: unggah yang lebih kecil, lalu ulangi."
        )
    return gzip.compress(everything, compresslevel=6, mtime=0)


def unpack(dense: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the document and the files of packed content; raise BadFile for anything that is not just that."""
    everything = _expand(dense)
    head = everything[:9].partition(b"\n")[0]
    length = int(head) if head.isdigit() and len(head) < 9 else JSON_MAKS + 1
    start = len(head) + 1
    if length > JSON_MAKS:
        _broken()
    content = read_json(everything[start : start + length])
    listing = content.pop("berkas", None)
    if not isinstance(listing, dict):
        _broken()
    file, place = {}, start + length
    for nama, one in listing.items():
        if not isinstance(one, dict) or set(one) != {"ukuran", "sha256"} or type(one["ukuran"]) is not int:
            _broken()
        file[nama] = everything[place : place + max(one["ukuran"], 0)]
        place += max(one["ukuran"], 0)
        if len(file[nama]) != one["ukuran"] or sha256_of(file[nama]) != one["sha256"]:
            raise BadFile(f"Lampiran di dalam berkas ini rusak. {ULANG}")
    if place != len(everything):
        _broken()
    return content, file


def read_json(text: bytes) -> dict[str, Any]:
    """Read JSON that a stranger may have written: bounded before it is parsed, and nothing but plain values in it."""
    if text.count(b"{") + text.count(b"[") > WADAH_MAKS or text.count(b",") + text.count(b":") > NILAI_MAKS:
        raise BadFile("Isi berkas ini terlalu banyak untuk satu Musrenbang, jadi tidak dibaca.")
    if _LARANGAN.search(text):
        raise BadFile("Isi berkas ini memuat huruf yang tidak sah, jadi tidak dibaca.")
    try:
        content = json.loads(text, object_pairs_hook=_once, parse_constant=_constant, parse_float=_finite)
        if not isinstance(content, dict):
            raise TypeError
        _check_depth(content)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadFile(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}") from error
    return content


def _expand(dense: bytes) -> bytes:
    parser = zlib.decompressobj(wbits=31)
    try:
        everything = parser.decompress(dense, TERURAI_MAKS)
    except zlib.error as error:
        raise BadFile(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}") from error
    if parser.unconsumed_tail:
        raise BadFile(f"Isi berkas ini mengembang lebih dari {TERURAI_MAKS >> 20} MB, jadi tidak dibaca.")
    if not parser.eof or parser.unused_data:
        _broken()
    return everything


def _broken() -> NoReturn:
    raise BadFile(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}")


def _once(pair: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pair)
    if len(content) != len(pair):
        raise ValueError("a name twice")
    return content


def _constant(nama: str) -> NoReturn:
    raise ValueError(nama)


def _finite(text: str) -> float:
    figure = float(text)
    if not math.isfinite(figure):
        raise ValueError(text)
    return figure


def _check_depth(content: dict[str, Any]) -> None:
    """Raise ValueError when containers lie deeper in each other than our documents ever do."""
    layers: list[Any] = [content]
    for _ in range(DALAM_MAKS):
        child = (a for one in layers for a in (one.values() if isinstance(one, dict) else one))
        layers = [a for a in child if isinstance(a, dict | list)]
        if not layers:
            return
    raise ValueError("too deep")
