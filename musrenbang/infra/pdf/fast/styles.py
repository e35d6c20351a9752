"""Styles: elements that match the same rules under the same parent share what follows from them.

The renderer shares the style of such elements already; here also what stands before and after them (six more styles of
each element, for its mark and for notes that papers lack) and the cascade itself. Pages of one kind share theirs.
"""

from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from weasyprint import css
from weasyprint.layout import page

Key = tuple[Any, ...]
original_page_styles = page.set_page_type_computed_styles


def init(
    self: Any, html: Any, sheets: Any, presentational_hints: bool, font_config: Any, target_collector: Any
) -> None:
    """Compute the styles of all elements (takes the place of ``StyleFor.__init__``)."""
    cascaded: dict[Any, Any] = {}
    computed: dict[Any, Any] = {}
    self._cascaded_styles, self._computed_styles = cascaded, computed
    self.initial_page_sizes = {"box": None, "area": None}
    self._sheets, self.font_config = sheets, font_config
    compute = {"root": html.etree_element, "base_url": html.base_url, "target_collector": target_collector}
    written = _written_on_elements(html, presentational_hints, cascaded)
    first: dict[Key, Any] = {}
    twins = []
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        matched = list(_matching(sheets, wrapper))
        above = id(computed[parent, None]) if wrapper.parent else None
        key = (above, written.get(element), *((id(s), w, id(d), o) for s, w, d, o, _, _ in matched))
        twin = first.setdefault(key, element)
        if twin is not element:
            computed[element, None] = computed[twin, None]
            twins.append((element, twin))
            continue
        for _, specificity, declarations, order, pseudo, origin in matched:
            style = cascaded.setdefault((element, pseudo), {})
            for name, values, importance in declarations:
                _lay_over(style, name, values, (css.declaration_precedence(origin, importance), order, specificity))
        self.set_computed_styles(element, parent=parent, **compute)
    beside: dict[Any, list[str]] = {}
    for element, pseudo in cascaded:
        if pseudo:
            self.set_computed_styles(element, pseudo_type=pseudo, parent=element, **compute)
            beside.setdefault(element, []).append(pseudo)
    for element, twin in twins:
        for pseudo in beside.get(twin, ()):
            computed[element, pseudo] = computed[twin, pseudo]
    cascaded.clear()


def _written_on_elements(html: Any, hints: bool, cascaded: dict[Any, Any]) -> dict[Any, tuple[Any, ...]]:
    """Begin the cascade with what stands in attributes; return it by element."""
    written = {}
    for specificity, element, declarations, base_url in css.find_style_attributes(
        html.etree_element, hints, html.base_url
    ):
        style = cascaded.setdefault((element, None), {})
        written[element] = tuple(declarations)
        for name, values, importance in css.preprocess_declarations(base_url, declarations):
            _lay_over(style, name, values, (css.declaration_precedence("author", importance), inf, specificity))
    return written


def _matching(sheets: Any, wrapper: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what each rule that matches says: sheet, weight, declarations, layer, pseudo-element, origin."""
    for sheet, origin, sheet_specificity in sheets:
        for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
            order = inf if layer is None else sheet.layers.index(layer)
            yield sheet, sheet_specificity or specificity, declarations, order, pseudo, origin


def _lay_over(style: dict[str, Any], name: str, values: Any, weight: Any) -> None:
    before = style.get(name)
    if before is None or before[1] <= weight:
        style[name] = values, weight


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Compute the styles of a page and its margins; pages of one kind share them where no rule counts pages."""
    known = vars(style_for).setdefault("_page_kinds", {})
    kind = (page_type.side, page_type.blank, page_type.index == 0, page_type.name)
    computed = style_for.get_computed_styles()
    if kind not in known:
        original_page_styles(page_type, html, style_for)
        counted = any(
            s[2].index for sheet, _, _ in style_for._sheets for _, rules, _ in sheet.page_rules for s in rules
        )
        if not counted:
            known[kind] = [(pseudo, style) for (of, pseudo), style in computed.items() if of is page_type]
        return
    for pseudo, style in known[kind]:
        computed[page_type, pseudo] = style


REPLACED: dict[Callable[..., Any], Callable[..., Any]] = {original_page_styles: set_page_type_computed_styles}
METHODS: list[tuple[Any, str, Callable[..., Any]]] = [(css.StyleFor, "__init__", init)]
