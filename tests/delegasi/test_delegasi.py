"""The delegation: composition table, choosing, refusals."""

import uuid

import pytest
from django.template.loader import render_to_string

from alur.periksa_counts import check_delegates
from delegasi.cetakan import daftar_delegasi
from delegasi.komposisi import check, seat_fault
from delegasi.models import Delegat
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from tests.conftest import KURSI, WAKIL_CAMAT, record_attendance
from tests.halaman import flat

PENUH = [("camat", "L"), ("bkad", "L"), ("setrawan", "L"), ("tokoh", "P"), ("tokoh", "P"), ("tokoh", "L")]


@pytest.mark.parametrize(
    "anggota, missing, warning",
    [
        (PENUH, [], []),
        (
            [*PENUH[:3], ("tokoh", "L"), ("tokoh", "L"), ("tokoh", "P")],
            [],
            ["Perempuan 1 orang, sebaiknya sekurang-kurangnya 2."],
        ),
        (PENUH[:5], ["Delegasi baru 5 dari 6 orang.", "Tokoh masyarakat: 2 orang, seharusnya 3."], []),
        (
            [("camat", "P"), *PENUH[:2], *PENUH[3:]],
            ["Camat: 2 orang, seharusnya 1.", "Setrawan Kecamatan: 0 orang, seharusnya 1."],
            [],
        ),
        (
            [],
            [
                "Delegasi baru 0 dari 6 orang.",
                "Camat: 0 orang, seharusnya 1.",
                "Pengurus BKAD: 0 orang, seharusnya 1.",
                "Setrawan Kecamatan: 0 orang, seharusnya 1.",
                "Tokoh masyarakat: 0 orang, seharusnya 3.",
            ],
            ["Perempuan 0 orang, sebaiknya sekurang-kurangnya 2."],
        ),
    ],
)
def test_composition(anggota, missing, warning):
    k = check(anggota)
    assert (k.kurang, k.peringatan) == (missing, warning)


@pytest.fixture
def sidang(acara, move_event, cast):
    move_event(acara, Tahap.DELEGASI)
    return acara, [(kursi, record_attendance(acara, cast["bu_pmd"], n, u, sex)) for kursi, n, u, sex in KURSI]


def _choose(client, acara, kursi, person, kunci=None):
    contents = {"unsur": kursi, "kehadiran": person.pk, "kunci": kunci or uuid.uuid4(), "alasan_unsur": WAKIL_CAMAT}
    return client.post(f"/m/{acara.slug}/delegasi/", contents, follow=True).content.decode()


def test_six_are_chosen_from_those_present(sidang, masuk):
    acara, hadir = sidang
    client = masuk("pak_sekcam")
    for kursi, person in hadir:
        assert f"{person.nama} menjadi anggota delegasi" in _choose(client, acara, kursi, person)
    assert "Susunan delegasi lengkap." in client.get(f"/m/{acara.slug}/delegasi/").content.decode()
    assert Delegat.objects.count() == 6


def test_a_double_click_chooses_once(sidang, masuk):
    acara, hadir = sidang
    kunci = uuid.uuid4()
    for kata in ("menjadi anggota delegasi", "sudah menjadi anggota delegasi Camat sebelumnya pukul"):
        assert kata in _choose(masuk("pak_sekcam"), acara, *hadir[0], kunci)
    assert Delegat.objects.count() == JejakAudit.objects.filter(aksi="delegasi.dipilih").count() == 1


def test_refusals(sidang, masuk, cast):
    acara, hadir = sidang
    client = masuk("pak_sekcam")
    _choose(client, acara, *hadir[0])
    assert "sudah menjadi anggota delegasi" in _choose(client, acara, "tokoh", hadir[0][1])
    assert "Kursi Camat sudah terisi" in _choose(client, acara, "camat", hadir[1][1])
    for kursi, person in hadir[1:]:
        _choose(client, acara, kursi, person)
    other = record_attendance(acara, cast["bu_pmd"], "Ketujuh", "tokoh", "P")
    assert "Semua kursi delegasi sudah terisi" in _choose(client, acara, "tokoh", other)
    assert (
        "sudah menjadi anggota delegasi, duduk di kelompok, atau"
        in client.post(f"/m/{acara.slug}/kehadiran/{hadir[0][1].pk}/hapus/", follow=True).content.decode()
    )


