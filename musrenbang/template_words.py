"""Templates speak in the words of the place: what they write themselves is compiled, what they are given is not.

The loader reads a template in the words of most places and puts a tag in the place of each word of ``sebutan.KATA``: in
text, in the attributes that people read, and as a filter on the literals that a tag is called with. Addresses, names of
fields, scripts, variables and comparisons stay as they are. ``docs/arsitektur.md`` ("Words of a place") says the rest.
"""

import re

from django.template import Origin

from musrenbang import sebutan
from musrenbang.infra import templates

TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.S)
ISYARAT = re.compile(r"(<!--.*?-->|<[a-zA-Z/!][^\s>]*|>|\"|'|[a-zA-Z-]+=(?=[\"']))", re.S)
DIBACA = {"title", "alt", "placeholder", "aria-label", "content", "label", "data-label"}
"""Attributes that people read, beside ``data-*``."""
BUKAN_TEKS = {"<script": "</script", "<style": "</style"}
HURUF = re.compile(r"(?<=[\s=])\"[^\"]*\s[^\"]*\"(?=[\s%])")
"""A literal of several words that a tag is called with."""
SEBARIS = {"b", "strong", "em", "i", "u", "a", "span", "small", "code", "br", "svg", "use"}
"""Elements within a line: a sentence goes on behind them."""
MEMBANDING = ("if ", "elif ", "url ", "load ", "extends ")


class _Reader:
    """Follows the HTML of a template and tells which text people read."""

    def __init__(self) -> None:
        self.dalam_tag, self.atribut, self.kutip, self.sampai, self.tag = False, "", "", "", ""
        self.awal = True

    def read(self, text: str) -> str:
        """Return a stretch of text between two template tags with its words made lookups."""
        return "".join(self._bit(bit) for bit in ISYARAT.split(text) if bit)

    def _bit(self, bit: str) -> str:
        if self.sampai:
            if bit.lower() == self.sampai:
                self.sampai, self.dalam_tag, self.tag = "", True, bit.lower()
            return bit
        if bit.startswith("<!--"):
            return bit
        if not self.dalam_tag:
            if not ISYARAT.fullmatch(bit) or bit[0] != "<":
                marked, self.awal = mark(bit, self.awal), sebutan.ends_sentence(bit, self.awal)
                return marked
            self.dalam_tag, self.tag = True, bit.lower()
            self.awal = self.awal or self.tag.lstrip("</") not in SEBARIS
            return bit
        return self._inside(bit)

    def _inside(self, bit: str) -> str:
        if self.kutip:
            if bit == self.kutip:
                self.kutip = self.atribut = ""
                return bit
            dibaca = self.atribut in DIBACA or (self.atribut.startswith("data-") and " " in bit)
            return mark(bit) if dibaca else bit
        if bit in {'"', "'"}:
            self.kutip = bit
        elif bit == ">":
            self.dalam_tag = False
            self.sampai = BUKAN_TEKS.get(self.tag, "")
        elif bit.endswith("="):
            self.atribut = bit[:-1].lower()
        return bit


def mark(text: str, start: bool = True) -> str:
    """Return a text of ours with a tag for each word of a place; ``start``: it begins a sentence."""
    return "".join(
        bit if isinstance(bit, str) else f'{{% kata_tempat "{bit.field}" "{bit.tulis}" %}}'
        for bit in sebutan.pieces(text, start)
    )


def _literals(tag: str) -> str:
    """Return a template tag whose literals of several words pass through the filter ``sebut``."""
    if not tag.startswith("{%") or tag[2:].lstrip().startswith(MEMBANDING):
        return tag
    return HURUF.sub(lambda m: f"{m[0]}|sebut" if len(sebutan.pieces(m[0])) > 1 else m[0], tag)


def localise(content: str) -> str:
    """Return the source of a template whose own words of a place are looked up when it is rendered."""
    reader = _Reader()
    marked = []
    for bit in TAG.split(content):
        if not TAG.fullmatch(bit):
            marked.append(reader.read(bit))
            continue
        if bit.startswith("{{") and not reader.dalam_tag:
            reader.awal = False
        marked.append(_literals(bit))
    return "".join(marked)


class Loader(templates.Loader):
    """Ours, read in the words of the place."""

    def get_contents(self, origin: Origin) -> str:
        return localise(super().get_contents(origin))
