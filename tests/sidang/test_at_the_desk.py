"""The desk: ticks, codes, substitutes, the closing hour, paper, two desks at once."""

import uuid

import pytest

from musrenbang.models import JejakAudit
from musrenbang.sidang import syarat
from musrenbang.sidang.models import Kehadiran, Sidang, Undangan
from musrenbang.sidang.queries.kehadiran import check_kuorum, spread_attendance
from musrenbang.sidang.services.kehadiran import record_kehadiran
from musrenbang.sidang.services.undangan import save_undangan
from musrenbang.states import Tahap
from tests.conftest import record_attendance


@pytest.fixture
def opened_page(acara, move_event):
    """The event with its doors open."""
    move_event(acara, Tahap.PEMBUKAAN)
    return acara


@pytest.fixture
def invited_event(acara, cast):
    """A woman whose sex is known, and an office without a name."""
    base = {"unsur": "kades", "lembaga": "Desa", "desa": None, "usia": 44, "alamat": "Sikur"}
    return [
        save_undangan(musrenbang=acara, by=cast["bu_pmd"], undangan=None, **base | content)
        for content in (
            {
                "nama": "Siti",
                "jabatan": "Kades Sikur",
                "jenis_kelamin": "P",
                "desa": acara.kecamatan.desa_set.get(nama="Sikur"),
            },
            {"nama": "", "jabatan": "Ketua BPD", "jenis_kelamin": ""},
        )
    ]


def ticked(client, acara, undangan, **contents):
    data = {"kunci": uuid.uuid4(), "cara": "centang"} | contents
    return client.post(f"/m/{acara.slug}/kehadiran/undangan/{undangan.pk}/", data, follow=True)


def test_a_tick_takes_everything_from_the_invitation(invited_event, opened_page, masuk):
    ticked(masuk("pemandu"), opened_page, invited_event[0])
    h = Kehadiran.objects.get()
    assert (h.nama, h.unsur, h.jenis_kelamin, h.usia, h.desa.nama, h.cara) == (
        "Siti",
        "kades",
        "P",
        44,
        "Sikur",
        "centang",
    )
    assert "sudah tercatat hadir sebelumnya" in ticked(masuk("bu_pmd"), opened_page, invited_event[0]).content.decode()
    assert (Kehadiran.objects.count(), JejakAudit.objects.filter(aksi="kehadiran.dicatat").count()) == (1, 1)


def test_an_unknown_sex_is_asked(invited_event, opened_page, masuk):
    client = masuk("pemandu")
    assert "Pilih L atau P untuk Ketua BPD" in ticked(client, opened_page, invited_event[1]).content.decode()
    ticked(client, opened_page, invited_event[1], jenis_kelamin="L")
    assert Kehadiran.objects.get().nama == "Ketua BPD"


@pytest.mark.parametrize("surat", [True, False])
def test_a_substitute_is_noted_with_the_letter(surat, invited_event, opened_page, masuk):
    content = {"wakil": "Umar Wakil", "jenis_kelamin": "L"} | ({"bersurat": "on"} if surat else {})
    ticked(masuk("pemandu"), opened_page, invited_event[0], **content)
    h = Kehadiran.objects.get()
    assert (h.nama, h.mewakili, h.bersurat, h.jenis_kelamin, h.usia) == (
        "Umar Wakil",
        "Siti, Kades Sikur",
        surat,
        "L",
        None,
    )


def test_a_substitute_needs_a_sex_of_their_own(invited_event, opened_page, masuk):
    assert (
        "Pilih L atau P untuk Umar"
        in ticked(masuk("pemandu"), opened_page, invited_event[0], wakil="Umar").content.decode()
    )


def kode(client, acara, teks):
    return client.post(
        f"/m/{acara.slug}/kehadiran/kode/", {"kode": teks, "kunci": uuid.uuid4(), "cara": "kode"}, follow=True
    )


def test_a_code_notes_a_known_person_at_once(invited_event, opened_page, masuk):
    client = masuk("pemandu")
    kode(client, opened_page, f"{opened_page.slug}:{invited_event[0].kode.lower()}")
    assert Kehadiran.objects.get().cara == "kode"
    assert "hadir" in kode(client, opened_page, invited_event[0].kode).content.decode()
    assert Kehadiran.objects.count() == 1


def test_a_code_of_an_office_shows_the_two_buttons(invited_event, opened_page, masuk):
    words = kode(masuk("pemandu"), opened_page, invited_event[1].kode).content.decode()
    assert "Hadir, L" in words
    assert not Kehadiran.objects.exists()


def test_an_unknown_code_says_what_to_do(invited_event, opened_page, masuk):
    assert "tidak ada di daftar undangan" in kode(masuk("pemandu"), opened_page, "ZZZZZZ").content.decode()


def test_search_finds_by_name_office_and_code(invited_event, opened_page, masuk):
    client = masuk("pemandu")
    for kata in ("siti", "kades", invited_event[0].kode):
        words = client.get(f"/m/{opened_page.slug}/kehadiran/cari/", {"undangan": kata}).content.decode()
        assert "Siti, Kades Sikur" in words
        assert "Ketua BPD" not in words
    assert (
        "Catat sebagai tamu"
        in client.get(f"/m/{opened_page.slug}/kehadiran/cari/", {"undangan": "xyz"}).content.decode()
    )


