"""Drawing: what has no frame and no ground is passed by; the lines of a table are drawn together."""

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background
from weasyprint.pdf.stream import Stream

RADII = tuple(f"border_{v}_{h}_radius" for v in ("top", "bottom") for h in ("left", "right"))
STRAIGHT = dict.fromkeys(RADII, (0, 0))
original_backgrounds = background.layout_box_backgrounds
original_borders = draw.draw_collapsed_borders
original_inline = draw.draw_inline_level
original_color = Stream.set_color
Segment = tuple[float, float, float, float]


def _is_bare(style: Any) -> bool:
    own = vars(style)
    if "_bare" not in own:
        own["_bare"] = (
            all((0, "px") in style[name] for name in RADII)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and background_color(style).alpha == 0
            and all(kind == "none" for kind, _ in style["background_image"])
            and not style["box_shadow"]
        )
    return bool(own["_bare"])


def background_color(style: Any) -> Any:
    """Return the colour of the ground, which may be that of the text."""
    value = style["background_color"]
    return style["color"] if value == "currentcolor" else value


def layout_box_backgrounds(
    page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Find the grounds of a box and of what is in it; one that has none is only told so."""
    if style is not None or box is page or not _is_bare(box.style):
        original_backgrounds(page, box, get_image_from_uri, layout_children, style)
        return
    vars(box).update(STRAIGHT)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)
    box.background = None


def draw_inline_level(
    stream: Any,
    page: Any,
    box: Any,
    offset_x: float = 0,
    text_overflow: str = "clip",
    block_ellipsis: Any = "none",
) -> None:
    """Draw a line; one of a single text without frame or ground is that text."""
    if type(box) is boxes.LineBox and len(box.children) == 1 and box.background is None:
        (child,) = box.children
        if type(child) is boxes.TextBox and vars(box.style).get("_plain"):
            with stream.marked(child, "Span"):
                shift = offset_x + child.position_x - box.position_x
                draw.draw_text(stream, child, shift, box.text_overflow, box.block_ellipsis)
            return
    original_inline(stream, page, box, offset_x, text_overflow, block_ellipsis)


class Colors:
    """What was made of a colour before: its parts as a stream compares them. The colour is kept, so is its address."""

    known: dict[int, tuple[Any, tuple[Any, ...], str]] = {}


def set_color(self: Any, color: Any, stroke: bool = False) -> None:
    """Set the colour of what is drawn next, where it is another than before."""
    found = Colors.known.get(id(color))
    if found is None or found[0] is not color:
        *channels, alpha = color
        found = Colors.known[id(color)] = (color, (color.space, *channels), str(alpha))
    _, parts, alpha = found
    if stroke:
        if self._current_color_stroke == parts and self._current_alpha_stroke == f"A{alpha}":
            return
    elif self._current_color == parts and self._current_alpha == f"a{alpha}":
        return
    original_color(self, color, stroke)


def draw_collapsed_borders(stream: Any, table: Any) -> None:
    """Draw the lines of a table; plain ones of a kind in one path, each as long as it goes on.

    One kind lies over the next as their weights say; within a kind it is all one what is painted first.
    """
    lines = list(_lines(table))
    if any(style != "solid" or color.alpha != 1 for _, (style, _, color), _, _ in lines):
        original_borders(stream, table)
        return
    kinds: dict[Any, list[tuple[bool, Segment]]] = {}
    known: dict[Any, Any] = {}
    for score, (_, width, color), upright, segment in lines:
        kind = (score, width, color.space, *color)
        known[kind] = (width, color)
        kinds.setdefault(kind, []).append((upright, segment))
    for kind in sorted(kinds, key=lambda kind: kind[0]):
        width, color = known[kind]
        with stream.artifact(), stream.stacked():
            stream.set_color(color, stroke=True)
            stream.set_line_width(width)
            for x1, y1, x2, y2 in _joined(kinds[kind]):
                stream.move_to(x1, y1)
                stream.line_to(x2, y2)
            stream.stroke()


def _joined(segments: list[tuple[bool, Segment]]) -> Iterator[Segment]:
    """Yield the segments with those that touch on one line made one."""
    rows: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    for upright, (x1, y1, x2, y2) in segments:
        rows.setdefault((upright, x1 if upright else y1), []).append((y1, y2) if upright else (x1, x2))
    for (upright, across), spans in rows.items():
        spans.sort()
        start, end = spans[0]
        for a, b in [*spans[1:], (float("inf"), 0.0)]:
            if a <= end:
                end = max(end, b)
                continue
            yield (across, start, across, end) if upright else (start, across, end, across)
            start, end = a, b


def _lines(table: Any) -> Iterator[tuple[Any, Any, bool, Segment]]:
    """Yield each piece of line: score, (style, width, colour), upright or not, from where to where.

    As the renderer finds them: a piece goes half the width of the widest line that crosses it beyond its end.
    """
    rows = [row for group in table.children for row in group.children]
    if not rows or not table.column_widths:
        return
    upright, level = _shown_borders(table, len(rows))
    across, down = len(table.column_widths), len(rows)
    columns = [*table.column_positions, table.column_positions[-1] + table.column_widths[-1]]
    heights = [*(row.position_y for row in rows), rows[-1].position_y + rows[-1].height]

    def half(grid: Any, cells: tuple[tuple[int, int], ...], height: int, width: int) -> float:
        return max([grid[y][x][1][1] for y, x in cells if 0 <= y < height and 0 <= x < width], default=0) / 2

    for y in range(down + 1):
        hidden = (y == 0 and table.skip_cell_border_top) or (y == down and table.skip_cell_border_bottom)
        for x in range(across):
            score, border = level[y][x]
            if border[1] and border[2].alpha and not hidden:
                before = half(upright, ((y - 1, x), (y, x)), down, across + 1)
                after = half(upright, ((y - 1, x + 1), (y, x + 1)), down, across + 1)
                yield score, border, False, (columns[x] - before, heights[y], columns[x + 1] + after, heights[y])
    for y in range(down):
        for x in range(across + 1):
            score, border = upright[y][x]
            if border[1] and border[2].alpha:
                top, bottom = heights[y], heights[y + 1]
                if y or not table.skip_cell_border_top:
                    top -= half(level, ((y, x - 1), (y, x)), down + 1, across)
                if y != down - 1 or not table.skip_cell_border_bottom:
                    bottom += half(level, ((y + 1, x - 1), (y + 1, x)), down + 1, across)
                yield score, border, True, (columns[x], top, columns[x], bottom)


def _shown_borders(table: Any, down: int) -> tuple[list[Any], list[Any]]:
    """Return the upright and the level borders of the rows on this page: heading, then where its body begins, foot."""
    upright, level = table.collapsed_border_grid
    head = len(table.children[0].children) if table.children[0].is_header else 0
    foot = len(table.children[-1].children) if table.children[-1].is_footer else 0
    skipped = table.skipped_rows - head if table.skipped_rows else 0
    at_foot = len(upright) - down

    def row(y: int, more: int) -> int:
        if head and y < head + more:
            return y
        return y + (at_foot if foot and y >= down - foot else skipped)

    return [upright[row(y, 0)] for y in range(down)], [level[row(y, 1)] for y in range(down + 1)]


REPLACED: dict[Callable[..., Any], Callable[..., Any]] = {
    original_backgrounds: layout_box_backgrounds,
    original_borders: draw_collapsed_borders,
    original_inline: draw_inline_level,
}
METHODS: list[tuple[Any, str, Callable[..., Any]]] = [(Stream, "set_color", set_color)]
