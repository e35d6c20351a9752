"""What stands around the text of each page: laid out once for each kind of page, not once a page.

The pages of a paper are of few kinds (the first, upright ones, wide ones) and differ in their number alone. So the
template of the frame gets one page of each kind, all with the number of page 1, and a list of the numbers of all pages.
Each page is then stamped with what its kind shows, less the number, and with its own number in that place.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import html
from lxml.html import HtmlElement, builder
from pikepdf import ContentStreamInstruction, Matrix, Name, Operator, Page, Pdf, parse_content_stream
from pikepdf import unparse_content_stream as unparse

NUMBER = "nomor-halaman"
"""The class of the element that says how a page is numbered: a text with ``{x}`` and ``{y}``."""
PAINT = frozenset({"gs", "rg", "g", "k", "cs", "sc", "scn"})
SHOW = frozenset({"Tj", "TJ"})


class Shown(NamedTuple):
    """A piece of text on a page: which instruction shows it, its font and paint, where it stands."""

    at: int
    font: ContentStreamInstruction
    paint: dict[str, ContentStreamInstruction]
    around: Matrix
    place: Matrix
    text: ContentStreamInstruction

    @property
    def said(self) -> tuple[str, str]:
        """What tells it from other texts: its font and its glyphs."""
        return str(list(self.font.operands)), str(list(self.text.operands))


def kinds(wide: list[bool]) -> list[tuple[bool, bool]]:
    """Return the kinds of pages there are (first or not, wide or not), in the order in which they come."""
    return list(dict.fromkeys((not i, w) for i, w in enumerate(wide)))


def with_pages(content: str, wide: list[bool]) -> HtmlElement:
    """Return the tree of a frame with a page for each kind that the pages are of, and the list of their numbers."""
    root = html.document_fromstring(content)
    (number,) = root.find_class(NUMBER)
    form = number.text
    numbers = [form.format(x=i, y=len(wide)) for i in range(1, len(wide) + 1)]
    number.text = numbers[0]
    root.body.extend(builder.DIV({"class": f"bagian {'lebar' if w else 'tegak'}"}) for _, w in kinds(wide))
    root.body.append(builder.DIV({"class": "bagian gulungan"}, *(builder.P(n) for n in numbers)))
    return root


def stamp(pdf: Pdf, frame: Pdf, wide: list[bool]) -> None:
    """Draw the frame over each page, outside the tags: it is no part of what is read out.

    Raises RuntimeError when the renderer draws numbers in another way than this module reads.
    """
    sorts = kinds(wide)
    pages = list(frame.pages)
    lists = [list(_shown(parse_content_stream(page))) for page in pages[len(sorts) :]]
    size = str(lists[0][0].font.operands[1])
    rolled = [
        (page, s) for page, many in zip(pages[len(sorts) :], lists, strict=True) for s in many if _size(s) == size
    ]
    if len(rolled) != len(wide):
        raise RuntimeError(f"{len(rolled)} page numbers were drawn for {len(wide)} pages")
    first = rolled[0][1]
    found = {sort: _without_number(pdf, frame, page, first) for sort, page in zip(sorts, pages, strict=False)}
    fonts: dict[Any, Any] = {}
    for i, (page, (source, one)) in enumerate(zip(pdf.pages, rolled, strict=True)):
        sort = (not i, wide[i])
        around, number = found[sort]
        _draw(page, around, f"/Bingkai{sorts.index(sort)}")
        if source.obj.objgen not in fonts:
            fonts[source.obj.objgen] = pdf.copy_foreign(source.obj.Resources)
        _draw(page, _numbered(pdf, fonts[source.obj.objgen], page, number, one, first), f"/Nomor{i}")


def _size(shown: Shown) -> str:
    return str(shown.font.operands[1])


def _without_number(pdf: Pdf, frame: Pdf, page: Page, first: Shown) -> tuple[Any, Shown]:
    """Return what a kind of page shows but its number, to be drawn over pages of ``pdf``, and the number."""
    instructions = list(parse_content_stream(page))
    same = [s for s in _shown(instructions) if s.said == first.said]
    if len(same) != 1:
        raise RuntimeError(f"the number of a page was found {len(same)} times")
    del instructions[same[0].at]
    page.obj.Contents = frame.make_stream(unparse(instructions))
    return pdf.copy_foreign(page.as_form_xobject()), same[0]


def _numbered(pdf: Pdf, resources: Any, page: Page, number: Shown, one: Shown, first: Shown) -> Any:
    """Return the number of a page, as far from that of page 1 as it stands in the list, and no higher or lower."""
    a, b, c, d, e, f = number.place.shorthand
    place = Matrix(a, b, c, d, e + one.place.e - first.place.e, f) @ number.around
    show = [
        *number.paint.values(),
        ContentStreamInstruction([], Operator("BT")),
        ContentStreamInstruction(list(place.shorthand), Operator("Tm")),
        number.font,
        one.text,
        ContentStreamInstruction([], Operator("ET")),
    ]
    form = pdf.make_stream(unparse(show))
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, page.mediabox, resources
    return form


def _draw(page: Page, form: Any, called: str) -> None:
    """Draw a form over a page by a name of its own: pages share their names, and a drawn one differs each time."""
    name = page.add_resource(form, Name.XObject, Name(called))
    page.contents_add(f"\n/Artifact BMC\nq\n{name} Do\nQ\nEMC\n".encode())


def _shown(instructions: Any) -> Iterator[Shown]:
    """Yield each piece of text with what holds for it."""
    around, place, font, paint = Matrix(), Matrix(), None, dict[str, Any]()
    kept: list[Any] = []
    for index, instruction in enumerate(instructions):
        what = str(instruction.operator)
        if what == "q":
            kept.append((around, font, dict(paint)))
        elif what == "Q":
            around, font, paint = kept.pop()
        elif what == "cm":
            around = Matrix(*map(float, instruction.operands)) @ around
        elif what == "Tm":
            place = Matrix(*map(float, instruction.operands))
        elif what == "Tf":
            font = instruction
        elif what in PAINT:
            paint[what] = instruction
        elif what in SHOW and font is not None:
            yield Shown(index, font, dict(paint), around, place, instruction)
