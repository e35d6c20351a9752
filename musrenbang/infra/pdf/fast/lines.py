"""Lines and sizes: the short way through layout for what tables consist of, a line of one text beside no float."""

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, percent

SIDES = ("top", "right", "bottom", "left")
SPACING = tuple(f"{what}_{side}" for what in ("margin", "padding") for side in SIDES)
SIZES = (*SPACING, "width", "min_width", "max_width", "height", "min_height", "max_height")
BORDERS = tuple(f"border_{side}_width" for side in SIDES)
Line = tuple[Any, Any]
original_line = inline.get_next_linebox
original_percentages = percent.resolve_percentages
original_leader = inline.handle_leader


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used sizes of a box; boxes of one style in containers of one size have the same."""
    style = box.style
    if isinstance(containing_block, boxes.Box):
        size = (containing_block.width, containing_block.height)
    else:
        size = tuple(containing_block)
    own = vars(style)
    kept = own.get("_sizes")
    if kept is None:
        kept = own["_sizes"] = {}
    # A style that is written to after it was used (a cell's height, an item of a grid) has other sizes from then on.
    key = (
        size,
        isinstance(box, boxes.PageBox),
        style["width"],
        style["height"],
        style["min_width"],
        style["max_width"],
    )
    found = kept.get(key)
    if found is None:
        original_percentages(box, containing_block)
        if style["box_sizing"] == "content-box":
            kept[key] = ({name: getattr(box, name) for name in SIZES}, {name: style[name] for name in BORDERS})
        return
    sizes, borders = found
    used = vars(box)
    used.update(sizes)
    if style["border_collapse"] == "collapse":
        for name, width in borders.items():
            used.setdefault(name, width)
    else:
        used.update(borders)


def _is_plain(box: Any, child: Any) -> bool:
    """Tell whether a line box has nothing but its text: no spacing, shift or frame, left to right."""
    style, text = box.style, child.style
    own = vars(style)
    if "_plain" not in own:
        own["_plain"] = (
            style["direction"] == "ltr"
            and style["position"] == "static"
            and style["box_decoration_break"] != "clone"
            and not any(style[name].value for name in SPACING)
            and not any(style[name] for name in BORDERS)
        )
    ours = vars(text)
    if "_plain_text" not in ours:
        ours["_plain_text"] = (
            text["vertical_align"] == "baseline"
            and text["position"] == "static"
            and text["float"] == "none"
            and text["white_space"] == "normal"
            and not any(text[name].value for name in SPACING)
            and not any(text[name] for name in BORDERS)
        )
    return bool(own["_plain"] and ours["_plain_text"])


def get_next_linebox(
    context: Any,
    linebox: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    first_letter_style: Any,
    first_line_style: Any,
) -> Line:
    """Return the next line and where the one after it begins, as the renderer's function of this name does."""
    child = linebox.children[0] if len(linebox.children) == 1 else None
    plain = type(child) is boxes.TextBox and not (first_letter_style or first_line_style or linebox.is_leader)
    if (
        not plain
        or context.excluded_shapes
        or containing_block.style["direction"] != "ltr"
        or not _is_plain(linebox, child)
    ):
        arguments = (containing_block, absolute_boxes, fixed_boxes, first_letter_style, first_line_style)
        whole: Line = original_line(context, linebox, position_y, bottom_space, skip_stack, *arguments)
        return whole
    skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
    if skip_stack == "continue":
        return None, None
    (skip,) = skip_stack[0] if skip_stack and skip_stack[0] else (0,)
    left = containing_block.content_box_x()
    right = left + containing_block.width
    width = right - left
    linebox.position_x, linebox.position_y = left, position_y
    new, resume, preserved = _split(context, linebox, child, right * (1 + 1e-9), skip, containing_block)
    if new is None:
        arguments = (containing_block, absolute_boxes, fixed_boxes, None, None)
        whole = original_line(context, linebox, position_y, bottom_space, skip_stack, *arguments)
        return whole  # noqa: RET504 -- typed
    line = linebox.copy_with_children([new])
    line.remove_decoration(start=skip_stack is not None, end=resume is not None)
    line.width = new.position_x + new.margin_width() - line.content_box_x()
    inline._adjust_line_height(line)
    linebox.width, linebox.height = line.width, line.height
    if new.text.endswith(" "):
        inline.remove_last_whitespace(context, line)
    offset = inline.text_align(context, line, width, last=resume is None or preserved)
    _place(line, new, offset, position_y)
    return line, None if resume is None else {0: {resume: None}}


def _split(
    context: Any, linebox: Any, child: Any, right: float, skip: int, containing_block: Any
) -> tuple[Any, int | None, Any]:
    """Return the text box of the line, the byte that the next one begins with, and whether a break was written."""
    position_x = linebox.position_x + linebox.text_indent
    child.position_y = linebox.position_y
    resolve_percentages(child, containing_block)
    child.position_x = position_x
    result: tuple[Any, int | None, Any] = inline.split_text_box(
        context, child, right - position_x, skip, is_line_start=True
    )
    return result


def _place(line: Any, text: Any, offset: float, position_y: float) -> None:
    """Put the line with its text at its height, as ``line_box_verticality`` finds it for one text on the baseline."""
    top = 0 - text.baseline
    bottom = top + text.margin_height()
    text.position_y = top
    own = 0 - line.baseline
    top = min(top, own)
    bottom = max(bottom, own + line.margin_height())
    line.baseline = -top
    line.position_y = top
    line.height = bottom - top
    line.margin_top = line.margin_bottom = 0
    line.translate(offset, position_y - top)
    line.position_y = position_y


def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
    """Lay out the dots of a line; a line of texts alone has none."""
    if any(child.is_leader or isinstance(child, boxes.ParentBox) for child in line.children):
        original_leader(context, line, containing_block)


REPLACED: dict[Callable[..., Any], Callable[..., Any]] = {
    original_line: get_next_linebox,
    original_percentages: resolve_percentages,
    original_leader: handle_leader,
}
