"""The desk: ticks, codes, substitutes, the closing hour, paper, two desks at once."""

import uuid

import pytest

from musrenbang.models import JejakAudit
from musrenbang.sidang import syarat
from musrenbang.sidang.models import Kehadiran, Sidang, Undangan
from musrenbang.sidang.queries.hadir import check_kuorum, spread_attendance
from musrenbang.sidang.services.hadir import record_kehadiran
from musrenbang.sidang.services.undangan import save_undangan
from musrenbang.states import Tahap
from tests.conftest import catat_hadir


@pytest.fixture
def buka(acara, pindah):
    """The event with its doors open."""
    pindah(acara, Tahap.PEMBUKAAN)
    return acara


@pytest.fixture
def diundang(acara, pemeran):
    """A woman whose sex is known, and an office without a name."""
    dasar = {"unsur": "kades", "lembaga": "Desa", "desa": None, "usia": 44, "alamat": "Sikur"}
    return [
        save_undangan(musrenbang=acara, by=pemeran["bu_pmd"], undangan=None, **dasar | isi)
        for isi in (
            {
                "nama": "Siti",
                "jabatan": "Kades Sikur",
                "jenis_kelamin": "P",
                "desa": acara.kecamatan.desa_set.get(nama="Sikur"),
            },
            {"nama": "", "jabatan": "Ketua BPD", "jenis_kelamin": ""},
        )
    ]


def centang(client, acara, undangan, **isi):
    data = {"kunci": uuid.uuid4(), "cara": "centang"} | isi
    return client.post(f"/m/{acara.slug}/kehadiran/undangan/{undangan.pk}/", data, follow=True)


def test_a_tick_takes_everything_from_the_invitation(diundang, buka, masuk):
    centang(masuk("pemandu"), buka, diundang[0])
    h = Kehadiran.objects.get()
    assert (h.nama, h.unsur, h.jenis_kelamin, h.usia, h.desa.nama, h.cara) == (
        "Siti",
        "kades",
        "P",
        44,
        "Sikur",
        "centang",
    )
    assert "sudah tercatat hadir sebelumnya" in centang(masuk("bu_pmd"), buka, diundang[0]).content.decode()
    assert (Kehadiran.objects.count(), JejakAudit.objects.filter(aksi="kehadiran.dicatat").count()) == (1, 1)


def test_an_unknown_sex_is_asked(diundang, buka, masuk):
    client = masuk("pemandu")
    assert "Pilih L atau P untuk Ketua BPD" in centang(client, buka, diundang[1]).content.decode()
    centang(client, buka, diundang[1], jenis_kelamin="L")
    assert Kehadiran.objects.get().nama == "Ketua BPD"


@pytest.mark.parametrize("surat", [True, False])
def test_a_substitute_is_noted_with_the_letter(surat, diundang, buka, masuk):
    isi = {"wakil": "Umar Wakil", "jenis_kelamin": "L"} | ({"bersurat": "on"} if surat else {})
    centang(masuk("pemandu"), buka, diundang[0], **isi)
    h = Kehadiran.objects.get()
    assert (h.nama, h.mewakili, h.bersurat, h.jenis_kelamin, h.usia) == (
        "Umar Wakil",
        "Siti, Kades Sikur",
        surat,
        "L",
        None,
    )


def test_a_substitute_needs_a_sex_of_their_own(diundang, buka, masuk):
    assert "Pilih L atau P untuk Umar" in centang(masuk("pemandu"), buka, diundang[0], wakil="Umar").content.decode()


def kode(client, acara, teks):
    return client.post(
        f"/m/{acara.slug}/kehadiran/kode/", {"kode": teks, "kunci": uuid.uuid4(), "cara": "kode"}, follow=True
    )


def test_a_code_notes_a_known_person_at_once(diundang, buka, masuk):
    client = masuk("pemandu")
    kode(client, buka, f"{buka.slug}:{diundang[0].kode.lower()}")
    assert Kehadiran.objects.get().cara == "kode"
    assert "hadir" in kode(client, buka, diundang[0].kode).content.decode()
    assert Kehadiran.objects.count() == 1


def test_a_code_of_an_office_shows_the_two_buttons(diundang, buka, masuk):
    teks = kode(masuk("pemandu"), buka, diundang[1].kode).content.decode()
    assert "Hadir, L" in teks
    assert not Kehadiran.objects.exists()


def test_an_unknown_code_says_what_to_do(diundang, buka, masuk):
    assert "tidak ada di daftar undangan" in kode(masuk("pemandu"), buka, "ZZZZZZ").content.decode()


def test_search_finds_by_name_office_and_code(diundang, buka, masuk):
    client = masuk("pemandu")
    for kata in ("siti", "kades", diundang[0].kode):
        teks = client.get(f"/m/{buka.slug}/kehadiran/cari/", {"undangan": kata}).content.decode()
        assert "Siti, Kades Sikur" in teks
        assert "Ketua BPD" not in teks
    assert "Catat sebagai tamu" in client.get(f"/m/{buka.slug}/kehadiran/cari/", {"undangan": "xyz"}).content.decode()


