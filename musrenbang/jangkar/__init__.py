"""Anchors of an event's record outside the database: Merkle tree, signed checkpoints, proofs that fit on paper.

``tree``, ``ed25519``, ``note`` and ``leaves`` need nothing but the standard library: they also go into ``periksa.pyz``.
"""
