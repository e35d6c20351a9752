"""Signatures that officials have: a PDF signed by BSrE's tools comes in as it is, and BSrE's esign client signs here."""

import base64
import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from berita_acara.models import SalinanTtd, TandaElektronik
from berita_acara.pades import check_pdf
from berita_acara.queries import read_electronic
from musrenbang.models import JejakAudit
from musrenbang.simpanan import read_dokumen
from tests.berita_acara.sertifikat import Penerbit
from tests.berita_acara.test_elektronik import _no_loop  # noqa: F401

NIK, PASSPHRASE = "5203041201710001", "rahasia bsre"


@pytest.fixture(scope="module")
def penerbit():
    return Penerbit()


@pytest.fixture
def akar(penerbit, settings, tmp_path):
    """The issuer is one that this server knows."""
    berkas = tmp_path / "akar.pem"
    berkas.write_bytes(penerbit.pem)
    settings.PENERBIT_SERTIFIKAT = str(berkas)
    return str(berkas)


@pytest.fixture
def asli(terbit):
    return read_dokumen(terbit)


def unggah(client, acara, *isi, putar="0"):
    berkas = [SimpleUploadedFile(f"{i}.pdf", satu) for i, satu in enumerate(isi)]
    return client.post(
        f"/m/{acara.slug}/berita-acara/salinan/",
        {"berkas": berkas, "putar": putar, "kunci": str(uuid4())},
        follow=True,
    ).content.decode()


@pytest.mark.parametrize(
    "cara, tingkat, dikenal, dicabut",
    [
        ({}, "B-LT", True, False),
        ({"bukti": False}, "B-T", True, False),
        ({"dicabut": True}, "B-T", False, True),
    ],
)
def test_a_file_is_judged_from_what_it_holds(penerbit, akar, asli, cara, tingkat, dikenal, dicabut):
    (satu,) = check_pdf(penerbit.sign_lt(asli, "H. Camat", **cara), akar)
    assert (satu.utuh, satu.tingkat, satu.dikenal, satu.dicabut) == (True, tingkat, dikenal, dicabut)
    (satu,) = check_pdf(penerbit.sign_lt(asli, "H. Camat", **cara))
    assert (satu.utuh, satu.dikenal) == (True, False), "an issuer that nobody named is not known"


@pytest.mark.parametrize(
    "cara, dicabut, tingkat, dikenal, tercabut",
    [
        ("penerbit", False, "B-LT", True, False),
        ("wakil", False, "B-LT", True, False),
        ("penerbit", True, "B-T", False, True),
        ("wakil", True, "B-T", False, True),
        ("asing", False, "B-T", True, False),
    ],
)
def test_answers_of_a_responder_in_the_file_count_like_a_list(
    penerbit, akar, asli, cara, dicabut, tingkat, dikenal, tercabut
):
    """BSrE's tools embed OCSP. An answer of somebody whom the issuer did not name proves nothing, so it is no B-LT."""
    (satu,) = check_pdf(penerbit.sign_lt(asli, "H. Camat", ocsp=cara, dicabut=dicabut), akar)
    assert (satu.utuh, satu.tingkat, satu.dikenal, satu.dicabut) == (True, tingkat, dikenal, tercabut)


def test_a_certificate_that_a_responder_calls_revoked_is_refused_in_words(penerbit, akar, asli, terbit, masuk):
    isi = penerbit.sign_lt(asli, "H. Rusli", ocsp="penerbit", dicabut=True)
    assert "sudah dicabut" in unggah(masuk("pak_sekcam"), terbit.musrenbang, isi)
    assert not SalinanTtd.objects.exists()
    lama = penerbit.sign_lt(asli, "H. Rusli", ocsp="wakil", sampai=30)
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365)):
        assert [(t.tingkat, t.dikenal) for t in check_pdf(lama, akar)] == [("B-LT", True)]


