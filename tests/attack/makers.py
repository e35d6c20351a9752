"""Files as an attacker makes them: small on the way in, large, endless or something else once they are opened."""

import io
import struct
import zipfile
import zlib
from functools import cache

from openpyxl import Workbook
from PIL import Image

NOL = b"\0" * 1024 * 1024


@cache
def deflated(mb: int, letter: bytes = b"\0", start: bytes = b"") -> bytes:
    """Return a deflate stream that unpacks to so many MB of one letter: a thousandth of its size."""
    press, one = zlib.compressobj(9), letter * 1024 * 1024
    head_of = press.compress(start) + press.flush(zlib.Z_FULL_FLUSH)
    block = press.compress(one) + press.flush(zlib.Z_FULL_FLUSH)
    jumlah = zlib.adler32(start)
    for _ in range(mb):
        jumlah = zlib.adler32(one, jumlah)
    return head_of + block * mb + b"\x03\x00" + struct.pack(">I", jumlah)


# --- PDF


def pdf(*objek: bytes, akar: int = 1, ekor: bytes = b"") -> bytes:
    """Return a PDF of the objects 1, 2, ... with a right table."""
    content, position = b"%PDF-1.7\n", []
    for n, one in enumerate(objek, 1):
        position.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (n, one)
    tabel = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objek) + 1)
    tabel += b"".join(b"%010d 00000 n \n" % n for n in position)
    head_of = b"trailer <</Size %d /Root %d 0 R %b>>\n" % (len(objek) + 1, akar, ekor)
    return content + tabel + head_of + b"startxref\n%d\n%%%%EOF\n" % len(content)


def stream(dictionary: bytes, content: bytes) -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (dictionary, len(content), content)


HALAMAN = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>"
KATALOG = (b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>", HALAMAN)


def _with_xref_stream(mb: int) -> bytes:
    """The table of objects itself is the bomb."""
    start = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
    dictionary = b"/Type /XRef /Size 99999999 /W [1 8 2] /Root 1 0 R /Filter /FlateDecode"
    return start + b"9 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(dictionary, deflated(mb)), len(start))


def _with_object_stream(mb: int) -> bytes:
    """The catalogue stands in a compressed object that unpacks to hundreds of MB."""
    content = deflated(mb, b" ", b"1 0 2 40 " + b" " * 16)
    dictionary = b"/Type /ObjStm /N 2 /First 25 /Filter /FlateDecode"
    start = b"%PDF-1.7\n" + b"5 0 obj\n%b\nendobj\n" % stream(dictionary, content)
    baris = b"".join(
        struct.pack(">BIH", *b) for b in ((0, 0, 0), (2, 5, 0), (2, 5, 1), (0, 0, 0), (0, 0, 0), (1, 9, 0))
    )
    dictionary = b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R"
    return start + b"6 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF" % (stream(dictionary, baris), len(start))


def _signed(tanda: bytes, bidang: bytes = b"[4 0 R]") -> bytes:
    """A PDF with one signature field, filled in as an attacker likes."""
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R /AcroForm <</SigFlags 3 /Fields %b>>>>" % bidang,
        *KATALOG[1:],
        b"<</FT /Sig /T (a) /V 5 0 R /Kids []>>",
        tanda,
    )


_TANDA = b"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange %b /Contents %b>>"
_DALAM = b"[" * 60_000
UTUH = pdf(*KATALOG)

