"""Minutes: autosave, two people on one note, speakers on the clock, print."""

import uuid
from io import BytesIO

import pytest
from pypdf import PdfReader

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Agenda, Notulen, Pembicara
from musrenbang.sidang.services.agenda import save_agenda
from musrenbang.sidang.services.notulen import add_notulen
from musrenbang.states import Tahap
from tests.conftest import record_attendance


@pytest.fixture
def butir(acara, cast, move_event):
    """One item of the agenda, with the meeting open."""
    move_event(acara, Tahap.PEMBUKAAN)
    return save_agenda(
        musrenbang=acara, by=cast["bu_pmd"], agenda=None, judul="Tanya jawab", menit=30, penanggung_jawab=""
    )


@pytest.fixture
def people_there(acara, butir, cast):
    """Two people present."""
    return [record_attendance(acara, cast["pemandu"], nama) for nama in ("Siti Penanya", "Umar Penjawab")]


@pytest.fixture
def catatan(butir, cast):
    """An open note."""
    return add_notulen(agenda=butir, by=cast["bu_pmd"], kunci=uuid.uuid4())


def simpan(client, catatan, versi=1, **contents):
    p = f"n{catatan.pk}-"
    data = {f"{p}versi": versi, f"{p}kehadiran": ""} | {f"{p}{k}": v for k, v in contents.items()}
    slug = catatan.agenda.musrenbang.slug
    return client.post(f"/m/{slug}/notulen/catatan/{catatan.pk}/", data, HTTP_X_OTOMATIS="1")


def test_without_an_agenda_the_page_says_what_comes_first(acara, masuk):
    assert "Susun agendanya lebih dahulu" in masuk("bu_pmd").get(f"/m/{acara.slug}/notulen/").content.decode()


def test_a_note_is_opened_once_per_key(acara, butir, masuk):
    client, kunci = masuk("pemandu"), uuid.uuid4()
    for _ in range(2):
        client.post(f"/m/{acara.slug}/notulen/{butir.pk}/baru/", {"kunci": kunci})
    assert Notulen.objects.count() == 1
    assert (
        "tidak lengkap"
        in client.post(f"/m/{acara.slug}/notulen/{butir.pk}/baru/", {"kunci": "x"}, follow=True).content.decode()
    )


def test_autosave_answers_with_the_new_version(catatan, people_there, masuk):
    response = simpan(masuk("pemandu"), catatan, pertanyaan="Kapan jalan dibangun?", kehadiran=people_there[0].pk)
    assert (response.status_code, response.json()["versi"]) == (200, 2)
    catatan.refresh_from_db()
    assert (catatan.kehadiran, catatan.pertanyaan) == (people_there[0], "Kapan jalan dibangun?")
    rincian = JejakAudit.objects.get(aksi="notulen.diubah").rincian
    assert rincian["pertanyaan"] == ["", "Kapan jalan dibangun?"]


def test_the_same_text_twice_is_no_conflict(catatan, masuk):
    client = masuk("pemandu")
    simpan(client, catatan, jawaban="Tahun depan")
    assert simpan(client, catatan, jawaban="Tahun depan").status_code == 200
    assert JejakAudit.objects.filter(aksi="notulen.diubah").count() == 1


def test_the_second_writer_is_told_what_the_first_wrote_and_loses_nothing(catatan, masuk):
    simpan(masuk("bu_pmd"), catatan, jawaban="Dari Bu PMD")
    second = masuk("pemandu")
    response = simpan(second, catatan, jawaban="Dari pemandu")
    assert response.status_code == 409
    content = response.json()
    assert content["pesan"].startswith("Bu Pmd sudah mengubah catatan ini")
    assert (content["kini"]["jawaban"], content["versi"]) == ("Dari Bu PMD", 2)
    assert simpan(second, catatan, versi=content["versi"], jawaban="Dari Bu PMD; dari pemandu").status_code == 200


def test_text_that_is_too_long_is_said(catatan, masuk):
    response = simpan(masuk("pemandu"), catatan, jawaban="a" * 3001)
    assert (response.status_code, "3001" in response.json()["pesan"]) == (422, True)


def test_a_note_taken_out_stays_in_the_trail(acara, catatan, masuk):
    client = masuk("pemandu")
    simpan(client, catatan, putusan="Disetujui")
    url = f"/m/{acara.slug}/notulen/catatan/{catatan.pk}/hapus/"
    client.post(url)
    assert JejakAudit.objects.get(aksi="notulen.dihapus").rincian["putusan"] == "Disetujui"
    assert client.post(url).status_code == 404


