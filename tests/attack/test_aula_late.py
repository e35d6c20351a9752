"""What becomes of a result that was refused, and of one whose journey was given up before another came home."""

import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from alur.aula import envelope, unseal
from alur.aula.services.journeys import cancel_journey
from alur.aula.services.result import confirm_result, refuse_result
from alur.aula.services.upload import receive_result
from alur.periksa import broken_invariants
from berita_acara.models import HasilAula, Perjalanan
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import Peran
from musrenbang.transisi import Refused
from tests.alur.aula import one_attendance
from tests.attack.aula import SANDI, spend_day, state_of

pytestmark = pytest.mark.usefixtures("cheap_keys")
ALASAN = "Delegat Desa Semaya bukan orangnya."


def receive(acara, cast, day_name, **other):
    acara.refresh_from_db()
    return receive_result(musrenbang=acara, by=cast["bu_pmd"], berkas=day_name.pulang, sandi=SANDI, **other)


def confirm(results, cast):
    for nama, peran in (("pak_sekcam", Peran.SEKCAM), ("pak_camat", Peran.CAMAT)):
        masuk = confirm_result(result=results, by=cast[nama], peran=frozenset({peran}), sha256=results.sha256)
    assert masuk


def test_a_refused_result_leaves_its_reason_and_not_its_content(
    aula_day, acara, cast, masuk, django_capture_on_commit_callbacks
):
    """Who refused it, why, and what it would have changed stays; the people named in it do not lie about."""
    results = receive(acara, cast, aula_day)
    saved = results.berkas.name
    assert default_storage.exists(saved)
    with django_capture_on_commit_callbacks(execute=True):
        refuse_result(result=results, by=cast["pak_camat"], alasan=ALASAN, sha256=results.sha256)
    results.refresh_from_db()
    assert not default_storage.exists(saved)
    assert (results.berkas.name, results.alasan, results.ditolak_oleh) == ("", ALASAN, cast["pak_camat"])
    assert results.ringkasan["baris_data"]
    assert JejakAudit.objects.filter(musrenbang=acara, alasan=ALASAN).exists()
    for nama in ("bu_pmd", "pak_sekcam"):  # who made it reads why, and where the next one goes
        html = masuk(nama).get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
        assert ALASAN in html
        assert "Unggah hasil aula" in html
    assert ALASAN in masuk("pak_camat").get(f"/m/{acara.slug}/berita-acara/aula/hasil/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        baru = receive(acara, cast, aula_day)
        html = masuk("pak_camat").get(f"/m/{acara.slug}/berita-acara/aula/hasil/").content.decode()
        assert ALASAN in html, "who confirms the next one sees what was wrong with the last"
        confirm(baru, cast)
    html = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
    assert ALASAN not in html
    assert not default_storage.exists(baru.berkas.name)
    assert broken_invariants(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)) == []


def test_a_refusal_that_is_taken_back_by_the_database_keeps_the_file(aula_day, acara, cast):
    results = receive(acara, cast, aula_day)
    with pytest.raises(Refused, match="alasannya"):
        refuse_result(result=results, by=cast["pak_camat"], alasan="tdk", sha256=results.sha256)
    results.refresh_from_db()
    assert default_storage.exists(results.berkas.name)


def one_more(acara, cast):
    one_attendance(acara, cast["pak_sekcam"], "Inaq Sumiati")


def test_a_given_up_journey_never_replaces_a_later_one_that_came_home(acara, decided_event, cast, masuk):
    """Also when it is told to: what two people confirmed is not undone by a laptop that was given up before."""
    first = spend_day(acara, cast, working=lambda m, p: one_attendance(m, p["pak_sekcam"], "Amaq Lama"))
    cancel_journey(musrenbang=acara, by=cast["pak_sekcam"], alasan="Laptop hilang.")
    acara.refresh_from_db()
    second = spend_day(acara, cast, working=one_more)
    with pytest.raises(Refused, match="salinan yang lain"):
        receive(acara, cast, first, timpa=True)
    confirm(receive(acara, cast, second), cast)
    acara.refresh_from_db()
    semula = state_of(acara)
    for timpa in (False, True):
        with pytest.raises(Refused, match=r"Salinan \d+ dibatalkan, dan sesudah itu hasil salinan \d+ disahkan"):
            receive(acara, cast, first, timpa=timpa)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/berita-acara/aula/"
    contents = {"berkas": SimpleUploadedFile("a.musrenbang", first.pulang), "sandi": SANDI, "timpa": "1"}
    html = client.post(f"{url}pulang/", contents, follow=True).content.decode()
    assert "dimasukkan di sini dengan tangan" in html
    assert "ternyata punya hasil" not in client.get(url).content.decode(), "nothing is offered that cannot be"
    assert state_of(acara) == semula
    assert list(Kehadiran.objects.filter(musrenbang=acara, nama__in=["Amaq Lama", "Inaq Sumiati"])) == [
        Kehadiran.objects.get(nama="Inaq Sumiati")
    ]
    assert [p.status for p in Perjalanan.objects.order_by("nomor")] == ["dibatalkan", "kembali"]
    assert broken_invariants(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=acara.pk)) == []


def test_the_later_of_two_given_up_journeys_may_still_come(acara, decided_event, cast, masuk):
    first = spend_day(acara, cast, working=one_more)
    cancel_journey(musrenbang=acara, by=cast["pak_sekcam"], alasan="Laptop hilang.")
    html = masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/aula/").content.decode()
    assert "ternyata punya hasil" in html
    confirm(receive(acara, cast, first), cast)
    assert Kehadiran.objects.filter(musrenbang=acara, nama="Inaq Sumiati").exists()


def test_the_server_itself_expands_nothing(aula_day, acara, cast, monkeypatch):
    """Not at receiving, not at the second confirmation: the child does, and says what is wrong."""
    for own, nama in ((envelope, "unpack"), (envelope, "_expand"), (zlib, "decompressobj")):
        monkeypatch.setattr(own, nama, lambda *_, **__: pytest.fail("expanded in the server"))
    results = receive(acara, cast, aula_day)
    confirm(results, cast)
    assert HasilAula.objects.get().status == "masuk"
    with pytest.raises(envelope.BadFile, match="bukan berkas musrenbang yang utuh"):
        unseal.open_packed(b"lain")
