"""Attendance: noting a person, twice the same, wrong people, counts."""

import uuid

import pytest

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.queries.hadir import count_attendance
from musrenbang.states import Tahap
from tests.conftest import catat_hadir
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
def buka(acara, pindah):
    pindah(acara, Tahap.PEMBUKAAN)
    return acara


def test_noting_a_person_and_the_double_click(buka, masuk):
    client, url, isi = masuk("pemandu"), f"/m/{buka.slug}/kehadiran/", ISI | {"kunci": uuid.uuid4()}
    for kata in ("Siti Aminah tercatat hadir.", "Siti Aminah sudah tercatat hadir sebelumnya pukul"):
        assert kata in client.post(url, isi, follow=True).content.decode()
    assert Kehadiran.objects.count() == JejakAudit.objects.filter(aksi="kehadiran.dicatat").count() == 1


def test_the_same_person_again_is_said_and_the_form_keeps_its_words(buka, masuk):
    client, url = masuk("pemandu"), f"/m/{buka.slug}/kehadiran/"
    client.post(url, ISI | {"kunci": uuid.uuid4()})
    isi = client.post(url, ISI | {"kunci": uuid.uuid4()}).content.decode()
    assert "Siti Aminah dari PKK sudah tercatat hadir, oleh Pemandu, pukul" in isi
    assert 'value="Siti Aminah"' in isi


def test_counts_by_unsur_and_sex(buka, pemeran):
    for nama, unsur, jk in (("A", "kades", "L"), ("B", "kades", "P"), ("C", "tokoh", "P"), ("D", "dprd", "L")):
        catat_hadir(buka, pemeran["pemandu"], nama, unsur, jk)
    h = count_attendance(buka)
    assert (h.jumlah, h.laki, h.perempuan, h.persen_perempuan) == (4, 2, 2, 50)
    assert h.unsur == [("Anggota DPRD", 1), ("Kepala desa/lurah dan perangkat", 2), ("Tokoh masyarakat", 1)]


def test_removing_leaves_the_trail(buka, masuk, pemeran):
    hadir = catat_hadir(buka, pemeran["pemandu"], "Salah Ketik")
    client, url = masuk("pemandu"), f"/m/{buka.slug}/kehadiran/{hadir.pk}/hapus/"
    assert client.get(url).status_code == 405
    client.post(url)
    assert client.post(url).status_code == 404
    assert JejakAudit.objects.get(aksi="kehadiran.dihapus").rincian["nama"] == "Salah Ketik"


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 403), ("bu_bappeda", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, buka, masuk):
    assert masuk(nama).post(f"/m/{buka.slug}/kehadiran/", ISI | {"kunci": uuid.uuid4()}).status_code == status
    assert not Kehadiran.objects.exists()


def test_not_before_the_meeting_is_ready(acara, masuk, pindah):
    pindah(acara, Tahap.PERSIAPAN)
    isi = flat(masuk("pemandu").post(f"/m/{acara.slug}/kehadiran/", ISI | {"kunci": uuid.uuid4()}))
    assert not Kehadiran.objects.exists()
    assert "Kehadiran dicatat sejak tahap Siap sidang." in isi


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, buka, masuk, pemeran, django_assert_num_queries):
    for i in range(n):
        catat_hadir(buka, pemeran["pemandu"], f"Orang {i}")
    client = masuk("bu_pmd")
    with django_assert_num_queries(19):
        client.get(f"/m/{buka.slug}/kehadiran/")
