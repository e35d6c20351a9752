"""One renderer: cutting, laying out stretch by stretch, joining, stamping, and keeping what was laid out."""

import re
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from django.core.cache import caches
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from musrenbang.infra.pdf import bagian, cetak, rakit, tata
from musrenbang.infra.pdf.kumpulan import WorkerPool
from tests.kertas import texts_of
from tests.some import some

KEPALA = (
    '<!doctype html><html lang="id"><head><title>Berkas {}</title></head><body><p class="kaki">Kaki {}</p>{}</body>'
)


def tabel(baris: list[str], judul: str = "Tabel", arah: str = "tegak") -> str:
    isi = "".join(f"<tr><td>#{i}#</td><td>{b}</td></tr>" for i, b in enumerate(baris))
    return (
        f'<section class="bagian {arah}"><h2>{judul}</h2><table><colgroup><col style="width: 20mm"><col></colgroup>'
        f"<thead><tr><th>Nomor</th><th>Uraian</th></tr></thead><tbody>{isi}</tbody></table><p>Selesai.</p></section>"
    )


def naskah(*isi: str, nomor: str = "1") -> str:
    return KEPALA.format(nomor, nomor, "".join(isi))


def cetak_html(monkeypatch, html: str, **konteks) -> bytes:
    asli = cetak.render_to_string
    monkeypatch.setattr(cetak, "render_to_string", lambda t, k: asli(t, k) if t == "pdf/bingkai.html" else html)
    hasil = cetak.render_pdf("x", konteks)
    monkeypatch.undo()
    return hasil


def pages(isi: bytes) -> list[str]:
    return texts_of(isi)


def test_small_neighbours_are_laid_out_together_and_a_large_one_alone():
    kecil, besar = tabel(["a"]), tabel(["kata " * 40] * 300, "Besar")
    n = bagian.cut(naskah(kecil, kecil, besar, kecil))
    assert [k.count('class="bagian') for k in n.kelompok] == [2, 1, 1]
    assert n.kaki == "Kaki 1"
    assert "Kaki 1" not in "".join(n.kelompok)
    assert ["Berkas 1" in k for k in n.kelompok] == [True, False, False]


# What fails is shown as it was found: making it smaller lays out hundreds of papers more.
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@example([1] * 33 + [900, 900], 1)
@given(st.lists(st.sampled_from([1, 3, 12, 60, 900]), min_size=35, max_size=70), st.integers(1, 40))
def test_every_row_stands_once_and_in_order_however_short_the_stretches(panjang, ribu):
    """A row longer than a page is not cut off and not repeated; each page of the table carries its heading."""
    lama, tata.PANJANG = tata.PANJANG, ribu * 500
    try:
        hasil = tata.lay_out(naskah(tabel([f"awal{i} " + "kata " * n + f"akhir{i}" for i, n in enumerate(panjang)])))
    finally:
        tata.PANJANG = lama
    halaman = [t for p in hasil for t in pages(p)]
    teks = " ".join(halaman)
    for tanda in (r"#(\d+)#", r"awal(\d+)", r"akhir(\d+)"):
        assert [int(x) for x in re.findall(tanda, teks)] == list(range(len(panjang))), tanda
    assert teks.count("Selesai.") == 1
    assert all("Uraian" in t for t in halaman if "kata kata" in t)


def test_pieces_become_one_tagged_document(monkeypatch):
    """One tree of tags that names only pages that are there; headings of cells are found and named once."""
    monkeypatch.setattr(tata, "PANJANG", 6_000)
    potongan = [p for j in ("Satu", "Dua") for p in tata.lay_out(naskah(tabel(["isi baris"] * 150, j)))]
    assert len(potongan) > 3
    with rakit.join(potongan) as pdf:
        keluaran = BytesIO()
        pdf.save(keluaran)
    with pikepdf.open(keluaran) as pdf:
        assert pdf.check_pdf_syntax() == []
        halaman = {p.obj.objgen for p in pdf.pages}
        nomor = list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]
        assert sorted(p.obj.StructParents for p in pdf.pages) == nomor == list(range(len(pdf.pages)))
        unsur = list(walk(pdf.Root.StructTreeRoot.K[0]))
        assert {u.Pg.objgen for u in unsur if "/Pg" in u} <= halaman
        nama = [str(u.ID) for u in unsur if "/ID" in u]
        dirujuk = {str(h) for u in unsur if "/A" in u and "/Headers" in u.A for h in u.A.Headers}
        assert len(nama) == len(set(nama))
        assert dirujuk
        assert dirujuk <= set(nama)
        with pdf.open_outline() as isi:
            letak = [(b.title, pdf.pages.index(pikepdf.Page(b.destination[0]))) for b in isi.root]
    awal_dua = next(i for i, t in enumerate(pages(keluaran.getvalue())) if "Dua" in t)
    assert letak == [("Satu", 0), ("Dua", awal_dua)]