def test_it_still_holds_years_after_the_certificate_expired(penerbit, akar, asli):
    lama, tanpa = (penerbit.sign_lt(asli, "H. Camat", sampai=30, bukti=b) for b in (True, False))
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365)):
        assert [(t.tingkat, t.dikenal) for t in check_pdf(lama, akar)] == [("B-LT", True)]
        assert [t.dikenal for t in check_pdf(tanpa, akar)] == [False], (
            "without proof in the file nobody can tell any more"
        )


def test_what_is_added_after_it_shows(penerbit, akar, asli):
    from io import BytesIO

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    penulis = IncrementalPdfFileWriter(BytesIO(penerbit.sign_lt(asli, "H. Camat")))
    halaman = penulis.root["/Pages"]["/Kids"][0].get_object()
    isi = penulis.add_object(generic.StreamObject(stream_data=b"0 0 1 rg 0 0 200 200 re f"))
    halaman["/Contents"] = isi
    penulis.update_container(halaman)
    keluaran = BytesIO()
    penulis.write(keluaran)
    assert [t.utuh for t in check_pdf(keluaran.getvalue(), akar)] == [False]


def test_a_signed_file_comes_in_as_the_signed_copy(penerbit, akar, asli, terbit, masuk, client):
    isi = penerbit.sign_lt(asli, "H. Rusli")
    sekcam, acara = masuk("pak_sekcam"), terbit.musrenbang
    html = unggah(sekcam, acara, isi)
    assert "Tanda tangan elektronik H. Rusli (penerbit sertifikat: Akar Uji): utuh, penerbitnya dikenal." in html
    assert "PAdES B-LT" in html
    salinan = SalinanTtd.objects.get()
    assert salinan.diterima
    assert sekcam.get(f"/m/{acara.slug}/berita-acara/salinan.pdf").content == isi, (
        "byte for byte: a rewritten file loses it"
    )
    assert JejakAudit.objects.get(aksi="salinan.diunggah").rincian["tanda"][0]["nama"] == "H. Rusli"
    alamat = f"/verifikasi/{terbit.kode}/"
    assert "Tanda tangan elektronik di salinan" in client.get(alamat).content.decode()
    jawab = client.post(alamat, {"berkas": SimpleUploadedFile("x.pdf", isi)}).content.decode()
    assert "salinan bertanda tangan</strong>" in jawab
    assert "belum dicabut (PAdES B-LT)" in jawab


def test_anybody_checks_a_signed_file_that_was_never_uploaded(penerbit, akar, asli, terbit, client):
    berkas = SimpleUploadedFile("x.pdf", penerbit.sign_lt(asli, "H. Rusli"))
    jawab = client.post(f"/verifikasi/{terbit.kode}/", {"berkas": berkas}).content.decode()
    assert "berawal dari dokumen ini, sama persis" in jawab
    assert "tidak sama" not in jawab


