"""Joining laid-out pieces into one document (pages, tags, bookmarks) and stamping every page."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import cast

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, String

from musrenbang.infra.pdf import frames
from musrenbang.infra.pdf.archive import Attachment, complete
from musrenbang.infra.release import VERSION

PDF_2 = String("http://iso.org/pdf2/ssn")


def assemble(chunk: list[bytes], frame: bytes, wide: list[bool], attached: Iterable[Attachment] = ()) -> bytes:
    """Return one document of the pieces with the frame over each page; ``wide`` tells of each whether it is."""
    result = join(chunk)
    with result, Pdf.open(BytesIO(frame)) as cap:
        for halaman in result.pages:
            halaman.contents_add(b"q\n", prepend=True)
            halaman.contents_add(b"\nQ")
        frames.stamp(result, cap, wide)
        complete(result, attached)
        output = BytesIO()
        result.save(output, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, min_version="1.7")
    return output.getvalue()


def is_wide(chunk: list[bytes]) -> list[bool]:
    """Tell of each page of the pieces whether it lies on its side."""
    widths = []
    for p in chunk:
        with Pdf.open(BytesIO(p)) as pdf:
            widths += [halaman.mediabox[2] > halaman.mediabox[3] for halaman in pdf.pages]
    return widths


def join(chunk: list[bytes]) -> Pdf:
    """Return one document of the pieces: one tree of tags, one list of bookmarks, title and language of the first."""
    result = Pdf.new()
    root = result.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    dokumen = result.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array([])))
    nomor: list[Array] = []
    with result.open_outline() as contents_list:
        for p in chunk:
            with Pdf.open(BytesIO(p)) as pdf:
                start = len(result.pages)
                if not start:
                    _head(result, pdf)
                result.pages.extend(pdf.pages)
                nomor += _move_tags(result, pdf, dokumen, start, len(nomor))
                contents_list.root.extend(_bookmarks(pdf, start))
    dokumen.NS = result.make_indirect(Dictionary(Type=Name.Namespace, NS=PDF_2))
    root.K, root.Namespaces = Array([dokumen]), Array([dokumen.NS])
    root.ParentTree = result.make_indirect(Dictionary(Nums=Array([x for n in enumerate(nomor) for x in n])))
    result.Root.StructTreeRoot, result.Root.MarkInfo = root, Dictionary(Marked=True)
    return result


def _head(result: Pdf, pdf: Pdf) -> None:
    result.Root.Lang, result.Root.ViewerPreferences = pdf.Root.Lang, Dictionary(DisplayDocTitle=True)
    for kunci in ("/Title", "/Author", "/Producer"):
        if kunci in pdf.docinfo:
            result.docinfo[kunci] = str(pdf.docinfo[kunci])
    result.docinfo["/Creator"] = f"musrenbang {VERSION}"


def _move_tags(result: Pdf, pdf: Pdf, dokumen: Dictionary, mulai: int, shift: int) -> list[Array]:
    """Hang the tags of a piece under the document; return, per page, what its marks belong to."""
    for halaman in result.pages[mulai:]:
        halaman.obj.StructParents = int(halaman.obj.StructParents) + shift
    tree = result.copy_foreign(pdf.Root.StructTreeRoot)
    for child in _list(tree.K[0].K):
        child.P = dokumen
        dokumen.K.append(child)
    return [Array(_list(content)) for content in list(tree.ParentTree.Nums)[1::2]]


def _list(nilai: Object) -> list[Object]:
    return list(nilai) if isinstance(nilai, Array) else [nilai]


def pages_of_headings(chunk: list[bytes]) -> list[tuple[str, int]]:
    """Return every heading of the joined pieces with the number of its page, in their order."""
    found, start = [], 1

    def walk(items: Iterable[OutlineItem], pages: dict[tuple[int, int], int]) -> Iterator[tuple[str, int]]:
        for item in items:
            yield item.title, pages[cast("Array", item.destination)[0].objgen]
            yield from walk(item.children, pages)

    for p in chunk:
        with Pdf.open(BytesIO(p)) as pdf:
            pages = {page.obj.objgen: i for i, page in enumerate(pdf.pages, start)}
            with pdf.open_outline() as outline:
                found += list(walk(outline.root, pages))
            start += len(pdf.pages)
    return found


def _bookmarks(pdf: Pdf, mulai: int) -> Iterator[OutlineItem]:
    halaman = {p.obj.objgen: i for i, p in enumerate(pdf.pages, mulai)}

    def moved(item: OutlineItem) -> OutlineItem:
        target = cast("Array", item.destination)[0]
        new = OutlineItem(item.title, halaman[target.objgen])
        new.children.extend(moved(child) for child in item.children)
        return new

    with pdf.open_outline() as origin:
        yield from [moved(item) for item in origin.root]
