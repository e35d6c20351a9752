"""Sums on papers and in their workbooks: bounded by what was decided, saying what they lack, in one wording."""

import re
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from lxml import html
from openpyxl import load_workbook

from berita_acara.dokumen.cetakan import cetakan_content, cetakan_context, cetakan_xlsx
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.dokumen.sidang import _item_said
from berita_acara.queries import kop_of
from musrenbang.format import missing_amounts, unknown_costs
from musrenbang.infra.sheets import Sheet, write_xlsx
from musrenbang.models import Desa
from musrenbang.sebutan import use
from musrenbang.transisi import Refused
from rkp.models import BarisRkp
from rkp.queries.sums import sum_plan
from tests.berita_acara.test_paper_words import words_of
from tests.berita_acara.test_signatures import every_paper
from tests.sheet_rows import rows_and_sums
from tests.some import some
from tindak_lanjut.queries.kabar import village_digest

TWICE = re.compile(r"(?<![-\w])([A-Za-z]{3,}) \1\b|\b(\w+), yaitu \2", re.IGNORECASE)


def test_what_a_sum_lacks_is_said_in_one_wording():
    assert missing_amounts(0) == missing_amounts([]) == missing_amounts("") == missing_amounts(None) == ""
    assert missing_amounts([{"biaya": None}, {"biaya": 0}]) == "belum termasuk 1 kegiatan yang biayanya belum diketahui"
    rows = [{"anggaran": None}] * 2
    assert missing_amounts(rows, "program:anggaran") == "belum termasuk 2 program yang anggarannya belum diketahui"
    assert unknown_costs([5, None]) == "jumlah belum termasuk 1 kegiatan yang biayanya belum diketahui"


@pytest.mark.parametrize(
    "jenis, path, kind",
    [
        ("rkp", ("program_masuk", 0, "daftar"), "program"),
        ("rkp", ("kelompok", 0, "baris"), "kegiatan"),
        ("durkp", ("kelompok", 0, "baris"), "kegiatan"),
        ("prioritas_skpd", ("kelompok", 0, "baris"), "kegiatan"),
        ("rekap_usulan", ("desa", 0, "baris"), "usulan"),
    ],
)
def test_a_sum_with_an_unknown_amount_says_so(jenis, path, kind, ready_to_issue, with_programme):
    content = cetakan_context(jenis, ready_to_issue) | {"kop": kop_of(ready_to_issue)}
    rows = content["isi"]
    for step in path:
        rows = rows[step]
    rows[0]["anggaran" if kind == "program" else "biaya"] = None
    with use(ready_to_issue.sebutan):
        body = html.document_fromstring(render_to_string(CETAKAN[jenis].template, content)).body
    sums = " ".join(words_of(row) for row in body.xpath("//tr[@class='jumlah']"))
    assert re.search(rf"\(belum termasuk \d+ {kind} yang (biaya|anggaran)nya belum diketahui\)", sums)


@pytest.fixture
def with_programme(ready_to_issue):
    from musrenbang.models import ProgramMasuk

    return ProgramMasuk.objects.create(
        musrenbang=ready_to_issue, jenis="masuk", nama="Jalan lingkar", instansi="Dinas PUPR", anggaran=None
    )


def test_the_sum_below_the_plan_is_what_was_agreed(acara, draft_event, masuk):
    """Reserve and what is still open stand in a sheet by outcome; both come from the function of the page."""
    row = BarisRkp.objects.filter(biaya__gt=0).first()
    BarisRkp.objects.filter(pk=row.pk).update(keputusan="disepakati")
    content = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/unduh/").content
    rows, sums = rows_and_sums(content)
    column = 9
    assert sum(r[column] or 0 for r in rows) > row.biaya
    assert sums[column] == sum_plan(BarisRkp.objects.all()).sepakat.rp == row.biaya
    workbook = load_workbook(BytesIO(content))
    assert workbook.worksheets[0].cell(len(rows) + 3, column + 1).value.startswith("=SUMIF(O3:O")
    by_outcome = {r[0]: r[2] for r in workbook["Jumlah"].iter_rows(min_row=3, values_only=True)}
    assert by_outcome["Disepakati, termasuk dengan perubahan"] == row.biaya
    assert by_outcome["Belum dibahas"] == sum_plan(BarisRkp.objects.all()).terbuka.rp


def test_reserve_and_what_was_not_agreed_are_added_up_apart(ready_to_issue):
    content = cetakan_content("belum_disepakati", ready_to_issue)["isi"]
    file = cetakan_xlsx("belum_disepakati", ready_to_issue)
    workbook = load_workbook(BytesIO(file))
    titles = {one.title: one["A1"].value for one in workbook.worksheets}
    for sheet, part in some([("Belum disepakati", "belum"), ("Cadangan", "cadangan")]):
        if content[part]:
            assert rows_and_sums(file, sheet)[1][9] == sum(b["biaya"] or 0 for b in content[part])
            assert ("belum termasuk" in titles[sheet]) == any(b["biaya"] is None for b in content[part])