def test_what_does_not_hold_is_refused_in_words(penerbit, akar, asli, terbit, masuk):
    baik = penerbit.sign_lt(asli, "H. Rusli")
    rusak = bytearray(baik)
    rusak[len(asli) // 2] ^= 1
    cabut = penerbit.sign_lt(asli, "H. Rusli", dicabut=True)
    client, acara = masuk("pak_sekcam"), terbit.musrenbang
    for isi, kata in (([cabut], "sudah dicabut"), ([baik, asli], "Unggah berkas itu sendiri")):
        assert kata in unggah(client, acara, *isi)
    assert "Unggah berkas itu sendiri" in unggah(client, acara, baik, putar="1")
    html = unggah(client, acara, bytes(rusak))
    assert any(k in html for k in ("tidak sah, berkas berubah", "bukan PDF yang utuh", "tidak terbaca, mungkin rusak"))
    assert not SalinanTtd.objects.exists()


def test_a_signature_that_cannot_be_read_is_never_taken_for_a_scan(penerbit, asli, terbit, masuk, client):
    rusak = penerbit.sign_lt(asli, "H. Rusli").replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.detachee")
    rusak = rusak.replace(b"/Type /Sig\n", b"/Type /Gis\n").replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.terlepas")
    assert b"/ByteRange" in rusak
    html = unggah(masuk("pak_sekcam"), terbit.musrenbang, rusak)
    assert "tidak terbaca, mungkin rusak" in html or "tidak sah, berkas berubah" in html
    assert not SalinanTtd.objects.exists()


def test_another_file_signed_well_is_told_apart(penerbit, akar, asli, terbit, masuk, settings):
    from io import BytesIO

    import pikepdf

    keluaran = BytesIO()
    with pikepdf.open(BytesIO(asli)) as pdf:
        pdf.save(keluaran)
    html = unggah(masuk("pak_sekcam"), terbit.musrenbang, penerbit.sign_lt(keluaran.getvalue(), "H. Rusli"))
    assert "tidak berawal dari berkas yang diterbitkan di sini" in html
    assert SalinanTtd.objects.get().tanda[0]["baik"] is False


def test_old_papers_still_hold_when_the_servers_key_is_lost(penerbit, akar, asli, terbit, masuk, client, settings):
    """Nothing on a paper hangs on SECRET_KEY: sessions and links end with it, codes, hashes and signatures do not."""
    isi = penerbit.sign_lt(asli, "H. Rusli")
    sekcam = masuk("pak_sekcam")
    unggah(sekcam, terbit.musrenbang, isi)
    settings.SECRET_KEY = "kunci-lain-yang-dibuat-sesudah-yang-lama-hilang-0123456789"
    assert sekcam.get("/").status_code == 302, "who was signed in signs in again"
    for berkas, kata in ((asli, "sama persis"), (isi, "salinan bertanda tangan")):
        jawab = client.post(f"/verifikasi/{terbit.kode}/", {"berkas": SimpleUploadedFile("x.pdf", berkas)})
        assert kata in jawab.content.decode()


# --- the esign client


class Tiruan(BaseHTTPRequestHandler):
    """What the esign client answers, as far as this application asks it."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.terima.append((self.path, self.headers, b""))
        self._say(*self.server.jawab.get("status", (200, {"status_code": 1111, "status": "ISSUE"})))

    def do_POST(self):
        isi = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.terima.append((self.path, self.headers, isi))
        pdf = isi[isi.index(b"%PDF-") : isi.rindex(b"\r\n--")]
        jawab = self.server.jawab.get("sign") or (200, self.server.penerbit.sign_lt(pdf, "H. Rusli"))
        self._say(*(jawab(pdf) if callable(jawab) else jawab))

    def _say(self, kode, isi, **kepala):
        tubuh = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
        self.send_response(kode)
        for nama, nilai in kepala.items():
            self.send_header(nama, nilai)
        self.send_header("Content-Length", str(len(tubuh)))
        self.end_headers()
        self.wfile.write(tubuh)


@pytest.fixture
def esign(settings, penerbit, akar):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiruan)
    server.jawab, server.terima, server.penerbit = {}, [], penerbit
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.ESIGN_ALAMAT = f"http://127.0.0.1:{server.server_port}"
    settings.ESIGN_PENGGUNA, settings.ESIGN_SANDI, settings.ESIGN_DETIK = "musrenbang", "sandi-klien", 10
    yield server
    server.shutdown()
    server.server_close()


def tanda_tangani(client, dokumen, **ubah):
    url = f"/m/{dokumen.musrenbang.slug}/berita-acara/tanda-tangan/{dokumen.pk}/"
    return client.post(url, {"cara": "esign", "nik": NIK, "sandi": PASSPHRASE} | ubah, follow=True)


def test_the_camat_signs_through_the_esign_client(esign, terbit, masuk, client):
    camat = masuk("pak_camat")
    halaman = camat.get(f"/m/{terbit.musrenbang.slug}/berita-acara/tanda-tangan/{terbit.pk}/").content.decode()
    assert "Tanda tangani lewat BSrE" in halaman
    assert "ditandatangani dengan sertifikat H. Rusli" in tanda_tangani(camat, terbit).content.decode()
    (alamat, kepala, _), (_, _, isi) = esign.terima
    assert alamat == f"/api/user/status/{NIK}"
    assert base64.b64decode(kepala["Authorization"].split()[1]) == b"musrenbang:sandi-klien"
    assert f'name="passphrase"\r\n\r\n{PASSPHRASE}'.encode() in isi
    tanda = TandaElektronik.objects.get()
    assert read_electronic(tanda).startswith(read_dokumen(terbit))
    assert PASSPHRASE not in str(list(JejakAudit.objects.values()))
    tanda_tangani(camat, terbit)
    assert len(esign.terima) == 2, "a second tap asks nobody"


def _rewritten(pdf):
    return 200, b"%PDF-1.7 bukan dokumen itu"


GAGAL = [
    ({"sign": (400, {"status_code": 2031, "error": "Passphrase anda salah"})}, "Passphrase tidak cocok"),
    ({"sign": (200, {"status_code": 2031})}, "Passphrase tidak cocok"),
    ({"status": (200, {"status_code": 1110, "message": "not registered"})}, "belum terdaftar di BSrE"),
    ({"status": (200, {"status_code": 2021})}, "sudah kedaluwarsa"),
    ({"status": (200, {"status_code": 9999, "message": "Sedang dirawat."})}, "Sedang dirawat."),
    ({"status": (401, b"Unauthorized")}, "ESIGN_PENGGUNA"),
    ({"sign": (500, b"<html>galat</html>")}, "BSrE menolak menandatangani"),
    ({"sign": (200, b"bukan apa-apa")}, "tidak dikenal"),
    ({"status": (200, b"[" * 5000)}, "tidak dikenal"),
    ({"sign": (200, b"%PDF-" + b"x" * 100)}, "bukan dokumen ini"),
    ({"sign": _rewritten}, "bukan dokumen ini"),
    ({"sign": lambda pdf: (200, pdf)}, "bukan dokumen ini"),
    ({"sign": lambda pdf: (200, b"%PDF-" + b"x" * (31 << 20))}, "terlalu besar"),
    (
        {
            "sign": lambda pdf: (
                302,
                b"",
            )
        },
        "menolak menandatangani",
    ),
]


@pytest.mark.parametrize("jawab, kata", GAGAL)
def test_what_the_client_refuses_is_said_and_nothing_is_stored(esign, terbit, masuk, jawab, kata):
    esign.jawab = jawab
    assert kata in tanda_tangani(masuk("pak_camat"), terbit).content.decode()
    assert not TandaElektronik.objects.exists()


def test_a_client_that_does_not_answer_holds_nobody(esign, terbit, masuk, settings):
    settings.ESIGN_DETIK = 0.3
    berhenti = threading.Event()
    esign.jawab = {"sign": lambda pdf: (200, str(berhenti.wait(3)).encode())}
    mulai = time.monotonic()
    assert "tidak menjawab dalam 0.3 detik" in tanda_tangani(masuk("pak_camat"), terbit).content.decode()
    assert time.monotonic() - mulai < 2.5
    berhenti.set()


def test_a_client_that_is_away_is_said(terbit, masuk, settings):
    settings.ESIGN_ALAMAT, settings.ESIGN_DETIK = "http://127.0.0.1:9", 5
    html = tanda_tangani(masuk("pak_camat"), terbit).content.decode()
    assert "tidak dapat dihubungi" in html
    assert "unggah hasilnya sebagai salinan" in html


@pytest.mark.parametrize("ubah, kata", [({"nik": "123"}, "16 angka"), ({"sandi": ""}, "wajib")])
def test_a_form_that_is_not_filled_in_asks_nobody(esign, terbit, masuk, ubah, kata):
    jawab = tanda_tangani(masuk("pak_camat"), terbit, **ubah)
    assert jawab.status_code == 422
    assert kata in jawab.content.decode()
    assert esign.terima == []


def test_without_the_setting_there_is_no_such_way(terbit, masuk):
    halaman = (
        masuk("pak_camat").get(f"/m/{terbit.musrenbang.slug}/berita-acara/tanda-tangan/{terbit.pk}/").content.decode()
    )
    assert "lewat BSrE" not in halaman
    assert tanda_tangani(masuk("pak_camat"), terbit).status_code == 422