def test_an_item_with_notes_stays(acara, butir, catatan, masuk):
    text = masuk("bu_pmd").post(f"/m/{acara.slug}/agenda/{butir.pk}/hapus/", follow=True).content.decode()
    assert "sudah punya notulen" in text
    assert Agenda.objects.exists()


def ask(client, acara, butir, orang, **contents):
    data = {"kehadiran": orang.pk, "menit": 3, "kunci": uuid.uuid4()} | contents
    return client.post(f"/m/{acara.slug}/notulen/{butir.pk}/pembicara/", data, follow=True)


def speak(client, acara, p, aksi):
    return client.post(f"/m/{acara.slug}/notulen/pembicara/{p.pk}/", {"aksi": aksi}, follow=True).content.decode()


def test_speakers_take_turns(acara, butir, people_there, masuk):
    client = masuk("pemandu")
    for o in people_there:
        ask(client, acara, butir, o)
    a, b = Pembicara.objects.all()
    speak(client, acara, a, "mulai")
    speak(client, acara, b, "mulai")
    a.refresh_from_db()
    b.refresh_from_db()
    assert a.selesai_pada
    assert b.mulai_pada
    assert not b.selesai_pada
    assert "tidak dapat dicoret" in speak(client, acara, a, "coret")
    speak(client, acara, b, "selesai")
    assert not Pembicara.objects.filter(mulai_pada__isnull=False, selesai_pada=None).exists()


def test_a_name_is_listed_once_per_key_and_struck(acara, butir, people_there, masuk):
    client, kunci = masuk("pemandu"), uuid.uuid4()
    for _ in range(2):
        ask(client, acara, butir, people_there[0], kunci=kunci)
    speak(client, acara, Pembicara.objects.get(), "coret")
    assert not Pembicara.objects.exists()
    assert "isi menitnya" in ask(client, acara, butir, people_there[0], menit=0).content.decode()


def test_who_spoke_stays_on_the_attendance(acara, butir, people_there, masuk):
    client = masuk("pemandu")
    ask(client, acara, butir, people_there[0])
    text = client.post(f"/m/{acara.slug}/kehadiran/{people_there[0].pk}/hapus/", follow=True).content.decode()
    assert "tercatat berbicara" in text


def test_the_end_of_an_item_ends_the_speech(acara, butir, people_there, masuk):
    client = masuk("pemandu")
    client.post(f"/m/{acara.slug}/agenda/{butir.pk}/jalan/", {"aksi": "mulai"})
    ask(client, acara, butir, people_there[0])
    speak(client, acara, Pembicara.objects.get(), "mulai")
    client.post(f"/m/{acara.slug}/agenda/{butir.pk}/jalan/", {"aksi": "selesai"})
    assert Pembicara.objects.get().selesai_pada


def test_the_printed_minutes(acara, catatan, people_there, masuk):
    client = masuk("pemandu")
    simpan(client, catatan, kehadiran=people_there[0].pk, pertanyaan="Kapan?", jawaban="Besok", tindak_lanjut="Survei")
    contents = masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/cetak/notulen.pdf").content
    text = PdfReader(BytesIO(contents)).pages[0].extract_text()
    for kata in ("Tanya jawab", "Siti Penanya", "Kapan?", "Besok", "Survei"):
        assert kata in text
    empty = masuk("bu_pmd").get(f"/m/{acara.slug}/berita-acara/cetak/notulen_kosong.pdf").content
    assert "Tanya jawab" in PdfReader(BytesIO(empty)).pages[0].extract_text()


@pytest.mark.parametrize(("nama", "status"), [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_write(nama, status, acara, butir, catatan, masuk):
    client = masuk(nama)
    assert simpan(client, catatan).status_code == status
    for aksi in (f"{butir.pk}/baru/", f"{butir.pk}/pembicara/", f"catatan/{catatan.pk}/hapus/"):
        assert client.post(f"/m/{acara.slug}/notulen/{aksi}").status_code == status


def test_too_early(acara, masuk, move_event, cast):
    move_event(acara, Tahap.PERSIAPAN)
    butir = save_agenda(musrenbang=acara, by=cast["bu_pmd"], agenda=None, judul="Doa", menit=3, penanggung_jawab="")
    text = (
        masuk("pemandu")
        .post(f"/m/{acara.slug}/notulen/{butir.pk}/baru/", {"kunci": uuid.uuid4()}, follow=True)
        .content.decode()
    )
    assert "tidak dapat diubah" in text
    assert not Notulen.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, butir, cast, masuk, django_assert_num_queries):
    for _ in range(n):
        add_notulen(agenda=butir, by=cast["bu_pmd"], kunci=uuid.uuid4())
    client = masuk("bu_pmd")
    with django_assert_num_queries(13):
        client.get(f"/m/{acara.slug}/notulen/")
