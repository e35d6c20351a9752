"""What every paper says: no code name, no English word, no doubled number, no line torn open by a fingerprint."""

import re
from copy import deepcopy

import pytest
from django.template.loader import render_to_string
from lxml import html

from berita_acara.dokumen.cetakan import cetakan_context
from berita_acara.dokumen.compare import same_content
from berita_acara.dokumen.content import annexes, berita_acara
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.queries import kop_of
from musrenbang import format as tulis
from musrenbang.infra.pdf import carry
from musrenbang.sebutan import use
from musrenbang.transisi import Refused
from rkp.models import BarisVersi
from rkp.order import priority_places
from rkp.prioritas.rules_words import plain_reason, rule_change
from tests.some import some

KODE = re.compile(
    r"\b[A-Z]{2,}_[A-Z_]+\b|\b[a-z]+_[a-z_]+\b|\b(?:KEC|MPD|P2S)-\d+\b|\((?:BIAYA|SUMBER|JENIS|MILIK|DILEWATI)\)"
)
INGGRIS = re.compile(
    r"\b(?:the|and|of|none|true|false|null|file|board|score|draft|sheet|row|upload|download|update|hash|SHA-256)\b",
    re.IGNORECASE,
)
GANDA = re.compile(r"\b(?:no\.|nomor) (?:no\.|nomor)\b|\bRp ?Rp|(?<!\.)\.\.(?!\.)|,,|;;|\( |\s[,;]\s", re.IGNORECASE)
LUBANG = re.compile(r"\w{40,}")
LURUS_KIRI = {"sidik", "kiri", "surat-kode", "kode"}
"""Classes of text that is not justified, where a long word leaves no hole."""

_semua: dict[str, html.HtmlElement] = {}


@pytest.fixture
def papers(ready_to_issue):
    """Every paper that can be made by then, as its HTML; rendered once for this file."""
    if not _semua:
        for jenis, cetakan in CETAKAN.items():
            try:
                bagian = cetakan.bagian(ready_to_issue)[0][0] if cetakan.bagian else ""
                with use(ready_to_issue.sebutan):
                    content = cetakan_context(jenis, ready_to_issue, bagian) | {"kop": kop_of(ready_to_issue)}
                    text = render_to_string(cetakan.template, content)
            except (Refused, IndexError):
                continue
            _semua[jenis] = html.document_fromstring(text).body
    return _semua


def words_of(unsur):
    for image in unsur.xpath(".//svg"):
        image.drop_tree()
    for box in unsur.iter("p", "td", "th", "li", "h1", "h2", "h3", "br", "dd", "dt", "b", "div"):
        if not (box.tail or " ").startswith((" ", ",", ".", ")", ";", "”")):
            box.tail = f" {box.tail or ''}"
        elif box.tail is None:
            box.tail = " "
    return re.sub(r"\s+", " ", "".join(unsur.itertext()))


def test_no_paper_has_a_code_name_an_english_word_or_a_doubled_number(papers):
    assert len(papers) >= 18, sorted(papers)
    wrong = {}
    for jenis, body in papers.items():
        kata = re.sub(r"https?://[^\s;)]+|\S+\.pyz?\b.*?(?= )|--\w+", "alamat", words_of(body))
        existing = [m.group() for pola in (KODE, INGGRIS) for m in pola.finditer(kata)]
        existing += [kata[max(0, m.start() - 20) : m.end() + 10] for m in GANDA.finditer(kata) if m.group() != " ; "]
        if existing:
            wrong[jenis] = existing[:5]
    assert wrong == {}


def test_no_fingerprint_stands_in_a_justified_line(papers):
    for jenis, body in some(papers.items()):
        for unsur in body.iter("p", "li"):
            css_class = set((unsur.get("class") or "").split())
            own = css_class | {k for a in unsur.iterdescendants() for k in (a.get("class") or "").split()}
            if not own & LURUS_KIRI:
                assert not LUBANG.search(words_of(unsur)), (jenis, words_of(unsur)[:120])


def test_the_clauses_name_the_attachments_that_are_there(ready_to_issue, papers):
    """Without groups and minutes neither is named, and the numbers close up; with them they stand where the guides say."""
    kata = words_of(papers["berita_acara"])
    content = berita_acara(ready_to_issue)
    assert list(annexes(content)) == ["hadir", "prioritas_skpd", "belum", "program", "delegasi"]
    assert "KETIGA Daftar hadir peserta pada Lampiran I merupakan bagian" in kata
    assert "sebagaimana tercantum dalam Lampiran V." in kata
    assert "s.d. selesai" in kata
    lengkap = content | {
        "hasil_kelompok": {"kelompok": [{"nama": "A"} | dict.fromkeys(("draf", "sepakat", "cadangan"), 0)]},
        "notulen": {"acara": [{"judul": "B"}]},
    }
    assert annexes(lengkap)["hasil_kelompok"] == "IV"
    assert (annexes(lengkap)["program"], annexes(lengkap)["notulen"]) == ("V", "VII")
    lama = {k: v for k, v in content.items() if k not in {"hasil_kelompok", "waktu"}}
    assert annexes(lama)["program"] == "IV", "what an older release issued keeps its numbers"
    text = words_of(html.document_fromstring(render_to_string("pdf/berita_acara.html", {**lengkap, "nomor": "1"})))
    assert "Hasil kesepakatan kelompok beserta tabel skornya pada Lampiran IV, daftar hadir" in text
    assert "dan notulen pada Lampiran VII merupakan" in text
    assert text.count("Lampiran IV Berita Acara") == 1