PDF = {
    "bukan PDF": b"halo " * 400,
    "kosong": b"",
    "hanya kepala": b"%PDF-1.7",
    "terpotong": UTUH[: len(UTUH) // 2],
    "tabel seratus miliar": UTUH.replace(b"xref\n0 4", b"xref\n0 99999999999"),
    "tabel di luar berkas": UTUH[: UTUH.rfind(b"startxref")] + b"startxref\n99999999999999999999\n%%EOF",
    "tabel kembali ke dirinya": pdf(*KATALOG, ekor=b"/Prev 9"),
    "tabel bom": _with_xref_stream(800),
    "objek mampat bom": _with_object_stream(800),
    "larik sedalam sumur": pdf(b"<</Type /Catalog /Pages 2 0 R /X " + _DALAM + b">>", *KATALOG[1:]),
    "kamus sedalam sumur": pdf(b"<</Type /Catalog /Pages 2 0 R /X " + b"<</X " * 40_000 + b">>", *KATALOG[1:]),
    "halaman beranak dirinya": pdf(KATALOG[0], b"<</Type /Pages /Kids [2 0 R] /Count 9>>"),
    "sejuta halaman": pdf(
        KATALOG[0], b"<</Type /Pages /Kids [" + b"3 0 R " * 1_000_000 + b"] /Count 1000000>>", HALAMAN
    ),
    "jumlah halaman bohong": pdf(KATALOG[0], b"<</Type /Pages /Kids [3 0 R] /Count 999999999999>>", HALAMAN),
    "terkunci": pdf(
        *KATALOG, b"<</Filter /Standard /V 5 /R 6 /O (x) /U (x) /P -1>>", ekor=b"/Encrypt 4 0 R /ID [(a)(a)]"
    ),
    "terkunci cara lain": pdf(*KATALOG, b"<</Filter /Lain /V 99>>", ekor=b"/Encrypt 4 0 R"),
    "akar bukan katalog": pdf(b"42", akar=1),
    "akar menunjuk dirinya": pdf(b"1 0 R"),
    "tanda tanpa isi": _signed(b"<</Type /Sig>>"),
    "tanda rentang raksasa": _signed(_TANDA % (b"[0 99999999999999999999 5 99999999999]", b"<00>")),
    "tanda rentang negatif": _signed(_TANDA % (b"[-1 -1 -1 -1]", b"<3000>")),
    "tanda rentang huruf": _signed(_TANDA % (b"[/a /b (c) null]", b"42")),
    "tanda DER sedalam sumur": _signed(_TANDA % (b"[0 10 20 10]", b"<" + b"3080" * 50_000 + b">")),
    "tanda DER panjang bohong": _signed(_TANDA % (b"[0 10 20 10]", b"<3084ffffffff06>")),
    "bidang beranak dirinya": _signed(b"<<>>", b"[4 0 R]").replace(b"/Kids []", b"/Kids [4 0 R]"),
    "bidang bukan larik": _signed(b"<<>>", b"(bukan)"),
    "gambar berkepala PDF": b"%PDF-1.7\n" + b"\x89PNG\r\n\x1a\n" + b"\0" * 4000,
    "halaman web berkepala PDF": b"%PDF-1.7\n<html><script>alert(1)</script>",
    "zip berkepala PDF": b"%PDF-1.7\nPK\x03\x04" + deflated(50),
}
"""Each opened by anybody at /verifikasi/, and as a signed copy by the team."""


# --- pictures


def _chunk(jenis: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + jenis + content + struct.pack(">I", zlib.crc32(jenis + content))


def png(width: int, height: int, *extra: bytes, content: bytes = b"") -> bytes:
    """A grey PNG that says it is so large."""
    head_of = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = content or zlib.compress(b"\0" * min((width + 1) * height, 5_000_000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head_of)
        + b"".join(extra)
        + _chunk(b"IDAT", content)
        + _chunk(b"IEND", b"")
    )


def picture(jenis: str, ukuran: tuple[int, int] = (40, 30), **pilihan: object) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", ukuran, "white").save(output, jenis, **pilihan)
    return output.getvalue()


def _frames(jenis: str, n: int) -> bytes:
    """Many pictures in one file."""
    output, one = io.BytesIO(), [Image.new("RGB", (8, 8), (i % 256, 0, 0)) for i in range(n)]
    one[0].save(output, jenis, save_all=True, append_images=one[1:])
    return output.getvalue()


def _jpeg_claims(width: int, height: int) -> bytes:
    """A photo of 40 x 30 whose head says otherwise."""
    content = picture("JPEG")
    position = content.index(b"\xff\xc0") + 5
    return content[:position] + struct.pack(">HH", height, width) + content[position + 4 :]


def _tiff(*entry: tuple[int, int, int, int]) -> bytes:
    """A TIFF of the entries (tag, type, count, value), whose next picture is itself."""
    content = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entry))
    return content + b"".join(struct.pack("<HHII", *i) for i in entry) + struct.pack("<I", 8)


