"""The words of a page as a reader meets them: how a template is laid out over lines says nothing."""

import re
from typing import Any

KOTAK = "h[1-6]|p|td|th|li|dt|dd|div|span|small"
TEPI = re.compile(rf"(?<=>) (?=<)|(?P<buka><(?:{KOTAK})(?: [^<>]*)?>) | (?P<tutup></(?:{KOTAK})>)")


def flat(contents: Any) -> str:
    """The HTML of a response (or a string) with every run of white space made one, and none along the edge of a box."""
    html = contents if isinstance(contents, str) else contents.content.decode()
    html = re.sub(r"[ \t\r\n]+", " ", html).replace(" >", ">")
    return TEPI.sub(lambda m: m["buka"] or m["tutup"] or "", html)
