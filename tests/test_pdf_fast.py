"""The shorter ways through the renderer: what stands in the files is the same as without them."""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from lxml import html

from musrenbang.infra.pdf import fast, layout, naskah, parts
from musrenbang.infra.pdf.fast import drawing
from tests.some import some

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
UANG = "Rp\xa04.845.000.000 dan seterusnya, "
BARIS = "".join(
    f'<tr><td class="tengah">{i}</td><td>Peningkatan jalan desa  Sukamaju\u2013Rw {i % 4} {"panjang " * (i % 5)}</td>'
    f'<td class="angka">Rp\xa0{i}.500.000</td><td>{"Kata" * (i % 40)}<br><span class="kecil">catatan {i % 3}</span></td></tr>'
    for i in range(40)
)
ISI = f"""<!doctype html><html lang="id"><head><title>Uji</title><meta name="author" content="Kec"></head><body>
<p class="kaki">Kaki</p>
<section class="bagian"><div class="kop berlogo"><img src="data:image/png;base64,{PNG}" alt="Logo"><div><span>Pemerintah</span>
<b class="besar">KECAMATAN</b></div></div><!-- catatan --> <h1>Judul &amp; anak</h1>
<p>Kalimat yang <strong>rata</strong> kiri kanan, <em>miring</em>, pan\u00adjang se\u00adka\u00adli supaya ia pindah baris dan
barisnya direntangkan sampai tepi. {UANG * 6}</p>
<ol class="butir"><li>satu</li><li>dua</li></ol><table class="butir"><tr><th>Menimbang</th><td>:</td><td>bahwa</td></tr><tr><td>b</td></tr></table><dl class="waktu"><dt>Jam</dt><dd>09.00</dd></dl>
<div class="klausul"><b>KESATU</b><p>{"Isi klausul yang panjang. " * 9}</p></div>
<div class="ttd"><div><p>Ketua,</p><div class="ruang"></div><p><b>Nama Orang</b></p></div></div></section>
<section class="bagian lebar"><h2>Tabel</h2><table class="rapat"><colgroup><col style="width: 9mm"><col><col style="width: 30mm">
<col style="width: 40mm"></colgroup><thead><tr><th>No</th><th>Uraian</th><th colspan="2">Biaya</th></tr></thead>
<tbody><tr class="grup"><th colspan="4">Bidang satu</th></tr>{BARIS}<tr class="jumlah"><td colspan="3">Jumlah</td><td></td></tr>
<tr class="garis"><td colspan="4">batas</td></tr><tr class="tinggi"><td rowspan="2">a</td><td></td><td>  </td><td>b</td></tr>
<tr><td>c</td><td>d</td><td>\u2713 \u03a9</td></tr></tbody></table></section></body></html>"""


@pytest.fixture
def both_ways():
    """What the sample consists of, without the shorter ways and with them."""
    layout.stylesheet()
    kelompok = parts.cut(ISI).kelompok
    fast.undo()
    try:
        long = [p for k in kelompok for p in layout.lay_out(k)]
    finally:
        assert fast.apply(), "requirements bring another version: check the functions in infra/pdf/fast against it"
    return long, [p for k in kelompok for p in layout.lay_out(k)]


def attributes(a) -> dict | None:
    """What an element says of itself; an object that several share says the same as one of their own."""
    return (
        a if a is None else {k: [str(x) for x in v] if isinstance(v, pikepdf.Array) else str(v) for k, v in a.items()}
    )


def said(pdf: bytes) -> tuple[list, str]:
    """What a file says: what is drawn on each page but lines and grounds, and the tree of tags."""
    pages = []
    with pikepdf.open(BytesIO(pdf)) as file:
        for page in file.pages:
            within, drawn = False, []
            for operands, operator in pikepdf.parse_content_stream(page):
                within = within or str(operator) == "BMC"
                if not within and str(operator) not in {"q", "Q", "gs", "rg", "RG"}:
                    drawn.append((str(operator), str(list(operands))))
                within = within and str(operator) != "EMC"
            pages.append(drawn)

        def walk(unsur) -> list:
            if not isinstance(unsur, pikepdf.Dictionary):
                return [str(unsur)]
            kids = list(unsur.K) if isinstance(unsur.get("/K"), pikepdf.Array) else [unsur.get("/K")]
            within = [one for kid in kids for one in walk(kid)]
            if unsur.S == "/Span" and len(within) == 1:
                return within  # an element for one text: the shorter way gives the text to what it stands in
            own = [str(unsur.get(k)) for k in ("/S", "/ID", "/Alt")]
            return [[*own, attributes(unsur.get("/A"))], *within]

        names: dict[str, int] = {}  # of headings: by their order, as they come from the numbers of objects
        found = str(walk(file.Root.StructTreeRoot.K[0]))
        tags = re.sub(r"\b[0-9a-f]{8}-\d+-\d+\b", lambda m: f"name {names.setdefault(m[0], len(names))}", found)
        for of_page, numbers in zip(file.pages, list(file.Root.StructTreeRoot.ParentTree.Nums)[1::2], strict=False):
            marks = [o[1].MCID for o, c in pikepdf.parse_content_stream(of_page) if str(c) == "BDC"]
            assert marks == list(range(len(numbers))), "each mark on the page is found in the tree"
            assert all(n in list(numbers[n].K) for n in marks)
    return pages, tags


def test_pages_say_and_show_the_same_both_ways(both_ways):
    long, short = both_ways
    assert len(long) == len(short)
    for before, after in some(zip(long, short, strict=True)):
        assert said(after) == said(before)
        for a, b in zip(pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after), strict=True):
            pixels = zip(a.render(scale=0.7).to_pil().tobytes(), b.render(scale=0.7).to_pil().tobytes(), strict=True)
            assert max(abs(x - y) for x, y in pixels) < 60, "a line of the table is missing or another one is there"


def test_the_tree_that_is_handed_over_is_the_one_the_parser_would_make():
    def shape(unsur) -> tuple:
        text = [t.strip() for t in [unsur.text or "", *((a.tail or "") for a in unsur)]]
        return (unsur.tag, dict(unsur.attrib), "|".join(filter(None, text)), [shape(a) for a in unsur])

    root = html.document_fromstring(ISI.replace("<!-- catatan -->", ""))
    given = naskah.read(root, "", None).etree_element
    parsed = naskah.HTML(string=html.tostring(root, encoding="unicode", doctype="<!doctype html>")).etree_element
    assert shape(given) == shape(parsed)
    with_svg = html.document_fromstring('<html><body><p>a<svg viewBox="0 0 1 1"></svg></p></body></html>')
    assert "{http://www.w3.org/2000/svg}svg" in {e.tag for e in naskah.read(with_svg, "", None).etree_element.iter()}


def test_lines_that_touch_are_one_and_gaps_stay():
    pieces = [(False, (0, 5, 10, 5)), (False, (9.5, 5, 20, 5)), (False, (30, 5, 40, 5)), (True, (0, 0, 0, 5))]
    assert sorted(drawing._joined(pieces)) == [(0, 0, 0, 5), (0, 5, 20, 5), (30, 5, 40, 5)]
