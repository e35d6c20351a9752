"""The same paper for typst: headings, paragraphs and tables of the HTML, with its column widths and paper sizes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

HEAD = """#set text(font: "Source Sans 3", size: 10.5pt, lang: "id")
#set par(justify: true)
#set table(stroke: .5pt + rgb("#555"), inset: (x: 1.3mm, y: .9mm))
#show table: set text(size: 7.6pt)
#show table: set par(justify: false)
"""


def written(content: str) -> str:
    """Return the paper as typst reads it."""
    body = html.document_fromstring(content).body
    parts = [HEAD]
    for section in body.find_class("bagian"):
        flipped = "true" if "lebar" in section.get("class", "") else "false"
        inside = "".join(_blocks(section))
        parts.append(f'#page(paper: "a4", flipped: {flipped}, margin: (x: 14mm, y: 16mm))[\n{inside}\n]\n')
    return "".join(parts)


def fonts(source: Path, target: Path) -> None:
    """Write the fonts of the papers as typst reads them."""
    from fontTools.ttLib import TTFont

    target.mkdir(exist_ok=True)
    for file in source.glob("source-sans-3-latin-*.woff2"):
        with TTFont(file) as font:
            font.flavor = None
            font.save(target / f"{file.stem}.ttf")


def _blocks(element: HtmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == "table":
            yield _table(child)
        elif child.tag in {"h1", "h2", "h3"}:
            yield f"#heading(level: {child.tag[1]}, {_text(child)})\n"
        elif child.tag in {"p", "li", "dt", "dd"} or not len(child):
            yield f"#par({_text(child)})\n"
        elif isinstance(child.tag, str):
            yield from _blocks(child)


def _table(table: HtmlElement) -> str:
    widths = [re.search(r"width: ([\d.]+mm)", col.get("style", "")) for col in table.iter("col")]
    columns = ", ".join(w[1] if w else "1fr" for w in widths)
    head = "".join(_cell(c) for row in table.iterfind("thead/tr") for c in row)
    body = "".join(_cell(c) for row in table.iterfind("tbody/tr") for c in row)
    return f"#table(columns: ({columns},), table.header({head}), {body})\n"


def _cell(cell: HtmlElement) -> str:
    align = "right" if "angka" in cell.get("class", "") else "left"
    return f"table.cell(colspan: {cell.get('colspan', '1')}, align: {align}, {_text(cell)}), "


def _text(element: HtmlElement) -> str:
    return json.dumps(" ".join(element.text_content().split()), ensure_ascii=False)
