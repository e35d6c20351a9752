"""The one digest: SHA-256 in hexadecimal, of a file's bytes or of a text."""

import hashlib

SHORT = 16


def sha256_of(content: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8, as 64 letters."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def page_digest(content: bytes | str) -> str:
    """Return a short digest of what a page shows: its form brings it back, and a stale page is told by it."""
    return sha256_of(content)[:SHORT]
