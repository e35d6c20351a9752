"""Joining laid-out pieces into one document (pages, tags, bookmarks) and stamping every page."""

from collections.abc import Iterator
from io import BytesIO
from typing import cast

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Page, Pdf, String

from musrenbang.infra.release import VERSION

PDF_2 = String("http://iso.org/pdf2/ssn")


def assemble(potongan: list[bytes], bingkai: bytes) -> bytes:
    """Return one document of the pieces with each page of ``bingkai`` over the page of the same number."""
    hasil = join(potongan)
    with hasil, Pdf.open(BytesIO(bingkai)) as cap:
        for halaman, atas in zip(hasil.pages, cap.pages, strict=True):
            _stamp(hasil, halaman, atas)
        keluaran = BytesIO()
        hasil.save(keluaran, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True, min_version="1.7")
    return keluaran.getvalue()


def is_wide(potongan: list[bytes]) -> list[bool]:
    """Tell of each page of the pieces whether it lies on its side."""
    lebar = []
    for p in potongan:
        with Pdf.open(BytesIO(p)) as pdf:
            lebar += [halaman.mediabox[2] > halaman.mediabox[3] for halaman in pdf.pages]
    return lebar


def join(potongan: list[bytes]) -> Pdf:
    """Return one document of the pieces: one tree of tags, one list of bookmarks, title and language of the first."""
    hasil = Pdf.new()
    akar = hasil.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    dokumen = hasil.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=akar, K=Array([])))
    nomor: list[Array] = []
    with hasil.open_outline() as daftar_isi:
        for p in potongan:
            with Pdf.open(BytesIO(p)) as pdf:
                mulai = len(hasil.pages)
                if not mulai:
                    _head(hasil, pdf)
                hasil.pages.extend(pdf.pages)
                nomor += _move_tags(hasil, pdf, dokumen, mulai, len(nomor))
                daftar_isi.root.extend(_bookmarks(pdf, mulai))
    dokumen.NS = hasil.make_indirect(Dictionary(Type=Name.Namespace, NS=PDF_2))
    akar.K, akar.Namespaces = Array([dokumen]), Array([dokumen.NS])
    akar.ParentTree = hasil.make_indirect(Dictionary(Nums=Array([x for n in enumerate(nomor) for x in n])))
    hasil.Root.StructTreeRoot, hasil.Root.MarkInfo = akar, Dictionary(Marked=True)
    return hasil


def _head(hasil: Pdf, pdf: Pdf) -> None:
    hasil.Root.Lang, hasil.Root.ViewerPreferences = pdf.Root.Lang, Dictionary(DisplayDocTitle=True)
    for kunci in ("/Title", "/Author", "/Producer"):
        if kunci in pdf.docinfo:
            hasil.docinfo[kunci] = str(pdf.docinfo[kunci])
    hasil.docinfo["/Creator"] = f"musrenbang {VERSION}"


def _move_tags(hasil: Pdf, pdf: Pdf, dokumen: Dictionary, mulai: int, geser: int) -> list[Array]:
    """Hang the tags of a piece under the document; return, per page, what its marks belong to."""
    for halaman in hasil.pages[mulai:]:
        halaman.obj.StructParents = int(halaman.obj.StructParents) + geser
    pohon = hasil.copy_foreign(pdf.Root.StructTreeRoot)
    for anak in _list(pohon.K[0].K):
        anak.P = dokumen
        dokumen.K.append(anak)
    return [Array(_list(isi)) for isi in list(pohon.ParentTree.Nums)[1::2]]


def _stamp(pdf: Pdf, halaman: Page, atas: Page) -> None:
    """Draw ``atas`` over a page, outside the tags: it is no part of what is read out."""
    nama = halaman.add_resource(pdf.copy_foreign(atas.as_form_xobject()), Name.XObject)
    halaman.contents_add(b"q\n", prepend=True)
    halaman.contents_add(f"\nQ\n/Artifact BMC\nq\n{nama} Do\nQ\nEMC\n".encode())


def _list(nilai: Object) -> list[Object]:
    return list(nilai) if isinstance(nilai, Array) else [nilai]


def _bookmarks(pdf: Pdf, mulai: int) -> Iterator[OutlineItem]:
    halaman = {p.obj.objgen: i for i, p in enumerate(pdf.pages, mulai)}

    def moved(butir: OutlineItem) -> OutlineItem:
        tujuan = cast("Array", butir.destination)[0]
        baru = OutlineItem(butir.title, halaman[tujuan.objgen])
        baru.children.extend(moved(anak) for anak in butir.children)
        return baru

    with pdf.open_outline() as asal:
        yield from [moved(butir) for butir in asal.root]
