"""Cells: the short way through layout for what nearly all cells are, one text that fits on the page, or nothing."""

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, percent

from musrenbang.infra.pdf.fast import lines

original_container = block.block_container_layout
Laid = tuple[Any, Any, dict[str, Any], list[Any], bool, Any]


def block_container_layout(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    page_is_empty: bool,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    adjoining_margins: list[Any] | None,
    first_letter_style: Any,
    first_line_style: Any,
    discard: bool,
    max_lines: int | None,
) -> Laid:
    """Lay out a block with what is in it, as the renderer's function of this name does."""
    if type(box) is boxes.TableCellBox and skip_stack is None and _is_plain(context, box):
        found = _lay_out(context, box, bottom_space, absolute_boxes, fixed_boxes)
        if found is not None:
            return found, None, {"break": "any", "page": None}, [], False, max_lines
    arguments = (
        absolute_boxes,
        fixed_boxes,
        adjoining_margins,
        first_letter_style,
        first_line_style,
        discard,
        max_lines,
    )
    whole: Laid = original_container(context, box, bottom_space, skip_stack, page_is_empty, *arguments)
    return whole


def _is_plain(context: Any, box: Any) -> bool:
    """Tell whether a cell has one text or nothing, no float beside it and nothing of its own to say how it breaks."""
    if len(box.children) > 1 or box.margin_top or box.height != "auto" or box.force_fragmentation:
        return False
    if box.first_line_style is not None or box.first_letter_style is not None or context.footnotes:
        return False
    if box.children:
        (line,) = box.children
        if type(line) is not boxes.LineBox or len(line.children) != 1 or type(line.children[0]) is not boxes.TextBox:
            return False
    own = vars(box.style)
    if "_plain_cell" not in own:
        style = box.style
        own["_plain_cell"] = (
            style["position"] == "static"
            and style["float"] == "none"
            and style["continue"] == "auto"
            and style["max_lines"] == "none"
            and style["box_decoration_break"] != "clone"
            and style["direction"] == "ltr"
        )
    return bool(own["_plain_cell"])


def _lay_out(
    context: Any, box: Any, bottom_space: float, absolute_boxes: list[Any], fixed_boxes: list[Any]
) -> Any | None:
    """Return the cell with its lines; None where they do not fit on the page."""
    context.create_block_formatting_context(box)
    try:
        return _with_lines(context, box, bottom_space, absolute_boxes, fixed_boxes)
    finally:
        context.finish_block_formatting_context()


def _with_lines(
    context: Any, box: Any, bottom_space: float, absolute_boxes: list[Any], fixed_boxes: list[Any]
) -> Any | None:
    position_y = box.content_box_y()
    new = []
    for line_box in box.children:
        line_box.position_x, line_box.position_y = box.content_box_x(), position_y
        lines.resolve_percentages(line_box, box)
        percent.resolve_one_percentage(line_box, "text_indent", box.width)
        resume = None
        while True:
            line, resume = lines.get_next_linebox(
                context, line_box, position_y, bottom_space, resume, box, absolute_boxes, fixed_boxes, None, None
            )
            if line is None:
                break
            position_y = line.position_y + line.height
            line.resume_at = resume
            new.append(line)
            if resume is None:
                break
            line_box.text_indent = 0
    if context.overflows_page(bottom_space, position_y + box.border_bottom_width + box.padding_bottom):
        return None
    result = box.copy_with_children(new)
    height = max(0, position_y - result.content_box_y()) if new else 0
    result.height = max(min(height, result.max_height), result.min_height)
    return result


REPLACED: dict[Callable[..., Any], Callable[..., Any]] = {original_container: block_container_layout}
