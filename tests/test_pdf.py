"""One renderer: cutting, laying out stretch by stretch, joining, stamping, and keeping what was laid out."""

import re
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from django.core.cache import caches
from django.template.loader import render_to_string
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from musrenbang.infra.pdf import frames, join, layout, parts, printing
from musrenbang.infra.pdf.pool import WorkerPool
from tests.papers import texts_of
from tests.some import some

KEPALA = (
    '<!doctype html><html lang="id"><head><title>Berkas {}</title></head><body><p class="kaki">Kaki {}</p>{}</body>'
)


def tabel(baris: list[str], judul: str = "Tabel", arah: str = "tegak") -> str:
    content = "".join(f"<tr><td>#{i}#</td><td>{b}</td></tr>" for i, b in enumerate(baris))
    return (
        f'<section class="bagian {arah}"><h2>{judul}</h2><table><colgroup><col style="width: 20mm"><col></colgroup>'
        f"<thead><tr><th>Nomor</th><th>Uraian</th></tr></thead><tbody>{content}</tbody></table><p>Selesai.</p></section>"
    )


def naskah(*content: str, nomor: str = "1") -> str:
    return KEPALA.format(nomor, nomor, "".join(content))


def print_it_html(monkeypatch, html: str, **page_context) -> bytes:
    original = printing.render_to_string
    monkeypatch.setattr(printing, "render_to_string", lambda t, k: original(t, k) if t == "pdf/bingkai.html" else html)
    result = printing.render_pdf("x", page_context)
    monkeypatch.undo()
    return result


def pages(isi: bytes) -> list[str]:
    return texts_of(isi)


def test_small_neighbours_are_laid_out_together_and_a_large_one_alone():
    small, large = tabel(["a"]), tabel(["kata " * 40] * 300, "Besar")
    n = parts.cut(naskah(small, small, large, small))
    assert [k.count('class="bagian') for k in n.kelompok] == [2, 1, 1]
    assert n.kaki == "Kaki 1"
    assert "Kaki 1" not in "".join(n.kelompok)
    assert ["Berkas 1" in k for k in n.kelompok] == [True, False, False]


# What fails is shown as it was found: making it smaller lays out hundreds of papers more.
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@example([1] * 33 + [900, 900], 1)
@given(st.lists(st.sampled_from([1, 3, 12, 60] * 2 + [900]), min_size=35, max_size=70), st.integers(1, 40))
def test_every_row_stands_once_and_in_order_however_short_the_stretches(length, thousand):
    """A row of nearly a page is not cut off and not repeated; each page of the table carries its heading."""
    lama, layout.PANJANG = layout.PANJANG, thousand * 500
    try:
        result = layout.lay_out(naskah(tabel([f"awal{i} " + "kata " * n + f"akhir{i}" for i, n in enumerate(length)])))
    finally:
        layout.PANJANG = lama
    halaman = [t for p in result for t in pages(p)]
    text = " ".join(halaman)
    for tanda in (r"#(\d+)#", r"awal(\d+)", r"akhir(\d+)"):
        assert [int(x) for x in re.findall(tanda, text)] == list(range(len(length))), tanda
    assert text.count("Selesai.") == 1
    assert all("Uraian" in t for t in halaman if "kata kata" in t)


def test_a_row_longer_than_a_page_is_whole():
    """It goes on until its last word, and what follows it follows; pages that hold nothing else have no heading."""
    halaman = [t for p in layout.lay_out(naskah(tabel(["awal", "kata " * 2_500 + "ujung", "akhir"]))) for t in pages(p)]
    assert sum(t.count("kata") for t in halaman) == 2_500
    assert not any("#1#" in t and "ujung" in t for t in halaman), "it is longer than a page"
    assert re.findall(r"#\d#|awal|ujung|akhir", " ".join(halaman)) == ["#0#", "awal", "#1#", "ujung", "#2#", "akhir"]
    assert "Uraian" in halaman[0]


