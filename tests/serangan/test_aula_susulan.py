"""What becomes of a result that was refused, and of one whose journey was given up before another came home."""

import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from alur.aula import buka, bungkus
from alur.aula.services.hasil import confirm_result, refuse_result
from alur.aula.services.perjalanan import cancel_journey
from alur.aula.services.upload import receive_result
from alur.periksa import broken_invariants
from berita_acara.models import HasilAula, Perjalanan
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Peran
from musrenbang.transisi import Refused
from tests.alur.aula import satu_hadir
from tests.serangan.aula import SANDI, spend_day, state_of

pytestmark = pytest.mark.usefixtures("murah")
ALASAN = "Delegat Desa Semaya bukan orangnya."


def receive(acara, pemeran, hari, **lain):
    acara.refresh_from_db()
    return receive_result(musrenbang=acara, by=pemeran["bu_pmd"], berkas=hari.pulang, sandi=SANDI, **lain)


def confirm(hasil, pemeran):
    for nama, peran in (("pak_sekcam", Peran.SEKCAM), ("pak_camat", Peran.CAMAT)):
        masuk = confirm_result(hasil=hasil, by=pemeran[nama], peran=frozenset({peran}), sha256=hasil.sha256)
    assert masuk


def test_a_refused_result_leaves_its_reason_and_not_its_content(
    hari_aula, acara, pemeran, masuk, django_capture_on_commit_callbacks
):
    """Who refused it, why, and what it would have changed stays; the people named in it do not lie about."""
    hasil = receive(acara, pemeran, hari_aula)
    tersimpan = hasil.berkas.name
    assert default_storage.exists(tersimpan)
    with django_capture_on_commit_callbacks(execute=True):
        refuse_result(result=hasil, by=pemeran["pak_camat"], alasan=ALASAN, sha256=hasil.sha256)
    hasil.refresh_from_db()
    assert not default_storage.exists(tersimpan)
    assert (hasil.berkas.name, hasil.alasan, hasil.ditolak_oleh) == ("", ALASAN, pemeran["pak_camat"])
    assert hasil.ringkasan["baris_data"]
    assert JejakAudit.objects.filter(musrenbang=acara, alasan=ALASAN).exists()
    for nama in ("bu_pmd", "pak_sekcam"):  # who made it reads why, and where the next one goes
        html = masuk(nama).get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
        assert ALASAN in html
        assert "Unggah hasil aula" in html
    assert ALASAN in masuk("pak_camat").get(f"/m/{acara.slug}/berita-acara/aula/hasil/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        baru = receive(acara, pemeran, hari_aula)
        html = masuk("pak_camat").get(f"/m/{acara.slug}/berita-acara/aula/hasil/").content.decode()
        assert ALASAN in html, "who confirms the next one sees what was wrong with the last"
        confirm(baru, pemeran)
    html = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
    assert ALASAN not in html
    assert not default_storage.exists(baru.berkas.name)
    assert broken_invariants(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)) == []


def test_a_refusal_that_is_taken_back_by_the_database_keeps_the_file(hari_aula, acara, pemeran):
    hasil = receive(acara, pemeran, hari_aula)
    with pytest.raises(Refused, match="alasannya"):
        refuse_result(result=hasil, by=pemeran["pak_camat"], alasan="tdk", sha256=hasil.sha256)
    hasil.refresh_from_db()
    assert default_storage.exists(hasil.berkas.name)


def one_more(acara, pemeran):
    satu_hadir(acara, pemeran["pak_sekcam"], "Inaq Sumiati")


def test_a_given_up_journey_never_replaces_a_later_one_that_came_home(acara, diputuskan, pemeran, masuk):
    """Also when it is told to: what two people confirmed is not undone by a laptop that was given up before."""
    pertama = spend_day(acara, pemeran, kerja=lambda m, p: satu_hadir(m, p["pak_sekcam"], "Amaq Lama"))
    cancel_journey(musrenbang=acara, by=pemeran["pak_sekcam"], alasan="Laptop hilang.")
    acara.refresh_from_db()
    kedua = spend_day(acara, pemeran, kerja=one_more)
    with pytest.raises(Refused, match="salinan yang lain"):
        receive(acara, pemeran, pertama, timpa=True)
    confirm(receive(acara, pemeran, kedua), pemeran)
    acara.refresh_from_db()
    semula = state_of(acara)
    for timpa in (False, True):
        with pytest.raises(Refused, match=r"Perjalanan \d+ dibatalkan, dan sesudah itu hasil perjalanan \d+ disahkan"):
            receive(acara, pemeran, pertama, timpa=timpa)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    isi = {"berkas": SimpleUploadedFile("a.musrenbang", pertama.pulang), "sandi": SANDI, "timpa": "1"}
    html = client.post(f"{url}pulang/", isi, follow=True).content.decode()
    assert "dimasukkan di sini dengan tangan" in html
    assert "ternyata punya hasil" not in client.get(url).content.decode(), "nothing is offered that cannot be"
    assert state_of(acara) == semula
    assert list(Kehadiran.objects.filter(musrenbang=acara, nama__in=["Amaq Lama", "Inaq Sumiati"])) == [
        Kehadiran.objects.get(nama="Inaq Sumiati")
    ]
    assert [p.status for p in Perjalanan.objects.order_by("nomor")] == ["dibatalkan", "kembali"]
    assert broken_invariants(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)) == []


def test_the_later_of_two_given_up_journeys_may_still_come(acara, diputuskan, pemeran, masuk):
    pertama = spend_day(acara, pemeran, kerja=one_more)
    cancel_journey(musrenbang=acara, by=pemeran["pak_sekcam"], alasan="Laptop hilang.")
    html = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
    assert "ternyata punya hasil" in html
    confirm(receive(acara, pemeran, pertama), pemeran)
    assert Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists()


def test_the_server_itself_expands_nothing(hari_aula, acara, pemeran, monkeypatch):
    """Not at receiving, not at the second confirmation: the child does, and says what is wrong."""
    for milik, nama in ((bungkus, "unpack"), (bungkus, "_expand"), (zlib, "decompressobj")):
        monkeypatch.setattr(milik, nama, lambda *_, **__: pytest.fail("expanded in the server"))
    hasil = receive(acara, pemeran, hari_aula)
    confirm(hasil, pemeran)
    assert HasilAula.objects.get().status == "masuk"
    with pytest.raises(bungkus.BadFile, match="bukan berkas musrenbang yang utuh"):
        buka.open_packed(b"lain")