TAMU = {"nama": "Budi", "jenis_kelamin": "L", "unsur": "tokoh", "lembaga": "Warga"}


def guest(client, acara, **contents):
    return client.post(f"/m/{acara.slug}/kehadiran/", TAMU | {"kunci": uuid.uuid4()} | contents)


def test_the_registration_closes_with_the_time(invited_event, opened_page, masuk, time_machine):
    Sidang.objects.create(musrenbang=opened_page, pendaftaran_tutup="08:25")
    client = masuk("pemandu")
    time_machine.move_to("2026-02-23 08:24+08:00", tick=False)
    guest(client, opened_page)
    time_machine.move_to("2026-02-23 08:26+08:00", tick=False)
    assert "ditutup pukul 08.25" in guest(client, opened_page, nama="Ani").content.decode()
    guest(client, opened_page, nama="Ani", terlambat="on")
    assert "Pendaftaran sudah ditutup pukul" in ticked(client, opened_page, invited_event[0]).content.decode()
    ticked(client, opened_page, invited_event[0], terlambat="1")
    guest(client, opened_page, nama="Dari Kertas", dari_kertas="on")
    assert dict(Kehadiran.objects.values_list("nama", "terlambat")) == {
        "Budi": False,
        "Ani": True,
        "Siti": True,
        "Dari Kertas": False,
    }
    assert Kehadiran.objects.get(nama="Dari Kertas").cara == "kertas"


def test_the_queue_of_the_browser_gets_a_short_answer(invited_event, opened_page, masuk):
    client, kunci = masuk("pemandu"), uuid.uuid4()
    for _ in range(2):
        response = client.post(f"/m/{opened_page.slug}/kehadiran/", TAMU | {"kunci": kunci}, HTTP_HX_REQUEST="true")
        assert (response.status_code, "tercatat hadir" in response.content.decode()) == (200, True)
    assert Kehadiran.objects.count() == 1
    response = client.post(
        f"/m/{opened_page.slug}/kehadiran/", TAMU | {"kunci": uuid.uuid4(), "nama": ""}, HTTP_HX_REQUEST="true"
    )
    assert (response.status_code, "Nama" in response.content.decode()) == (409, True)


def test_quorum_and_the_womens_share_only_warn(opened_page, cast):
    assert [k.wajib for k in syarat.somebody_attends(opened_page)] == [True]
    record_attendance(opened_page, cast["pemandu"], "Satu", jk="L")
    sentence = [k.text for k in syarat.somebody_attends(opened_page)]
    assert sentence[0].startswith("Baru 0 dari 3 desa terwakili (0%, kuorum 67%)")
    assert sentence[1] == "Perempuan 0% dari yang hadir, target 30%."
    assert not any(k.wajib for k in syarat.somebody_attends(opened_page))
    Sidang.objects.create(musrenbang=opened_page, kuorum_desa=0, target_perempuan=0)
    assert syarat.somebody_attends(opened_page) == []


@pytest.mark.parametrize(("represented", "enough"), [(1, False), (2, True), (3, True)])
def test_two_thirds_of_the_desa_are_a_quorum(represented, enough, opened_page, cast):
    Sidang.objects.create(musrenbang=opened_page, kuorum_desa=66, target_perempuan=0)
    for i, desa in enumerate(opened_page.kecamatan.desa_set.all()[:represented]):
        record_kehadiran(
            musrenbang=opened_page,
            by=cast["pemandu"],
            kunci=uuid.uuid4(),
            nama=f"K{i}",
            unsur="kades",
            lembaga="Desa",
            desa=desa,
            jenis_kelamin="L",
            usia=None,
            alamat="",
        )
    assert (check_kuorum(opened_page).peringatan == []) == enough


def test_the_page_counts_by_desa_and_age(invited_event, opened_page, masuk, cast):
    ticked(masuk("pemandu"), opened_page, invited_event[0])
    record_attendance(opened_page, cast["pemandu"], "Orang Tua")
    Kehadiran.objects.filter(nama="Orang Tua").update(usia=71)
    spread = spread_attendance(opened_page)
    assert dict(spread["desa"]) == {"Sikur": 1, "Bukan dari desa": 1}
    assert dict(spread["usia"]) == {"25–44 tahun": 1, "60 tahun ke atas": 1}


def test_who_came_by_invitation_keeps_it(invited_event, opened_page, masuk):
    client = masuk("bu_pmd")
    ticked(client, opened_page, invited_event[0])
    assert (
        "sudah tercatat hadir, jadi undangannya"
        in client.post(f"/m/{opened_page.slug}/undangan/{invited_event[0].pk}/hapus/", follow=True).content.decode()
    )
    assert Undangan.objects.count() == 2


@pytest.mark.parametrize(("nama", "status"), [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_record(nama, status, invited_event, opened_page, masuk):
    assert ticked(masuk(nama), opened_page, invited_event[0]).status_code == status
    assert kode(masuk(nama), opened_page, invited_event[0].kode).status_code == status
    assert not Kehadiran.objects.exists()
