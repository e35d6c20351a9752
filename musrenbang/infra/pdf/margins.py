"""What the margins of a page show of the rows on it: the sums that ``carry`` reckoned, as strings of CSS."""

from collections.abc import Callable
from typing import Any

from weasyprint import document
from weasyprint.formatting_structure import boxes

from musrenbang.infra.pdf.carry import BETWEEN, CARRIED


def apply() -> None:
    """Let the renderer know what the rows carry, once a process."""
    original: Callable[..., Any] = document.layout_document
    if getattr(original, "carries", False):
        return

    def layout_document(html: Any, root_box: Any, context: Any, *others: Any) -> Any:
        tell(root_box)
        return original(html, root_box, context, *others)

    layout_document.carries = True  # type: ignore[attr-defined]
    document.layout_document = layout_document


def tell(root_box: Any) -> None:
    """Give the rows the strings that the margins of their pages show (``static/css/cetak.css``).

    ``pindahan`` counts from the end of a page, ``awal`` on the first page alone: what came before this stretch.
    """
    start = None
    for box in root_box.descendants():
        if type(box) is boxes.TableRowBox and box.element is not None and CARRIED in box.element.attrib:
            before, after = box.element.get(CARRIED).split(BETWEEN)
            start = before if start is None else start
            box.string_set = [
                ("dipindahkan", _labelled("dipindahkan", after)),
                ("pindahan", _labelled("pindahan", after)),
            ]
    if start:
        root_box.string_set = [("awal", _labelled("pindahan", start))]


def _labelled(word: str, what: str) -> str:
    return f"Jumlah {word} {what}" if what else ""
