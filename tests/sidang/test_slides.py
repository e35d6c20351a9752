"""Slides of speakers: taken in as hostile input, turned page by page, shown on the screens as pictures."""

import uuid
from io import BytesIO

import pypdfium2
import pytest
from django.core.cache import cache, caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Layar, Paparan
from musrenbang.sidang.services import paparan as services
from musrenbang.sidang.services.layar import open_layar
from musrenbang.states import Tahap


def pdf(pages=3, width=960, height=540):
    """A PDF of blank pages of its own."""
    made, target = pypdfium2.PdfDocument.new(), BytesIO()
    for _ in range(pages):
        made.new_page(width, height)
    made.save(target)
    return target.getvalue()


def send(client, acara, content, judul="Prioritas Dinas PUPR", kunci=None):
    berkas = SimpleUploadedFile("paparan.pdf", content, "application/pdf")
    data = {"judul": judul, "berkas": berkas, "kunci": kunci or uuid.uuid4()}
    return client.post(f"/m/{acara.slug}/hari-h/paparan/", data, follow=True)


@pytest.fixture
def shown(acara, masuk):
    """A presentation of three pages on the hall's screen."""
    client = masuk("pemandu")
    send(client, acara, pdf())
    one = Paparan.objects.get()
    client.post(f"/m/{acara.slug}/hari-h/paparan/{one.pk}/", {"halaman": 1})
    cache.clear()
    return one, client


def screen(acara):
    cache.clear()
    return Client().get(f"/layar/{open_layar(musrenbang=acara).kode}/isi/").content.decode()


def test_pages_are_shown_one_by_one(acara, shown):
    one, client = shown
    assert (one.halaman, JejakAudit.objects.filter(aksi="paparan.diunggah").count()) == (3, 1)
    url = f"/m/{acara.slug}/hari-h/paparan/{one.pk}/"
    assert "halaman 1 dari 3" in screen(acara)
    for _ in range(2):  # the buttons say which page, so that a second click is the same page
        answer = client.post(url, {"halaman": 2}, HTTP_HX_REQUEST="true")
        assert "halaman 2 dari 3" in answer.content.decode()
        # The remote is told too that none of its panels is shown now, and a panel takes the slides away again.
        assert '<div id="remote" hx-swap-oob="innerHTML">' in answer.content.decode()
        assert 'aria-pressed="true"' not in answer.content.decode()
    kode = open_layar(musrenbang=acara).kode
    assert f"/layar/{kode}/paparan/{one.pk}/2.jpg" in screen(acara)
    answer = Client().get(f"/layar/{kode}/paparan/{one.pk}/2.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.content)).size == (1920, 1080)
    answer = client.post(f"/m/{acara.slug}/layar/", {"panel": "agenda"}, HTTP_HX_REQUEST="true").content.decode()
    assert answer.count('aria-pressed="true"') == 1
    assert "Halaman berikutnya" not in answer[answer.index('<div id="paparan" hx-swap-oob="innerHTML">') :]
    assert "halaman 1 sampai 3" in client.post(url, {"halaman": 9}, follow=True).content.decode()
    client.post(url, {"aksi": "hapus"})
    assert (Layar.objects.get().panel, Paparan.objects.count()) == ("agenda", 0)


def test_the_page_sends_the_file_and_stands_under_the_day(acara, masuk):
    """A form without an encoding sends the name of its file and nothing of it; the client of tests never does."""
    page = " ".join(masuk("pemandu").get(f"/m/{acara.slug}/hari-h/paparan/").content.decode().split())
    form = next(f for f in page.split("<form ")[1:] if 'name="berkas"' in f)
    assert 'enctype="multipart/form-data"' in form[: form.index(">")]
    assert f'href="/m/{acara.slug}/kehadiran/"' in page


def test_only_the_screens_of_the_event_get_its_pages(acara, shown):
    one, _ = shown
    kode = open_layar(musrenbang=acara).kode
    for path in (
        f"ZZZZZZ/paparan/{one.pk}/1.jpg",
        f"{kode}/paparan/{one.pk + 1}/1.jpg",
        f"{kode}/paparan/{one.pk}/4.jpg",
    ):
        assert Client().get(f"/layar/{path}").status_code == 404
    assert Client().post(f"/layar/{kode}/paparan/{one.pk}/1.jpg").status_code == 405


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 program", "bukan PDF yang utuh"),
        (b"%PDF-1.7\n%%EOF", "bukan PDF yang utuh"),
        (b"\x89PNG\r\n\x1a\n", "bukan PDF yang utuh"),
        (pdf(81, 10, 10), "1 sampai 80 halaman; berkas ini 81 halaman"),
    ],
    ids=["program", "empty", "picture", "long"],
)
def test_what_is_not_usable_is_told(content, words, acara, masuk):
    answer = send(masuk("pemandu"), acara, content, judul="Tetap ada")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Tetap ada" in answer.content.decode()
    assert not Paparan.objects.exists()


def test_repeats_and_limits(acara, masuk, monkeypatch):
    client, kunci, content = masuk("pemandu"), uuid.uuid4(), pdf(1)
    for _ in range(2):
        send(client, acara, content, kunci=kunci)
    assert Paparan.objects.count() == 1
    assert "sudah diunggah sebagai" in send(client, acara, content).content.decode()
    monkeypatch.setattr(services, "SEMUA_MAKS", len(content) + 10)
    assert "paling besar 25 MB" in send(client, acara, pdf(2)).content.decode()
    monkeypatch.setattr(services, "BERKAS_MAKS", 10)
    assert "paling besar 15 MB" in send(client, acara, pdf(2)).content.decode()
    assert Paparan.objects.count() == 1


def test_a_changed_file_is_not_shown(acara, shown):
    one, client = shown
    caches["cetak"].clear()
    with one.berkas.storage.open(one.berkas.name, "wb") as file:
        file.write(pdf(3, 100, 100))
    answer = client.post(f"/m/{acara.slug}/hari-h/paparan/{one.pk}/", {"halaman": 2}, follow=True)
    assert "sudah berubah" in answer.content.decode()
    one.refresh_from_db()
    assert one.kini == 1


def test_who_may_not_and_when(acara, shown, masuk, move_event):
    one, client = shown
    for nama, status in (("pak_camat", 403), ("orang_luar", 404)):
        assert masuk(nama).post(f"/m/{acara.slug}/hari-h/paparan/{one.pk}/", {"halaman": 2}).status_code == status
        assert masuk(nama).get(f"/m/{acara.slug}/hari-h/paparan/").status_code == status
    assert client.get(f"/m/{acara.slug}/hari-h/paparan/{one.pk}/").status_code == 405
    type(acara).objects.filter(pk=acara.pk).update(tahap=Tahap.FINALISASI)
    answer = client.post(f"/m/{acara.slug}/hari-h/paparan/{one.pk}/", {"aksi": "hapus"}, follow=True)
    assert "tidak dapat diubah" in answer.content.decode()
    assert Paparan.objects.exists()
