"""What may be uploaded: every kind of list, a zip of many, and what is no list."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from tests.usulan.shapes import BENTUK
from tests.usulan.test_shapes import write_shape
from usulan.models import ImporUsulan


@pytest.fixture
def ready_event(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    return acara


def upload(client, acara, nama, isi):
    return client.post(
        f"/m/{acara.slug}/usulan/impor/", {"berkas": SimpleUploadedFile(nama, isi)}, follow=True
    ).content.decode()


def zip_of(**berkas):
    leaving = BytesIO()
    with zipfile.ZipFile(leaving, "w", zipfile.ZIP_DEFLATED) as archive:
        for nama, content in berkas.items():
            archive.writestr(nama.replace("__", "/").replace("_TITIK_", "."), content)
    return leaving.getvalue()


@pytest.mark.parametrize("nama", ["xls_lama", "ods", "csv_titik_koma_cp1252", "csv_koma_bom", "csv_tab"])
def test_every_kind_of_list_is_previewed_and_kept_under_its_kind(nama, ready_event, masuk, tmp_path):
    path, sent = write_shape(next(b for b in BENTUK if b.nama == nama), tmp_path)
    sent = sent.replace("\t", " ")
    assert "Belum ada yang tersimpan" in upload(masuk("bu_pmd"), ready_event, sent, path.read_bytes())
    impor = ImporUsulan.objects.get()
    assert impor.berkas.name.endswith(path.suffix)
    with impor.berkas.open() as content:
        assert content.read() == path.read_bytes()


def test_a_zip_is_one_preview_for_each_list(ready_event, masuk, make_workbook):
    dua = zip_of(
        desa__semaya_TITIK_xlsx=make_workbook("a.xlsx", [JUDUL, BARIS[0]]).read_bytes(),
        loyok_TITIK_xlsx=make_workbook("b.xlsx", [JUDUL, BARIS[2]]).read_bytes(),
        surat_TITIK_docx=b"PK..",
        __MACOSX___semaya_TITIK_xlsx=b"x",
    )
    content = upload(masuk("bu_pmd"), ready_event, "kiriman.zip", dua)
    assert sorted(ImporUsulan.objects.values_list("nama_berkas", flat=True)) == ["loyok.xlsx", "semaya.xlsx"]
    assert "surat.docx: bukan daftar usulan" in content


def _broken(tempat):
    """A zip whose ``tempat`` (its directory, or the packed bytes) was overwritten on the way."""
    content = bytearray(zip_of(a_TITIK_xlsx=b"isi yang cukup panjang untuk dipadatkan " * 50))
    mulai = content.index(b"PK\x01\x02") if tempat == "daftar" else content.index(b"a.xlsx") + 6
    content[mulai : mulai + 8] = b"\xff" * 8
    return bytes(content)


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (zip_of(), "zip ini kosong"),
        (zip_of(a_TITIK_pdf=b"%PDF-1.4"), "bukan daftar usulan"),
        (zip_of(a_TITIK_xlsx=b"\0" * 5_000_000), "terlalu besar setelah dibuka"),
        (zip_of(a_TITIK_xlsx=b"bukan excel"), "teks biasa"),
        (b"PK\x03\x04rusak", "rusak atau terpotong"),
        (_broken("daftar"), "rusak atau terpotong"),
        (_broken("isi"), "rusak atau terpotong"),
    ],
    ids=["kosong", "pdf", "bom", "bukan excel", "terpotong", "daftar rusak", "isi rusak"],
)
def test_a_bad_zip_is_refused_in_words_and_nothing_is_kept(contents, sentence, ready_event, masuk):
    assert sentence in upload(masuk("bu_pmd"), ready_event, "kiriman.zip", contents)
    assert not ImporUsulan.objects.exists()
