"""The Camat's electronic signature: made, refused, and told apart from what was changed afterwards."""

import asyncio
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from berita_acara.models import TandaElektronik
from berita_acara.pades import check_pdf, sign_pdf
from berita_acara.services.terbit import issue_berita_acara
from berita_acara.tanda import InvalidCertificate
from musrenbang.models import JejakAudit
from musrenbang.simpanan import read_dokumen
from tests.berita_acara.sertifikat import SANDI, Penerbit


@pytest.fixture(autouse=True)
def _no_loop():
    """A browser test before this one leaves its event loop in the process; pyHanko runs one of its own."""
    berjalan = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(berjalan)


@pytest.fixture(scope="module")
def penerbit() -> Penerbit:
    return Penerbit()


@pytest.fixture(scope="module")
def p12(penerbit) -> bytes:
    return penerbit.issue("H. Camat Uji")


def kirim(client, dokumen, isi, sandi=SANDI):
    url = f"/m/{dokumen.musrenbang.slug}/berita-acara/tanda-tangan/{dokumen.pk}/"
    return client.post(url, {"sertifikat": SimpleUploadedFile("camat.p12", isi), "sandi": sandi}, follow=True)


def test_the_camat_signs_and_everyone_can_check(terbit, masuk, p12, penerbit, settings, tmp_path, client):
    camat = masuk("pak_camat")
    assert "Tanda tangani" in camat.get(f"/m/{terbit.musrenbang.slug}/berita-acara/").content.decode()
    halaman = kirim(camat, terbit, p12).content.decode()
    assert "ditandatangani dengan sertifikat H. Camat Uji" in halaman
    tanda = TandaElektronik.objects.get()
    isi = camat.get(f"/m/{terbit.musrenbang.slug}/berita-acara/elektronik/{tanda.pk}.pdf").content
    asli = read_dokumen(terbit)
    assert isi.startswith(asli), "the issued bytes are inside, untouched"
    assert pikepdf.open(BytesIO(isi)).check_pdf_syntax() == []
    assert JejakAudit.objects.filter(aksi="dokumen.ttd_elektronik").count() == 1
    jejak = JejakAudit.objects.get(aksi="dokumen.ttd_elektronik")
    assert SANDI not in str(jejak.rincian)

    url = f"/verifikasi/{terbit.kode}/"
    akar = tmp_path / "akar.pem"
    akar.write_bytes(penerbit.pem)
    for dikenal, kata in (("", "tetapi penerbitnya tidak dikenal"), (str(akar), "penerbitnya dikenal.")):
        settings.PENERBIT_SERTIFIKAT = dikenal
        jawab = client.post(url, {"berkas": SimpleUploadedFile("x.pdf", isi)}).content.decode()
        assert "tanda tangan elektronik</strong> Camat" in jawab
        assert kata in jawab
    rusak = bytearray(isi)
    rusak[isi.find(b"stream") + 40] ^= 1
    jawab = client.post(url, {"berkas": SimpleUploadedFile("x.pdf", bytes(rusak))}).content.decode()
    assert "tidak sah, berkas berubah" in jawab
    assert "tidak sama" in jawab
    asli_saja = client.post(url, {"berkas": SimpleUploadedFile("x.pdf", asli)}).content.decode()
    assert "sama persis" in asli_saja
    assert "utuh" not in asli_saja


def test_a_second_tap_signs_nothing_new(terbit, masuk, p12):
    for _ in range(2):
        kirim(masuk("pak_camat"), terbit, p12)
    assert TandaElektronik.objects.count() == JejakAudit.objects.filter(aksi="dokumen.ttd_elektronik").count() == 1


def test_what_cannot_be_used_is_said(terbit, masuk, penerbit, p12):
    camat = masuk("pak_camat")
    for isi, sandi, kata in (
        (p12, "salah", "tidak dapat dibuka"),
        (b"bukan sertifikat", SANDI, "tidak dapat dibuka"),
        (b"x" * 300_000, SANDI, "terlalu besar"),
        (penerbit.issue("Camat Lama", -20, -10), SANDI, "Sertifikat Camat Lama berlaku"),
    ):
        assert kata in kirim(camat, terbit, isi, sandi).content.decode(), kata
    kosong = camat.post(f"/m/{terbit.musrenbang.slug}/berita-acara/tanda-tangan/{terbit.pk}/", {})
    assert kosong.status_code == 422
    assert TandaElektronik.objects.count() == 0


def test_a_replaced_document_is_not_signed(terbit, masuk, pemeran, p12, acara):
    acara.tempat = "Balai Desa"
    acara.save()
    issue_berita_acara(musrenbang=terbit.musrenbang, by=pemeran["pak_sekcam"])
    assert kirim(masuk("pak_camat"), terbit, p12).status_code == 404


@pytest.mark.parametrize(
    ("orang", "kode"), [("pak_sekcam", 403), ("bu_bappeda", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_only_the_camat_signs(terbit, masuk, p12, orang, kode):
    assert kirim(masuk(orang), terbit, p12).status_code == kode
    assert TandaElektronik.objects.count() == 0


@pytest.mark.parametrize("ubah", ["halaman", "tambahan"])
def test_what_is_done_to_a_signed_file_shows(p12, penerbit, tmp_path, terbit, ubah):
    akar = tmp_path / "akar.pem"
    akar.write_bytes(penerbit.pem)
    isi, _ = sign_pdf(read_dokumen(terbit), sertifikat=p12, sandi=SANDI, alasan="Uji", tempat="Sikur")
    assert [(t.nama, t.utuh, t.dikenal) for t in check_pdf(isi, str(akar))] == [("H. Camat Uji", True, True)]
    if ubah == "tambahan":
        isi += b"\n%% tambahan\n"
    else:
        with pikepdf.open(BytesIO(isi)) as pdf:
            del pdf.pages[-1]
            keluaran = BytesIO()
            pdf.save(keluaran)
        isi = keluaran.getvalue()
    assert not any(t.utuh for t in check_pdf(isi, str(akar)))


@pytest.mark.parametrize("isi", [b"", b"%PDF-1.7 rusak", b"\x00" * 100, b"%PDF-1.7\n%%EOF"])
def test_a_file_without_a_signature_has_none(isi):
    assert check_pdf(isi) == []


def test_another_issuer_is_not_the_known_one(terbit, penerbit, tmp_path):
    akar = tmp_path / "akar.pem"
    akar.write_bytes(penerbit.pem)
    palsu = Penerbit().issue("H. Camat Uji")
    isi, _ = sign_pdf(read_dokumen(terbit), sertifikat=palsu, sandi=SANDI, alasan="Uji", tempat="Sikur")
    assert [(t.utuh, t.dikenal) for t in check_pdf(isi, str(akar))] == [(True, False)]


def test_a_key_alone_is_no_certificate():
    with pytest.raises(InvalidCertificate):
        sign_pdf(b"", sertifikat=b"", sandi="", alasan="", tempat="")
