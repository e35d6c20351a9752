"""Writing: the same objects as bytes, without asking for each value what it is more often than needed."""

import zlib
from typing import Any

import pydyf

LEVEL = 6
"""How hard a page is compressed: 9 takes twice as long for half a hundredth less."""


def to_bytes(item: Any) -> bytes:
    """Return an item as it stands in a PDF."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if isinstance(item, float):
        return b"%d" % item if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if isinstance(item, pydyf.Object):
        return item.data  # type: ignore[no-any-return]
    return bytes(item) if isinstance(item, bytes) else str(item).encode("ascii")


def dictionary(self: Any) -> bytes:
    """Return a dictionary as it stands in a PDF."""
    return b"<<%b>>" % b"".join([b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in self.items()])


def array(self: Any) -> bytes:
    """Return an array as it stands in a PDF."""
    return b"[%b]" % b" ".join([to_bytes(child) for child in self])


def stream(self: Any) -> bytes:
    """Return a stream as it stands in a PDF."""
    content = b"\n".join([to_bytes(item) for item in self.stream])
    extra = pydyf.Dictionary(self.extra.copy())
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


PROPERTIES = [
    (pydyf.Dictionary, "data", dictionary),
    (pydyf.Array, "data", array),
    (pydyf.Stream, "data", stream),
]
