"""What a paper says, read by the engine that people's browsers read it with."""

import html
import re

import pypdfium2


def words(markup: str) -> str:
    """Return the words of an HTML page or paper, with one space between them."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", markup, flags=re.S)))


def texts_of(content: bytes) -> list[str]:
    """Return the text of each page of a PDF, in the order in which it was laid out."""
    berkas = pypdfium2.PdfDocument(content)
    try:
        return [halaman.get_textpage().get_text_range().replace("\r\n", "\n") for halaman in berkas]
    finally:
        berkas.close()


LEBAR = 0.66
"""Three spaces of the print sheet, in heights of a letter: what a reader sees as a hole in a line."""


def holes_in(content: bytes) -> list[str]:
    """Return the lines of a PDF that are torn open: three gaps in a row alike and wider than three spaces.

    Justification widens all gaps of a line alike; those between columns differ.
    """
    berkas = pypdfium2.PdfDocument(content)
    try:
        return [kata for halaman in berkas for kata in _torn(halaman.get_textpage())]
    finally:
        berkas.close()


def _torn(text) -> list[str]:
    baris: dict[int, list[tuple[float, float, float, str]]] = {}
    for i, letter in enumerate(text.get_text_range()):
        if letter.strip():
            left, bawah, right_side, above = text.get_charbox(i, loose=True)
            baris.setdefault(round(bawah), []).append((left, right_side, above - bawah, letter))
    result = []
    for content in baris.values():
        content.sort()
        height = max(h for _, _, h, _ in content)
        gaps = [b[0] - a[1] for a, b in zip(content, content[1:], strict=False) if b[0] - a[1] > 0.1 * height]
        width = [s if LEBAR * height < s < 2 * height else 0 for s in gaps]
        if any(min(t) > 0.85 * max(t) > 0 for t in zip(width, width[1:], width[2:], strict=False)):
            result.append("".join(h for *_, h in content))
    return result
