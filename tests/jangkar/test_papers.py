"""The root of the record on papers, and the server's key on those that everybody gets."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from berita_acara.queries import latest_berita_acara
from berita_acara.services.issue import issue_berita_acara, print_dokumen
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.read import read_record
from musrenbang.keeper import read_dokumen
from musrenbang.services.jangkar import sign_checkpoint

pytestmark = pytest.mark.django_db


def text(dokumen):
    return " ".join(PdfReader(BytesIO(read_dokumen(dokumen))).pages[0].extract_text().split())


def test_the_root_before_its_own_row_stands_on_the_paper(issued_event):
    anchor = latest_berita_acara(issued_event.musrenbang).isi["jangkar"]
    catatan = read_record(issued_event.musrenbang)
    assert catatan.root_at(anchor["ukuran"]).hex() == anchor["akar"]
    assert anchor["ukuran"] < catatan.ukuran
    contents = text(issued_event)
    assert anchor["tampil"] in contents
    assert own_key().sidik in contents
    halaman = Client().get(f"/verifikasi/{issued_event.kode}/").content.decode()
    assert anchor["tampil"] in halaman


def test_a_record_that_went_on_makes_no_new_paper(issued_event, cast):
    """The root is another one each time; what the paper says is not."""
    m = issued_event.musrenbang
    daftar = print_dokumen(musrenbang=m, jenis="rkp", by=cast["bu_pmd"])
    sign_checkpoint(musrenbang=m, by=None)
    assert print_dokumen(musrenbang=m, jenis="rkp", by=cast["bu_pmd"]).pk == daftar.pk
    assert issue_berita_acara(musrenbang=m, by=cast["pak_sekcam"]).pk == issued_event.pk
    assert daftar.isi["jangkar"]["tampil"] in text(daftar)
    assert own_key().sidik not in text(daftar)