_TIFF_SATU = ((256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (277, 3, 1, 1))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GAMBAR = {
    "PNG 900 juta piksel": png(30_000, 30_000),
    "PNG dua miliar piksel selebar satu": png(2_000_000_000, 1),
    "PNG terpotong": picture("PNG")[:60],
    "PNG data rusak": png(40, 40, content=b"\0" * 50),
    "PNG teks bom": png(40, 40, _chunk(b"zTXt", b"a\0\0" + deflated(200))),
    "PNG warna bom": png(40, 40, _chunk(b"iCCP", b"a\0\0" + deflated(200)), content=b"x"),
    "PNG bergerak": _frames("PNG", 50),
    "JPEG 4 miliar piksel": _jpeg_claims(65_000, 65_000),
    "JPEG terpotong": picture("JPEG")[:200],
    "WEBP bergerak": _frames("WEBP", 20),
    "TIFF seribu gambar": _frames("TIFF", 300),
    "TIFF kembali ke dirinya": _tiff(*_TIFF_SATU, (273, 4, 1, 0), (279, 4, 1, 64)),
    "TIFF satu lajur 4 GB": _tiff(*_TIFF_SATU, (273, 4, 1, 8), (279, 4, 1, 0xFFFFFFFF)),
    "TIFF sejuta nilai": _tiff(*_TIFF_SATU, (273, 4, 0x7FFFFFFF, 8)),
    "GIF": picture("GIF"),
    "BMP": picture("BMP"),
    "SVG": SVG,
    "SVG berkepala XML": b'<?xml version="1.0"?>' + SVG,
    "halaman web": b"<!doctype html><script>alert(1)</script>",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nloop",
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "program": b"\x7fELF" + b"\0" * 200,
    "kosong": b"",
}
"""Each as a logo and as a photo of the signed copy; none is a picture that paper can hold."""

POLIGLOT = picture("PNG") + b"PK\x03\x04<script>alert(1)</script>" * 20
"""A right picture with something else behind it: taken, and written anew without it."""


# --- lists of proposals, and tables


def workbook(lembar: bytes = b"", bersama: bytes = b"", tambahan: int = 0) -> bytes:
    """An .xlsx whose first sheet, or whose shared texts, an attacker wrote."""
    output = io.BytesIO()
    book = Workbook()
    book.active.append(["Kegiatan", "Lokasi", "Volume", "Biaya"])
    book.save(output)
    with zipfile.ZipFile(output) as archive_file:
        content = {n: archive_file.read(n) for n in archive_file.namelist()}
    content |= {"xl/worksheets/sheet1.xml": lembar} if lembar else {}
    content |= {"xl/sharedStrings.xml": bersama} if bersama else {}
    content |= {f"xl/lain{n}.xml": b"" for n in range(tambahan)}
    return archive(content)


def archive(content: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive_file:
        for nama, data in content.items():
            archive_file.writestr(nama, data)
    return output.getvalue()


LEMBAR = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
LOL = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (n + 1, (b"&%c;" % n) * 10) for n in range(ord("a"), ord("j")))
    + b"]>"
)
BUKU = {
    "lembar bom": workbook(LEMBAR % NOL * 300),
    "teks bersama bom": workbook(bersama=b"<sst>" + b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"),
    "miliaran tawa": workbook(LOL + LEMBAR % b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'),
    "selebar kolom terakhir": workbook(
        LEMBAR % b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 9_000))
    ),
    "sepuluh ribu isi zip": workbook(tambahan=3_000),
    "XML sedalam sumur": workbook(b"<a>" * 200_000),
    "angka raksasa": workbook(LEMBAR % b'<row r="99999999999999999999"><c r="A1"><v>1e400</v></c></row>'),
    "alamat sel rusak": workbook(LEMBAR % b'<row r="x"><c r="-1"><v>NaN</v></c></row>'),
    "terpotong": workbook()[:-200],
    "bukan Excel": b"PK\x03\x04" + b"\0" * 300,
    "xls palsu": bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 4000,
    "ods bom": archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            b'<office:body><office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000">'
            b'<table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell>'
            b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        }
    ),
    "ods rusak": archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": b"<" * 500,
        }
    ),
    "zip dalam zip": archive({f"{n}.xlsx": archive({"a.xlsx": deflated(40)}) for n in range(5)}),
    "zip sandi": archive({"a.xlsx": b"x"}).replace(b"\x14\0\0\0\x08", b"\x14\0\x01\0\x08"),
    "CSV satu sel 9 MB": b"Kegiatan;Lokasi;Volume;Biaya\nTalud;" + b"a" * 9_000_000 + b";1;2\n",
    "CSV tanda kutip terbuka": b'Kegiatan;Lokasi;Volume;Biaya\n"' + b"a;b\n" * 400_000,
    "CSV tiga puluh ribu baris": b"Kegiatan;Lokasi;Volume;Biaya\n" + b"Talud;Dusun;1;2\n" * 30_000,
    "CSV sejuta kolom": (b"a;" * 1_000_000 + b"\n") * 2,
    "CSV huruf NUL": b"Kegiatan;Lokasi;Volume;Biaya\n" + b"a;\0;1;2\n" * 3,
    "JSON sedalam sumur": b"[" * 900_000,
    "JSON NaN": b'{"kegiatan": NaN, "biaya": Infinity}',
    "halaman web": b"<html><table><tr><td>Kegiatan</td></tr></table></html>",
}
"""Each as a list of proposals; the workbooks also as a table of our own shape."""

ANGKA_GILA = "Kegiatan;Lokasi;Volume;Satuan;Biaya;Desa\n" + "".join(
    f"Talud {n};Dusun;{n};m;{n};Sikur\n"
    for n in ("NaN", "Infinity", "-Infinity", "1e400", "-0", "9" * 400, "٣٤", "1e-400")
)
"""A list that can be read; what is no number in it is unknown, and said."""