def test_a_workbook_has_no_empty_sheet_and_each_title_tells_its_own_gaps():
    columns = [("No.", 6), ("Kegiatan", 20), ("Biaya (Rp)", 12)]
    others = [Sheet("Digabung", columns, []), Sheet("Cadangan", columns, [[1, "A", None]], kurang="satu kosong")]
    file = write_xlsx(judul="RKP. Perhatikan: dua kosong.", kolom=columns, baris=[[1, "A", 5]], other=others)
    sheets = load_workbook(BytesIO(file)).worksheets
    assert [s["A1"].value for s in sheets] == [
        "RKP. Perhatikan: dua kosong.",
        "RKP: cadangan. Perhatikan: satu kosong.",
    ]


def test_a_wide_sheet_repeats_the_columns_up_to_the_name_of_the_work():
    columns = [("Bidang", 26), ("No.", 8), ("Kegiatan", 44), *((f"Kolom {i}", 40) for i in range(8))]
    sheet = load_workbook(BytesIO(write_xlsx(judul="X", kolom=columns, baris=[["a"] * 11]))).active
    assert sheet.print_title_cols == "$A:$C"


def test_headings_of_workbooks_begin_with_a_capital(ready_to_issue):
    seen = 0
    for jenis, cetakan in CETAKAN.items():
        if cetakan.xlsx is None or cetakan.bagian:
            continue
        try:
            workbook = load_workbook(BytesIO(cetakan_xlsx(jenis, ready_to_issue)))
        except Refused:
            continue
        seen += 1
        heads = [c.value for sheet in workbook.worksheets for c in sheet[2] if c.value]
        assert [h for h in heads if not h[0].isupper() and h[0] != "("] == [], jenis
    assert seen >= 8


def test_no_paper_says_a_word_twice_in_a_row(ready_to_issue):
    wrong = {}
    for jenis, cetakan, content in every_paper(ready_to_issue):
        if cetakan.pokok:
            content["didengar"] = {"sambutan": [_item_said("Sambutan Camat", "Camat")], "pemaparan": ["paparan draf"]}
        with use(ready_to_issue.sebutan):
            body = html.document_fromstring(render_to_string(cetakan.template, content)).body
        doubled = [m[0] for e in body.iter("p", "li", "dd", "h1") for m in TWICE.finditer(words_of(e))]
        if doubled:
            wrong[jenis] = doubled
    assert wrong == {}


def test_an_item_of_the_agenda_names_who_spoke_once():
    assert _item_said("Sambutan Camat dan pembukaan", "Camat") == "sambutan Camat dan pembukaan"
    assert _item_said("Paparan draf RKP", "Sekcam") == "paparan draf RKP (Sekcam)"
    assert _item_said("Sambutan", "") == "sambutan"


def test_a_group_that_is_named_by_its_field_does_not_say_it_twice():
    group = {
        "nama": "Kelompok Ekonomi",
        "bidang": "Ekonomi",
        "ketua": "A",
        "notulis": "B",
        "baris": [],
    } | dict.fromkeys(("draf", "sepakat", "cadangan"), 0)
    text = render_to_string("pdf/_hasil_kelompok.html", {"k": group})
    assert "(bidang" not in text
    other = render_to_string("pdf/_hasil_kelompok.html", {"k": group | {"bidang": "Sosial"}})
    assert "(bidang Sosial)" in other


def test_news_counts_a_shared_proposal_once_and_shows_what_the_desa_asked(ready_to_issue):
    """As the recap of the plan does; the measure of the plan stands under the result."""
    villages = list(Desa.objects.filter(kecamatan=ready_to_issue.kecamatan).order_by("kode"))
    first, second = villages[:2]
    digest = village_digest(ready_to_issue, villages)
    one = next(k for own in digest.values() for k in own if k.baris)
    one.usulan.cakupan, one.usulan.desa_id = "beberapa", None
    one.usulan.bersama = {d.kode: {"nama": d.nama, "bobot": w} for d, w in ((first, 3), (second, 1))}
    assert [one.part_of(d.kode) for d in (first, second)] == [1, 0]
    one.baris.volume, one.usulan.volume = 7, 9
    assert one.ukuran[0].startswith("9")
    assert one.in_plan is not None
    assert one.in_plan[0].startswith("7")


def test_the_letter_to_an_agency_says_what_programmes_pay(ready_to_issue):
    content = {"isi": {"skpd": "Dinas PUPR", "kepada": "Kepala Dinas PUPR", "baris": [], "diminta": 5, "jumlah": 9}}
    content["isi"]["dana"] = {"kalimat": "Di antaranya 1 kegiatan didanai program (1 sebagian) sebesar Rp4."}
    content["kepala"] = cetakan_context("pengantar_bappeda", ready_to_issue)["kepala"]
    text = words_of(html.document_fromstring(render_to_string("pdf/usulan_skpd.html", content)).body)
    assert (
        text.count("Di antaranya 1 kegiatan didanai program (1 sebagian) sebesar Rp4. Biaya seluruh kegiatan Rp9.") == 2
    )
