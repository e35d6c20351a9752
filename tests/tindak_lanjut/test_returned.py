"""A package that Bappeda gave back: its reason and open notes stand where Sekcam and Camat look for what to do next."""

import uuid

import pytest

from alur.services.acara import advance_musrenbang
from musrenbang.states import Tahap
from tests.some import some
from tindak_lanjut.models import Catatan, NoteSource
from tindak_lanjut.services.notes import add_note, answer_note

ALASAN = "Lampiran IV belum memuat pagu."


@pytest.fixture
def returned_event(submitted_event, cast):
    """Handed over, noted on the plan and on a row, and given back."""
    by, m = cast["bu_bappeda"], submitted_event
    for content, baris in (("Pagu mana yang dipakai?", None), ("Lokasi kurang jelas.", m.rkp.baris.get(nomor=2))):
        add_note(musrenbang=m, by=by, sumber=NoteSource.BAPPEDA, isi=content, kunci=uuid.uuid4(), baris=baris)
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAMPAIKAN, ke=Tahap.DIKEMBALIKAN, by=by, alasan=ALASAN)
    return m


def halaman(acara):
    return ("/", f"/m/{acara.slug}/", f"/m/{acara.slug}/hari-h/")


@pytest.mark.parametrize("person", ["pak_sekcam", "pak_camat", "bu_pmd"])
def test_reason_and_open_notes_stand_in_the_next_step(person, returned_event, masuk):
    client = masuk(person)
    for url in some(halaman(returned_event)):
        response = client.get(url)
        if response.status_code == 403:
            continue
        text = response.content.decode()
        for kata in (
            "Bappeda mengembalikan penyampaian 1",
            ALASAN,
            "2 catatan belum dijawab.",
            "Pagu mana yang dipakai?",
            "<li>No. 2: Lokasi kurang jelas.</li>",
        ):
            assert kata in text, (url, kata)


def test_answered_notes_leave_and_the_reason_stays_until_it_is_handed_over_again(returned_event, cast, masuk):
    sekcam = cast["pak_sekcam"]
    for c in Catatan.objects.all():
        answer_note(catatan=c, by=sekcam, jawaban="Sudah ditambahkan.")
    advance_musrenbang(musrenbang=returned_event, dari=Tahap.DIKEMBALIKAN, ke=Tahap.FINALISASI, by=sekcam)
    text = masuk("pak_camat").get(f"/m/{returned_event.slug}/").content.decode()
    assert ALASAN in text
    assert "Semua catatannya sudah dijawab." in text
    assert "<li>No. 2: Lokasi kurang jelas.</li>" not in text


@pytest.mark.parametrize("people", ["operator_desa", "orang_skpd"])
def test_it_is_no_business_of_desa_and_skpd(people, returned_event, masuk):
    client = masuk(people)
    for url in ("/", f"/m/{returned_event.slug}/"):
        assert ALASAN not in client.get(url).content.decode()


def test_nothing_is_said_before_it_came_back(submitted_event, masuk):
    assert "mengembalikan penyampaian" not in masuk("pak_sekcam").get(f"/m/{submitted_event.slug}/").content.decode()
