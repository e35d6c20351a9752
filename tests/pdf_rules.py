"""What a paper must be, to be kept (PDF/A-3, ISO 19005-3:2012) and read out (PDF/UA-1, ISO 14289-1:2014).

Each check is named by the clause that it stands for. A validator checks more; what is checked here is what our own making
(laying out in pieces, joining, stamping, attaching) could spoil. Clause 6.6.4, that the file says it conforms, is left out
on purpose: no validator has judged it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf

from tests.papers import holes_in

Check = Callable[[Pdf, bytes], Iterator[str]]
RULES: dict[str, Check] = {}
READ = 3
"""So many pages of a paper are read mark by mark: the first, the last, and one between."""
DC = "{http://purl.org/dc/elements/1.1/}"
STANDARD = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Figure",
    "Formula",
    "Form",
}


def rule(clause: str) -> Callable[[Check], Check]:
    def named(check: Check) -> Check:
        RULES[clause] = check
        return check

    return named


def broken_rules(content: bytes) -> list[str]:
    """Return "clause: what is wrong" of a paper; [] of a good one."""
    with Pdf.open(BytesIO(content)) as pdf:
        return [f"{clause}: {fault}" for clause, check in RULES.items() for fault in check(pdf, content)]


def judged(name: str, content: bytes) -> list[str]:
    """Return what is wrong with a paper as a file: how it is made, and lines torn open."""
    return [f"{name}: {fault}" for fault in (*broken_rules(content), *holes_in(content))]


def _objects(pdf: Pdf) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, Dictionary | pikepdf.Stream))


def _named(pdf: Pdf, kind: str) -> Iterator[Any]:
    return (o for o in _objects(pdf) if o.get("/Type") == Name(f"/{kind}"))


@rule("19005-3 6.1.2 header")
def header(pdf: Pdf, content: bytes) -> Iterator[str]:
    first, second = content.split(b"\n", 2)[:2]
    if not (first.startswith(b"%PDF-1.") and second[:1] == b"%" and all(b > 127 for b in second[1:5])):
        yield f"begins {content[:20]!r}"


@rule("19005-3 6.1.3 trailer")
def trailer(pdf: Pdf, content: bytes) -> Iterator[str]:
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "no ID"
    if pdf.is_encrypted:
        yield "encrypted"


@rule("19005-3 6.1.7 streams")
def streams(pdf: Pdf, content: bytes) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream):
            if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys()):
                yield "a stream outside the file"
            if "LZW" in str(one.get("/Filter", "")):
                yield "LZW"


@rule("19005-3 6.2.3 output intent")
def intent(pdf: Pdf, content: bytes) -> Iterator[str]:
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.S == Name.GTS_PDFA1]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    if (data[36:40], data[16:20], int(profile.N)) != (b"acsp", b"RGB ", 3) or data[8] > 4:
        yield "no RGB profile"


@rule("19005-3 6.2.4 colours")
def colours(pdf: Pdf, content: bytes) -> Iterator[str]:
    if any("DeviceCMYK" in str(o.get("/ColorSpace", "")) for o in _objects(pdf)):
        yield "CMYK colours beside an RGB intent"
    for page, (_, operator) in _marks(pdf):
        if operator in {"k", "K"}:
            yield f"CMYK colours on page {page}"


@rule("19005-3 6.2.5 graphics states, 6.2.10 blend modes")
def graphics(pdf: Pdf, content: bytes) -> Iterator[str]:
    for page in pdf.pages:
        for state in page.obj.Resources.get("/ExtGState", {}).values():
            if {"/TR", "/TR2", "/HTP"} & set(state.keys()) or state.get("/BM", Name.Normal) != Name.Normal:
                yield f"graphics state {list(state.keys())}"


@rule("19005-3 6.2.8 images, 6.2.9 objects")
def images(pdf: Pdf, content: bytes) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") in {Name.Image, Name.Form, Name.PS}:
            if one.get("/Interpolate") is True or {"/Alternates", "/OPI", "/Ref"} & set(one.keys()):
                yield f"{one.Subtype} {list(one.keys())}"
            if one.Subtype == Name.PS:
                yield "PostScript"


@rule("19005-3 6.2.11 fonts (14289-1 7.21)")
def fonts(pdf: Pdf, content: bytes) -> Iterator[str]:
    for font in _named(pdf, "Font"):
        if font.Subtype == Name.Type0:
            derived = font.DescendantFonts[0]
            if not {"/FontFile2", "/FontFile3"} & set(derived.FontDescriptor.keys()):
                yield f"{font.BaseFont} is not in the file"
            if derived.Subtype == Name.CIDFontType2 and "/CIDToGIDMap" not in derived:
                yield f"{font.BaseFont} does not tell its glyphs"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} does not tell its letters"
        elif not str(font.Subtype).startswith("/CIDFont"):
            yield f"a font of the kind {font.Subtype}"


@rule("19005-3 6.2.11.8 no missing glyph")
def glyphs(pdf: Pdf, content: bytes) -> Iterator[str]:
    for page, (operands, operator) in _marks(pdf):
        if operator in {"Tj", "TJ"}:
            parts = operands[0] if operator == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            if any(codes[i : i + 2] == b"\0\0" for i in range(0, len(codes), 2)):
                yield f"a letter without a glyph on page {page}"


@rule("19005-3 6.3 annotations, 6.5 actions")
def actions(pdf: Pdf, content: bytes) -> Iterator[str]:
    if {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys()) or "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "something runs"
    for note in _named(pdf, "Annot"):
        if note.Subtype != Name.Link or not int(note.get("/F", 0)) & 4:
            yield f"{note.Subtype} is not printed"


@rule("19005-3 6.6.2 metadata, 6.6.3 that agree (14289-1 7.1)")
def metadata(pdf: Pdf, content: bytes) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "no metadata"
        return
    if "/Filter" in stream:
        yield "metadata are packed"
    root = etree.fromstring(stream.read_bytes())
    told = {
        "/Title": _told(root, f"{DC}title"),
        "/Author": _told(root, f"{DC}creator"),
        "/Producer": _told(root, "{http://ns.adobe.com/pdf/1.3/}Producer"),
        "/Creator": _told(root, "{http://ns.adobe.com/xap/1.0/}CreatorTool"),
    }
    for key, value in told.items():
        if not value or value != str(pdf.docinfo.get(key)):
            yield f"{key} is {pdf.docinfo.get(key)} and {value}"
    if doubled := re.search(r"\b(\w+) \1\b", told["/Title"]):
        yield f"the title says {doubled[0]}"
    if set(pdf.docinfo.keys()) - told.keys():
        yield f"{list(pdf.docinfo.keys())}"


def _told(root: Any, name: str) -> str:
    return "".join(root.find(f".//{name}").itertext()).strip()


@rule("19005-3 6.7 tagged (14289-1 7.1, 7.2)")
def tagged(pdf: Pdf, content: bytes) -> Iterator[str]:
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked") or pdf.Root.MarkInfo.get("/Suspects"):
        yield "not marked as tagged"
    if str(pdf.Root.get("/Lang", "")) != "id":
        yield "no language"
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the viewer shows the name of the file"
    kinds = {str(e.S)[1:] for e in _elements(pdf)}
    if strange := kinds - STANDARD:
        yield f"kinds of elements {strange}"


@rule("19005-3 6.8 attached files")
def attached(pdf: Pdf, content: bytes) -> Iterator[str]:
    specs = {o.objgen for o in pdf.Root.get("/AF", [])}
    for name, spec in pdf.attachments.items():
        one, file = spec.obj, spec.obj.EF.UF
        if one.objgen not in specs:
            yield f"{name} is not among the associated files"
        if one.get("/AFRelationship") not in {Name.Source, Name.Data} or not one.get("/Desc"):
            yield f"{name} does not tell what it is"
        if (one.get("/F"), one.get("/UF")) != (name, name) or "/Subtype" not in file:
            yield f"{name} has another name or no type"
        if "/ModDate" not in file.Params or bytes(file.Params.CheckSum) != _sum_of(file.read_bytes()):
            yield f"{name} does not tell when it was made, or its sum"
    if len(specs) != len(pdf.attachments):
        yield "associated files that are not attached"


def _sum_of(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


@rule("14289-1 7.1 everything is read out or an artifact")
def read_out(pdf: Pdf, content: bytes) -> Iterator[str]:
    depth: dict[int, int] = {}
    for page, (_, operator) in _marks(pdf):
        if operator in {"BDC", "BMC"}:
            depth[page] = depth.get(page, 0) + 1
        elif operator == "EMC":
            depth[page] -= 1
        elif operator in {"Tj", "TJ", "Do", "S", "f", "f*", "B"} and not depth.get(page):
            yield f"{operator} on page {page} belongs to nothing"


@rule("14289-1 7.3 figures")
def figures(pdf: Pdf, content: bytes) -> Iterator[str]:
    for one in _elements(pdf):
        if Name.Figure == one.S and not str(one.get("/Alt", one.get("/ActualText", ""))):
            yield "a picture without words"


@rule("14289-1 7.4 headings")
def headings(pdf: Pdf, content: bytes) -> Iterator[str]:
    before = 0
    for one in _in_order(pdf.Root.StructTreeRoot):
        kind = str(one.S)
        if kind[:2] == "/H" and kind[2:].isdigit():
            if int(kind[2:]) > before + 1:
                yield f"{kind[1:]} after H{before}"
            before = int(kind[2:])


@rule("14289-1 7.5 tables")
def tables(pdf: Pdf, content: bytes) -> Iterator[str]:
    for one in _elements(pdf):
        if one.S == Name.TR and {str(c.S) for c in _children(one)} - {"/TH", "/TD"}:
            yield "a row of something else than cells"
        if one.S == Name.TH and not (_of_table(one, "/Scope") or one.get("/ID")):
            yield "a heading that does not tell of what"


def _of_table(element: Any, key: str) -> Any:
    given = element.get("/A", {})
    for one in given if isinstance(given, Array) else [given]:
        if key in one:
            return one[key]
    return None


def _elements(pdf: Pdf) -> Iterator[Any]:
    return (o for o in _objects(pdf) if "/S" in o and "/P" in o and "/K" in o)


def _children(element: Any) -> Iterator[Any]:
    within = element.get("/K", [])
    for child in within if isinstance(within, Array) else [within]:
        if isinstance(child, Dictionary) and "/S" in child:
            yield child


def _in_order(element: Any) -> Iterator[Any]:
    for child in _children(element):
        yield child
        yield from _in_order(child)


def _marks(pdf: Pdf) -> Iterator[tuple[int, tuple[Any, str]]]:
    """Yield (page, (operands, operator)) of the pages that are read mark by mark; read once a file."""
    key = id(pdf)
    if _READ.get("pdf") != key:
        pages = sorted({0, len(pdf.pages) // 2, len(pdf.pages) - 1})[:READ]
        marks = [
            (n, (list(i.operands), str(i.operator))) for n in pages for i in pikepdf.parse_content_stream(pdf.pages[n])
        ]
        _READ.update(pdf=key, marks=marks)
    yield from _READ["marks"]


_READ: dict[str, Any] = {}
