"""From the tree that ``parts`` cut to the one that the renderer reads, without writing it as text in between."""

from typing import Any
from xml.etree import ElementTree as ET

import cssselect2  # type: ignore[import-untyped]
from lxml import html
from lxml.html import HtmlElement
from weasyprint import HTML


class Read(HTML):
    """A document whose tree is there already: the renderer's own parser takes as long as all its styles."""

    def __init__(self, root: ET.Element, base_url: str, url_fetcher: Any) -> None:
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def read(root: HtmlElement, base_url: str, url_fetcher: Any) -> HTML:
    """Return a tree as the renderer takes it. Drawings (``svg``) have names that only an HTML5 parser writes right."""
    if next(root.iter("svg"), None) is not None:
        return HTML(string=html.tostring(root, encoding="unicode"), base_url=base_url, url_fetcher=url_fetcher)
    return Read(_element(root), base_url, url_fetcher)


def _element(node: HtmlElement) -> ET.Element:
    result = ET.Element(node.tag, dict(node.attrib))
    result.text, last = node.text, None
    for child in node:
        if isinstance(child.tag, str):
            last = _element(child)
            last.tail = child.tail
            result.append(last)
        elif last is not None:  # a comment: what follows it belongs to what stands before it
            last.tail = (last.tail or "") + (child.tail or "")
        else:
            result.text = (result.text or "") + (child.tail or "")
    return _grouped(result) if node.tag == "table" else result


def _grouped(table: ET.Element) -> ET.Element:
    """Put rows that stand in no group into one, as HTML5 wants and a screen reader is told."""
    rows = [child for child in table if child.tag == "tr"]
    if rows:
        group = ET.Element("tbody")
        table.insert(list(table).index(rows[0]), group)
        for row in rows:
            table.remove(row)
            group.append(row)
    return table
