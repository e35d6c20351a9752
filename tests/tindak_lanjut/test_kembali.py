"""A package that Bappeda gave back: its reason and open notes stand where Sekcam and Camat look for what to do next."""

import uuid

import pytest

from alur.services.acara import advance_musrenbang
from musrenbang.states import Tahap
from tests.some import some
from tindak_lanjut.models import Catatan, NoteSource
from tindak_lanjut.services.catatan import add_note, answer_note

ALASAN = "Lampiran IV belum memuat pagu."


@pytest.fixture
def dikembalikan(disampaikan, pemeran):
    """Handed over, noted on the plan and on a row, and given back."""
    by, m = pemeran["bu_bappeda"], disampaikan
    for isi, baris in (("Pagu mana yang dipakai?", None), ("Lokasi kurang jelas.", m.rkp.baris.get(nomor=2))):
        add_note(musrenbang=m, by=by, sumber=NoteSource.BAPPEDA, isi=isi, kunci=uuid.uuid4(), baris=baris)
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAMPAIKAN, ke=Tahap.DIKEMBALIKAN, by=by, alasan=ALASAN)
    return m


def halaman(acara):
    return ("/", f"/m/{acara.slug}/", f"/m/{acara.slug}/hari-h/")


@pytest.mark.parametrize("orang", ["pak_sekcam", "pak_camat", "bu_pmd"])
def test_reason_and_open_notes_stand_in_the_next_step(orang, dikembalikan, masuk):
    client = masuk(orang)
    for url in some(halaman(dikembalikan)):
        jawab = client.get(url)
        if jawab.status_code == 403:
            continue
        teks = jawab.content.decode()
        for kata in (
            "Bappeda mengembalikan penyampaian 1",
            ALASAN,
            "2 catatan belum dijawab.",
            "Pagu mana yang dipakai?",
            "<li>No. 2: Lokasi kurang jelas.</li>",
        ):
            assert kata in teks, (url, kata)


def test_answered_notes_leave_and_the_reason_stays_until_it_is_handed_over_again(dikembalikan, pemeran, masuk):
    sekcam = pemeran["pak_sekcam"]
    for c in Catatan.objects.all():
        answer_note(catatan=c, by=sekcam, jawaban="Sudah ditambahkan.")
    advance_musrenbang(musrenbang=dikembalikan, dari=Tahap.DIKEMBALIKAN, ke=Tahap.FINALISASI, by=sekcam)
    teks = masuk("pak_camat").get(f"/m/{dikembalikan.slug}/").content.decode()
    assert ALASAN in teks
    assert "Semua catatannya sudah dijawab." in teks
    assert "<li>No. 2: Lokasi kurang jelas.</li>" not in teks


@pytest.mark.parametrize("orang", ["operator_desa", "orang_skpd"])
def test_it_is_no_business_of_desa_and_skpd(orang, dikembalikan, masuk):
    client = masuk(orang)
    for url in ("/", f"/m/{dikembalikan.slug}/"):
        assert ALASAN not in client.get(url).content.decode()


def test_nothing_is_said_before_it_came_back(disampaikan, masuk):
    assert "mengembalikan penyampaian" not in masuk("pak_sekcam").get(f"/m/{disampaikan.slug}/").content.decode()
