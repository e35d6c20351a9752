"""Works written inside a text: bullets, and the volume and place that stand between the words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from usulan.impor.numbers import parse_volume

BUTIR = re.compile(r"^\s*(?:[•▪▫◦●○■□►▸➢➤✓✔·*>]+\s*|[-–—]+\s*(?=[^\W\d]|R\.?T\b|\d{1,3}\s+[^\W\d]))(?=\S)")
BERNOMOR = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z][.)])\s*(?=[^\W\d])", re.I)
_SATUAN = (
    r"meter persegi|meter kubik|meter|mtr|km|kilometer|m[¹²³123']?|ha|hektar|unit|buah|bh|paket|pkt|titik|ekor|orang|"
    r"org|kk|ruang|lokal|set|batang|btg|kelompok|klp|rumah|sr|ls|kali|lembar|kios|petak|pohon|bibit|kg|ton|liter"
)
_VOLUME = re.compile(rf"(?<![\w.,/])(\d[\d.,]*)\s*({_SATUAN})(?![\w²³])", re.I)
_TEMPAT = re.compile(
    r"\b(?i:di\s+)?((?i:dusun|dsn\.?|kp\.?|kampung|blok|gang|gg\.?|jl\.?)\s+(?:[A-Z0-9][\w'-]*)(?:\s+[A-Z][\w'-]*){0,2}"
    r"(?:[\s,]+R\.?T\.?\s*\d+(?:\s*/?\s*(?:R\.?W\.?)?\s*\d+)?)?)"
)
_RT = re.compile(r"\bR\.?T\.?\s*\.?\s*\d+(?:\s*/?\s*R\.?W\.?\s*\.?\s*\d+)?|\bR\.?W\.?\s*\.?\s*\d+", re.I)


@dataclass(frozen=True)
class Description:
    """A text taken apart: the work, its place, its volume and unit; unknown is None.

    ``rt`` is an RT or RW without a dusun: not a place by itself, but worth offering.
    """

    teks: str
    lokasi: str | None
    volume: Decimal | None
    satuan: str | None
    rt: str | None


def is_bullet(text: object) -> bool:
    """Whether a text starts with a bullet and has words after it."""
    return isinstance(text, str) and bool(BUTIR.match(text))


def split_bullets(text: str) -> tuple[str, list[str]]:
    """Return (the words above, the works) of a cell that lists several; ("", []) when it holds a single one."""
    baris = [b for b in re.split(r"\n|(?<=\S)\s*(?=[•▪●■►➢])", text) if b.strip()]
    for mark in (BUTIR, BERNOMOR):
        start = [i for i, b in enumerate(baris) if mark.match(b)]
        if len(start) >= 2:
            head = " ".join(b.strip() for b in baris[: start[0]]).strip(" :")
            pieces = [baris[a:b] for a, b in zip(start, [*start[1:], len(baris)], strict=True)]
            return head, [mark.sub("", " ".join(p), count=1).strip() for p in pieces]
    return "", []


def lines_of(text: object, jumlah: int) -> list[str] | None:
    """Return the lines of a cell when there is exactly one for each of ``jumlah`` works, bullets taken off."""
    if not isinstance(text, str):
        return None
    baris = [BERNOMOR.sub("", BUTIR.sub("", b)).strip() for b in text.split("\n") if b.strip()]
    return baris if len(baris) == jumlah else None


def take_apart(text: str) -> Description:
    """Find volume and place inside a text. Two sizes ("P 150m L 3m") are no single volume and stay unknown."""
    text = BUTIR.sub("", text).strip()
    sizes = list(_VOLUME.finditer(text))
    volume = satuan = None
    if len(sizes) == 1 and not re.search(r"\d\s*[x×]\s*\d", text):
        volume, satuan = parse_volume(sizes[0][0])
        if volume is not None:
            text = f"{text[: sizes[0].start()]} {text[sizes[0].end() :]}"
    place, rt = _TEMPAT.search(text), _RT.search(text)
    clean = re.sub(r"\(\s*\)|\s+(?:sepanjang|sebanyak|vol(?:ume)?\.?|±)\s*$", "", re.sub(r"\s+", " ", text))
    return Description(
        clean.strip(" ,;:-"), place[1].strip(" ,") if place else None, volume, satuan, rt[0] if rt else None
    )