def test_lists_stand_in_the_order_of_priority_with_its_number_in_the_first_column(ready_to_issue, papers):
    tempat = priority_places(BarisVersi.objects.filter(keputusan__startswith="disepakati").values_list("nomor", "skor"))
    for jenis in ("prioritas_skpd", "durkp", "usulan_skpd"):
        if jenis not in papers:
            continue
        for body in papers[jenis].xpath("//table[.//th[contains(., 'Kegiatan')]]/tbody"):
            kolom = [int(n) for n in body.xpath("./tr/td[1][@class='tengah']/text()")]
            assert kolom == sorted(kolom)
    kata = words_of(papers["prioritas_skpd"])
    assert "(10) Perangkat Daerah Penanggung Jawab: " in kata
    assert sorted(tempat.values()) == list(range(1, len(tempat) + 1))


def test_places_follow_the_score_and_then_the_number():
    from decimal import Decimal

    assert priority_places([(7, None), (3, Decimal(50)), (9, Decimal(80)), (2, Decimal(50))]) == {
        9: 1,
        2: 2,
        3: 3,
        7: 4,
    }


def test_a_changed_rule_is_told_by_its_name_before_and_after():
    kata = {"nama": "Usulan per desa, paling banyak", "semula": "tidak diisi", "menjadi": "3"}
    assert rule_change("max_usulan_desa", None, "3") == kata
    assert rule_change("pagu", "400000000", "300000000") == {
        "nama": "Pagu",
        "semula": tulis.rupiah(400_000_000),
        "menjadi": tulis.rupiah(300_000_000),
    }
    skip = rule_change("kebijakan_sisa", "berhenti", "lewati")["menjadi"]
    assert skip == "Lewati yang tidak muat, lanjut ke bawahnya"
    assert rule_change("rahasia", "True", "False")["menjadi"] == "tidak"
    rantai = rule_change("pemecah_seri", "[]", "['C1', 'biaya_terkecil']", names={"C1": "Keterdesakan"})
    assert rantai["menjadi"] == "keterdesakan; biaya terkecil"
    sumber = rule_change("sumber", "[{'nama': 'APBN', 'porsi': '0.95'}]", "rusak[")
    assert (sumber["semula"], sumber["menjadi"]) == ("APBN (0,95)", "daftar lain")
    assert rule_change("aturan_masa_depan", "1", "2")["nama"] == "Aturan lain"
    assert plain_reason("Biayanya belum diketahui. (BIAYA) Jalan (LLAJ). (MPD-13)") == (
        "Biayanya belum diketahui. Jalan (LLAJ)."
    )
    assert plain_reason("perlu Rp 66.000.000, tersisa Rp 0") == "perlu Rp66.000.000, tersisa Rp0"


def test_a_paper_of_the_first_release_is_not_out_of_date_for_how_it_writes_amounts():
    paper = {"isi": {"dana": ["Didanai Pagu, Rp\xa0160.000.000, sisa Rp 1"]}}
    assert same_content(paper, {"isi": {"dana": ["Didanai Pagu, Rp160.000.000, sisa Rp1"]}})
    assert not same_content(paper, {"isi": {"dana": ["Didanai Pagu, Rp160.000.001, sisa Rp1"]}})


def test_every_table_of_money_carries_its_sum_to_the_total_that_it_ends_with(papers):
    """What is carried to the last row is what the table says there: the rows add up to their own total."""
    kinds = {}
    for jenis, paper in papers.items():
        body = deepcopy(paper)
        carry.reckon(body)
        for table in body.iter("table"):
            if "(Rp)" not in "".join(table.xpath("./thead//text()")) or not table.xpath("./tbody/tr/td"):
                continue
            *_, last = table.xpath("./tbody/tr")
            if last.get("class") != "jumlah":  # no total, because its rows overlap: nothing is carried either
                assert not table.xpath(f"./tbody/tr[@{carry.CARRIED}]"), (jenis, words_of(last))
                continue
            carried, _ = last.get(carry.CARRIED, "").split(carry.BETWEEN)
            told = re.findall(r"Rp([\d.]+)", carried)
            cells = [words_of(c).replace("disepakati", "").strip() for c in last.xpath("./td[@class='angka']")]
            assert told == cells[-len(told) :], (jenis, carried, cells)
            kinds[jenis] = kinds.get(jenis, 0) + 1
    assert {"rkp", "durkp", "prioritas_skpd", "usulan_skpd", "rekap_usulan"} <= kinds.keys()
    assert {"prioritas_program", "belum_disepakati"} <= kinds.keys()
