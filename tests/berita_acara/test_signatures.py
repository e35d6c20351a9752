"""A paper that prints a block of signatures says so in its kind, and every block says where, when, who and as what."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from lxml import html

from berita_acara.dokumen.cetakan import cetakan_context
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.queries import kop_of
from berita_acara.services.issue import print_dokumen, signers
from musrenbang.cetakan import KELOMPOK
from musrenbang.sebutan import use
from musrenbang.transisi import Refused
from tests.berita_acara.test_paper_words import words_of
from tests.halaman import flat
from tests.test_arsitektur import SUMBER

LEMBAR = Path(settings.BASE_DIR) / "templates"
TANGAN = {"ketua_kelompok": KELOMPOK, "notulis": KELOMPOK, "saksi": ""}
"""Who signs in a block by another name than the kind gives; a witness of a vote is nobody whom the record names."""
DRAF = {"draft_rkp"}
"""Printed by the template of the final paper, without the chapter that is signed."""


def printed_by(template: str) -> str:
    """Return the text of a template with all that it extends and includes."""
    text = (LEMBAR / template).read_text(encoding="utf-8")
    used = re.findall(r'\{% (?:include|extends) "(pdf/[^"]+)"', text)
    return text + "".join(printed_by(one) for one in used if not one.startswith("pdf/_ttd"))


def in_blocks(template: str) -> set[str]:
    text = printed_by(template)
    names = re.findall(r'pdf/_ttd\.html" with ([^%]*)%', text) + re.findall(
        r'pdf/_ttd_orang\.html" with ([^%]*)%', text
    )
    return {TANGAN.get(who, who) for one in names for who in re.findall(r'(?:oleh|kiri|siapa)="(\w+)"', one)} - {""}


@pytest.mark.parametrize("jenis", sorted(CETAKAN.keys() - DRAF))
def test_a_kind_names_exactly_who_signs_in_its_blocks(jenis):
    """The Berita Acara is signed by the Camat and who presided; the sheets of the groups are its attachments."""
    annex = {KELOMPOK} if CETAKAN[jenis].pokok else set()
    assert in_blocks(CETAKAN[jenis].template) - annex == set(CETAKAN[jenis].ttd)


def every_paper(acara):
    """Yield (kind, its row, what its template is given) of each paper that can be made now."""
    for jenis, cetakan in CETAKAN.items():
        try:
            part = cetakan.bagian(acara)[0][0] if cetakan.bagian else ""
            content = cetakan_context(jenis, acara, part)
        except (Refused, IndexError):
            continue
        yield jenis, cetakan, content | {"kop": kop_of(acara)}


def test_no_template_draws_a_block_of_its_own():
    own = [p.name for p in sorted((LEMBAR / "pdf").glob("*.html")) if re.search(r'class="(ttd|ruang)\b', p.read_text())]
    assert own == ["_penanda.html", "_surat_undangan.html", "_ttd.html", "_ttd_nama.html"]


def test_every_block_has_place_date_office_and_name(ready_to_issue):
    seen = set()
    with use(ready_to_issue.sebutan):
        for jenis, cetakan, content in every_paper(ready_to_issue):
            body = html.document_fromstring(render_to_string(cetakan.template, content)).body
            blocks = body.xpath("//*[starts-with(@class, 'ttd')]")
            assert bool(blocks) == bool(cetakan.ttd), jenis
            dated = body.xpath("boolean(//*[contains(@class, 'surat-kepala') or contains(@class, 'lampiran-sk')])")
            text = " ".join(words_of(b) for b in blocks)
            for block in blocks:
                assert dated or re.search(r"Sikur, (\d+ \w+|\.{10,}) 2026", words_of(block)), (jenis, words_of(block))
            assert [s for s in signers(jenis, content) if s["nama"] not in text or not s["jabatan"]] == [], jenis
            seen |= {jenis} if blocks else set()
    assert {"rkp", "durkp", "daftar_hadir", "berita_acara", "surat_mandat", "daftar_bahan", "usulan_skpd"} <= seen


def test_the_page_of_verification_names_who_signs_an_attendance_list(ready_to_issue, cast, client, monkeypatch):
    document = print_dokumen(musrenbang=ready_to_issue, jenis="daftar_hadir", by=cast["bu_pmd"])
    name = document.penanda_tangan[0]["nama"]
    assert document.penanda_tangan[0]["peran"] == "camat"
    assert name in client.get(f"/verifikasi/{document.kode}/").content.decode()
    plain = print_dokumen(musrenbang=ready_to_issue, jenis="daftar_delegasi", by=cast["bu_pmd"])
    assert "tidak ditandatangani" in flat(client.get(f"/verifikasi/{plain.kode}/"))
    monkeypatch.setattr("berita_acara.services.issue.signers", lambda *_: [])
    second = print_dokumen(musrenbang=ready_to_issue, jenis="durkp", by=cast["bu_pmd"])
    answer = flat(client.get(f"/verifikasi/{second.kode}/"))
    assert "nama penanda tangan tidak" in answer
    assert "tidak ditandatangani" not in answer


def test_no_draft_is_printed_of_a_plan_that_is_fixed(ready_to_issue, cast):
    """It would be the same paper under another code; the sentence names the one to print."""
    with pytest.raises(Refused, match=r"RKP Kecamatan versi 1 sudah ditetapkan.*Cetak “RKP Kecamatan”"):
        print_dokumen(musrenbang=ready_to_issue, jenis="draft_rkp", by=cast["bu_pmd"])


def test_no_two_kinds_print_the_same_content():
    content = [c.isi for c in CETAKAN.values()]
    assert len(set(content)) == len(content)


def test_every_number_is_composed_in_one_place():
    """So the classification of its year, or that of the kabupaten, stands in each: letters, decisions, receipts."""
    by_hand = re.compile(r"\bROMAWI\[|:03d\}")
    places = {
        p.relative_to(settings.BASE_DIR).as_posix() for p in SUMBER if by_hand.search(p.read_text(encoding="utf-8"))
    }
    assert places == {"musrenbang/nomor.py", "berita_acara/services/issue.py", "berita_acara/dokumen/content.py"}
