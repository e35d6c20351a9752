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
from musrenbang.keeper import read_dokumen
from musrenbang.models import JejakAudit
from tests.berita_acara.certificates import Issuer
from tests.berita_acara.test_electronic import _no_loop  # noqa: F401

NIK, PASSPHRASE = "5203041201710001", "rahasia bsre"


@pytest.fixture(scope="module")
def penerbit():
    return Issuer()


@pytest.fixture
def hash_root(penerbit, settings, tmp_path):
    """The issuer is one that this server knows."""
    berkas = tmp_path / "akar.pem"
    berkas.write_bytes(penerbit.pem)
    settings.PENERBIT_SERTIFIKAT = str(berkas)
    return str(berkas)


@pytest.fixture
def genuine(issued_event):
    return read_dokumen(issued_event)


def upload(client, acara, *contents, putar="0"):
    berkas = [SimpleUploadedFile(f"{i}.pdf", one) for i, one in enumerate(contents)]
    return client.post(
        f"/m/{acara.slug}/berita-acara/salinan/",
        {"berkas": berkas, "putar": putar, "kunci": str(uuid4())},
        follow=True,
    ).content.decode()


@pytest.mark.parametrize(
    "cara, level, recognised, revoked",
    [
        ({}, "B-LT", True, False),
        ({"bukti": False}, "B-T", True, False),
        ({"dicabut": True}, "B-T", False, True),
    ],
)
def test_a_file_is_judged_from_what_it_holds(penerbit, hash_root, genuine, cara, level, recognised, revoked):
    (one,) = check_pdf(penerbit.sign_lt(genuine, "H. Camat", **cara), hash_root)
    assert (one.utuh, one.tingkat, one.dikenal, one.dicabut) == (True, level, recognised, revoked)
    (one,) = check_pdf(penerbit.sign_lt(genuine, "H. Camat", **cara))
    assert (one.utuh, one.dikenal) == (True, False), "an issuer that nobody named is not known"


@pytest.mark.parametrize(
    "cara, withdrawn, levels, recognised, tercabut",
    [
        ("penerbit", False, "B-LT", True, False),
        ("wakil", False, "B-LT", True, False),
        ("penerbit", True, "B-T", False, True),
        ("wakil", True, "B-T", False, True),
        ("asing", False, "B-T", True, False),
    ],
)
def test_answers_of_a_responder_in_the_file_count_like_a_list(
    penerbit, hash_root, genuine, cara, withdrawn, levels, recognised, tercabut
):
    """BSrE's tools embed OCSP. An answer of somebody whom the issuer did not name proves nothing, so it is no B-LT."""
    (one,) = check_pdf(penerbit.sign_lt(genuine, "H. Camat", ocsp=cara, dicabut=withdrawn), hash_root)
    assert (one.utuh, one.tingkat, one.dikenal, one.dicabut) == (True, levels, recognised, tercabut)


def test_a_certificate_that_a_responder_calls_revoked_is_refused_in_words(
    penerbit, hash_root, genuine, issued_event, masuk
):
    content = penerbit.sign_lt(genuine, "H. Rusli", ocsp="penerbit", dicabut=True)
    assert "sudah dicabut" in upload(masuk("pak_sekcam"), issued_event.musrenbang, content)
    assert not SalinanTtd.objects.exists()
    lama = penerbit.sign_lt(genuine, "H. Rusli", ocsp="wakil", sampai=30)
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365)):
        assert [(t.tingkat, t.dikenal) for t in check_pdf(lama, hash_root)] == [("B-LT", True)]


def test_it_still_holds_years_after_the_certificate_expired(penerbit, hash_root, genuine):
    lama, without = (penerbit.sign_lt(genuine, "H. Camat", sampai=30, bukti=b) for b in (True, False))
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365)):
        assert [(t.tingkat, t.dikenal) for t in check_pdf(lama, hash_root)] == [("B-LT", True)]
        assert [t.dikenal for t in check_pdf(without, hash_root)] == [False], (
            "without proof in the file nobody can tell any more"
        )


def test_what_is_added_after_it_shows(penerbit, hash_root, genuine):
    from io import BytesIO

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writers = IncrementalPdfFileWriter(BytesIO(penerbit.sign_lt(genuine, "H. Camat")))
    halaman = writers.root["/Pages"]["/Kids"][0].get_object()
    content = writers.add_object(generic.StreamObject(stream_data=b"0 0 1 rg 0 0 200 200 re f"))
    halaman["/Contents"] = content
    writers.update_container(halaman)
    output = BytesIO()
    writers.write(output)
    assert [t.utuh for t in check_pdf(output.getvalue(), hash_root)] == [False]


