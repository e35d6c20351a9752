"""The Camat's electronic signature: made, refused, and told apart from what was changed afterwards."""

import asyncio
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from berita_acara.models import TandaElektronik
from berita_acara.pades import check_pdf, sign_pdf
from berita_acara.services.issue import issue_berita_acara
from berita_acara.signature import InvalidCertificate
from musrenbang.keeper import read_dokumen
from musrenbang.models import JejakAudit
from tests.berita_acara.certificates import SANDI, Issuer


@pytest.fixture(autouse=True)
def _no_loop():
    """A browser test before this one leaves its event loop in the process; pyHanko runs one of its own."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture(scope="module")
def penerbit() -> Issuer:
    return Issuer()


@pytest.fixture(scope="module")
def p12(penerbit) -> bytes:
    return penerbit.issue("H. Camat Uji")


def send(client, dokumen, isi, sandi=SANDI):
    url = f"/m/{dokumen.musrenbang.slug}/berita-acara/tanda-tangan/{dokumen.pk}/"
    return client.post(url, {"sertifikat": SimpleUploadedFile("camat.p12", isi), "sandi": sandi}, follow=True)


def test_the_camat_signs_and_everyone_can_check(issued_event, masuk, p12, penerbit, settings, tmp_path, client):
    camat = masuk("pak_camat")
    assert "Tanda tangani" in camat.get(f"/m/{issued_event.musrenbang.slug}/berita-acara/").content.decode()
    halaman = send(camat, issued_event, p12).content.decode()
    assert "ditandatangani dengan sertifikat H. Camat Uji" in halaman
    tanda = TandaElektronik.objects.get()
    contents = camat.get(f"/m/{issued_event.musrenbang.slug}/berita-acara/elektronik/{tanda.pk}.pdf").content
    original = read_dokumen(issued_event)
    assert contents.startswith(original), "the issued bytes are inside, untouched"
    assert pikepdf.open(BytesIO(contents)).check_pdf_syntax() == []
    assert JejakAudit.objects.filter(aksi="dokumen.ttd_elektronik").count() == 1
    jejak = JejakAudit.objects.get(aksi="dokumen.ttd_elektronik")
    assert SANDI not in str(jejak.rincian)

    url = f"/verifikasi/{issued_event.kode}/"
    root = tmp_path / "akar.pem"
    root.write_bytes(penerbit.pem)
    for recognised, kata in (("", "tetapi penerbitnya tidak dikenal"), (str(root), "penerbitnya dikenal.")):
        settings.PENERBIT_SERTIFIKAT = recognised
        response = client.post(url, {"berkas": SimpleUploadedFile("x.pdf", contents)}).content.decode()
        assert "tanda tangan elektronik</strong> Camat" in response
        assert kata in response
    broken = bytearray(contents)
    broken[contents.find(b"stream") + 40] ^= 1
    response = client.post(url, {"berkas": SimpleUploadedFile("x.pdf", bytes(broken))}).content.decode()
    assert "tidak sah, berkas berubah" in response
    assert "tidak sama" in response
    only_original = client.post(url, {"berkas": SimpleUploadedFile("x.pdf", original)}).content.decode()
    assert "sama persis" in only_original
    assert "utuh" not in only_original


def test_a_second_tap_signs_nothing_new(issued_event, masuk, p12):
    for _ in range(2):
        send(masuk("pak_camat"), issued_event, p12)
    assert TandaElektronik.objects.count() == JejakAudit.objects.filter(aksi="dokumen.ttd_elektronik").count() == 1


def test_what_cannot_be_used_is_said(issued_event, masuk, penerbit, p12):
    camat = masuk("pak_camat")
    for contents, sandi, kata in (
        (p12, "salah", "tidak dapat dibuka"),
        (b"bukan sertifikat", SANDI, "tidak dapat dibuka"),
        (b"x" * 300_000, SANDI, "terlalu besar"),
        (penerbit.issue("Camat Lama", -20, -10), SANDI, "Sertifikat Camat Lama berlaku"),
    ):
        assert kata in send(camat, issued_event, contents, sandi).content.decode(), kata
    empty = camat.post(f"/m/{issued_event.musrenbang.slug}/berita-acara/tanda-tangan/{issued_event.pk}/", {})
    assert empty.status_code == 422
    assert TandaElektronik.objects.count() == 0


def test_a_replaced_document_is_not_signed(issued_event, masuk, cast, p12, acara):
    acara.tempat = "Balai Desa"
    acara.save()
    issue_berita_acara(musrenbang=issued_event.musrenbang, by=cast["pak_sekcam"])
    assert send(masuk("pak_camat"), issued_event, p12).status_code == 404


@pytest.mark.parametrize(
    ("person", "kode"), [("pak_sekcam", 403), ("bu_bappeda", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_only_the_camat_signs(issued_event, masuk, p12, person, kode):
    assert send(masuk(person), issued_event, p12).status_code == kode
    assert TandaElektronik.objects.count() == 0


@pytest.mark.parametrize("change", ["halaman", "tambahan"])
def test_what_is_done_to_a_signed_file_shows(p12, penerbit, tmp_path, issued_event, change):
    root = tmp_path / "akar.pem"
    root.write_bytes(penerbit.pem)
    content, _ = sign_pdf(read_dokumen(issued_event), sertifikat=p12, sandi=SANDI, alasan="Uji", tempat="Sikur")
    assert [(t.nama, t.utuh, t.dikenal) for t in check_pdf(content, str(root))] == [("H. Camat Uji", True, True)]
    if change == "tambahan":
        content += b"\n%% tambahan\n"
    else:
        with pikepdf.open(BytesIO(content)) as pdf:
            del pdf.pages[-1]
            output = BytesIO()
            pdf.save(output)
        content = output.getvalue()
    assert not any(t.utuh for t in check_pdf(content, str(root)))


@pytest.mark.parametrize("filled", [b"", b"%PDF-1.7 rusak", b"\x00" * 100, b"%PDF-1.7\n%%EOF"])
def test_a_file_without_a_signature_has_none(filled):
    assert check_pdf(filled) == []


def test_another_issuer_is_not_the_known_one(issued_event, penerbit, tmp_path):
    root = tmp_path / "akar.pem"
    root.write_bytes(penerbit.pem)
    forged = Issuer().issue("H. Camat Uji")
    content, _ = sign_pdf(read_dokumen(issued_event), sertifikat=forged, sandi=SANDI, alasan="Uji", tempat="Sikur")
    assert [(t.utuh, t.dikenal) for t in check_pdf(content, str(root))] == [(True, False)]


def test_a_key_alone_is_no_certificate():
    with pytest.raises(InvalidCertificate):
        sign_pdf(b"", sertifikat=b"", sandi="", alasan="", tempat="")
