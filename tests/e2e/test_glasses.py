"""The glasses themselves: what axe-core has passed of a kind is passed over, and what is wrong in a known page is still found."""

import pytest

from tests.e2e.conftest import ATURAN, LAPTOP, TELEPON, Seen, violations

PAGE = """<html lang="id"><head><title>Uji</title><style>
  .samar { color: %(color)s } .hp { display: none } .kecil { font-size: 8px; line-height: 8px; padding: 0; border: 0 }
  @media (max-width: 500px) { .hp { display: %(hp)s } .dekat { width: %(width)s; height: 24px; display: inline-block } }
</style></head><body><main><h1>Uji</h1><p class="samar">Teks</p><p>Lain</p>
<button class="dekat kecil" type="button" aria-label="Satu"></button><button class="dekat kecil" type="button" aria-label="Dua"></button>
<button class="hp" type="button" style="width: 60px; height: 60px"%(label)s></button></main></body></html>"""
ROWS = "".join(
    f"""<tr><th scope="row">{n}</th><td><label for="a{n}">Biaya {n}</label> <input id="a{n}" aria-describedby="b{n}"><i id="b{n}">Rp</i></td>
    <td><a href="/{n}">Jalan {n}</a></td><td><button aria-label="Ubah kegiatan {n}">Ubah</button></td></tr>"""
    for n in range(1, 6)
)
LONG = f"""<html lang="id"><head><title>Uji</title><style>p a {{ color: #00f }} a, button {{ display: inline-block; padding: 8px }}</style></head>
<body><nav aria-label="Satu"><a href="/">Beranda</a></nav><main><h1>Daftar</h1><h2>Jalan</h2><h3>Rincian</h3>
<table><thead><tr><th scope="col">No.</th><th scope="col">Biaya</th><th scope="col">Nama</th><th scope="col">Ubah</th></tr></thead>
<tbody>{ROWS}</tbody></table><ul><li>Satu</li><li>Dua</li></ul>
<p>Lihat <a href="/x" style="text-decoration: underline; padding: 0; display: inline">bantuan</a> di sini.</p>
<div id="kotak" style="height: 60px; width: 200px; overflow: auto"><p>Pendek</p></div></main></body></html>"""
# One thing wrong in the fourth row, or elsewhere, of a page of which everything else was passed.
FAULTS = {
    "a label for nothing": ('for="a4"', 'for="a44"', "label"),
    "an empty label": ("Biaya 4</label>", "</label>", "label"),
    "a link that says nothing": (">Jalan 4</a>", "></a>", "link-name"),
    "a name without what is seen": (
        'aria-label="Ubah kegiatan 4"',
        'aria-label="Ganti 4"',
        "label-content-name-mismatch",
    ),
    "a control within a control": ('4">Ubah<', '4"><a href="/4">Ubah</a><', "nested-interactive"),
    "pale text": ("<a href='/4'>".replace("'", '"'), '<a href="/4" style="color: #ddd">', "color-contrast"),
    "a small target": (
        '<button aria-label="Ubah kegiatan 4">Ubah</button>',
        '<button style="padding: 0; width: 15px; height: 15px">a</button><button style="padding: 0; width: 15px; height: 15px">b</button>',
        "target-size",
    ),
    "a role that there is not": ('<td><a href="/4">', '<td role="sel"><a href="/4">', "aria-roles"),
    "an attribute that a role does not have": (
        '<a href="/4">',
        '<a href="/4" aria-checked="true">',
        "aria-allowed-attr",
    ),
    "a value that there is not": (
        '<a href="/4">',
        '<a href="/4" aria-current="ya" aria-expanded="ya">',
        "aria-valid-attr-value",
    ),
    "a scope that there is not": ('scope="row">4', 'scope="baris">4', "scope-attr-valid"),
    "an item that is none": ("<li>Dua</li>", "<div>Dua</div>", "list"),
    "a heading passed over": ("<h2>Jalan</h2>", "", "heading-order"),
    "an empty heading": ("<h3>Rincian</h3>", "<h3></h3>", "empty-heading"),
    "a second main part": ("</main>", "</main><main>Lain</main>", "landmark-no-duplicate-main"),
    "two parts of one name": ("<main>", '<nav aria-label="Satu"><a href="/y">Lain</a></nav><main>', "landmark-unique"),
    "text outside of all parts": ("</main>", "</main><p>Luar</p>", "region"),
    "a cell of a heading that there is not": (
        '<td><a href="/4">',
        '<td headers="tidak"><a href="/4">',
        "td-headers-attr",
    ),
    "a picture without words": ("Jalan 4</a>", 'Jalan 4<img src="data:," width="30" height="30"></a>', "image-alt"),
    "no title": ("<title>Uji</title>", "<title></title>", "document-title"),
    "no language": ('<html lang="id">', "<html>", "html-has-lang"),
    "a text that cannot be scrolled by keys": (
        "<p>Pendek</p>",
        "<p>Panjang sekali</p>" * 9,
        "scrollable-region-focusable",
    ),
    "a link known by its colour alone": (
        'style="text-decoration: underline;',
        'style="text-decoration: none;',
        "link-in-text-block",
    ),
    "what is hidden and has the focus": (
        '<i id="b4">',
        '<i id="b4" aria-hidden="true"><button>x</button>',
        "aria-hidden-focus",
    ),
    "one key for two": ('<a href="/4">', '<a href="/4" accesskey="s"></a><a href="/5" accesskey="s">', "accesskeys"),
    "a field for what there is not": ('<input id="a4"', '<input id="a4" autocomplete="salah"', "autocomplete-valid"),
    "an order of its own": ('<a href="/4">', '<a href="/4" tabindex="3">', "tabindex"),
}


@pytest.fixture
def page(chromium, tmp_path, monkeypatch):
    """A page of which nothing was seen yet."""
    (tmp_path / "kinds").touch()
    for name, value in {"folder": tmp_path, "kinds": set(), "read": 0}.items():
        monkeypatch.setattr(Seen, name, value)
    context = chromium.new_context(viewport=LAPTOP)
    yield context.new_page()
    context.close()


def test_what_was_seen_is_passed_over_and_what_is_wrong_is_found(page):
    def look(color="#000", hp="none", width="30px", label="", size=TELEPON):
        page.set_viewport_size(size)
        page.set_content(PAGE % {"color": color, "hp": hp, "width": width, "label": label})
        return [rule for rule, _ in violations(page, ATURAN)]

    look(size=LAPTOP)
    assert look() == []
    assert look(color="#ccc") == ["color-contrast"]
    assert look(color="#ccc", size=LAPTOP) == ["color-contrast"], "what was wrong is not taken for seen"
    assert look(width="8px") == ["target-size"]
    assert look(hp="block") == ["button-name"], "in sight at this width alone"
    assert look(hp="block", label=' aria-label="Tiga"') == []


def test_one_fault_in_a_known_page_is_found(page):
    def look(content):
        page.set_content(content)
        return {rule for rule, _ in violations(page)}

    assert look(LONG) == set()
    assert Seen.unknown(page.evaluate("window.pageLook.keys")) == [], "all of a page that was passed is known"
    missed = {}
    for fault, (right, wrong, rule) in FAULTS.items():
        assert right in LONG, fault
        if rule not in (found := look(LONG.replace(right, wrong))):
            missed[fault] = (rule, found)
    assert not missed
