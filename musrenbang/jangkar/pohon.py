"""The Merkle tree of RFC 6962 (Certificate Transparency): roots, inclusion and consistency, made and verified. Pure.

A tree is given as the list of its leaf hashes. Verifying follows RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Sequence

SIDIK_BYTE = 32
Sidik = bytes


def leaf_hash(isi: bytes) -> Sidik:
    """Return the hash of a leaf's content."""
    return hashlib.sha256(b"\x00" + isi).digest()


def _node(kiri: Sidik, kanan: Sidik) -> Sidik:
    return hashlib.sha256(b"\x01" + kiri + kanan).digest()


def root(daun: Sequence[Sidik]) -> Sidik:
    """Return the root over leaf hashes; of none it is the hash of nothing."""
    if not daun:
        return hashlib.sha256(b"").digest()
    levels = list(daun)
    # Joining neighbours level by level, an odd one moving up, gives the tree of the RFC.
    while len(levels) > 1:
        pairs = [_node(levels[i], levels[i + 1]) for i in range(0, len(levels) - 1, 2)]
        levels = pairs + levels[len(pairs) * 2 :]
    return levels[0]


def _split(n: int) -> int:
    """Return the largest power of two below ``n``."""
    return 1 << ((n - 1).bit_length() - 1)


def inclusion(daun: Sequence[Sidik], nomor: int) -> list[Sidik]:
    """Return the path that proves leaf ``nomor`` (from 0). Raises IndexError for one that is not there."""
    if not 0 <= nomor < len(daun):
        raise IndexError(nomor)
    if len(daun) == 1:
        return []
    k = _split(len(daun))
    if nomor < k:
        return [*inclusion(daun[:k], nomor), root(daun[k:])]
    return [*inclusion(daun[k:], nomor - k), root(daun[:k])]


def consistency(daun: Sequence[Sidik], lama: int) -> list[Sidik]:
    """Return the proof that the tree of the first ``lama`` leaves is the beginning of this one."""
    if not 0 < lama <= len(daun):
        raise IndexError(lama)
    return _subproof(daun, lama, utuh=True)


def _subproof(daun: Sequence[Sidik], lama: int, *, utuh: bool) -> list[Sidik]:
    if lama == len(daun):
        return [] if utuh else [root(daun)]
    k = _split(len(daun))
    if lama <= k:
        return [*_subproof(daun[:k], lama, utuh=utuh), root(daun[k:])]
    return [*_subproof(daun[k:], lama - k, utuh=False), root(daun[:k])]


def root_from_inclusion(daun: Sidik, nomor: int, ukuran: int, jalan: Sequence[Sidik]) -> Sidik | None:
    """Return the root that a path leads to, or None when it does not fit that place in a tree of that size."""
    if not 0 <= nomor < ukuran:
        return None
    fn, serial, r = nomor, ukuran - 1, daun
    for p in jalan:
        if serial == 0:
            return None
        if fn & 1 or fn == serial:
            r = _node(p, r)
            while fn and not fn & 1:
                fn, serial = fn >> 1, serial >> 1
        else:
            r = _node(r, p)
        fn, serial = fn >> 1, serial >> 1
    return r if serial == 0 else None


def is_consistent(lama: int, akar_lama: Sidik, baru: int, akar_baru: Sidik, bukti: Sequence[Sidik]) -> bool:
    """Tell whether a proof shows that the smaller tree is the beginning of the larger one."""
    if not 0 < lama <= baru:
        return False
    if lama == baru:
        return not bukti and akar_lama == akar_baru
    all_rows = list(bukti)
    if lama & (lama - 1) == 0:
        all_rows.insert(0, akar_lama)
    if not all_rows:
        return False
    fn, serial = lama - 1, baru - 1
    while fn & 1:
        fn, serial = fn >> 1, serial >> 1
    fr = sr = all_rows[0]
    for c in all_rows[1:]:
        if serial == 0:
            return False
        if fn & 1 or fn == serial:
            fr, sr = _node(c, fr), _node(c, sr)
            while fn and not fn & 1:
                fn, serial = fn >> 1, serial >> 1
        else:
            sr = _node(sr, c)
        fn, serial = fn >> 1, serial >> 1
    return serial == 0 and fr == akar_lama and sr == akar_baru