def walk(unsur):
    yield unsur
    for anak in unsur.K if isinstance(unsur.get("/K"), pikepdf.Array) else [unsur.get("/K")]:
        if isinstance(anak, pikepdf.Dictionary) and "/S" in anak:
            yield from walk(anak)


def test_the_frame_is_on_every_page_and_is_not_read_out(monkeypatch):
    isi = cetak_html(monkeypatch, naskah(tabel(["a"] * 80), tabel(["b"], arah="lebar")), draf=True)
    teks = pages(isi)
    assert [re.search(r"Halaman (\d+) dari (\d+)", t).groups() for t in teks] == [
        (str(i), str(len(teks))) for i in range(1, len(teks) + 1)
    ]
    assert all("Kaki 1" in t and "DRAF" in t for t in some(teks))
    with pikepdf.open(BytesIO(isi)) as pdf:
        assert pdf.check_pdf_syntax() == []
        for halaman in pdf.pages:
            perintah = [(str(o), [str(x) for x in a]) for a, o in pikepdf.parse_content_stream(halaman)]
            kini = [i for i, (o, a) in enumerate(perintah) if o == "Do"]
            assert all(("BMC", ["/Artifact"]) in perintah[i - 3 : i] for i in kini)
        assert [p.mediabox[2] > p.mediabox[3] for p in pdf.pages] == [False] * (len(teks) - 1) + [True]


def test_another_number_lays_out_only_what_carries_it(monkeypatch):
    """From the draft to the issued document the attachments are taken from the keeper."""
    caches["cetak"].clear()
    diminta = []
    asli = WorkerPool.ask_each
    monkeypatch.setattr(bagian, "RINGAN", 50)

    def note(kumpulan: WorkerPool, semua: list[list[bytes]], *, seconds: float) -> list[list[bytes]]:
        diminta.extend(isi.decode() for _, isi in semua)
        return asli(kumpulan, semua, seconds=seconds)

    for nomor in ("draf", "001"):
        html = naskah(f'<section class="bagian"><p>Nomor {nomor}</p></section>', tabel(["a"] * 9), nomor=nomor)
        with pytest.MonkeyPatch.context() as m:
            m.setattr(WorkerPool, "ask_each", note)
            hasil = cetak_html(m, html)
        assert f"Nomor {nomor}" in pages(hasil)[0]
        assert f"Kaki {nomor}" in pages(hasil)[1]
    assert sorted(("draf" in d, "001" in d) for d in diminta) == [(False, False), (False, True), (True, False)]


def test_a_long_document_is_made_in_processes_of_its_own_and_is_the_same(monkeypatch):
    html = naskah(tabel(["kata " * 20] * 120, "Satu"), tabel(["kata " * 20] * 200, "Dua"))
    caches["cetak"].clear()
    banyak = cetak_html(monkeypatch, html)
    caches["cetak"].clear()
    monkeypatch.setattr(cetak, "RINGAN", 10**9)
    assert pages(cetak_html(monkeypatch, html)) == pages(banyak)
    assert all(int(b) == int(a) + 1 for a, b in some(pairwise(re.findall(r"Halaman (\d+)", " ".join(pages(banyak))))))


def test_a_full_disk_does_not_stop_printing(monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    caches["cetak"].clear()
    monkeypatch.setattr(type(caches["cetak"]), "set", full)
    assert "Satu" in " ".join(pages(cetak_html(monkeypatch, naskah(tabel(["a"] * 9, "Satu")))))
