"""The team: members, one head, the decision with its number, the checklist of "siap"."""

import pytest

from musrenbang.models import AnggotaTim, JejakAudit, SkTim
from musrenbang.persiapan import syarat
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Tahap

ORANG = {"kedudukan": "pemandu", "nama": "Umar Setrawan", "jabatan": "Setrawan Kecamatan", "nip": ""}


def simpan(client, acara, pk=None, **change):
    return client.post(f"/m/{acara.slug}/tim/{pk or 'baru'}/", ORANG | change, follow=True)


def test_the_team_is_filled_from_the_accounts_once(acara, masuk):
    client = masuk("pak_sekcam")
    assert "4 orang dimasukkan" in client.post(f"/m/{acara.slug}/tim/isi/", follow=True).content.decode()
    assert "sudah ada" in client.post(f"/m/{acara.slug}/tim/isi/", follow=True).content.decode()
    assert set(AnggotaTim.objects.values_list("kedudukan", flat=True)) == {"pengarah", "ketua", "sekretaris", "pemandu"}


def test_a_member_is_added_changed_and_taken_out(acara, masuk):
    client = masuk("bu_pmd")
    simpan(client, acara)
    a = AnggotaTim.objects.get()
    assert "sudah mengubah" in simpan(client, acara, a.pk, versi=9, nama="Jangan hilang").content.decode()
    simpan(client, acara, a.pk, versi=1, jabatan="Fasilitator")
    assert JejakAudit.objects.get(aksi="tim.diubah").rincian == {"jabatan": ["Setrawan Kecamatan", "Fasilitator"]}
    simpan(client, acara, a.pk, versi=2, jabatan="Fasilitator")
    assert (AnggotaTim.objects.get().versi, JejakAudit.objects.filter(aksi="tim.diubah").count()) == (2, 1)
    client.post(f"/m/{acara.slug}/tim/{a.pk}/hapus/")
    assert not AnggotaTim.objects.exists()
    assert client.post(f"/m/{acara.slug}/tim/{a.pk}/hapus/").status_code == 404


@pytest.mark.parametrize("kedudukan", ["pengarah", "ketua", "sekretaris"])
def test_there_is_one_of_each_head(kedudukan, acara, masuk):
    client = masuk("bu_pmd")
    simpan(client, acara, kedudukan=kedudukan)
    text = simpan(client, acara, kedudukan=kedudukan, nama="Orang Kedua").content.decode()
    assert "sudah terisi" in text
    assert "Orang Kedua" in text
    assert AnggotaTim.objects.count() == 1


def test_the_same_person_twice_in_one_place_is_refused(acara, masuk):
    client = masuk("bu_pmd")
    simpan(client, acara)
    simpan(client, acara)
    assert AnggotaTim.objects.count() == 1


SK = {
    "versi": 1,
    "tanggal": "2026-01-19",
    "nomor": "",
    "pembekalan_tanggal": "2026-02-02",
    "pembekalan_tempat": "Aula",
    "pembekalan_catatan": "Alur sidang",
}


def test_a_decision_takes_the_next_number_once(acara, masuk):
    client = masuk("bu_pmd")
    client.post(f"/m/{acara.slug}/tim/sk/", SK)
    decree = SkTim.objects.get()
    assert decree.nomor == "100.3.3/001/SK-MRB/I/2026"
    client.post(
        f"/m/{acara.slug}/tim/sk/", SK | {"versi": decree.versi, "nomor": decree.nomor, "pembekalan_tempat": "Balai"}
    )
    decree.refresh_from_db()
    assert (decree.nomor, decree.pembekalan_tempat) == ("100.3.3/001/SK-MRB/I/2026", "Balai")
    text = client.post(f"/m/{acara.slug}/tim/sk/", SK | {"pembekalan_tempat": "Jangan hilang"}).content.decode()
    assert "sudah mengubah SK Tim" in text
    assert "Jangan hilang" in text


def test_a_number_wants_a_date(acara, masuk):
    response = masuk("bu_pmd").post(f"/m/{acara.slug}/tim/sk/", SK | {"tanggal": "", "nomor": "141/9"})
    assert response.status_code == 422
    assert "harus bertanggal" in response.content.decode()


def test_the_checklist_wants_head_and_secretary_and_warns_about_the_rest(acara, masuk):
    missing = syarat.tim_complete(acara)
    assert [k.wajib for k in missing] == [True, True, False, False]
    client = masuk("bu_pmd")
    client.post(f"/m/{acara.slug}/tim/isi/")
    client.post(f"/m/{acara.slug}/tim/sk/", SK)
    assert syarat.tim_complete(acara) == []


def test_too_late_once_the_meeting_is_open(acara, masuk, move_event):
    move_event(acara, Tahap.PEMBUKAAN)
    assert "tidak dapat diubah" in simpan(masuk("bu_pmd"), acara).content.decode()
    assert not AnggotaTim.objects.exists()


@pytest.mark.parametrize(("nama", "status"), [("pemandu", 403), ("pak_camat", 403), ("orang_luar", 404)])
def test_who_may_not_write(nama, status, acara, masuk):
    client = masuk(nama)
    for aksi in ("baru/", "sk/", "isi/", "1/hapus/"):
        assert client.post(f"/m/{acara.slug}/tim/{aksi}", ORANG).status_code == status


def test_last_years_helpers_come_along(acara, masuk, cast):

    client = masuk("bu_pmd")
    simpan(client, acara)
    simpan(client, acara, kedudukan="ketua", nama="Ketua Lama")
    front = schedule_musrenbang(kecamatan=acara.kecamatan, tahun_pelaksanaan=2027, by=cast["bu_bappeda"])
    client.post(f"/m/{front.slug}/tim/isi/")
    nama = set(front.tim.values_list("nama", flat=True))
    assert "Umar Setrawan" in nama
    assert "Ketua Lama" not in nama


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, masuk, django_assert_num_queries):
    client = masuk("bu_pmd")
    for i in range(n):
        simpan(client, acara, nama=f"Orang {i}")
    with django_assert_num_queries(6):
        client.get(f"/m/{acara.slug}/tim/")
