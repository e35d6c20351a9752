"""Attendance: noting a person, twice the same, wrong people, counts."""

import uuid

import pytest

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.kehadiran import count_attendance
from musrenbang.states import Tahap
from tests.conftest import record_attendance
from tests.halaman import flat

ISI = {
    "nama": "Siti Aminah",
    "jenis_kelamin": "P",
    "unsur": "perempuan",
    "lembaga": "PKK",
    "desa": "",
    "usia": "41",
    "alamat": "",
}


@pytest.fixture
def opened_page(acara, move_event):
    move_event(acara, Tahap.PEMBUKAAN)
    return acara


def test_noting_a_person_and_the_double_click(opened_page, masuk):
    client, url, contents = masuk("pemandu"), f"/m/{opened_page.slug}/kehadiran/", ISI | {"kunci": uuid.uuid4()}
    for kata in ("Siti Aminah tercatat hadir.", "Siti Aminah sudah tercatat hadir sebelumnya pukul"):
        assert kata in client.post(url, contents, follow=True).content.decode()
    assert Kehadiran.objects.count() == JejakAudit.objects.filter(aksi="kehadiran.dicatat").count() == 1


def test_the_same_person_again_is_said_and_the_form_keeps_its_words(opened_page, masuk):
    client, url = masuk("pemandu"), f"/m/{opened_page.slug}/kehadiran/"
    client.post(url, ISI | {"kunci": uuid.uuid4()})
    contents = client.post(url, ISI | {"kunci": uuid.uuid4()}).content.decode()
    assert "Siti Aminah dari PKK sudah tercatat hadir, oleh Pemandu, pukul" in contents
    assert 'value="Siti Aminah"' in contents


def test_counts_by_unsur_and_sex(opened_page, cast):
    for nama, unsur, sex in (("A", "kades", "L"), ("B", "kades", "P"), ("C", "tokoh", "P"), ("D", "dprd", "L")):
        record_attendance(opened_page, cast["pemandu"], nama, unsur, sex)
    h = count_attendance(opened_page)
    assert (h.jumlah, h.laki, h.perempuan, h.persen_perempuan) == (4, 2, 2, 50)
    assert h.unsur == [("Anggota DPRD", 1), ("Kepala desa/lurah dan perangkat", 2), ("Tokoh masyarakat", 1)]


def test_removing_leaves_the_trail(opened_page, masuk, cast):
    hadir = record_attendance(opened_page, cast["pemandu"], "Salah Ketik")
    client, url = masuk("pemandu"), f"/m/{opened_page.slug}/kehadiran/{hadir.pk}/hapus/"
    assert client.get(url).status_code == 405
    client.post(url)
    assert client.post(url).status_code == 404
    assert JejakAudit.objects.get(aksi="kehadiran.dihapus").rincian["nama"] == "Salah Ketik"


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 403), ("bu_bappeda", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, opened_page, masuk):
    assert masuk(nama).post(f"/m/{opened_page.slug}/kehadiran/", ISI | {"kunci": uuid.uuid4()}).status_code == status
    assert not Kehadiran.objects.exists()


def test_not_before_the_meeting_is_ready(acara, masuk, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    content = flat(masuk("pemandu").post(f"/m/{acara.slug}/kehadiran/", ISI | {"kunci": uuid.uuid4()}))
    assert not Kehadiran.objects.exists()
    assert "Kehadiran dicatat sejak tahap Siap sidang." in content


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, opened_page, masuk, cast, django_assert_num_queries):
    for i in range(n):
        record_attendance(opened_page, cast["pemandu"], f"Orang {i}")
    client = masuk("bu_pmd")
    with django_assert_num_queries(19):
        client.get(f"/m/{opened_page.slug}/kehadiran/")
