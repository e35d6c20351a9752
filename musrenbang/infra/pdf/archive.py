"""What a paper carries for machines: its own data as attached files, what its colours mean, what it says of itself.

The form is that of PDF/A-3 (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), but no paper claims to conform to them (no
``pdfaid`` or ``pdfuaid``): that would have to be judged by a validator, and none was at hand.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

XMP = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
SRGB = "sRGB IEC61966-2.1"


@dataclass(frozen=True)
class Attachment:
    """A file that a paper carries.

    ``relation``: what it is to the paper: "Source" (it was printed from this) or "Data" (its table to reckon with).
    ``changed``: when it became what it is, as PDF writes times.
    """

    name: str
    mime: str
    description: str
    relation: str
    changed: str
    content: bytes


def pack(attached: Iterable[Attachment]) -> bytes:
    """Return attachments as they pass to the worker."""
    return json.dumps([asdict(one) | {"content": base64.b64encode(one.content).decode()} for one in attached]).encode()


def unpack(packed: bytes) -> list[Attachment]:
    """Return the attachments that ``pack`` wrote."""
    return [Attachment(**one | {"content": base64.b64decode(one["content"])}) for one in json.loads(packed)]


def complete(pdf: Pdf, attached: Iterable[Attachment]) -> None:
    """Attach the files, and say in the document what it is and what its colours are."""
    specs = []
    for one in attached:
        spec = AttachedFileSpec(
            pdf,
            one.content,
            filename=one.name,
            mime_type=one.mime,
            description=one.description,
            relationship=Name(f"/{one.relation}"),
            mod_date=one.changed,
        )
        pdf.attachments[one.name] = spec
        specs.append(spec.obj)
    if specs:
        pdf.Root.AF = Array(specs)
    pdf.Root.Metadata = pdf.make_indirect(_metadata(pdf))
    profile = Stream(pdf, _srgb())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(SRGB),
        Info=String(SRGB),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _metadata(pdf: Pdf) -> Stream:
    told = {key: str(pdf.docinfo.get(f"/{key.title()}", "")) for key in ("title", "author", "producer", "creator")}
    text = XMP.format(language=escape(str(pdf.Root.Lang)), **{key: escape(value) for key, value in told.items()})
    stream = Stream(pdf, text.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    return stream


@cache
def _srgb() -> bytes:
    """The colour profile that the renderer brings along."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def attached_in(content: bytes) -> dict[str, bytes]:
    """Return the files that a paper of ours carries, by name; {} for one that was made before papers did."""
    with Pdf.open(BytesIO(content)) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
