"""The same person by name: asked about, never merged, at several desks and from the queue."""

import uuid

import pytest

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Kehadiran, Undangan
from musrenbang.sidang.names import name_key
from musrenbang.sidang.services.kehadiran import record_kehadiran
from musrenbang.states import Tahap

SAMA = [
    ("Laloe Moehammad Joesoef", "L. Muhammad Jusuf"),
    ("H. Achmad  YANI, S.Sos., M.Si", "ahmad yani"),
    ("Hj. Siti Aminah", "SITI AMINA"),
    ("Ir. M. Yani", "Muhammad Yani"),
    ("Dr. H. Moh. Rusli, S.H.", "mohamad rusli"),
    ("Abdurrahman", "Abdur Rahman"),
    ("Abd. Rahim", "Abdul Rahim"),
    ("Lalu Gede", "L. Gede"),
    ("Soekarno", "Sukarno"),
    ("Djoko", "Joko"),
    ("Baiq Nur, A.Md.Keb", "Bq. Nur"),
    ("Ahmad Yani S.Sos", "Ahmad Yani"),
    ("Ahmad Yani, S. Sos", "Ahmad Yani"),
    ("M.Yani", "Muhammad Yani"),
    ("Syarifudin", "Sarifuddin"),
    ("Zaenal", "Jainal"),
    ("Ma'rif", "Marif"),
    ("H.Ahmad", "Ahmad"),
    ("Sahrul", "Syahrul"),
    ("TGH. Ibrahim", "Ibrahim"),
    ("Ahmad Yani SE", "Ahmad Yani"),
    ("Nurul Hidayah, SST.Keb", "Nurul Hidaya"),
]
BEDA = [
    ("Siti Mei", "Siti"),
    ("Ahmad Yani", "Ahmad Yasin"),
    ("Siti Aminah", "Siti Rohani"),
    ("M. Yani", "Yani"),
    ("Haji", "Ahmad"),
    ("Umar", "Umi"),
    ("SITI MEI", "SITI"),
    ("Tamu 0-1", "Tamu 0-11"),
]


@pytest.mark.parametrize("one, dua", SAMA)
def test_one_name_in_two_spellings(one, dua):
    assert name_key(one) == name_key(dua) != ""


@pytest.mark.parametrize("single, dua", BEDA)
def test_two_names(single, dua):
    assert name_key(single) != name_key(dua)


@pytest.fixture
def opened_page(acara, move_event):
    """The event with its doors open."""
    move_event(acara, Tahap.PEMBUKAAN)
    return acara


@pytest.fixture
def kades(opened_page):
    """An invitee who is not here yet."""
    return Undangan.objects.create(
        musrenbang=opened_page,
        nama="Drs. Haris Munandar",
        jabatan="Kades Sikur",
        kode="HARIS2",
        unsur="kades",
        lembaga="Desa Sikur",
        jenis_kelamin="L",
        alamat="",
        usia=None,
    )


TAMU = {"nama": "H. Achmad Yani, S.Sos", "jenis_kelamin": "L", "unsur": "tokoh", "lembaga": "Warga Loyok"}
HX = {"HX-Request": "true", "X-Bagian": "isian"}


def guest(client, acara, hx=True, **contents):
    data = TAMU | {"kunci": uuid.uuid4()} | contents
    return client.post(f"/m/{acara.slug}/kehadiran/", data, headers=HX if hx else {}, follow=True)


def kode(jawab):
    return jawab.content.decode().split('name="orang_lain" value="')[-1].split('"')[0]


def test_a_walk_in_of_the_same_name_is_asked_about(opened_page, masuk):
    one = guest(masuk("bu_pmd"), opened_page, meja="1")
    assert one.status_code == 200
    h = Kehadiran.objects.get()
    dua = guest(masuk("pemandu"), opened_page, nama="ahmad yani", lembaga="Desa Loyok", meja="2")
    text = dua.content.decode()
    assert dua.status_code == 409
    assert "H. Achmad Yani, S.Sos dari Warga Loyok sudah tercatat hadir, meja 1 (Bu Pmd), pukul" in text
    assert "<html" not in text
    assert Kehadiran.objects.count() == 1, "nothing is merged, nothing is stored"
    kunci = uuid.uuid4()
    for baru in (True, False):
        contents = {"nama": "ahmad yani", "lembaga": "Desa Loyok", "orang_lain": kode(dua), "kunci": kunci, "meja": "2"}
        response = guest(masuk("pemandu"), opened_page, **contents)
        assert (response.status_code, "sudah tercatat hadir sebelumnya" in response.content.decode()) == (200, not baru)
    assert [(k.nama, k.meja) for k in Kehadiran.objects.all()] == [("H. Achmad Yani, S.Sos", "1"), ("ahmad yani", "2")]
    jejak = JejakAudit.objects.filter(aksi="kehadiran.dicatat").first()
    assert jejak.alasan.startswith(f"Orang lain, bukan: {h.nama} dari {h.lembaga} sudah tercatat hadir, meja 1")


def test_somebody_else_who_came_meanwhile_is_asked_about_again(opened_page, masuk):
    guest(masuk("bu_pmd"), opened_page)
    lama = kode(guest(masuk("pemandu"), opened_page, lembaga="Desa A"))
    assert guest(masuk("bu_pmd"), opened_page, lembaga="Desa B", orang_lain=lama).status_code == 200
    response = guest(masuk("pemandu"), opened_page, lembaga="Desa A", orang_lain=lama)
    assert response.status_code == 409
    assert "Desa B sudah tercatat" in response.content.decode()
    assert guest(masuk("pemandu"), opened_page, lembaga="Desa A", orang_lain=kode(response)).status_code == 200