def test_pieces_become_one_tagged_document(monkeypatch):
    """One tree of tags that names only pages that are there; headings of cells are found and named once."""
    monkeypatch.setattr(layout, "PANJANG", 6_000)
    chunk = [p for j in ("Satu", "Dua") for p in layout.lay_out(naskah(tabel(["isi baris"] * 150, j)))]
    assert len(chunk) > 3
    with join.join(chunk) as pdf:
        output = BytesIO()
        pdf.save(output)
    with pikepdf.open(output) as pdf:
        assert pdf.check_pdf_syntax() == []
        halaman = {p.obj.objgen for p in pdf.pages}
        nomor = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
        assert sorted(p.obj.StructParents for p in pdf.pages) == nomor == list(range(len(pdf.pages)))
        unsur = list(walk(pdf.Root.StructTreeRoot.K[0]))
        assert {u.Pg.objgen for u in unsur if "/Pg" in u} <= halaman
        nama = [str(u.ID) for u in unsur if "/ID" in u]
        assert {str(u.A.get("/Scope")) for u in unsur if u.get("/S") == "/TH"} == {"/Column"}
        referenced = {str(h) for u in unsur if "/A" in u and "/Headers" in u.A for h in u.A.Headers}
        assert len(nama) == len(set(nama))
        assert referenced
        assert referenced <= set(nama)
        with pdf.open_outline() as content:
            position = [(b.title, pdf.pages.index(pikepdf.Page(b.destination[0]))) for b in content.root]
    second_start = next(i for i, t in enumerate(pages(output.getvalue())) if "Dua" in t)
    assert position == [("Satu", 0), ("Dua", second_start)]


def test_a_heading_beside_its_cell_is_the_heading_of_the_row():
    rows = '<tr><th scope="row">Nomor</th><td>:</td><td>005/12</td></tr>'
    (piece,) = layout.lay_out(naskah(f"<section class='bagian'><table>{rows}</table></section>"))
    with pikepdf.open(BytesIO(piece)) as pdf:
        cells = [u for u in walk(pdf.Root.StructTreeRoot.K[0]) if u.get("/S") in ("/TH", "/TD")]
        (heading,) = (c for c in cells if c.S == "/TH")
        assert heading.A.Scope == "/Row"
        assert [str(h) for c in cells if c.S == "/TD" for h in c.A.Headers] == [str(heading.ID)] * 2


def test_contents_tell_the_page_of_each_heading():
    """The pages are known once all is laid out; the numbers change no page."""
    caches["cetak"].clear()
    rows = "".join(f"<tr><td>{i}</td></tr>" for i in range(90))
    contents = "".join(f'<p>{name} <span data-bab="{name}"></span></p>' for name in ("I. ", "II. ", "III. "))
    text = (
        f'<html lang="id"><head><title>x</title></head><body><div class="bagian">{contents}</div><div class="bagian">'
        f'<h2>I. Satu</h2><table>{rows}</table></div><div class="bagian"><h2>II. Dua</h2></div></body></html>'
    )
    made = printing._pieces(parts.cut(text), WorkerPool(1))
    said = [page for one in made for page in pages(one)]
    second = next(i for i, page in enumerate(said, 1) if "II. Dua" in page)
    assert second > 3, "the first chapter runs over a page"
    assert said[0].split() == ["I.", "2", "II.", str(second), "III."], "what is not there has no number"


def test_the_last_rows_of_a_table_of_tall_rows_stay_together():
    row = f"<tr><td>{'panjang ' * 80}</td></tr>"
    body = f'<html><head><title>x</title></head><body><div class="bagian"><table><tbody>{row * 3}<tr><td>Jumlah</td></tr></tbody></table></div></body>'
    (batch,) = parts.cut(body).kelompok
    assert batch.count('class="lekat"') == 2


def walk(unsur):
    yield unsur
    for anak in unsur.K if isinstance(unsur.get("/K"), pikepdf.Array) else [unsur.get("/K")]:
        if isinstance(anak, pikepdf.Dictionary) and "/S" in anak:
            yield from walk(anak)


def test_the_frame_is_on_every_page_and_is_not_read_out(monkeypatch):
    content = print_it_html(monkeypatch, naskah(tabel(["a"] * 80), tabel(["b"], arah="lebar")), draf=True)
    text = pages(content)
    assert [re.search(r"Halaman (\d+) dari (\d+)", t).groups() for t in text] == [
        (str(i), str(len(text))) for i in range(1, len(text) + 1)
    ]
    assert all("Kaki 1" in t and "DRAF" in t for t in some(text))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        for halaman in pdf.pages:
            command = [(str(o), [str(x) for x in a]) for a, o in pikepdf.parse_content_stream(halaman)]
            current = [i for i, (o, a) in enumerate(command) if o == "Do"]
            assert all(("BMC", ["/Artifact"]) in command[i - 3 : i] for i in current)
        assert [p.mediabox[2] > p.mediabox[3] for p in pdf.pages] == [False] * (len(text) - 1) + [True]


