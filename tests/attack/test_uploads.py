"""What strangers upload: refused or taken in words, never a 500, no process above 400 MB. Tables in ``makers``.

What is measured stands in docs/keamanan.md; ``pytest tests/attack/test_uploads.py -s`` prints it anew.
"""

import json
import sys
import time
import uuid
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from berita_acara.models import PengaturanDokumen, SalinanTtd, TandaElektronik
from berita_acara.services.electronic import sign_dokumen
from berita_acara.services.match import compare_file
from berita_acara.services.salinan import upload_salinan
from berita_acara.services.settings import save_settings
from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.infra.sheets import BrokenSheet, read_rows
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.attack.makers import ANGKA_GILA, BUKU, GAMBAR, PDF, POLIGLOT, UTUH, picture
from tests.berita_acara.certificates import SANDI, Issuer
from tests.berita_acara.test_dokumen import DASAR
from usulan.impor.grid import FileRefused
from usulan.impor.read import read_workbook
from usulan.impor.results import Reference
from usulan.models import ImporUsulan, Usulan

BATAS_MB = 400
RUJUKAN = Reference("Sikur", {"52.03.04.2001": "Semaya", "52.03.04.2002": "Sikur"})


def memory(what: str) -> int:
    """Return VmRSS (now) or VmHWM (the most since it was last forgotten) of this process, in MB."""
    return next(int(b.split()[1]) for b in Path("/proc/self/status").read_text().splitlines() if what in b) // 1024


@pytest.fixture(scope="module")
def ukuran():
    """What was measured: told at the end (``-s``)."""
    everything = {"anak": [0], "server": [0], "detik": [0.0]}
    yield everything
    largest = {k: max(v) for k, v in everything.items()}
    kata = "\nchild at most {anak} MB, server grew by at most {server} MB, slowest child {detik:.1f} s\n"
    sys.stdout.write(kata.format(**largest))


