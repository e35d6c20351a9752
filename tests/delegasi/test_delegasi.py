"""The delegation: composition table, choosing, refusals."""

import uuid

import pytest

from delegasi.komposisi import check
from delegasi.models import Delegat
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from tests.conftest import KURSI, catat_hadir

PENUH = [("camat", "L"), ("bkad", "L"), ("setrawan", "L"), ("tokoh", "P"), ("tokoh", "P"), ("tokoh", "L")]


@pytest.mark.parametrize("anggota, kurang, peringatan", [
    (PENUH, [], []),
    ([*PENUH[:3], ("tokoh", "L"), ("tokoh", "L"), ("tokoh", "P")], [], ["Perempuan 1 orang, sebaiknya sekurang-kurangnya 2."]),
    (PENUH[:5], ["Delegasi baru 5 dari 6 orang.", "Tokoh masyarakat: 2 orang, seharusnya 3."], []),
    ([("camat", "P"), *PENUH[:2], *PENUH[3:]], ["Camat: 2 orang, seharusnya 1.", "Setrawan Kecamatan: 0 orang, seharusnya 1."], []),
    ([], ["Delegasi baru 0 dari 6 orang.", "Camat: 0 orang, seharusnya 1.", "Pengurus BKAD: 0 orang, seharusnya 1.",
          "Setrawan Kecamatan: 0 orang, seharusnya 1.", "Tokoh masyarakat: 0 orang, seharusnya 3."],
     ["Perempuan 0 orang, sebaiknya sekurang-kurangnya 2."]),
])  # fmt: skip
def test_composition(anggota, kurang, peringatan):
    k = check(anggota)
    assert (k.kurang, k.peringatan) == (kurang, peringatan)


@pytest.fixture
def sidang(acara, pindah, pemeran):
    pindah(acara, Tahap.DELEGASI)
    return acara, [(kursi, catat_hadir(acara, pemeran["bu_pmd"], n, u, jk)) for kursi, n, u, jk in KURSI]


def _pilih(client, acara, kursi, orang, kunci=None):
    isi = {"unsur": kursi, "kehadiran": orang.pk, "kunci": kunci or uuid.uuid4()}
    return client.post(f"/m/{acara.slug}/delegasi/", isi, follow=True).content.decode()


def test_six_are_chosen_from_those_present(sidang, masuk):
    acara, hadir = sidang
    client = masuk("pak_sekcam")
    for kursi, orang in hadir:
        assert f"{orang.nama} menjadi delegat." in _pilih(client, acara, kursi, orang)
    assert "Susunan delegasi lengkap." in client.get(f"/m/{acara.slug}/delegasi/").content.decode()
    assert Delegat.objects.count() == 6


def test_a_double_click_chooses_once(sidang, masuk):
    acara, hadir = sidang
    kunci = uuid.uuid4()
    for _ in range(2):
        assert "menjadi delegat" in _pilih(masuk("pak_sekcam"), acara, *hadir[0], kunci)
    assert Delegat.objects.count() == JejakAudit.objects.filter(aksi="delegasi.dipilih").count() == 1


def test_refusals(sidang, masuk, pemeran):
    acara, hadir = sidang
    client = masuk("pak_sekcam")
    _pilih(client, acara, *hadir[0])
    assert "sudah menjadi delegat" in _pilih(client, acara, "tokoh", hadir[0][1])
    assert "Kursi Camat sudah terisi" in _pilih(client, acara, "camat", hadir[1][1])
    for kursi, orang in hadir[1:]:
        _pilih(client, acara, kursi, orang)
    lain = catat_hadir(acara, pemeran["bu_pmd"], "Ketujuh", "tokoh", "P")
    assert "Semua kursi delegasi sudah terisi" in _pilih(client, acara, "tokoh", lain)
    assert (
        "sudah menjadi delegat"
        in client.post(f"/m/{acara.slug}/kehadiran/{hadir[0][1].pk}/hapus/", follow=True).content.decode()
    )


def test_taking_one_off_the_list(sidang, masuk):
    acara, hadir = sidang
    client = masuk("pak_sekcam")
    _pilih(client, acara, *hadir[0])
    url = f"/m/{acara.slug}/delegasi/{Delegat.objects.get().pk}/keluarkan/"
    assert client.get(url).status_code == 405
    assert "dikeluarkan dari delegasi" in client.post(url, follow=True).content.decode()
    assert client.post(url).status_code == 404
    assert JejakAudit.objects.filter(aksi="delegasi.dikeluarkan").get().objek.startswith("H. Rusli Camat")


@pytest.mark.parametrize(
    "nama, status", [("pemandu", 403), ("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, sidang, masuk):
    acara, hadir = sidang
    isi = {"unsur": "camat", "kehadiran": hadir[0][1].pk, "kunci": uuid.uuid4()}
    assert masuk(nama).post(f"/m/{acara.slug}/delegasi/", isi).status_code == status
    assert not Delegat.objects.exists()


def test_only_in_its_stage(sidang, masuk, pindah):
    acara, hadir = sidang
    pindah(acara, Tahap.PENANDATANGANAN)
    assert "Delegasi dipilih pada tahap Delegasi" in _pilih(masuk("pak_sekcam"), acara, *hadir[0])
    assert not Delegat.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, sidang, masuk, pemeran, django_assert_num_queries):
    from delegasi.services import add_delegat

    acara, hadir = sidang
    for kursi, orang in hadir[:n]:
        add_delegat(musrenbang=acara, kehadiran=orang, unsur=kursi, kunci=uuid.uuid4(), by=pemeran["bu_pmd"])
    client = masuk("bu_pmd")
    with django_assert_num_queries(13):
        client.get(f"/m/{acara.slug}/delegasi/")