def test_a_signed_file_comes_in_as_the_signed_copy(penerbit, hash_root, genuine, issued_event, masuk, client):
    contents = penerbit.sign_lt(genuine, "H. Rusli")
    sekcam, acara = masuk("pak_sekcam"), issued_event.musrenbang
    html = upload(sekcam, acara, contents)
    assert "Tanda tangan elektronik H. Rusli (penerbit sertifikat: Akar Uji): utuh, penerbitnya dikenal." in html
    assert "PAdES B-LT" in html
    salinan = SalinanTtd.objects.get()
    assert salinan.diterima
    assert sekcam.get(f"/m/{acara.slug}/berita-acara/salinan.pdf").content == contents, (
        "byte for byte: a rewritten file loses it"
    )
    assert JejakAudit.objects.get(aksi="salinan.diunggah").rincian["tanda"][0]["nama"] == "H. Rusli"
    alamat = f"/verifikasi/{issued_event.kode}/"
    assert "Tanda tangan elektronik di salinan" in client.get(alamat).content.decode()
    response = client.post(alamat, {"berkas": SimpleUploadedFile("x.pdf", contents)}).content.decode()
    assert "salinan bertanda tangan</strong>" in response
    assert "belum dicabut (PAdES B-LT)" in response


def test_anybody_checks_a_signed_file_that_was_never_uploaded(penerbit, hash_root, genuine, issued_event, client):
    berkas = SimpleUploadedFile("x.pdf", penerbit.sign_lt(genuine, "H. Rusli"))
    response = client.post(f"/verifikasi/{issued_event.kode}/", {"berkas": berkas}).content.decode()
    assert "berawal dari dokumen ini, sama persis" in response
    assert "tidak sama" not in response


