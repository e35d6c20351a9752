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


class BerkasSalah(ValueError):
    """A file or document that cannot be taken here; the text says why and what to do."""


@dataclass(frozen=True)
class Luar:
    """A file before it is opened: its kind, its journey, whose key signed it, and what lies inside."""

    jenis: str
    nomor: int
    kunci: str
    badan: memoryview


def seal(jenis: str, nomor: int, isi: dict[str, Any], berkas: dict[str, bytes], *, kunci: bytes, sandi: str) -> bytes:
    """Return a document with its files as one signed and encrypted file. Raises BerkasSalah when it is too large."""
    badan = age.encrypt_bytes(pack(isi, berkas), sandi)
    kepala = TANDA + f"{jenis} {nomor}\n{public_of(kunci)}\n".encode()
    tanda = Ed25519PrivateKey.from_private_bytes(kunci).sign(_digest(kepala, badan))
    return kepala + base64.b64encode(tanda) + b"\n\n" + badan


def unwrap(berkas: bytes) -> Luar:
    """Read the outside of a file and judge its signature over the raw bytes; nothing inside is looked at.

    Raises BerkasSalah for what is too large, of another kind or changed, in words for whom has the wrong file in hand.
    """
    if len(berkas) > TERURAI_MAKS:
        raise BerkasSalah(f"Berkas ini lebih besar dari {TERURAI_MAKS >> 20} MB, jadi bukan berkas musrenbang.")
    cocok = _KEPALA.match(berkas)
    if cocok is None:
        _refuse_other(berkas)
    badan = memoryview(berkas)[cocok.end() :]
    try:
        kunci = Ed25519PublicKey.from_public_bytes(base64.b64decode(cocok[4], validate=True))
        kunci.verify(base64.b64decode(cocok[5], validate=True), _digest(cocok[1], badan))
    except (InvalidSignature, ValueError, binascii.Error) as galat:
        raise BerkasSalah(f"Isi berkas ini berubah sejak dibuat, jadi tidak dimuat. {ULANG}") from galat
    return Luar(cocok[2].decode(), int(cocok[3]), cocok[4].decode(), badan)


def _digest(kepala: bytes, badan: bytes | memoryview) -> bytes:
    sidik = hashlib.sha512(kepala)
    sidik.update(badan)
    return b"musrenbang-aula/2\n" + sidik.digest()


def _refuse_other(berkas: bytes) -> NoReturn:
    if berkas.startswith(b"musrenbang-aula "):
        raise BerkasSalah(f"Kepala berkas ini rusak, atau berkasnya dibuat versi aplikasi yang lain. {ULANG}")
    if berkas.startswith(b"\x1f\x8b"):
        raise BerkasSalah(
            "Berkas ini dibuat versi aplikasi yang lama (musrenbang/1), yang tidak dapat diperiksa keasliannya. "
            "Perbarui aplikasi di server dan di laptop, lalu ambil lagi berkasnya dari server."
        )
    raise BerkasSalah(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}")


def pack(isi: dict[str, Any], berkas: dict[str, bytes]) -> bytes:
    """Return a document and its files compressed. Raises BerkasSalah when it would be refused at its other end."""
    daftar = {n: {"ukuran": len(b), "sha256": sha256_of(b)} for n, b in sorted(berkas.items())}
    teks = json.dumps(isi | {"berkas": daftar}, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    semua = b"".join([b"%d\n" % len(teks), teks, *(berkas[n] for n in daftar)])
    if len(semua) > TERURAI_MAKS or len(teks) > JSON_MAKS:
        raise BerkasSalah(
            f"Isi acara ini {len(semua) >> 20} MB, lebih dari {TERURAI_MAKS >> 20} MB yang dapat dibawa dalam satu "
            "berkas. Biasanya karena foto salinan yang besar: unggah yang lebih kecil, lalu ulangi."
        )
    return gzip.compress(semua, compresslevel=6, mtime=0)


def unpack(padat: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the document and the files of packed content; raise BerkasSalah for anything that is not just that."""
    semua = _expand(padat)
    kepala = semua[:9].partition(b"\n")[0]
    panjang = int(kepala) if kepala.isdigit() and len(kepala) < 9 else JSON_MAKS + 1
    awal = len(kepala) + 1
    if panjang > JSON_MAKS:
        _broken()
    isi = read_json(semua[awal : awal + panjang])
    daftar = isi.pop("berkas", None)
    if not isinstance(daftar, dict):
        _broken()
    berkas, tempat = {}, awal + panjang
    for nama, satu in daftar.items():
        if not isinstance(satu, dict) or set(satu) != {"ukuran", "sha256"} or type(satu["ukuran"]) is not int:
            _broken()
        berkas[nama] = semua[tempat : tempat + max(satu["ukuran"], 0)]
        tempat += max(satu["ukuran"], 0)
        if len(berkas[nama]) != satu["ukuran"] or sha256_of(berkas[nama]) != satu["sha256"]:
            raise BerkasSalah(f"Lampiran di dalam berkas ini rusak. {ULANG}")
    if tempat != len(semua):
        _broken()
    return isi, berkas


def read_json(teks: bytes) -> dict[str, Any]:
    """Read JSON that a stranger may have written: bounded before it is parsed, and nothing but plain values in it."""
    if teks.count(b"{") + teks.count(b"[") > WADAH_MAKS or teks.count(b",") + teks.count(b":") > NILAI_MAKS:
        raise BerkasSalah("Isi berkas ini terlalu banyak untuk satu acara, jadi tidak dibaca.")
    if _LARANGAN.search(teks):
        raise BerkasSalah("Isi berkas ini memuat huruf yang tidak sah, jadi tidak dibaca.")
    try:
        isi = json.loads(teks, object_pairs_hook=_once, parse_constant=_constant, parse_float=_finite)
        if not isinstance(isi, dict):
            raise TypeError
        _check_depth(isi)
    except (ValueError, TypeError, RecursionError) as galat:
        raise BerkasSalah(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}") from galat
    return isi


def _expand(padat: bytes) -> bytes:
    pengurai = zlib.decompressobj(wbits=31)
    try:
        semua = pengurai.decompress(padat, TERURAI_MAKS)
    except zlib.error as galat:
        raise BerkasSalah(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}") from galat
    if pengurai.unconsumed_tail:
        raise BerkasSalah(f"Isi berkas ini mengembang lebih dari {TERURAI_MAKS >> 20} MB, jadi tidak dibaca.")
    if not pengurai.eof or pengurai.unused_data:
        _broken()
    return semua


def _broken() -> NoReturn:
    raise BerkasSalah(f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}")


def _once(pasangan: list[tuple[str, Any]]) -> dict[str, Any]:
    isi = dict(pasangan)
    if len(isi) != len(pasangan):
        raise ValueError("a name twice")
    return isi


def _constant(nama: str) -> NoReturn:
    raise ValueError(nama)


def _finite(teks: str) -> float:
    angka = float(teks)
    if not math.isfinite(angka):
        raise ValueError(teks)
    return angka


def _check_depth(isi: dict[str, Any]) -> None:
    """Raise ValueError when containers lie deeper in each other than our documents ever do."""
    lapis: list[Any] = [isi]
    for _ in range(DALAM_MAKS):
        anak = (a for satu in lapis for a in (satu.values() if isinstance(satu, dict) else satu))
        lapis = [a for a in anak if isinstance(a, dict | list)]
        if not lapis:
            return
    raise ValueError("too deep")
