"""The schedule of one meeting: date and place until it is opened."""

from datetime import date

import pytest

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap

ISI = {"tanggal": "2026-02-25", "jam_mulai": "09:00", "tempat": "Gedung Serbaguna", "pimpinan_sidang": ""}


def test_the_team_sets_date_and_place_and_the_trail_knows(acara, masuk):
    assert masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/", ISI).status_code == 302
    acara.refresh_from_db()
    assert (acara.tanggal, acara.tempat) == (date(2026, 2, 25), "Gedung Serbaguna")
    assert JejakAudit.objects.get(aksi="musrenbang.jadwal").rincian["tempat"] == [
        "Aula Kantor Camat Sikur",
        "Gedung Serbaguna",
    ]


@pytest.mark.parametrize("nama, status", [("pemandu", 403), ("pak_camat", 403), ("orang_luar", 404)])
def test_wrong_people(nama, status, acara, masuk):
    assert masuk(nama).post(f"/m/{acara.slug}/jadwal/", ISI).status_code == status


def test_another_year_is_refused_and_what_was_typed_stays(acara, masuk):
    contents = masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/", ISI | {"tanggal": "2027-02-25"}).content.decode()
    assert "Tanggal harus di tahun 2026." in contents
    assert "Gedung Serbaguna" in contents


def test_too_late_once_the_meeting_is_open(acara, masuk, move_event):
    move_event(acara, Tahap.PEMBUKAAN)
    contents = masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/", ISI).content.decode()
    acara.refresh_from_db()
    assert acara.tempat == "Aula Kantor Camat Sikur"
    assert "jadwal tidak dapat diubah lagi" in contents
