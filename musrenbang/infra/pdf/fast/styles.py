"""Styles: elements that match the same rules under the same parent share what follows from them.

The renderer shares the style of such elements already; here also what stands before and after them (six more styles of
each element, for its mark and for notes that papers lack) and the cascade itself. Pages of one kind share theirs. Which
rules match is asked once for elements of one name and attributes under such parents, but for the few rules that ask for
a place among neighbours.
"""

from collections.abc import Callable
from math import inf
from types import CodeType
from typing import Any

from cssselect2 import Matcher  # type: ignore[import-untyped]
from weasyprint import css
from weasyprint.layout import page

from musrenbang.infra.pdf.carry import CARRIED
from musrenbang.infra.pdf.parts import SATUAN

Key = tuple[Any, ...]
BY_NAME = ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors")
IN_LISTS = ("lang_attr_selectors", "other_selectors")
UNSTYLED = frozenset({SATUAN, CARRIED})
"""Attributes that no rule asks for, each row with its own."""
ANYWHERE = frozenset(
    {"ancestors", "any", "attrib", "classes", "etree_element", "get", "id", "in_html_document", "local_name"}
    | {"lower", "namespace_url", "next", "parent", "tag"}
)
"""What a selector may ask for whose answer is the same for elements of one name and attributes under such parents."""
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
    rules = Rules(sheets)
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        number, matched = rules.matching(wrapper)
        above = id(computed[parent, None]) if wrapper.parent else None
        twin = first.setdefault((above, written.get(element), number), element)
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


class Rules:
    """Which rules of the sheets match the elements of one document."""

    def __init__(self, sheets: Any) -> None:
        self.sheets = [(sheet, origin, weight, *_apart(sheet.matcher)) for sheet, origin, weight in sheets]
        self.chains: dict[Any, tuple[Any, int, list[Any], list[Any]]] = {}
        self.of: dict[Any, Any] = {None: None}
        self.numbers: dict[Key, int] = {}

    def matching(self, wrapper: Any) -> tuple[int, list[Any]]:
        """Return what each rule that matches says, and the number of this set of rules.

        Each is: sheet, weight, declarations, layer, pseudo-element, origin.
        """
        element = wrapper.etree_element
        attributes = tuple([item for item in element.attrib.items() if item[0] not in UNSTYLED])
        key = (self.of[wrapper.parent.etree_element if wrapper.parent else None], element.tag, attributes)
        found = self.chains.get(key)
        if found is None:
            anywhere = [fixed.match(wrapper) for _, _, _, fixed, _ in self.sheets]
            found = self.chains[key] = (len(self.chains), *self._told(anywhere), anywhere)
        chain, number, told, anywhere = found
        self.of[element] = chain
        here = [_here(placed, wrapper) for *_, placed in self.sheets]
        if any(here):
            return self._told([sorted(a + h) for a, h in zip(anywhere, here, strict=True)])
        return number, told

    def _told(self, matches: list[Any]) -> tuple[int, list[Any]]:
        told = []
        for (sheet, origin, sheet_weight, _, _), found in zip(self.sheets, matches, strict=True):
            for weight, _, pseudo, (declarations, layer) in found:
                order = inf if layer is None else sheet.layers.index(layer)
                told.append((sheet, sheet_weight or weight, declarations, order, pseudo, origin))
        key = tuple((id(s), w, id(d), o) for s, w, d, o, _, _ in told)
        return self.numbers.setdefault(key, len(self.numbers)), told


def _apart(rules: Any) -> tuple[Any, Any]:
    """Return the rules that ask for an element and what it stands in, and those that also ask for its neighbours."""
    own = vars(rules)
    if "_parts" not in own:
        own["_parts"] = parts = (Matcher(), Matcher())
        for entries, kept in ((getattr(rules, name), name) for name in (*BY_NAME, *IN_LISTS)):
            for name, some in entries.items() if kept in BY_NAME else ((None, entries),):
                for rule in some:
                    part = getattr(parts[not _names(rule[0].__code__) <= ANYWHERE], kept)
                    (part.setdefault(name, []) if kept in BY_NAME else part).append(rule)
    fixed, placed = own["_parts"]
    return fixed, placed


def _here(placed: Any, wrapper: Any) -> list[Any]:
    """Return the rules about a place that match; mostly there is none for an element of this name."""
    if (
        placed.other_selectors
        or placed.lang_attr_selectors
        or placed.id_selectors
        or placed.class_selectors
        or placed.namespace_selectors
        or wrapper.local_name in placed.lower_local_name_selectors
    ):
        found: list[Any] = placed.match(wrapper)
        return found
    return []


def _names(code: CodeType) -> frozenset[str]:
    """Return what a compiled selector asks an element for."""
    within = [_names(c) for c in code.co_consts if isinstance(c, CodeType)]
    return frozenset(code.co_names).union(*within)


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