def test_two_people_of_one_name_and_one_institution(opened_page, masuk):
    guest(masuk("bu_pmd"), opened_page)
    assert guest(masuk("bu_pmd"), opened_page, orang_lain=kode(guest(masuk("bu_pmd"), opened_page))).status_code == 200
    assert list(Kehadiran.objects.values_list("nama", "kembar")) == [(TAMU["nama"], 0), (TAMU["nama"], 1)]


def test_an_invitees_name_leads_to_the_invitation(opened_page, kades, masuk):
    client = masuk("pemandu")
    contents = {
        "nama": "haris munandar",
        "lembaga": "Pemdes",
        "unsur": "lain",
        "usia": "51",
        "alamat": "0818",
        "meja": "3",
    }
    response = guest(client, opened_page, **contents)
    text = response.content.decode()
    assert "Drs. Haris Munandar, Kades Sikur dari Desa Sikur ada di daftar undangan dan belum tercatat hadir" in text
    assert f'name="lewat_undangan" value="{kades.pk}"' in text
    response = guest(client, opened_page, **contents, lewat_undangan=kades.pk)
    assert "Drs. Haris Munandar" in response.content.decode()
    h = Kehadiran.objects.get()
    assert (h.undangan, h.nama, h.unsur, h.lembaga) == (kades, "Drs. Haris Munandar", "kades", "Desa Sikur")
    assert (h.usia, h.alamat, h.meja) == (51, "0818", "3"), "what was typed and the letter did not know is kept"


def test_an_invitee_who_was_noted_as_a_guest_is_asked_about(opened_page, kades, masuk, cast):
    client = masuk("pemandu")
    question = guest(client, opened_page, nama="Haris Munandar")
    guest(client, opened_page, nama="Haris Munandar", orang_lain=kode(question))
    url = f"/m/{opened_page.slug}/kehadiran/undangan/{kades.pk}/"
    response = client.post(url, {"kunci": uuid.uuid4(), "cara": "centang"}, headers=HX)
    assert (response.status_code, "Haris Munandar dari Warga Loyok sudah tercatat" in response.content.decode()) == (
        409,
        True,
    )
    assert "lewat_undangan" not in response.content.decode()
    contents = {"kunci": uuid.uuid4(), "cara": "centang", "orang_lain": kode(response)}
    assert client.post(url, contents, headers=HX).status_code == 200
    assert Kehadiran.objects.count() == 2


def test_a_stand_in_of_a_known_name_is_asked_about(opened_page, kades, masuk):
    client = masuk("pemandu")
    guest(client, opened_page)
    url = f"/m/{opened_page.slug}/kehadiran/undangan/{kades.pk}/"
    contents = {"kunci": uuid.uuid4(), "cara": "centang", "wakil": "Ahmad Yani", "jenis_kelamin": "L"}
    response = client.post(url, contents, headers=HX)
    assert (response.status_code, "sudah tercatat hadir, oleh Pemandu" in response.content.decode()) == (409, True)
    assert client.post(url, contents | {"orang_lain": kode(response)}, headers=HX).status_code == 200


def test_without_script_a_page_asks_and_keeps_everything(opened_page, kades, masuk):
    client = masuk("pemandu")
    contents = {"nama": "Haris Munandar", "alamat": "Dusun Lauk"}
    response = guest(client, opened_page, hx=False, **contents)
    text = response.content.decode()
    assert (response.status_code, "<h1>Apakah Haris Munandar orang yang sama?</h1>" in text) == (422, True)
    for nama, nilai in (TAMU | contents).items():
        assert f'name="{nama}" value="{nilai}"' in text
    response = guest(client, opened_page, hx=False, **contents, orang_lain=kode(response))
    assert "Haris Munandar tercatat hadir." in response.content.decode()


def test_an_invitation_that_was_used_for_another_is_never_answered_with_that_one(opened_page, kades, masuk):
    client, url = masuk("pemandu"), f"/m/{opened_page.slug}/kehadiran/undangan/{kades.pk}/"
    contents = {"kunci": uuid.uuid4(), "cara": "centang"}
    assert client.post(url, contents, headers=HX).status_code == 200
    response = client.post(url, contents | {"wakil": "Umar", "jenis_kelamin": "L"}, headers=HX)
    text = response.content.decode()
    assert response.status_code == 409
    assert "yang tercatat hadir Drs. Haris Munandar (L), oleh Pemandu, pukul" in text
    assert "Isian ini (Umar) belum dicatat" in text


@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_note_one_and_ask_the_other(opened_page, cast):
    from tests.test_at_once import at_once

    meja = [cast["bu_pmd"], cast["pemandu"]]
    result = at_once(
        2,
        lambda i: record_kehadiran(
            musrenbang=opened_page,
            by=meja[i],
            kunci=uuid.uuid4(),
            meja=str(i + 1),
            desa=None,
            **TAMU | {"lembaga": f"Desa {i}"},
        ),
    )
    assert sorted(type(h).__name__ for h in result) == ["Kehadiran", "MaybeSame"]
    assert Kehadiran.objects.count() == 1