@pytest.fixture(autouse=True)
def _limits(monkeypatch, ukuran):
    """Two seconds of work instead of fifteen; the server itself may not grow, and no child above the limit."""
    original, peak = child._run, []

    def run(pesan, batas, output, seedling):
        assert batas[0] < BATAS_MB * 1024 * 1024
        mulai = time.monotonic()
        kode = original(pesan, (batas[0], min(batas[1], 2), batas[2]), output, seedling)
        ukuran["detik"].append(time.monotonic() - mulai)
        if not kode:
            output.seek(0)
            peak.append(json.load(output).get("puncak", 0) // 1024)
        return kode

    monkeypatch.setattr(child, "_run", run)
    Path("/proc/self/clear_refs").write_text("5")  # forget the highest so far
    sebelum = memory("VmRSS")
    yield
    ukuran["anak"] += peak
    ukuran["server"].append(memory("VmHWM") - sebelum)
    assert max(peak, default=0) < BATAS_MB
    assert ukuran["server"][-1] < 120, "what a stranger sent grew in the server itself"


@pytest.fixture(scope="module")
def dokumen():
    """A document that is in no database: enough to be compared with, when nothing matches."""
    return Dokumen(pk=0, sha256="0" * 64, jenis="berita_acara", musrenbang_id=0)


@pytest.mark.django_db
@pytest.mark.parametrize("nama", PDF)
def test_anybody_compares_a_hostile_pdf(nama, dokumen):
    match = compare_file(dokumen=dokumen, berkas=SimpleUploadedFile("x.pdf", PDF[nama]))
    assert (match.hasil, [t for t in match.tanda if t.utuh]) == ("asing", [])
    assert match.tak_terbaca == "" or match.tak_terbaca[-1] == "."


@pytest.mark.parametrize("nama", ["objek mampat bom", "tanda DER sedalam sumur", "bukan PDF", "besar"])
def test_the_page_answers_in_words(nama, issued_event, client):
    contents = b"%PDF-" + b"x" * 15_800_000 if nama == "besar" else PDF[nama]
    response = client.post(f"/verifikasi/{issued_event.kode}/", {"berkas": SimpleUploadedFile("x.pdf", contents)})
    kata = "paling besar 15 MB" if nama == "besar" else "<strong>tidak sama</strong>"
    assert (response.status_code in {200, 413, 422}, kata in response.content.decode()) == (True, True)


def test_what_is_known_by_its_hash_is_not_opened(issued_event, client, monkeypatch):
    monkeypatch.setattr(child, "_run", lambda *_: pytest.fail("it was opened"))
    berkas = SimpleUploadedFile("x.pdf", read_dokumen(issued_event))
    assert "sama persis" in client.post(f"/verifikasi/{issued_event.kode}/", {"berkas": berkas}).content.decode()


def combine(contents: bytes, folder: Path, nama: str = "berkas.pdf") -> bytes:
    """Return what a signed copy of this file would be."""
    (folder / "0").write_bytes(contents)
    child.read("berita_acara.scans:combine", folder, nama=[nama], putar=[], most=200)
    return (folder / "jadi").read_bytes()


@pytest.mark.parametrize("nama", PDF)
def test_a_hostile_pdf_as_a_signed_copy(nama, tmp_path):
    """Either refused, or its pages are there in a file that holds nothing else."""
    with suppress(UnreadableFile), pikepdf.open(BytesIO(combine(PDF[nama], tmp_path))) as finished:
        assert 0 < len(finished.pages) <= 200
        assert "/AcroForm" not in finished.Root


KECIL = {"TIFF kembali ke dirinya", "TIFF satu lajur 4 GB"}
"""Their lies cost nothing: eight by eight pixels are read, and no more."""


@pytest.mark.parametrize("nama", GAMBAR)
def test_a_hostile_picture_as_a_photo(nama, tmp_path):
    if nama in KECIL:
        with pikepdf.open(BytesIO(combine(GAMBAR[nama], tmp_path))) as finished:
            assert len(finished.pages) == 1
        return
    with pytest.raises(UnreadableFile) as galat:
        combine(GAMBAR[nama], tmp_path, "foto.jpg")
    assert str(galat.value)[-1] == "."


@pytest.mark.parametrize("nama", GAMBAR)
def test_a_hostile_picture_as_a_logo(nama, tmp_path):
    (tmp_path / "0").write_bytes(GAMBAR[nama])
    with pytest.raises(UnreadableFile) as galat:
        child.read("berita_acara.scans:write_logo", tmp_path)
    assert str(galat.value)[-1] == "."


def test_the_services_say_it_and_keep_nothing(ready_to_issue, issued_event, cast):
    by = cast["pak_sekcam"]
    bomb, photo = GAMBAR["PNG 900 juta piksel"], [("foto.png", GAMBAR["PNG 900 juta piksel"])]
    with pytest.raises(Refused, match=r"foto\.png lebih dari 50 juta piksel"):
        upload_salinan(musrenbang=ready_to_issue, by=by, kunci=uuid.uuid4(), berkas=photo, putar=[])
    with pytest.raises(Refused, match="paling besar 4000 piksel"):
        save_settings(musrenbang=ready_to_issue, by=by, versi=0, logo=bomb, **DASAR)
    for nama, kata in {
        "PNG bergerak": "gambar bergerak",
        "GIF": "GIF, WebP, dan SVG",
        "WEBP bergerak": "GIF, WebP, dan SVG",
        "SVG": "GIF, WebP, dan SVG",
        "SVG berkepala XML": "GIF, WebP, dan SVG",
    }.items():
        with pytest.raises(Refused, match=kata):
            save_settings(musrenbang=ready_to_issue, by=by, versi=0, logo=GAMBAR[nama], **DASAR)
    assert (SalinanTtd.objects.count(), PengaturanDokumen.objects.count()) == (0, 0)


def test_behind_a_picture_nothing_is_kept(tmp_path):
    (tmp_path / "0").write_bytes(POLIGLOT)
    child.read("berita_acara.scans:write_logo", tmp_path)
    assert b"script" not in (tmp_path / "jadi").read_bytes()
    assert b"script" not in combine(POLIGLOT, tmp_path, "a.png")
    jump = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /AA <</O <</S /JavaScript /JS (app.alert\\(1\\))>>>>>>"
    with pikepdf.open(
        BytesIO(combine(UTUH.replace(b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>", jump), tmp_path))
    ) as finished:
        assert "/AA" not in finished.pages[0].obj


def test_right_files_are_still_taken(tmp_path):
    for jenis in ("PNG", "JPEG", "WEBP", "TIFF"):
        assert combine(picture(jenis, (3000, 2000)), tmp_path, f"a.{jenis}")[:5] == b"%PDF-"
    (tmp_path / "0").write_bytes(picture("PNG", (4000, 4000)))
    child.read("berita_acara.scans:write_logo", tmp_path)
    with Image.open(tmp_path / "jadi") as logo:
        assert logo.size == (4000, 4000)


@pytest.mark.parametrize("nama", BUKU)
def test_a_hostile_list_of_proposals(nama, tmp_path):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(BUKU[nama])
    with pytest.raises(FileRefused) as galat:
        read_workbook(path, RUJUKAN)
    assert str(galat.value)[-1] == "."


@pytest.mark.parametrize("nama", [n for n in BUKU if BUKU[n][:2] == b"PK" or n == "xls palsu"])
def test_a_hostile_table_of_our_own_shape(nama):
    with pytest.raises(BrokenSheet) as galat:
        read_rows(SimpleUploadedFile("tabel.xlsx", BUKU[nama]), ["Nama", "Jabatan"])
    assert str(galat.value)[-1] == "."


def test_the_import_page_says_it(acara, masuk, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    client = masuk("pak_sekcam")
    for nama in ("CSV satu sel 9 MB", "miliaran tawa", "zip dalam zip", "JSON NaN"):
        response = client.post(
            f"/m/{acara.slug}/usulan/impor/", {"berkas": SimpleUploadedFile("daftar.csv", BUKU[nama])}
        )
        assert response.status_code == 422, nama
    assert ImporUsulan.objects.count() == 0


def test_numbers_that_are_none_are_unknown(acara, masuk, move_event):
    """NaN, endless and 400 digits in a list: read, shown, no cost is stored that nobody wrote."""
    move_event(acara, Tahap.PERSIAPAN)
    client = masuk("pak_sekcam")
    berkas = SimpleUploadedFile("daftar.csv", ANGKA_GILA.encode())
    response = client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": berkas}, follow=True)
    assert response.status_code == 200
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{acara.slug}/usulan/impor/{impor.pk}/simpan/")
    everything = list(Usulan.objects.filter(musrenbang=acara))
    assert len(everything) == 8
    for one in everything:
        for nilai in (one.volume, one.biaya):
            assert nilai is None or (Decimal(nilai).is_finite() and 0 <= nilai < 10**15)


def test_a_certificate_that_asks_for_hours(issued_event, cast):
    """How often the password is hashed stands in the file: two thousand million times."""
    content = pkcs12.Pfx.load(Issuer().issue("H. Camat Uji"))
    content["mac_data"]["iterations"] = 2**31 - 1
    with pytest.raises(Refused, match="Sertifikat tidak dapat dibuka"):
        sign_dokumen(
            musrenbang=issued_event.musrenbang,
            dokumen=issued_event,
            by=cast["pak_camat"],
            sertifikat=content.dump(force=True),
            sandi=SANDI,
        )
    assert not TandaElektronik.objects.exists()


# --- the child itself


def test_the_child_cannot_take_more_than_its_share(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    for task, sebab in (
        ("eat", "terlalu besar"),
        ("putar", "terlalu lama"),
        ("write", "terlalu besar"),
        ("dead", "rusak"),
    ):
        with pytest.raises(UnreadableFile, match=sebab):
            child.read(f"tests.attack.greedy:{task}", tmp_path / "a", write_max=100_000)


def test_the_child_knows_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    assert set(child.read("tests.attack.greedy:environment", b"x")) <= {"LC_ALL", "OPENPYXL_LXML"}


def test_no_more_than_the_places_at_once(tmp_path, monkeypatch):
    child.use_folder(tmp_path)
    monkeypatch.setitem(child.TUNGGU_TEMPAT, "umum", 0)
    with child._place("umum"):
        with pytest.raises(UnreadableFile, match="Server sedang memeriksa berkas lain"), child._place("umum"):
            pass
        with child._place("orang"):  # a stranger's file never keeps the meeting waiting
            assert set(child.read("tests.attack.greedy:environment", b"x")) <= {"LC_ALL", "OPENPYXL_LXML"}
    with child._place("umum"):
        pass