TAMU = {"nama": "Budi", "jenis_kelamin": "L", "unsur": "tokoh", "lembaga": "Warga"}


def tamu(client, acara, **isi):
    return client.post(f"/m/{acara.slug}/kehadiran/", TAMU | {"kunci": uuid.uuid4()} | isi)


def test_the_registration_closes_with_the_time(diundang, buka, masuk, time_machine):
    Sidang.objects.create(musrenbang=buka, pendaftaran_tutup="08:25")
    client = masuk("pemandu")
    time_machine.move_to("2026-02-23 08:24+08:00", tick=False)
    tamu(client, buka)
    time_machine.move_to("2026-02-23 08:26+08:00", tick=False)
    assert "ditutup pukul 08.25" in tamu(client, buka, nama="Ani").content.decode()
    tamu(client, buka, nama="Ani", terlambat="on")
    assert "Pendaftaran sudah ditutup pukul" in centang(client, buka, diundang[0]).content.decode()
    centang(client, buka, diundang[0], terlambat="1")
    tamu(client, buka, nama="Dari Kertas", dari_kertas="on")
    assert dict(Kehadiran.objects.values_list("nama", "terlambat")) == {
        "Budi": False,
        "Ani": True,
        "Siti": True,
        "Dari Kertas": False,
    }
    assert Kehadiran.objects.get(nama="Dari Kertas").cara == "kertas"


def test_the_queue_of_the_browser_gets_a_short_answer(diundang, buka, masuk):
    client, kunci = masuk("pemandu"), uuid.uuid4()
    for _ in range(2):
        jawab = client.post(f"/m/{buka.slug}/kehadiran/", TAMU | {"kunci": kunci}, HTTP_HX_REQUEST="true")
        assert (jawab.status_code, "tercatat hadir" in jawab.content.decode()) == (200, True)
    assert Kehadiran.objects.count() == 1
    jawab = client.post(
        f"/m/{buka.slug}/kehadiran/", TAMU | {"kunci": uuid.uuid4(), "nama": ""}, HTTP_HX_REQUEST="true"
    )
    assert (jawab.status_code, "Nama" in jawab.content.decode()) == (409, True)


def test_quorum_and_the_womens_share_only_warn(buka, pemeran):
    assert [k.wajib for k in syarat.somebody_attends(buka)] == [True]
    catat_hadir(buka, pemeran["pemandu"], "Satu", jk="L")
    kalimat = [k.text for k in syarat.somebody_attends(buka)]
    assert kalimat[0].startswith("Baru 0 dari 3 desa terwakili (0%, kuorum 67%)")
    assert kalimat[1] == "Perempuan 0% dari yang hadir, target 30%."
    assert not any(k.wajib for k in syarat.somebody_attends(buka))
    Sidang.objects.create(musrenbang=buka, kuorum_desa=0, target_perempuan=0)
    assert syarat.somebody_attends(buka) == []


@pytest.mark.parametrize(("terwakili", "cukup"), [(1, False), (2, True), (3, True)])
def test_two_thirds_of_the_desa_are_a_quorum(terwakili, cukup, buka, pemeran):
    Sidang.objects.create(musrenbang=buka, kuorum_desa=66, target_perempuan=0)
    for i, desa in enumerate(buka.kecamatan.desa_set.all()[:terwakili]):
        record_kehadiran(
            musrenbang=buka,
            by=pemeran["pemandu"],
            kunci=uuid.uuid4(),
            nama=f"K{i}",
            unsur="kades",
            lembaga="Desa",
            desa=desa,
            jenis_kelamin="L",
            usia=None,
            alamat="",
        )
    assert (check_kuorum(buka).peringatan == []) == cukup


def test_the_page_counts_by_desa_and_age(diundang, buka, masuk, pemeran):
    centang(masuk("pemandu"), buka, diundang[0])
    catat_hadir(buka, pemeran["pemandu"], "Orang Tua")
    Kehadiran.objects.filter(nama="Orang Tua").update(usia=71)
    sebaran = spread_attendance(buka)
    assert dict(sebaran["desa"]) == {"Sikur": 1, "Bukan dari desa": 1}
    assert dict(sebaran["usia"]) == {"25–44 tahun": 1, "60 tahun ke atas": 1}


def test_who_came_by_invitation_keeps_it(diundang, buka, masuk):
    client = masuk("bu_pmd")
    centang(client, buka, diundang[0])
    assert (
        "sudah tercatat hadir, jadi undangannya"
        in client.post(f"/m/{buka.slug}/undangan/{diundang[0].pk}/hapus/", follow=True).content.decode()
    )
    assert Undangan.objects.count() == 2


@pytest.mark.parametrize(("nama", "status"), [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_record(nama, status, diundang, buka, masuk):
    assert centang(masuk(nama), buka, diundang[0]).status_code == status
    assert kode(masuk(nama), buka, diundang[0].kode).status_code == status
    assert not Kehadiran.objects.exists()
