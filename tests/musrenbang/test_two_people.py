"""Two people for what is grave: nobody gives a role to oneself, nobody alone takes over who approves, leads or reviews."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from musrenbang.akun import people
from musrenbang.akun.services.pengguna import add_peran, remove_peran, rename_pengguna, reset_password, set_active
from musrenbang.models import (
    GENTING,
    JejakAcuan,
    KabarAkun,
    Keanggotaan,
    Kecamatan,
    Pengguna,
    PermintaanAkun,
    Skpd,
    TautanMasuk,
)
from musrenbang.states import Peran
from musrenbang.transisi import Refused
from tests.conftest import SANDI
from tests.musrenbang.test_pengguna import invite, link_origin, tabel, use


@pytest.fixture
def colleague(acara, cast, kabupaten):
    """A second person of Bappeda."""
    cast["rekan"] = Pengguna.objects.create_user("rekan", password=SANDI, nama="Rekan Bappeda")
    Keanggotaan.objects.create(pengguna=cast["rekan"], peran=Peran.BAPPEDA, kabupaten=kabupaten)
    return cast["rekan"]


def satu():
    return PermintaanAkun.objects.get(hasil="")


def response(client, request=None, **change):
    request = request or satu()
    contents = {"jawab": "setuju", "kata": request.kata} | change
    return client.post(f"/acuan/permintaan/{request.pk}/", contents, follow=True).content.decode()


def lingkup(peran):
    return (
        f"kecamatan-{Kecamatan.objects.get().pk}"
        if peran != Peran.BAPPEDA
        else f"kabupaten-{Kecamatan.objects.get().kabupaten_id}"
    )


@pytest.mark.parametrize("peran", GENTING)
def test_a_new_account_of_a_grave_role_waits_for_another_person(colleague, masuk, peran):
    client = masuk("bu_bappeda")
    html = invite(client, peran=peran, lingkup=lingkup(peran)).content.decode()
    assert "menunggu persetujuan orang kedua" in html
    assert not Pengguna.objects.filter(nama="Siti Aminah, S.E.").exists()
    assert "Setujui" not in client.get("/acuan/permintaan/").content.decode()
    assert "bukan peminta" in response(client), "nobody is the own second person"
    assert "1 permintaan akun menunggu" in masuk("rekan").get("/").content.decode()
    assert "disetujui" in response(masuk("rekan"))
    baru = Pengguna.objects.get(nama="Siti Aminah, S.E.")
    assert baru.keanggotaan.get().peran == peran
    assert [(j.aksi, j.pelaku.username) for j in JejakAcuan.objects.order_by("pk")] == [
        ("permintaan.diminta", "bu_bappeda"),
        ("permintaan.disetujui", "rekan"),
        ("pengguna.diundang", "bu_bappeda"),
    ]
    assert JejakAcuan.objects.get(aksi="pengguna.diundang").rincian["disetujui"] == "Rekan Bappeda"
    # the link belongs to who asked, not to who approved
    assert (
        "hanya kepada pembuatnya"
        in masuk("rekan").post(f"/acuan/pengguna/{baru.pk}/tautan/", follow=True).content.decode()
    )
    assert link_origin(client, baru)


ALIH = {
    "sandi": lambda client, o: client.post(f"/acuan/pengguna/{o.pk}/sandi/"),
    "kode": lambda client, o: client.post(f"/acuan/pengguna/{o.pk}/kode/"),
    "aktif": lambda client, o: client.post(f"/acuan/pengguna/{o.pk}/aktif/", {"aktif": "1"}),
}


@pytest.mark.parametrize("jenis", ALIH)
@pytest.mark.parametrize("nama", ["pak_camat", "pak_sekcam", "rekan"])
def test_nobody_alone_takes_a_grave_account_over(colleague, masuk, cast, jenis, nama):
    who = cast[nama]
    if jenis == "aktif":
        set_active(kabupaten=one_kabupaten(), by=cast["bu_bappeda"], pengguna=who, aktif=False)
    if jenis == "kode":
        TOTPDevice.objects.create(user=who, confirmed=True)
    ALIH[jenis](masuk("bu_bappeda"), who)
    current = Pengguna.objects.get(pk=who.pk)
    assert current.password == who.password
    assert current.is_active == (jenis != "aktif")
    assert TOTPDevice.objects.filter(user=who).exists() == (jenis == "kode")
    second = "admin" if nama == "rekan" else "rekan"  # of two of Bappeda one asks and one is asked about
    assert "disetujui" in response(masuk(second))
    current.refresh_from_db()
    assert current.is_active
    assert current.has_usable_password() == (jenis != "sandi")
    assert not TOTPDevice.objects.filter(user=who).exists()
    assert KabarAkun.objects.filter(pengguna=who, kata__contains="disetujui").count() == 1


def one_kabupaten():
    return Kecamatan.objects.get().kabupaten


def test_the_administrator_is_the_second_only_where_there_is_nobody_else(acara, masuk, cast, kabupaten):
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    assert people.may_answer(cast["admin"], satu())
    lagi = Pengguna.objects.create_user("rekan", password=SANDI, nama="Rekan")
    Keanggotaan.objects.create(pengguna=lagi, peran=Peran.BAPPEDA, kabupaten=kabupaten)
    assert not people.may_answer(cast["admin"], satu())
    assert "bukan peminta" in response(masuk("admin"))
    lagi.is_active = False
    lagi.save()
    assert "disetujui" in response(masuk("admin"))


@pytest.mark.parametrize("nama", ["pak_camat", "pak_sekcam", "bu_pmd", "operator_desa", "orang_skpd", "orang_luar"])
def test_others_neither_see_nor_answer(colleague, masuk, cast, nama):
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    client = masuk(nama)
    assert client.get("/acuan/permintaan/").status_code == 403
    for end in ("", "tarik/"):
        assert client.post(f"/acuan/permintaan/{satu().pk}/{end}", {"jawab": "setuju"}).status_code == 403


def test_bappeda_of_another_kabupaten_finds_nothing(colleague, masuk, cast, kabupaten):
    from musrenbang.models import Kabupaten

    other = Kabupaten.objects.create(provinsi=kabupaten.provinsi, kode="52.99", nama="Kabupaten Lain")
    cast["asing"] = Pengguna.objects.create_user("asing", password=SANDI, nama="Asing")
    Keanggotaan.objects.create(pengguna=cast["asing"], peran=Peran.BAPPEDA, kabupaten=other)
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    client = masuk("asing")
    assert "Pak Camat" not in client.get("/acuan/permintaan/").content.decode()
    assert client.post(f"/acuan/permintaan/{satu().pk}/", {"jawab": "setuju"}).status_code == 404


@pytest.mark.parametrize("peran", [*GENTING, Peran.PMD])
def test_nobody_gives_a_role_to_oneself(colleague, masuk, cast, peran):
    client, oneself = masuk("bu_bappeda"), cast["bu_bappeda"]
    html = client.post(
        f"/acuan/pengguna/{oneself.pk}/peran/", {"peran": peran, "lingkup": lingkup(peran)}, follow=True
    ).content.decode()
    assert "kepada diri sendiri" in html or "sudah berperan" in html
    assert oneself.keanggotaan.count() == 1
    assert not PermintaanAkun.objects.exists()


def test_who_gains_the_role_cannot_be_the_second(colleague, masuk, cast):
    masuk("bu_bappeda").post(f"/acuan/pengguna/{colleague.pk}/peran/", {"peran": "camat", "lingkup": lingkup("camat")})
    assert "bukan pemilik akunnya" in response(masuk("rekan"))
    assert "disetujui" in response(masuk("admin"))
    assert colleague.keanggotaan.filter(peran="camat").exists()


def test_a_table_of_people_is_no_way_around(colleague, masuk):
    baris = [("Ani", None, "pmd", "Kecamatan Sikur", None), ("Budi", None, "camat", "Kecamatan Sikur", None)]
    html = masuk("bu_bappeda").post("/acuan/pengguna/unggah/", tabel(*baris), follow=True).content.decode()
    assert "1 akun menunggu persetujuan" in html
    assert not Pengguna.objects.filter(nama="Budi").exists()
    assert satu().nama == "Budi"


def admin_add(client, who, peran, **contents):
    return client.post(
        "/admin/musrenbang/keanggotaan/add/", {"pengguna": who.pk, "peran": peran} | contents, follow=True
    )


def test_the_admin_pages_are_no_way_around(colleague, masuk, cast):
    client, kecamatan = masuk("admin"), Kecamatan.objects.get()
    html = admin_add(client, cast["orang_luar"], "camat", kecamatan=kecamatan.pk).content.decode()
    assert "menunggu orang kedua" in html
    assert not cast["orang_luar"].keanggotaan.exists()
    assert "disetujui" in response(masuk("rekan"))
    assert admin_add(client, cast["orang_luar"], "pmd", kecamatan=kecamatan.pk).status_code == 200
    assert cast["orang_luar"].keanggotaan.count() == 2
    assert "kepada diri sendiri" in admin_add(client, cast["admin"], "pmd", kecamatan=kecamatan.pk).content.decode()
    assert not cast["admin"].keanggotaan.exists()
    camats_own = cast["pak_camat"].keanggotaan.get()
    contents = {"pengguna": cast["admin"].pk, "peran": "camat", "kecamatan": kecamatan.pk}
    assert client.post(f"/admin/musrenbang/keanggotaan/{camats_own.pk}/change/", contents).status_code == 403
    assert Keanggotaan.objects.get(pk=camats_own.pk).pengguna == cast["pak_camat"]


def test_the_admin_pages_take_over_no_account(colleague, masuk, cast):
    client, camat = masuk("admin"), cast["pak_camat"]
    base = f"/admin/musrenbang/pengguna/{camat.pk}"
    assert client.post(f"{base}/password/", {"password1": "x" * 12, "password2": "x" * 12}).status_code in {302, 404}
    client.post(
        f"{base}/change/",
        {
            "username": "pak_camat",
            "nama": "Pak Camat, S.H.",
            "nip": "1",
            "email": "",
            "is_superuser": "on",
            "is_staff": "on",
            "password": "x",
            "is_active": "",
        },
    )
    current = Pengguna.objects.get(pk=camat.pk)
    assert (current.nama, current.is_superuser, current.is_staff, current.is_active) == (
        "Pak Camat, S.H.",
        False,
        False,
        True,
    )
    assert current.password == camat.password
    assert KabarAkun.objects.filter(pengguna=camat).exists()
    aksi = {"action": "void_password", "_selected_action": [camat.pk]}
    assert "menunggu orang kedua" in client.post("/admin/musrenbang/pengguna/", aksi, follow=True).content.decode()
    assert Pengguna.objects.get(pk=camat.pk).password == camat.password
    for alamat in ("otp_totp/totpdevice/", "auth/group/"):
        assert client.get(f"/admin/{alamat}").status_code == 404
    assert client.post(f"{base}/delete/", {"post": "yes"}).status_code == 403


def test_an_account_that_the_administrator_makes_has_neither_password_nor_role(acara, masuk, cast):
    client = masuk("admin")
    client.post("/admin/musrenbang/pengguna/add/", {"username": "baru", "nama": "Orang Baru", "password": "x" * 12})
    baru = Pengguna.objects.get(username="baru")
    assert (baru.has_usable_password(), baru.keanggotaan.count(), baru.is_superuser) == (False, 0, False)
    _, halaman = use(link_origin(client, baru))
    assert "Pekerjaan Anda" in halaman.content.decode()


def test_the_first_of_bappeda_and_the_last_one_locked_out(acara, masuk, cast, kabupaten):
    """Where nobody could be the second, the administrator acts alone, and the trail says so; never for Camat."""
    client = masuk("admin")
    aksi = {"action": "void_password", "_selected_action": [cast["bu_bappeda"].pk]}
    client.post("/admin/musrenbang/pengguna/", aksi)
    assert not Pengguna.objects.get(username="bu_bappeda").has_usable_password()
    assert JejakAcuan.objects.get(aksi="pengguna.sandi_direset").pelaku == cast["admin"]
    admin_add(client, cast["orang_luar"], "bappeda", kabupaten=kabupaten.pk)
    assert cast["orang_luar"].keanggotaan.get().peran == Peran.BAPPEDA
    admin_add(client, cast["pemandu"], "camat", kecamatan=Kecamatan.objects.get().pk)
    assert not cast["pemandu"].keanggotaan.filter(peran="camat").exists()
    assert satu().peran == Peran.CAMAT


def test_a_request_is_answered_once_and_as_it_was_read(colleague, masuk, cast):
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    request, client = satu(), masuk("rekan")
    assert "berubah sejak halaman dibuka" in response(client, kata="Batalkan sandi orang lain")
    assert "Tulis alasannya" in response(client, jawab="tolak")
    assert "tidak disetujui" in response(client, request, jawab="tolak", alasan="Pak Camat tidak pernah meminta.")
    assert "Sudah dijawab Rekan Bappeda" in response(client, request)
    assert cast["pak_camat"].password == Pengguna.objects.get(username="pak_camat").password
    assert JejakAcuan.objects.get(aksi="permintaan.ditolak").alasan == "Pak Camat tidak pernah meminta."


def test_a_request_ends_with_who_made_it(colleague, masuk, cast):
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    cast["bu_bappeda"].keanggotaan.all().delete()
    cast["bu_bappeda"].keanggotaan.create(peran="pmd", kecamatan=Kecamatan.objects.get())
    assert "tidak lagi bertugas di Bappeda" in response(masuk("rekan"))
    assert satu()


def test_who_asked_may_take_it_back(colleague, masuk, cast):
    client = masuk("bu_bappeda")
    ALIH["sandi"](client, cast["pak_camat"])
    alamat = f"/acuan/permintaan/{satu().pk}/tarik/"
    assert "Hanya peminta" in masuk("rekan").post(alamat, follow=True).content.decode()
    assert "permintaan ditarik" in client.post(alamat, follow=True).content.decode()
    assert not PermintaanAkun.objects.filter(hasil="").exists()


def test_the_database_keeps_the_two_apart(colleague, cast, kabupaten):
    content = {"kabupaten": kabupaten, "jenis": "sandi", "pengguna": cast["pak_camat"], "diminta_oleh": colleague}
    with pytest.raises(IntegrityError), transaction.atomic():
        PermintaanAkun.objects.create(**content, hasil="disetujui", dijawab_oleh=colleague, dijawab_pada=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        PermintaanAkun.objects.create(**content, hasil="disetujui")


def test_a_link_is_shown_once_to_its_maker(colleague, masuk):
    client = masuk("bu_bappeda")
    invite(client)
    baru = Pengguna.objects.get(nama="Siti Aminah, S.E.")
    alamat = f"/acuan/pengguna/{baru.pk}/"
    for other in ("rekan", "admin"):
        assert "/sandi/" not in masuk(other).post(f"{alamat}tautan/", follow=True).content.decode().split("<main")[1]
    first = link_origin(client, baru)
    assert "hanya kepada pembuatnya" in client.post(f"{alamat}tautan/", follow=True).content.decode()
    assert first not in client.get(alamat).content.decode()
    assert "sudah dilihat Bu Bappeda" in masuk("rekan").get(alamat).content.decode()
    # a new link ends the old one, and what another has not looked at yet is void
    client.post(f"{alamat}sandi/")
    masuk("rekan").post(f"{alamat}sandi/")
    assert TautanMasuk.objects.filter(ditampilkan_pada=None).count() == 1
    assert "hanya kepada pembuatnya" in client.post(f"{alamat}tautan/", follow=True).content.decode()
    _, halaman = use(first)
    assert "tidak berlaku lagi" in halaman.content.decode()
    _, halaman = use(link_origin(masuk("rekan"), baru))
    assert "Pekerjaan Anda" in halaman.content.decode()


def test_the_owner_is_told_at_the_next_sign_in(colleague, masuk, cast):
    ALIH["sandi"](masuk("bu_bappeda"), cast["pak_camat"])
    response(masuk("rekan"))
    camat, _ = use(link_origin(masuk("bu_bappeda"), cast["pak_camat"]))
    assert "Ada perubahan pada akun Anda" in camat.get("/").content.decode()
    html = camat.get("/atas-nama-saya/").content.decode()
    assert "Kata sandi akun Anda dibatalkan dan tautan baru dibuat oleh Bu Bappeda, disetujui Rekan Bappeda." in html
    html = camat.post("/atas-nama-saya/dibaca/", follow=True).content.decode()
    assert "Ada perubahan pada akun Anda" not in html
    assert "Kata sandi akun Anda dibatalkan" in html, "it stays to be read"


LAIN = {
    "peran": lambda by, o: add_peran(
        kabupaten=one_kabupaten(), by=by, pengguna=o, peran="skpd", lingkup=Skpd.objects.first()
    ),
    "lepas": lambda by, o: remove_peran(kabupaten=one_kabupaten(), by=by, keanggotaan=o.keanggotaan.first()),
    "nama": lambda by, o: rename_pengguna(kabupaten=one_kabupaten(), by=by, pengguna=o, nama="Lain", nip=""),
    "mati": lambda by, o: set_active(kabupaten=one_kabupaten(), by=by, pengguna=o, aktif=False),
    "sandi": lambda by, o: reset_password(kabupaten=one_kabupaten(), by=by, pengguna=o),
}


@pytest.mark.parametrize("what", LAIN)
def test_whatever_is_done_to_an_account_is_told(acara, cast, what):
    LAIN[what](cast["bu_bappeda"], cast["bu_pmd"])
    assert KabarAkun.objects.filter(pengguna=cast["bu_pmd"], kata__contains="oleh Bu Bappeda").count() == 1


def test_what_was_done_in_my_name_is_listed_to_me_alone(ready_to_issue, issued_event, masuk, django_assert_num_queries):
    client = masuk("pak_sekcam")
    html = client.get("/atas-nama-saya/").content.decode()
    assert "Berita Acara terbit" in html
    assert "Tahap: “Penandatanganan” (semula “Delegasi”)" in html
    assert "Skor diisi" not in html
    assert "Berita Acara terbit" not in masuk("pak_camat").get("/atas-nama-saya/").content.decode()
    with django_assert_num_queries(6):
        client.get("/atas-nama-saya/")


def test_sensitive_steps_are_known_by_their_words():
    from musrenbang.trail_words import AKSI, STATUS

    assert [a for a in people.PENTING if a not in AKSI and a not in STATUS and a != "musrenbang.tahap"] == []


def test_services_refuse_too(acara, cast, kabupaten):
    with pytest.raises(Refused, match="kepada diri sendiri"):
        add_peran(kabupaten=kabupaten, by=cast["admin"], pengguna=cast["admin"], peran="bappeda", lingkup=kabupaten)
    with pytest.raises(Refused, match="admin server"):
        reset_password(kabupaten=kabupaten, by=cast["bu_bappeda"], pengguna=cast["admin"])


def test_a_request_costs_no_more_queries_with_more(colleague, masuk, cast, django_assert_max_num_queries):
    for nama in ("pak_camat", "pak_sekcam"):
        ALIH["sandi"](masuk("bu_bappeda"), cast[nama])
    client = masuk("rekan")
    client.get("/")
    with django_assert_max_num_queries(9):
        client.get("/acuan/permintaan/")


def test_nobody_signs_in_by_asking(colleague, masuk, cast):
    """The whole attack: one person of Bappeda asks, looks for a link, and does not become Camat."""
    client = masuk("bu_bappeda")
    ALIH["sandi"](client, cast["pak_camat"])
    client.post(f"/acuan/pengguna/{cast['pak_camat'].pk}/tautan/")
    assert not TautanMasuk.objects.exists()
    assert Client().post("/masuk/", {"username": "pak_camat", "password": SANDI}).status_code == 302
