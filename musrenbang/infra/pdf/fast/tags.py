"""Tags: a text belongs to the cell or paragraph it stands in, and cells under the same headings share what says so.

The renderer makes an element of its own for each line of text, and says for every cell under which headings it stands.
Those are two thirds of all that a file of long tables consists of, and tell a reader nothing more.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

SPECIAL = frozenset({"LI", "Link", "Figure", "Table"})
OTHER_BOXES = (AbsolutePlaceholder, boxes.PageBox, boxes.MarginBox, boxes.ReplacedBox)
original_tree = tags._build_box_tree
name_of = cache(tags._get_pdf_tag)


def build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: list[Any], page_tags: Any
) -> Iterator[Any]:
    """Yield the element of a box with those of what is in it, as the renderer's function of this name does."""
    arguments = (pdf, page_number, nums, annotations, page_tags)
    if isinstance(box, OTHER_BOXES) or box.link_annotation or box.widget_annotation:
        yield from original_tree(box, parent, *arguments)
        return
    element_name = None if box.element is None else box.element_tag
    tag = name_of(element_name)
    if tag in SPECIAL or element_name in {"html", "body"}:
        yield from original_tree(box, parent, *arguments)
        if tag == "Table":
            _share_headings(box, pdf)
        return
    cell = tag in {"TD", "TH"}
    if cell and parent["S"] in {"/TD", "/TH"}:  # an anonymous block inside the cell
        tag, cell = "NonStruct", False
    kids: list[Any] = []
    element = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": f"/{tag}",
            "K": pydyf.Array(kids),
            "Pg": _references(pdf)[page_number],
            "P": parent.reference,
        }
    )
    pdf.add_object(element)
    if cell:
        box.mark = element
        element["A"] = attributes = pydyf.Dictionary({"O": "/Table"})
        if box.colspan != 1:
            attributes["ColSpan"] = box.colspan
        if box.rowspan != 1:
            attributes["RowSpan"] = box.rowspan
    own = element.reference
    kids = element["K"]
    for child in box.children:
        for inner in child.children if isinstance(child, boxes.LineBox) else (child,):
            if isinstance(inner, boxes.TextBox):
                mark = page_tags.pop(inner)["mcid"]
                kids.append(mark)
                nums[mark] = own
            else:
                kids.extend([e.reference for e in build_box_tree(inner, element, *arguments)])
    yield element


def _share_headings(table: Any, pdf: Any) -> None:
    """Let the cells of a table that span as much and stand under the same headings have one object that says it.

    A heading keeps its own, which also says what it is the heading of.
    """
    known: dict[Any, Any] = {}
    for box in table.descendants():
        mark = vars(box).get("mark")
        if not isinstance(mark, pydyf.Dictionary) or "ID" in mark or not isinstance(mark.get("A"), pydyf.Dictionary):
            continue
        attributes = mark["A"]
        headings = tuple(id(h) for h in attributes["Headers"]) if "Headers" in attributes else None
        key = (attributes.get("ColSpan"), attributes.get("RowSpan"), headings)
        if key not in known:
            pdf.add_object(attributes)
            known[key] = attributes.reference
        mark["A"] = known[key]


def _references(pdf: Any) -> Any:
    """Return how each page is referred to (found once; the renderer's property goes through all pages each time)."""
    own = vars(pdf)
    kids = pdf.pages["Kids"]
    if own.get("_counted") != len(kids):
        own["_counted"], own["_references"] = len(kids), original_references(pdf)
    return own["_references"]


original_references = pydyf.PDF.page_references.fget
REPLACED: dict[Callable[..., Any], Callable[..., Any]] = {original_tree: build_box_tree}
PROPERTIES = [(pydyf.PDF, "page_references", _references)]
