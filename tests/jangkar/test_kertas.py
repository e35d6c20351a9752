"""The root of the record on papers, and the server's key on those that everybody gets."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from berita_acara.queries import latest_berita_acara
from berita_acara.services.terbit import issue_berita_acara, print_dokumen
from musrenbang.jangkar.baca import read_record
from musrenbang.jangkar.kunci import own_key
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.simpanan import read_dokumen

pytestmark = pytest.mark.django_db


def teks(dokumen):
    return " ".join(PdfReader(BytesIO(read_dokumen(dokumen))).pages[0].extract_text().split())


def test_the_root_before_its_own_row_stands_on_the_paper(terbit):
    jangkar = latest_berita_acara(terbit.musrenbang).isi["jangkar"]
    catatan = read_record(terbit.musrenbang)
    assert catatan.root_at(jangkar["ukuran"]).hex() == jangkar["akar"]
    assert jangkar["ukuran"] < catatan.ukuran
    isi = teks(terbit)
    assert jangkar["tampil"] in isi
    assert own_key().sidik in isi
    halaman = Client().get(f"/verifikasi/{terbit.kode}/").content.decode()
    assert jangkar["tampil"] in halaman


def test_a_record_that_went_on_makes_no_new_paper(terbit, pemeran):
    """The root is another one each time; what the paper says is not."""
    m = terbit.musrenbang
    daftar = print_dokumen(musrenbang=m, jenis="rkp", by=pemeran["bu_pmd"])
    sign_checkpoint(musrenbang=m, by=None)
    assert print_dokumen(musrenbang=m, jenis="rkp", by=pemeran["bu_pmd"]).pk == daftar.pk
    assert issue_berita_acara(musrenbang=m, by=pemeran["pak_sekcam"]).pk == terbit.pk
    assert daftar.isi["jangkar"]["tampil"] in teks(daftar)
    assert own_key().sidik not in teks(daftar)
