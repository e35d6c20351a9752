"""Anchors of an event's record outside the database: Merkle tree, signed checkpoints, proofs that fit on paper.

``pohon``, ``ed25519``, ``nota`` and ``daun`` need nothing but the standard library: they also go into ``periksa.pyz``.
"""
