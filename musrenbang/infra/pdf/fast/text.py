"""Text: what is known of a style, of a line and of its glyphs is kept instead of asked for again.

The renderer makes a Pango context, a font description and a list of attributes for every line, once to find where the
line ends and once more to draw it; half of the lines of a table say what another cell of that width said.
"""

from collections.abc import Callable
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import font_features

KEPT = 20_000
"""So many lines are kept, then none: about 10 MB."""
GLYPH_BYTES = 20
SHAPING = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning", "lang", "direction"),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric", "tab_size"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("font_language_override", "white_space", "overflow_wrap", "word_break", "letter_spacing", "word_spacing"),
    *("hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "text_decoration_line"),
)
"""Everything of a style that decides where a line ends and what its glyphs are."""

Runs = list[tuple[str, float, str]]
original_setup = line_break.Layout.setup
original_set_text = line_break.Layout.set_text
original_split = line_break.split_first_line
original_strut = line_break.strut
original_draw = drawing.draw_text


class Shaping:
    """What all styles share that shape text alike: the Pango objects that a layout of theirs begins with."""

    known: dict[tuple[int, str], "Shaping"] = {}

    def __init__(self, number: int, style: Any) -> None:
        self.number, self.fonts = number, style.font_config
        layout = line_break.Layout.__new__(line_break.Layout)
        original_setup(layout, style)
        self.decoration = {k: v for k, v in vars(layout).items() if k not in {"layout", "style", "language"}}
        self.language, self.description = layout.language, line_break.get_font_description(style)
        self.context = ffi.gc(pango.pango_font_map_create_context(self.fonts.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(self.context, False)
        pango.pango_context_set_base_dir(self.context, PANGO_DIRECTION[style["direction"]])
        if style["lang"] or style["font_language_override"] != "normal":
            pango.pango_context_set_language(self.context, self.language)
        self.spaced = bool(style["word_spacing"]) or style["letter_spacing"] not in {"normal", 0}
        self.unbroken = style["overflow_wrap"] in {"anywhere", "break-word"}
        names: tuple[str, ...] = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric")
        names += ("variant_alternates", "variant_east_asian", "feature_settings")
        features = font_features(*(style[f"font_{n}"] for n in names))
        self.features = ",".join(f"{k} {v}" for k, v in features.items()).encode()
        self.attributes = self.attribute_list(whole=True)

    def attribute_list(self, *, whole: bool) -> Any:
        """Return a new list; ``whole``: with the attribute that the renderer adds to each text by itself."""
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        if self.features:
            pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(self.features))
        if whole and self.unbroken:
            pango.pango_attr_list_change(attributes, pango.pango_attr_insert_hyphens_new(False))
        return attributes


def shaping(style: Any) -> Shaping:
    """Return what is shared by all styles that shape text like this one."""
    own = vars(style)
    found: Shaping | None = own.get("_shaping")
    if found is None:
        key = (id(style.font_config), repr([style[k] for k in SHAPING]))
        found = Shaping.known.get(key)
        if found is None:
            found = Shaping.known[key] = Shaping(len(Shaping.known), style)
        own["_shaping"] = found
    return found


def setup(self: Any, style: Any) -> None:
    """Begin a layout with what its style shares (takes the place of ``Layout.setup``)."""
    shared = shaping(style)
    vars(self).update(shared.decoration)
    self.style, self.language = style, shared.language
    self.layout = ffi.gc(pango.pango_layout_new(shared.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, shared.description)
    pango.pango_layout_set_attributes(self.layout, shared.attributes)


def set_text(self: Any, text: str, justify: bool = False) -> None:
    """Give a layout its text; one with spacing of its own gets a list of attributes of its own."""
    shared = shaping(self.style)
    if shared.spaced or "\n" in text or "\t" in text or (justify and self.justification_spacing):
        # Pango keeps an equal list that it has; without this the shared one would be written to.
        pango.pango_layout_set_attributes(self.layout, ffi.NULL)
        pango.pango_layout_set_attributes(self.layout, shared.attribute_list(whole=False))
        original_set_text(self, text, justify)
        return
    self.text = text
    pango.pango_layout_set_text(self.layout, text.replace("\0", "").encode(), -1)


class Lines:
    """The lines that were split before, by style, text and width."""

    kept: dict[tuple[Any, ...], tuple[Any, ...]] = {}


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """Return what the renderer's function of this name returns, from what it returned before where it can."""
    if justification_spacing:
        whole: tuple[Any, ...] = original_split(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
        return whole
    shared = shaping(style)
    key = (shared.number, text, max_width, is_line_start, minimum)
    found = Lines.kept.get(key)
    if found is None:
        layout, *rest = original_split(text, style, context, max_width, 0, is_line_start, minimum)
        if len(Lines.kept) >= KEPT:
            Lines.kept.clear()
        Lines.kept[key] = (layout.text, layout.first_line_direction, layout.max_width, tuple(rest))
        return (layout, *rest)
    layout = line_break.Layout.__new__(line_break.Layout)
    vars(layout).update(shared.decoration)
    layout.text, layout.first_line_direction, layout.max_width, rest = found
    layout.justification_spacing = 0
    return (layout, *rest)


def strut(style: Any) -> tuple[float, float]:
    """Return height and baseline of a line of this style (found once for each style)."""
    own = vars(style)
    if "_strut" not in own:
        own["_strut"] = original_strut(style)
    found: tuple[float, float] = own["_strut"]
    return found


class Drawn:
    """The glyphs that were drawn before in the document that is being drawn, by style and text."""

    fonts: Any = None
    kept: dict[tuple[Any, ...], Runs | None] = {}


def draw_text(stream: Any, box: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
    """Draw a line; only a plain one is drawn here, and its glyphs are asked for once a document."""
    style, layout = box.style, box.pango_layout
    if (
        text_overflow != "clip"
        or block_ellipsis != "none"
        or style["visibility"] != "visible"
        or style["text_decoration_line"] != "none"
        or style["font_size"] < 1
    ):
        original_draw(stream, box, offset_x, text_overflow, block_ellipsis)
        return
    if Drawn.fonts is not stream._fonts:
        Drawn.fonts, Drawn.kept = stream._fonts, {}
    key = (shaping(style).number, layout.text, layout.justification_spacing)
    if key not in Drawn.kept:
        layout.reactivate(style)
        Drawn.kept[key] = _runs(stream, style, layout)
        layout.deactivate()
    runs = Drawn.kept[key]
    if runs is None:
        original_draw(stream, box, offset_x, text_overflow, block_ellipsis)
        return
    stream.set_color(style["color"])
    stream.begin_text()
    if box.text.strip():
        stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
        for name, size, glyphs in runs:
            stream.set_font_size(name, size)
            stream.show_text(glyphs)
    stream.end_text()


def _runs(stream: Any, style: Any, layout: Any) -> Runs | None:
    """Return font, size and glyphs of each run of the line; None where it needs more than glyphs side by side."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    first_line, _ = layout.get_first_line()
    runs: Runs = []
    text, run, previous = layout.text.encode(), first_line.runs[0], None
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        if pango_font != previous:
            previous = pango_font
            font, size = stream.add_font(pango_font)
            if font.png or font.svg or font.colr or font.bitmap:
                return None
            if pango.pango_version() < 14802:
                size = style["font_size"]
            runs.append((font.hash, size, ""))
        glyphs = _glyphs(stream, pango_font, font, size, item, text)
        if glyphs is None:
            return None
        name, size, before = runs[-1]
        runs[-1] = (name, size, before + glyphs)
    return runs


def _glyphs(stream: Any, pango_font: Any, font: Any, size: float, item: Any, text: bytes) -> str | None:
    """Return the glyphs of a run as PDF shows them, with their distances; None where one is missing or lifted."""
    count, clusters = item.glyphs.num_glyphs, item.glyphs.log_clusters
    numbers = memoryview(ffi.buffer(item.glyphs.glyphs, count * GLYPH_BYTES)).cast("i")
    widths, known = font.widths, font.to_unicode
    parts = ["<"]
    for i in range(count):
        glyph, width, x_offset, y_offset = numbers[5 * i : 5 * i + 4]
        if glyph < 0 or glyph >= pango.PANGO_GLYPH_EMPTY or y_offset:
            return None
        if glyph not in known:
            ends = clusters[i + 1] if i + 1 < count else item.item.length
            if item.item.analysis.level % 2:
                return None
            start = item.item.offset
            known[glyph] = text[start + clusters[i] : start + ends].decode()
        offset = x_offset / size
        if offset:
            parts.append(f">{-offset}<")
        parts.append(f"{glyph:04x}")
        if glyph not in widths:
            pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
            widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        distance = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
        if distance:
            parts.append(f">{int(distance)}<")
    if parts[-1].endswith("<"):
        parts[-1] = parts[-1][:-1]
        return "".join(parts)
    return "".join(parts) + ">"


REPLACED: dict[Callable[..., Any], Callable[..., Any]] = {
    original_split: split_first_line,
    original_strut: strut,
    original_draw: draw_text,
}
METHODS = [(line_break.Layout, "setup", setup), (line_break.Layout, "set_text", set_text)]
