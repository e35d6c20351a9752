"""Scheduling: by Bappeda, once a year; date and place until the meeting is opened."""

from datetime import date

import pytest

from musrenbang.models import JejakAudit, Kecamatan, Musrenbang
from musrenbang.states import Tahap

ISI = {"tanggal": "2026-02-25", "jam_mulai": "09:00", "tempat": "Gedung Serbaguna", "pimpinan_sidang": ""}


def test_bappeda_schedules_a_kecamatan_once_a_year(kabupaten, kecamatan, masuk):
    client, isi = masuk("bu_bappeda"), {"kecamatan": kecamatan.pk, "tahun_pelaksanaan": 2026}
    jawab = client.post("/jadwal/baru/", isi)
    assert jawab.headers["Location"] == "/m/sikur-2027/"
    jawab = client.post("/jadwal/baru/", isi)
    assert "sudah dijadwalkan" in jawab.content.decode()
    assert Musrenbang.objects.count() == 1


def test_others_do_not_schedule(kecamatan, masuk):
    for nama in ("pak_sekcam", "operator_desa", "orang_luar"):
        assert masuk(nama).post("/jadwal/baru/", {"kecamatan": kecamatan.pk}).status_code == 403


def test_a_kecamatan_of_the_same_name_gets_its_own_address(acara, kabupaten, masuk):
    lain = Kecamatan.objects.create(kode="52.03.99", nama="Sikur", kabupaten=kabupaten)
    jawab = masuk("bu_bappeda").post("/jadwal/baru/", {"kecamatan": lain.pk, "tahun_pelaksanaan": 2026})
    assert jawab.headers["Location"] == "/m/sikur-520399-2027/"


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
    isi = masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/", ISI | {"tanggal": "2027-02-25"}).content.decode()
    assert "Tanggal harus di tahun 2026." in isi
    assert "Gedung Serbaguna" in isi


def test_too_late_once_the_meeting_is_open(acara, masuk, pindah):
    pindah(acara, Tahap.PEMBUKAAN)
    isi = masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/", ISI).content.decode()
    acara.refresh_from_db()
    assert acara.tempat == "Aula Kantor Camat Sikur"
    assert "jadwal tidak dapat diubah lagi" in isi