def test_what_does_not_hold_is_refused_in_words(penerbit, hash_root, genuine, issued_event, masuk):
    good = penerbit.sign_lt(genuine, "H. Rusli")
    broken = bytearray(good)
    broken[len(genuine) // 2] ^= 1
    revoke = penerbit.sign_lt(genuine, "H. Rusli", dicabut=True)
    client, acara = masuk("pak_sekcam"), issued_event.musrenbang
    for content, kata in (([revoke], "sudah dicabut"), ([good, genuine], "Unggah berkas itu sendiri")):
        assert kata in upload(client, acara, *content)
    assert "Unggah berkas itu sendiri" in upload(client, acara, good, putar="1")
    html = upload(client, acara, bytes(broken))
    assert any(k in html for k in ("tidak sah, berkas berubah", "bukan PDF yang utuh", "tidak terbaca, mungkin rusak"))
    assert not SalinanTtd.objects.exists()


def test_a_signature_that_cannot_be_read_is_never_taken_for_a_scan(penerbit, genuine, issued_event, masuk, client):
    broken = penerbit.sign_lt(genuine, "H. Rusli").replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.detachee")
    broken = broken.replace(b"/Type /Sig\n", b"/Type /Gis\n").replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.terlepas")
    assert b"/ByteRange" in broken
    html = upload(masuk("pak_sekcam"), issued_event.musrenbang, broken)
    assert "tidak terbaca, mungkin rusak" in html or "tidak sah, berkas berubah" in html
    assert not SalinanTtd.objects.exists()


def test_another_file_signed_well_is_told_apart(penerbit, hash_root, genuine, issued_event, masuk, settings):
    from io import BytesIO

    import pikepdf

    output = BytesIO()
    with pikepdf.open(BytesIO(genuine)) as pdf:
        pdf.save(output)
    html = upload(masuk("pak_sekcam"), issued_event.musrenbang, penerbit.sign_lt(output.getvalue(), "H. Rusli"))
    assert "tidak berawal dari berkas yang diterbitkan di sini" in html
    assert SalinanTtd.objects.get().tanda[0]["baik"] is False


def test_old_papers_still_hold_when_the_servers_key_is_lost(
    penerbit, hash_root, genuine, issued_event, masuk, client, settings
):
    """Nothing on a paper hangs on SECRET_KEY: sessions and links end with it, codes, hashes and signatures do not."""
    contents = penerbit.sign_lt(genuine, "H. Rusli")
    sekcam = masuk("pak_sekcam")
    upload(sekcam, issued_event.musrenbang, contents)
    settings.SECRET_KEY = "kunci-lain-yang-dibuat-sesudah-yang-lama-hilang-0123456789"
    assert sekcam.get("/").status_code == 302, "who was signed in signs in again"
    for berkas, kata in ((genuine, "sama persis"), (contents, "salinan bertanda tangan")):
        response = client.post(f"/verifikasi/{issued_event.kode}/", {"berkas": SimpleUploadedFile("x.pdf", berkas)})
        assert kata in response.content.decode()


# --- the esign client


class Imitation(BaseHTTPRequestHandler):
    """What the esign client answers, as far as this application asks it."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.terima.append((self.path, self.headers, b""))
        self._say(*self.server.jawab.get("status", (200, {"status_code": 1111, "status": "ISSUE"})))

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.terima.append((self.path, self.headers, content))
        pdf = content[content.index(b"%PDF-") : content.rindex(b"\r\n--")]
        response = self.server.jawab.get("sign") or (200, self.server.penerbit.sign_lt(pdf, "H. Rusli"))
        self._say(*(response(pdf) if callable(response) else response))

    def _say(self, kode, isi, **kepala):
        body = isi if isinstance(isi, bytes) else json.dumps(isi).encode()
        self.send_response(kode)
        for nama, nilai in kepala.items():
            self.send_header(nama, nilai)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def esign(settings, penerbit, hash_root):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Imitation)
    server.jawab, server.terima, server.penerbit = {}, [], penerbit
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.ESIGN_ALAMAT = f"http://127.0.0.1:{server.server_port}"
    settings.ESIGN_PENGGUNA, settings.ESIGN_SANDI, settings.ESIGN_DETIK = "musrenbang", "sandi-klien", 10
    yield server
    server.shutdown()
    server.server_close()


def mark_handle(client, dokumen, **change):
    url = f"/m/{dokumen.musrenbang.slug}/berita-acara/tanda-tangan/{dokumen.pk}/"
    return client.post(url, {"cara": "esign", "nik": NIK, "sandi": PASSPHRASE} | change, follow=True)


def test_the_camat_signs_through_the_esign_client(esign, issued_event, masuk, client):
    camat = masuk("pak_camat")
    halaman = camat.get(
        f"/m/{issued_event.musrenbang.slug}/berita-acara/tanda-tangan/{issued_event.pk}/"
    ).content.decode()
    assert "Tanda tangani lewat BSrE" in halaman
    assert "ditandatangani dengan sertifikat H. Rusli" in mark_handle(camat, issued_event).content.decode()
    (alamat, head_of, _), (_, _, contents) = esign.terima
    assert alamat == f"/api/user/status/{NIK}"
    assert base64.b64decode(head_of["Authorization"].split()[1]) == b"musrenbang:sandi-klien"
    assert f'name="passphrase"\r\n\r\n{PASSPHRASE}'.encode() in contents
    tanda = TandaElektronik.objects.get()
    assert read_electronic(tanda).startswith(read_dokumen(issued_event))
    assert PASSPHRASE not in str(list(JejakAudit.objects.values()))
    mark_handle(camat, issued_event)
    assert len(esign.terima) == 2, "a second tap asks nobody"


def _rewritten(pdf):
    return 200, b"%PDF-1.7 bukan dokumen itu"


GAGAL = [
    ({"sign": (400, {"status_code": 2031, "error": "Passphrase anda salah"})}, "Passphrase tidak cocok"),
    ({"sign": (200, {"status_code": 2031})}, "Passphrase tidak cocok"),
    ({"status": (200, {"status_code": 1110, "message": "not registered"})}, "belum terdaftar di BSrE"),
    ({"status": (200, {"status_code": 2021})}, "sudah kedaluwarsa"),
    ({"status": (200, {"status_code": 9999, "message": "Sedang dirawat."})}, "Sedang dirawat."),
    ({"status": (401, b"Unauthorized")}, "ditolak layanan BSrE"),
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


@pytest.mark.parametrize("answer, kata", GAGAL)
def test_what_the_client_refuses_is_said_and_nothing_is_stored(esign, issued_event, masuk, answer, kata):
    esign.jawab = answer
    assert kata in mark_handle(masuk("pak_camat"), issued_event).content.decode()
    assert not TandaElektronik.objects.exists()


def test_a_client_that_does_not_answer_holds_nobody(esign, issued_event, masuk, settings):
    settings.ESIGN_DETIK = 0.3
    stop = threading.Event()
    esign.jawab = {"sign": lambda pdf: (200, str(stop.wait(3)).encode())}
    mulai = time.monotonic()
    assert "tidak menjawab dalam 0.3 detik" in mark_handle(masuk("pak_camat"), issued_event).content.decode()
    assert time.monotonic() - mulai < 2.5
    stop.set()


def test_a_client_that_is_away_is_said(issued_event, masuk, settings):
    settings.ESIGN_ALAMAT, settings.ESIGN_DETIK = "http://127.0.0.1:9", 5
    html = mark_handle(masuk("pak_camat"), issued_event).content.decode()
    assert "tidak dapat dihubungi" in html
    assert "unggah hasilnya sebagai salinan" in html


@pytest.mark.parametrize("changes, kata", [({"nik": "123"}, "16 angka"), ({"sandi": ""}, "wajib")])
def test_a_form_that_is_not_filled_in_asks_nobody(esign, issued_event, masuk, changes, kata):
    response = mark_handle(masuk("pak_camat"), issued_event, **changes)
    assert response.status_code == 422
    assert kata in response.content.decode()
    assert esign.terima == []


def test_without_the_setting_there_is_no_such_way(issued_event, masuk):
    halaman = (
        masuk("pak_camat")
        .get(f"/m/{issued_event.musrenbang.slug}/berita-acara/tanda-tangan/{issued_event.pk}/")
        .content.decode()
    )
    assert "lewat BSrE" not in halaman
    assert mark_handle(masuk("pak_camat"), issued_event).status_code == 422
