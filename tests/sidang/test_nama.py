"""The same person by name: asked about, never merged, at several desks and from the queue."""

import uuid

import pytest

from musrenbang.models import JejakAudit
from musrenbang.sidang.models import Kehadiran, Undangan
from musrenbang.sidang.nama import name_key
from musrenbang.sidang.services.hadir import record_kehadiran
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


@pytest.mark.parametrize("satu, dua", SAMA)
def test_one_name_in_two_spellings(satu, dua):
    assert name_key(satu) == name_key(dua) != ""


@pytest.mark.parametrize("satu, dua", BEDA)
def test_two_names(satu, dua):
    assert name_key(satu) != name_key(dua)


@pytest.fixture
def buka(acara, pindah):
    """The event with its doors open."""
    pindah(acara, Tahap.PEMBUKAAN)
    return acara


@pytest.fixture
def kades(buka):
    """An invitee who is not here yet."""
    return Undangan.objects.create(
        musrenbang=buka,
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


def tamu(client, acara, hx=True, **isi):
    data = TAMU | {"kunci": uuid.uuid4()} | isi
    return client.post(f"/m/{acara.slug}/kehadiran/", data, headers=HX if hx else {}, follow=True)


def kode(jawab):
    return jawab.content.decode().split('name="orang_lain" value="')[-1].split('"')[0]


def test_a_walk_in_of_the_same_name_is_asked_about(buka, masuk):
    satu = tamu(masuk("bu_pmd"), buka, meja="1")
    assert satu.status_code == 200
    h = Kehadiran.objects.get()
    dua = tamu(masuk("pemandu"), buka, nama="ahmad yani", lembaga="Desa Loyok", meja="2")
    teks = dua.content.decode()
    assert dua.status_code == 409
    assert "H. Achmad Yani, S.Sos dari Warga Loyok sudah tercatat hadir, meja 1 (Bu Pmd), pukul" in teks
    assert "<html" not in teks
    assert Kehadiran.objects.count() == 1, "nothing is merged, nothing is stored"
    kunci = uuid.uuid4()
    for baru in (True, False):
        isi = {"nama": "ahmad yani", "lembaga": "Desa Loyok", "orang_lain": kode(dua), "kunci": kunci, "meja": "2"}
        jawab = tamu(masuk("pemandu"), buka, **isi)
        assert (jawab.status_code, "sudah tercatat hadir sebelumnya" in jawab.content.decode()) == (200, not baru)
    assert [(k.nama, k.meja) for k in Kehadiran.objects.all()] == [("H. Achmad Yani, S.Sos", "1"), ("ahmad yani", "2")]
    jejak = JejakAudit.objects.filter(aksi="kehadiran.dicatat").first()
    assert jejak.alasan.startswith(f"Orang lain, bukan: {h.nama} dari {h.lembaga} sudah tercatat hadir, meja 1")


def test_somebody_else_who_came_meanwhile_is_asked_about_again(buka, masuk):
    tamu(masuk("bu_pmd"), buka)
    lama = kode(tamu(masuk("pemandu"), buka, lembaga="Desa A"))
    assert tamu(masuk("bu_pmd"), buka, lembaga="Desa B", orang_lain=lama).status_code == 200
    jawab = tamu(masuk("pemandu"), buka, lembaga="Desa A", orang_lain=lama)
    assert jawab.status_code == 409
    assert "Desa B sudah tercatat" in jawab.content.decode()
    assert tamu(masuk("pemandu"), buka, lembaga="Desa A", orang_lain=kode(jawab)).status_code == 200


def test_two_people_of_one_name_and_one_institution(buka, masuk):
    tamu(masuk("bu_pmd"), buka)
    assert tamu(masuk("bu_pmd"), buka, orang_lain=kode(tamu(masuk("bu_pmd"), buka))).status_code == 200
    assert list(Kehadiran.objects.values_list("nama", "kembar")) == [(TAMU["nama"], 0), (TAMU["nama"], 1)]


def test_an_invitees_name_leads_to_the_invitation(buka, kades, masuk):
    client = masuk("pemandu")
    isi = {"nama": "haris munandar", "lembaga": "Pemdes", "unsur": "lain", "usia": "51", "alamat": "0818", "meja": "3"}
    jawab = tamu(client, buka, **isi)
    teks = jawab.content.decode()
    assert "Drs. Haris Munandar, Kades Sikur dari Desa Sikur ada di daftar undangan dan belum tercatat hadir" in teks
    assert f'name="lewat_undangan" value="{kades.pk}"' in teks
    jawab = tamu(client, buka, **isi, lewat_undangan=kades.pk)
    assert "Drs. Haris Munandar" in jawab.content.decode()
    h = Kehadiran.objects.get()
    assert (h.undangan, h.nama, h.unsur, h.lembaga) == (kades, "Drs. Haris Munandar", "kades", "Desa Sikur")
    assert (h.usia, h.alamat, h.meja) == (51, "0818", "3"), "what was typed and the letter did not know is kept"


def test_an_invitee_who_was_noted_as_a_guest_is_asked_about(buka, kades, masuk, pemeran):
    client = masuk("pemandu")
    tanya = tamu(client, buka, nama="Haris Munandar")
    tamu(client, buka, nama="Haris Munandar", orang_lain=kode(tanya))
    url = f"/m/{buka.slug}/kehadiran/undangan/{kades.pk}/"
    jawab = client.post(url, {"kunci": uuid.uuid4(), "cara": "centang"}, headers=HX)
    assert (jawab.status_code, "Haris Munandar dari Warga Loyok sudah tercatat" in jawab.content.decode()) == (
        409,
        True,
    )
    assert "lewat_undangan" not in jawab.content.decode()
    isi = {"kunci": uuid.uuid4(), "cara": "centang", "orang_lain": kode(jawab)}
    assert client.post(url, isi, headers=HX).status_code == 200
    assert Kehadiran.objects.count() == 2


def test_a_stand_in_of_a_known_name_is_asked_about(buka, kades, masuk):
    client = masuk("pemandu")
    tamu(client, buka)
    url = f"/m/{buka.slug}/kehadiran/undangan/{kades.pk}/"
    isi = {"kunci": uuid.uuid4(), "cara": "centang", "wakil": "Ahmad Yani", "jenis_kelamin": "L"}
    jawab = client.post(url, isi, headers=HX)
    assert (jawab.status_code, "sudah tercatat hadir, oleh Pemandu" in jawab.content.decode()) == (409, True)
    assert client.post(url, isi | {"orang_lain": kode(jawab)}, headers=HX).status_code == 200


def test_without_script_a_page_asks_and_keeps_everything(buka, kades, masuk):
    client = masuk("pemandu")
    isi = {"nama": "Haris Munandar", "alamat": "Dusun Lauk"}
    jawab = tamu(client, buka, hx=False, **isi)
    teks = jawab.content.decode()
    assert (jawab.status_code, "<h1>Apakah Haris Munandar orang yang sama?</h1>" in teks) == (422, True)
    for nama, nilai in (TAMU | isi).items():
        assert f'name="{nama}" value="{nilai}"' in teks
    jawab = tamu(client, buka, hx=False, **isi, orang_lain=kode(jawab))
    assert "Haris Munandar tercatat hadir." in jawab.content.decode()


def test_an_invitation_that_was_used_for_another_is_never_answered_with_that_one(buka, kades, masuk):
    client, url = masuk("pemandu"), f"/m/{buka.slug}/kehadiran/undangan/{kades.pk}/"
    isi = {"kunci": uuid.uuid4(), "cara": "centang"}
    assert client.post(url, isi, headers=HX).status_code == 200
    jawab = client.post(url, isi | {"wakil": "Umar", "jenis_kelamin": "L"}, headers=HX)
    teks = jawab.content.decode()
    assert jawab.status_code == 409
    assert "yang tercatat hadir Drs. Haris Munandar (L), oleh Pemandu, pukul" in teks
    assert "Isian ini (Umar) belum dicatat" in teks


@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_note_one_and_ask_the_other(buka, pemeran):
    from tests.test_bersamaan import serentak

    meja = [pemeran["bu_pmd"], pemeran["pemandu"]]
    hasil = serentak(
        2,
        lambda i: record_kehadiran(
            musrenbang=buka,
            by=meja[i],
            kunci=uuid.uuid4(),
            meja=str(i + 1),
            desa=None,
            **TAMU | {"lembaga": f"Desa {i}"},
        ),
    )
    assert sorted(type(h).__name__ for h in hasil) == ["Kehadiran", "MaybeSame"]
    assert Kehadiran.objects.count() == 1
