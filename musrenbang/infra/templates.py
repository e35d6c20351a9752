"""Templates as they are read: where the formatter breaks a line before a comma, the comma stands where it was meant.

djangofmt puts ``{% if x %}, more{% endif %}`` on a line of its own after another block, and to a reader a line break
is a space: "Camat Sikur ,". What begins with a mark of punctuation closes up to what stands before it.
"""

import re

from django.template import Origin
from django.template.loaders import filesystem

SEBELUM_TANDA = re.compile(r"\s*\n\s*(?=\{% if [^%]*%\}[,.;:](?:[\s{<]|$))")


def close_up(content: str) -> str:
    """Return the text of a template without the line breaks that would put a space before punctuation."""
    return SEBELUM_TANDA.sub("", content)


class Loader(filesystem.Loader):
    """Django's own, reading through ``close_up``."""

    def get_contents(self, origin: Origin) -> str:
        return close_up(super().get_contents(origin))
