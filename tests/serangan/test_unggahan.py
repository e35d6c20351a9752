"""What strangers upload: refused or taken in words, never a 500, no process above 400 MB. Tables in ``pembuat``.

What is measured stands in docs/keamanan.md; ``pytest tests/serangan/test_unggahan.py -s`` prints it anew.
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
from berita_acara.services.cocok import compare_file
from berita_acara.services.elektronik import sign_dokumen
from berita_acara.services.pengaturan import save_settings
from berita_acara.services.salinan import upload_salinan
from musrenbang.infra import anak
from musrenbang.infra.anak import UnreadableFile
from musrenbang.infra.lembar import BrokenSheet, read_rows
from musrenbang.models import Dokumen
from musrenbang.simpanan import read_dokumen
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from tests.berita_acara.sertifikat import SANDI, Penerbit
from tests.berita_acara.test_dokumen import DASAR
from tests.serangan.pembuat import ANGKA_GILA, BUKU, GAMBAR, PDF, POLIGLOT, UTUH, picture
from usulan.impor.baca import read_workbook
from usulan.impor.grid import FileRefused
from usulan.impor.hasil import Reference
from usulan.models import ImporUsulan, Usulan

BATAS_MB = 400
RUJUKAN = Reference("Sikur", {"52.03.04.2001": "Semaya", "52.03.04.2002": "Sikur"})


def memory(apa: str) -> int:
    """Return VmRSS (now) or VmHWM (the most since it was last forgotten) of this process, in MB."""
    return next(int(b.split()[1]) for b in Path("/proc/self/status").read_text().splitlines() if apa in b) // 1024


@pytest.fixture(scope="module")
def ukuran():
    """What was measured: told at the end (``-s``)."""
    semua = {"anak": [0], "server": [0], "detik": [0.0]}
    yield semua
    terbesar = {k: max(v) for k, v in semua.items()}
    kata = "\nchild at most {anak} MB, server grew by at most {server} MB, slowest child {detik:.1f} s\n"
    sys.stdout.write(kata.format(**terbesar))


@pytest.fixture(autouse=True)
def _limits(monkeypatch, ukuran):
    """Two seconds of work instead of fifteen; the server itself may not grow, and no child above the limit."""
    asli, puncak = anak._run, []

    def run(pesan, batas, keluaran, bibit):
        assert batas[0] < BATAS_MB * 1024 * 1024
        mulai = time.monotonic()
        kode = asli(pesan, (batas[0], min(batas[1], 2), batas[2]), keluaran, bibit)
        ukuran["detik"].append(time.monotonic() - mulai)
        if not kode:
            keluaran.seek(0)
            puncak.append(json.load(keluaran).get("puncak", 0) // 1024)
        return kode

    monkeypatch.setattr(anak, "_run", run)
    Path("/proc/self/clear_refs").write_text("5")  # forget the highest so far
    sebelum = memory("VmRSS")
    yield
    ukuran["anak"] += puncak
    ukuran["server"].append(memory("VmHWM") - sebelum)
    assert max(puncak, default=0) < BATAS_MB
    assert ukuran["server"][-1] < 120, "what a stranger sent grew in the server itself"


@pytest.fixture(scope="module")
def dokumen():
    """A document that is in no database: enough to be compared with, when nothing matches."""
    return Dokumen(pk=0, sha256="0" * 64, jenis="berita_acara", musrenbang_id=0)


@pytest.mark.django_db
@pytest.mark.parametrize("nama", PDF)
def test_anybody_compares_a_hostile_pdf(nama, dokumen):
    cocok = compare_file(dokumen=dokumen, berkas=SimpleUploadedFile("x.pdf", PDF[nama]))
    assert (cocok.hasil, [t for t in cocok.tanda if t.utuh]) == ("asing", [])
    assert cocok.tak_terbaca == "" or cocok.tak_terbaca[-1] == "."


@pytest.mark.parametrize("nama", ["objek mampat bom", "tanda DER sedalam sumur", "bukan PDF", "besar"])
def test_the_page_answers_in_words(nama, terbit, client):
    isi = b"%PDF-" + b"x" * 15_800_000 if nama == "besar" else PDF[nama]
    jawab = client.post(f"/verifikasi/{terbit.kode}/", {"berkas": SimpleUploadedFile("x.pdf", isi)})
    kata = "paling besar 15 MB" if nama == "besar" else "<strong>tidak sama</strong>"
    assert (jawab.status_code in {200, 413, 422}, kata in jawab.content.decode()) == (True, True)


def test_what_is_known_by_its_hash_is_not_opened(terbit, client, monkeypatch):
    monkeypatch.setattr(anak, "_run", lambda *_: pytest.fail("it was opened"))
    berkas = SimpleUploadedFile("x.pdf", read_dokumen(terbit))
    assert "sama persis" in client.post(f"/verifikasi/{terbit.kode}/", {"berkas": berkas}).content.decode()


def combine(isi: bytes, folder: Path, nama: str = "berkas.pdf") -> bytes:
    """Return what a signed copy of this file would be."""
    (folder / "0").write_bytes(isi)
    anak.read("berita_acara.pindaian:combine", folder, nama=[nama], putar=[], maks=200)
    return (folder / "jadi").read_bytes()


@pytest.mark.parametrize("nama", PDF)
def test_a_hostile_pdf_as_a_signed_copy(nama, tmp_path):
    """Either refused, or its pages are there in a file that holds nothing else."""
    with suppress(UnreadableFile), pikepdf.open(BytesIO(combine(PDF[nama], tmp_path))) as jadi:
        assert 0 < len(jadi.pages) <= 200
        assert "/AcroForm" not in jadi.Root


KECIL = {"TIFF kembali ke dirinya", "TIFF satu lajur 4 GB"}
"""Their lies cost nothing: eight by eight pixels are read, and no more."""


@pytest.mark.parametrize("nama", GAMBAR)
def test_a_hostile_picture_as_a_photo(nama, tmp_path):
    if nama in KECIL:
        with pikepdf.open(BytesIO(combine(GAMBAR[nama], tmp_path))) as jadi:
            assert len(jadi.pages) == 1
        return
    with pytest.raises(UnreadableFile) as galat:
        combine(GAMBAR[nama], tmp_path, "foto.jpg")
    assert str(galat.value)[-1] == "."


@pytest.mark.parametrize("nama", GAMBAR)
def test_a_hostile_picture_as_a_logo(nama, tmp_path):
    (tmp_path / "0").write_bytes(GAMBAR[nama])
    with pytest.raises(UnreadableFile) as galat:
        anak.read("berita_acara.pindaian:write_logo", tmp_path)
    assert str(galat.value)[-1] == "."


def test_the_services_say_it_and_keep_nothing(siap_terbit, terbit, pemeran):
    by = pemeran["pak_sekcam"]
    bom, foto = GAMBAR["PNG 900 juta piksel"], [("foto.png", GAMBAR["PNG 900 juta piksel"])]
    with pytest.raises(Refused, match=r"foto\.png lebih dari 50 juta piksel"):
        upload_salinan(musrenbang=siap_terbit, by=by, kunci=uuid.uuid4(), berkas=foto, putar=[])
    with pytest.raises(Refused, match="paling besar 4000 piksel"):
        save_settings(musrenbang=siap_terbit, by=by, versi=0, logo=bom, **DASAR)
    for nama, kata in {
        "PNG bergerak": "gambar bergerak",
        "GIF": "GIF, WebP, dan SVG",
        "WEBP bergerak": "GIF, WebP, dan SVG",
        "SVG": "GIF, WebP, dan SVG",
        "SVG berkepala XML": "GIF, WebP, dan SVG",
    }.items():
        with pytest.raises(Refused, match=kata):
            save_settings(musrenbang=siap_terbit, by=by, versi=0, logo=GAMBAR[nama], **DASAR)
    assert (SalinanTtd.objects.count(), PengaturanDokumen.objects.count()) == (0, 0)


def test_behind_a_picture_nothing_is_kept(tmp_path):
    (tmp_path / "0").write_bytes(POLIGLOT)
    anak.read("berita_acara.pindaian:write_logo", tmp_path)
    assert b"script" not in (tmp_path / "jadi").read_bytes()
    assert b"script" not in combine(POLIGLOT, tmp_path, "a.png")
    lompat = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /AA <</O <</S /JavaScript /JS (app.alert\\(1\\))>>>>>>"
    with pikepdf.open(
        BytesIO(combine(UTUH.replace(b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100]>>", lompat), tmp_path))
    ) as jadi:
        assert "/AA" not in jadi.pages[0].obj


def test_right_files_are_still_taken(tmp_path):
    for jenis in ("PNG", "JPEG", "WEBP", "TIFF"):
        assert combine(picture(jenis, (3000, 2000)), tmp_path, f"a.{jenis}")[:5] == b"%PDF-"
    (tmp_path / "0").write_bytes(picture("PNG", (4000, 4000)))
    anak.read("berita_acara.pindaian:write_logo", tmp_path)
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


def test_the_import_page_says_it(acara, masuk, pindah):
    pindah(acara, Tahap.PERSIAPAN)
    client = masuk("pak_sekcam")
    for nama in ("CSV satu sel 9 MB", "miliaran tawa", "zip dalam zip", "JSON NaN"):
        jawab = client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": SimpleUploadedFile("daftar.csv", BUKU[nama])})
        assert jawab.status_code == 422, nama
    assert ImporUsulan.objects.count() == 0


def test_numbers_that_are_none_are_unknown(acara, masuk, pindah):
    """NaN, endless and 400 digits in a list: read, shown, no cost is stored that nobody wrote."""
    pindah(acara, Tahap.PERSIAPAN)
    client = masuk("pak_sekcam")
    berkas = SimpleUploadedFile("daftar.csv", ANGKA_GILA.encode())
    jawab = client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": berkas}, follow=True)
    assert jawab.status_code == 200
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{acara.slug}/usulan/impor/{impor.pk}/simpan/")
    semua = list(Usulan.objects.filter(musrenbang=acara))
    assert len(semua) == 8
    for satu in semua:
        for nilai in (satu.volume, satu.biaya):
            assert nilai is None or (Decimal(nilai).is_finite() and 0 <= nilai < 10**15)


def test_a_certificate_that_asks_for_hours(terbit, pemeran):
    """How often the password is hashed stands in the file: two thousand million times."""
    isi = pkcs12.Pfx.load(Penerbit().issue("H. Camat Uji"))
    isi["mac_data"]["iterations"] = 2**31 - 1
    with pytest.raises(Refused, match="Sertifikat tidak dapat dibuka"):
        sign_dokumen(
            musrenbang=terbit.musrenbang,
            dokumen=terbit,
            by=pemeran["pak_camat"],
            sertifikat=isi.dump(force=True),
            sandi=SANDI,
        )
    assert not TandaElektronik.objects.exists()


# --- the child itself


def test_the_child_cannot_take_more_than_its_share(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    for tugas, sebab in (
        ("makan", "terlalu besar"),
        ("putar", "terlalu lama"),
        ("tulis", "terlalu besar"),
        ("mati", "rusak"),
    ):
        with pytest.raises(UnreadableFile, match=sebab):
            anak.read(f"tests.serangan.rakus:{tugas}", tmp_path / "a", write_max=100_000)


def test_the_child_knows_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    assert set(anak.read("tests.serangan.rakus:lingkungan", b"x")) <= {"LC_ALL", "OPENPYXL_LXML"}


def test_no_more_than_the_places_at_once(tmp_path, monkeypatch):
    anak.use_folder(tmp_path)
    monkeypatch.setitem(anak.TUNGGU_TEMPAT, "umum", 0)
    with anak._place("umum"):
        with pytest.raises(UnreadableFile, match="Server sedang memeriksa berkas lain"), anak._place("umum"):
            pass
        with anak._place("orang"):  # a stranger's file never keeps the meeting waiting
            assert set(anak.read("tests.serangan.rakus:lingkungan", b"x")) <= {"LC_ALL", "OPENPYXL_LXML"}
    with anak._place("umum"):
        pass
