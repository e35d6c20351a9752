"""The Merkle tree of RFC 6962 (Certificate Transparency): roots, inclusion and consistency, made and verified. Pure.

A tree is given as the list of its leaf hashes. Verifying follows RFC 9162 sections 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Sequence

SIDIK_BYTE = 32
Sidik = bytes


def leaf_hash(content: bytes) -> Sidik:
    """Return the hash of a leaf's content."""
    return hashlib.sha256(b"\x00" + content).digest()


def _node(left: Sidik, right_side: Sidik) -> Sidik:
    return hashlib.sha256(b"\x01" + left + right_side).digest()


def root(leaf: Sequence[Sidik]) -> Sidik:
    """Return the root over leaf hashes; of none it is the hash of nothing."""
    if not leaf:
        return hashlib.sha256(b"").digest()
    levels = list(leaf)
    # Joining neighbours level by level, an odd one moving up, gives the tree of the RFC.
    while len(levels) > 1:
        pairs = [_node(levels[i], levels[i + 1]) for i in range(0, len(levels) - 1, 2)]
        levels = pairs + levels[len(pairs) * 2 :]
    return levels[0]


def _split(n: int) -> int:
    """Return the largest power of two below ``n``."""
    return 1 << ((n - 1).bit_length() - 1)


def inclusion(leaf: Sequence[Sidik], nomor: int) -> list[Sidik]:
    """Return the path that proves leaf ``nomor`` (from 0). Raises IndexError for one that is not there."""
    if not 0 <= nomor < len(leaf):
        raise IndexError(nomor)
    if len(leaf) == 1:
        return []
    k = _split(len(leaf))
    if nomor < k:
        return [*inclusion(leaf[:k], nomor), root(leaf[k:])]
    return [*inclusion(leaf[k:], nomor - k), root(leaf[:k])]


def consistency(leaf: Sequence[Sidik], old: int) -> list[Sidik]:
    """Return the proof that the tree of the first ``old`` leaves is the beginning of this one."""
    if not 0 < old <= len(leaf):
        raise IndexError(old)
    return _subproof(leaf, old, whole=True)


def _subproof(leaf: Sequence[Sidik], old: int, *, whole: bool) -> list[Sidik]:
    if old == len(leaf):
        return [] if whole else [root(leaf)]
    k = _split(len(leaf))
    if old <= k:
        return [*_subproof(leaf[:k], old, whole=whole), root(leaf[k:])]
    return [*_subproof(leaf[k:], old - k, whole=False), root(leaf[:k])]


def root_from_inclusion(leaf: Sidik, nomor: int, ukuran: int, route: Sequence[Sidik]) -> Sidik | None:
    """Return the root that a path leads to, or None when it does not fit that place in a tree of that size."""
    if not 0 <= nomor < ukuran:
        return None
    fn, serial, r = nomor, ukuran - 1, leaf
    for p in route:
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


def is_consistent(old: int, old_root: Sidik, new: int, new_root: Sidik, proof: Sequence[Sidik]) -> bool:
    """Tell whether a proof shows that the smaller tree is the beginning of the larger one."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    all_rows = list(proof)
    if old & (old - 1) == 0:
        all_rows.insert(0, old_root)
    if not all_rows:
        return False
    fn, serial = old - 1, new - 1
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
    return serial == 0 and fr == old_root and sr == new_root
