"""Sums carried from page to page: what leaves a page is what comes to the next, and the sum of the rows printed so far."""

import random
import re

import pytest
from lxml import html

from musrenbang.infra.pdf import carry, layout, parts
from tests.papers import texts_of

BOTTOM = re.compile(
    r"Jumlah dipindahkan Rp([\d.]+)(?: \(belum termasuk (\d+) kegiatan yang biayanya belum diketahui\))?"
)
TOP = re.compile(r"Jumlah pindahan Rp([\d.]+)(?: \(belum termasuk (\d+) kegiatan yang biayanya belum diketahui\))?")


def paper(costs: list[int | None], group: int) -> str:
    """A table of works in groups with their sums and its total, between a page before and a page after."""
    groups = []
    for start in range(0, len(costs), group):
        rows = "".join(
            f'<tr data-rp="{"?" if c is None else c}"><td>#{i}#</td><td>{"kata " * (i % 7 * 5)}</td><td>{c}</td></tr>'
            for i, c in enumerate(costs[start : start + group], start)
        )
        groups.append(
            f'<tbody><tr class="grup"><th colspan="3">Bidang</th></tr>{rows}<tr><td colspan="3">Sub</td></tr></tbody>'
        )
    total = '<tbody class="ikut"><tr class="jumlah"><td colspan="3">Seluruhnya</td></tr></tbody>'
    table = f'<table data-jumlah="kegiatan"><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead>{"".join(groups)}{total}</table>'
    return (
        '<html lang="id"><head><title>x</title></head><body><section class="bagian"><p>Sampul</p></section>'
        f'<section class="bagian lebar"><h1>Judul</h1>{table}<p>Terbilang</p></section>'
        '<section class="bagian"><p>Penutup</p></section></body></html>'
    )


def carried(pattern: re.Pattern[str], page: str) -> tuple[int, int]:
    """What a page carries: rupiah and works without a cost; (0, 0) where it says nothing."""
    found = pattern.findall(" ".join(page.split()))
    assert len(found) <= 1
    return (int(found[0][0].replace(".", "")), int(found[0][1] or 0)) if found else (0, 0)


@pytest.mark.parametrize("seed, length, cut", [(1, 10**9, 10**9), (2, 20_000, 10**9), (3, 5_000, 8_000)])
def test_what_leaves_a_page_comes_to_the_next_and_is_the_sum_of_the_rows_so_far(seed, length, cut, monkeypatch):
    """In one stretch, in stretches laid out one after another, and in parts that processes lay out by themselves."""
    luck = random.Random(seed)
    costs = [luck.choice([None, 0, luck.randrange(10**12)]) for _ in range(luck.randrange(120, 160))]
    for module in (layout, parts):
        monkeypatch.setattr(module, "PANJANG", min(length, cut))
    monkeypatch.setattr(parts, "TERBAGI", cut)
    monkeypatch.setattr(parts, "RINGAN", min(parts.RINGAN, cut))
    batches = parts.cut(paper(costs, luck.randrange(17, 40))).kelompok
    pages = [t for batch in batches for piece in layout.lay_out(batch) for t in texts_of(piece)]
    assert (len(batches) > 2) == (cut < 10**9)
    first, *_, last = [i for i, t in enumerate(pages) if "#" in t or "Seluruhnya" in t]
    assert last - first > 3
    assert "Sampul" in pages[first - 1]
    assert "Penutup" in pages[last + 1]
    printed: list[int] = []
    for before, page in zip(["", *pages], pages, strict=False):
        assert carried(TOP, page) == carried(BOTTOM, before), page
        printed += [int(n) for n in re.findall(r"#(\d+)#", page)]
        within = bool(printed) and "Seluruhnya" not in page and "Penutup" not in page
        known = [costs[i] for i in printed if costs[i] is not None]
        assert carried(BOTTOM, page) == ((sum(known), len(printed) - len(known)) if within else (0, 0))
        assert ("Jumlah dipindahkan" in page) == within
    assert printed == list(range(len(costs)))


def rows_of(table: str) -> list[str | None]:
    root = html.document_fromstring(f"<body>{table}</body>")
    carry.reckon(root.body)
    assert not root.xpath("//@data-rp | //@data-jumlah")
    return [row.get(carry.CARRIED) for row in root.iter("tr")]


def test_two_sums_are_carried_by_their_names():
    table = (
        '<table data-jumlah="kegiatan: draf, disepakati"><tbody><tr data-rp="5 0"></tr><tr data-rp="? 7"></tr>'
        "<tr></tr></tbody></table><table><tbody><tr></tr></tbody></table>"
    )
    one = "draf Rp5; disepakati Rp0"
    two = "draf Rp5 (belum termasuk 1 kegiatan yang biayanya belum diketahui); disepakati Rp7"
    assert rows_of(table) == [f"|{one}", f"{one}|{two}", f"{two}|", None]


@pytest.mark.parametrize("amount", ["5 6", "1.000", "5,5"])
def test_an_amount_that_is_no_whole_rupiah_is_refused(amount):
    """Nothing wrong is carried in silence."""
    with pytest.raises(ValueError, match=r"zip|int"):
        rows_of(f'<table data-jumlah="kegiatan"><tbody><tr data-rp="{amount}"></tr><tr></tr></tbody></table>')