def test_taking_one_off_the_list(sidang, masuk):
    acara, hadir = sidang
    client = masuk("pak_sekcam")
    _choose(client, acara, *hadir[0])
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
    content = {"unsur": "camat", "kehadiran": hadir[0][1].pk, "kunci": uuid.uuid4()}
    assert masuk(nama).post(f"/m/{acara.slug}/delegasi/", content).status_code == status
    assert not Delegat.objects.exists()


def test_only_in_its_stage(sidang, masuk, move_event):
    acara, hadir = sidang
    move_event(acara, Tahap.PENANDATANGANAN)
    assert "Delegasi dipilih pada tahap Delegasi" in _choose(masuk("pak_sekcam"), acara, *hadir[0])
    assert not Delegat.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, sidang, masuk, cast, django_assert_num_queries):
    from delegasi.services import add_delegat

    acara, hadir = sidang
    for kursi, person in hadir[:n]:
        add_delegat(
            musrenbang=acara,
            kehadiran=person,
            unsur=kursi,
            kunci=uuid.uuid4(),
            by=cast["bu_pmd"],
            alasan_unsur=WAKIL_CAMAT,
        )
    client = masuk("bu_pmd")
    with django_assert_num_queries(13):
        client.get(f"/m/{acara.slug}/delegasi/")


@pytest.mark.parametrize(
    "kursi, unsur, nama, match",
    [
        ("camat", "kecamatan", "Pak Camat", True),
        ("camat", "kecamatan", "H. Pak CAMAT, S.H.", True),
        ("camat", "kecamatan", "Kasi Ekobang", False),
        ("camat", "dprd", "Pak Camat", False),
        ("bkad", "bkad", "A", True),
        ("bkad", "tokoh", "A", False),
        ("setrawan", "setrawan", "A", True),
        ("setrawan", "skpd", "A", False),
        ("kades", "kades", "A", True),
        ("kades", "bpd", "A", False),
        ("tokoh", "perempuan", "A", True),
        ("tokoh", "rentan", "A", True),
        ("tokoh", "dprd", "A", False),
        ("tokoh", "kades", "A", False),
        ("tokoh", "lain", "A", False),
    ],
)
def test_a_seat_asks_who_the_person_was_at_the_door(kursi, unsur, nama, match):
    assert (seat_fault(kursi, unsur, nama, ["Pak Camat"]) == "") == match


def test_somebody_else_in_a_seat_needs_a_reason_that_is_printed(sidang, masuk, cast):
    acara, _ = sidang
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/delegasi/"
    anggota = record_attendance(acara, cast["bu_pmd"], "Anggota DPRD", "dprd", "L", "DPRD")
    contents = {"unsur": "camat", "kehadiran": anggota.pk, "kunci": uuid.uuid4()}
    rejected = client.post(url, contents, follow=True).content.decode()
    assert "Anggota DPRD tidak tercatat hadir sebagai Camat. Pilih orang lain, atau tulis alasannya" in rejected
    assert not Delegat.objects.exists()
    client.post(url, contents | {"alasan_unsur": "Camat menunjuknya dengan surat."})
    (d,) = daftar_delegasi(acara)["daftar"]
    assert (d["unsur"], d["unsur_hadir"], d["alasan_unsur"]) == (
        "Camat",
        "Anggota DPRD",
        "Camat menunjuknya dengan surat.",
    )
    html = flat(render_to_string("pdf/_daftar_delegasi.html", {"isi": daftar_delegasi(acara), "kepala": {}}))
    assert "tercatat hadir: Anggota DPRD; Camat menunjuknya dengan surat." in html
    assert "Camat menunjuknya dengan surat." in client.get(url).content.decode()
    assert list(check_delegates(acara)) == []
    Delegat.objects.update(alasan_unsur="")
    assert list(check_delegates(acara)) == ["Anggota DPRD tidak tercatat hadir sebagai Camat, tanpa alasan."]