def test_pages_of_one_kind_share_their_frame_and_each_has_its_own_number_in_its_place():
    """The number stands where the renderer itself would put it: on the first page, on upright and on wide ones."""
    wide = [False] * 9 + [True] * 3
    (blank,) = layout.lay_out(naskah(*(f'<p class="bagian {"lebar" if w else "tegak"}">isi</p>' for w in wide)))
    content = render_to_string("pdf/bingkai.html", {"kaki": "Kaki", "atas": "Atas", "draf": True})
    result = join.assemble([blank], layout.frame(content, wide), wide)
    text = pages(result)
    assert [re.findall(r"\d+", t) for t in text] == [[str(i), "12"] for i in range(1, 13)]
    assert ["Atas" in t for t in text] == [False] + [True] * 11
    with pikepdf.open(BytesIO(result)) as pdf:
        drawn = [[str(o[0]) for o, c in pikepdf.parse_content_stream(p) if str(c) == "Do"] for p in pdf.pages]
        assert drawn == [[f"/Bingkai{0 if not i else 2 if w else 1}", f"/Nomor{i}"] for i, w in enumerate(wide)]
        forms = pdf.pages[0].Resources.XObject
        for nomor, kind in ((9, 1), (12, 2)):
            (number,) = frames._shown(pikepdf.parse_content_stream(forms[f"/Nomor{nomor - 1}"]))
            with pikepdf.open(BytesIO(layout.frame(content.replace("{x}", str(nomor)), wide))) as own:
                places = [s.place @ s.around for s in frames._shown(pikepdf.parse_content_stream(own.pages[kind]))]
            assert any(
                (number.place @ number.around).shorthand == pytest.approx(p.shorthand, abs=0.001) for p in places
            )


def test_a_renderer_that_draws_numbers_in_another_way_is_noticed():
    wide = [False]
    (blank,) = layout.lay_out(naskah('<p class="bagian">isi</p>'))
    content = render_to_string("pdf/bingkai.html", {"kaki": "Kaki"}).replace("8pt", "9pt", 1)
    frame = layout.frame(content, wide)
    with pytest.raises(RuntimeError, match="found 0 times"):
        join.assemble([blank], frame, wide)


def test_another_number_lays_out_only_what_carries_it(monkeypatch):
    """From the draft to the issued document the attachments are taken from the keeper."""
    caches["cetak"].clear()
    diminta = []
    original = WorkerPool.ask_each
    monkeypatch.setattr(parts, "RINGAN", 50)

    def note(pool: WorkerPool, semua: list[list[bytes]], *, seconds: float) -> list[list[bytes]]:
        diminta.extend(content.decode() for _, content in semua)
        return original(pool, semua, seconds=seconds)

    for nomor in ("draf", "001"):
        html = naskah(f'<section class="bagian"><p>Nomor {nomor}</p></section>', tabel(["a"] * 9), nomor=nomor)
        with pytest.MonkeyPatch.context() as m:
            m.setattr(WorkerPool, "ask_each", note)
            result = print_it_html(m, html)
        assert f"Nomor {nomor}" in pages(result)[0]
        assert f"Kaki {nomor}" in pages(result)[1]
    assert sorted(("draf" in d, "001" in d) for d in diminta) == [(False, False), (False, True), (True, False)]


def test_a_long_document_is_made_in_processes_of_its_own_and_is_the_same(monkeypatch):
    html = naskah(tabel(["kata " * 20] * 120, "Satu"), tabel(["kata " * 20] * 200, "Dua"))
    caches["cetak"].clear()
    count = print_it_html(monkeypatch, html)
    caches["cetak"].clear()
    monkeypatch.setattr(printing, "RINGAN", 10**9)
    assert pages(print_it_html(monkeypatch, html)) == pages(count)
    assert all(int(b) == int(a) + 1 for a, b in some(pairwise(re.findall(r"Halaman (\d+)", " ".join(pages(count))))))


def test_a_full_disk_does_not_stop_printing(monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    caches["cetak"].clear()
    monkeypatch.setattr(type(caches["cetak"]), "set", full)
    assert "Satu" in " ".join(pages(print_it_html(monkeypatch, naskah(tabel(["a"] * 9, "Satu")))))
