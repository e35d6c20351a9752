"""The sign-in code: who must have one, what it opens, what a wrong, old or stolen one does not."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from musrenbang.models import JejakAcuan, KodeCadangan, PermintaanAkun
from tests.conftest import SANDI
from tests.some import some


@pytest.fixture
def camat(cast):
    person = cast["pak_camat"]
    person.set_password(SANDI)
    person.save()
    return person


def signed_in(orang):
    client = Client()
    assert client.post("/masuk/", {"username": orang.username, "password": SANDI}).status_code == 302
    return client


def code_of(person, *, confirmed=True):
    perangkat = TOTPDevice.objects.get(user=person, confirmed=confirmed)
    return f"{totp(perangkat.bin_key):06d}"


def set_up(person):
    """Bind a phone; return the client and the spare codes that the page showed."""
    client = signed_in(person)
    halaman = client.get("/sandi/kode/").content.decode()
    assert "data:image/svg" in halaman
    response = client.post("/sandi/kode/", {"kode": code_of(person, confirmed=False), "sandi": SANDI}).content.decode()
    reserve = [b.split("</code>")[0] for b in response.split("<li><code>")[1:]]
    assert len(set(reserve)) == 8
    return client, reserve


def test_an_open_session_alone_binds_no_phone(acara, camat):
    client = signed_in(camat)
    client.get("/sandi/kode/")
    kode = code_of(camat, confirmed=False)
    assert (
        "Kata sandi tidak cocok"
        in client.post("/sandi/kode/", {"kode": kode, "sandi": "bukan sandinya"}).content.decode()
    )
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def later(menit=2):
    """A code is taken once; the next one shows half a minute later."""
    return time_machine.travel(timezone.now() + timedelta(minutes=menit))


def test_after_the_password_comes_the_code(acara, camat):
    client, _ = set_up(camat)
    assert client.get("/").status_code == 200
    baru = signed_in(camat)
    board = f"/m/{acara.slug}/"
    assert baru.get(board)["Location"] == f"/masuk/kode/?next=%2Fm%2F{acara.slug}%2F"
    response = baru.post(f"/m/{acara.slug}/pindah/", {"ke": "persiapan"})
    assert (response.status_code, "Kode verifikasi belum diisi" in response.content.decode()) == (401, True)
    assert baru.get(board, headers={"HX-Request": "true"}).status_code == 401
    with later():
        response = baru.post("/masuk/kode/", {"kode": code_of(camat), "next": board})
        assert response["Location"] == board
        assert baru.get(board).status_code == 200
    assert list(JejakAcuan.objects.values_list("aksi", flat=True)) == ["pengguna.kode_dipasang"]


def test_a_code_is_taken_once(acara, camat):
    set_up(camat)
    with later():
        kode = code_of(camat)
        assert signed_in(camat).post("/masuk/kode/", {"kode": kode}).status_code == 302
        assert signed_in(camat).post("/masuk/kode/", {"kode": kode}).status_code == 422


@pytest.mark.parametrize("kode", ["000000", "12345", "abcdef", "", "999999999999", "00000000"])
def test_what_is_no_code_opens_nothing(acara, camat, kode):
    set_up(camat)
    client = signed_in(camat)
    assert client.post("/masuk/kode/", {"kode": kode}).status_code == 422
    assert client.get("/")["Location"].startswith("/masuk/kode/")


def test_guessing_makes_the_next_try_wait(acara, camat):
    set_up(camat)
    client = signed_in(camat)
    with later():
        right = code_of(camat)
        for _ in range(4):
            client.post("/masuk/kode/", {"kode": f"{(int(right) + 1) % 10**6:06d}"})
        assert client.post("/masuk/kode/", {"kode": right}).status_code == 422


def test_a_spare_code_works_once(acara, camat):
    _, reserve = set_up(camat)
    assert signed_in(camat).post("/masuk/kode/", {"kode": reserve[3]}).status_code == 302
    assert signed_in(camat).post("/masuk/kode/", {"kode": reserve[3]}).status_code == 422


def test_spare_codes_are_kept_as_hashes(acara, camat):
    """Nobody who reads the database can use them; a wrong one makes the next wait, and takes no other away."""
    _, reserve = set_up(camat)
    save = KodeCadangan.objects.get()
    assert sorted(save.sandi) == [one[0] for one in reserve] == list("12345678")
    assert not [one for one in reserve if one in str(save.sandi) or one[1:] in str(save.sandi)]
    wrong = f"{reserve[2][0]}{(int(reserve[2][1:]) + 1) % 10**7:07d}"
    assert signed_in(camat).post("/masuk/kode/", {"kode": wrong}).status_code == 422
    assert signed_in(camat).post("/masuk/kode/", {"kode": reserve[2]}).status_code == 422  # too soon
    with later():
        assert signed_in(camat).post("/masuk/kode/", {"kode": reserve[2]}).status_code == 302
    assert sorted(KodeCadangan.objects.get().sandi) == list("1245678")


def test_the_code_cannot_be_replaced_with_the_password_alone(acara, camat):
    set_up(camat)
    client = signed_in(camat)
    assert client.get("/sandi/kode/")["Location"] == "/masuk/kode/"
    assert client.post("/sandi/kode/lepas/", {"sandi": SANDI}).status_code == 401
    assert client.get("/admin/")["Location"].startswith(("/masuk/kode/", "/admin/login/"))
    assert TOTPDevice.objects.get().confirmed


@pytest.mark.parametrize(
    "nama, required",
    [
        ("pak_camat", True),
        ("pak_sekcam", True),
        ("bu_bappeda", True),
        ("admin", True),
        ("bu_pmd", False),
        ("operator_desa", False),
    ],
)
def test_who_must_have_one(acara, cast, settings, nama, required):
    settings.WAJIB_KODE_MASUK = True
    client = Client()
    client.force_login(cast[nama])
    response = client.get("/")
    assert (response.status_code, response.headers.get("Location", "").split("?")[0]) == (
        (302, "/sandi/kode/") if required else (200, "")
    )


def test_taking_it_off(acara, camat, settings):
    client, _ = set_up(camat)
    client.post("/sandi/kode/lepas/", {"sandi": "salah sama sekali"})
    assert TOTPDevice.objects.count() == 1
    assert (
        "Verifikasi dua langkah dimatikan"
        in client.post("/sandi/kode/lepas/", {"sandi": SANDI}, follow=True).content.decode()
    )
    assert TOTPDevice.objects.count() == 0
    assert JejakAcuan.objects.filter(aksi="pengguna.kode_dilepas").count() == 1
    settings.WAJIB_KODE_MASUK = True
    assert signed_in(camat).get("/")["Location"].startswith("/sandi/kode/")


def approve(client):
    one = PermintaanAkun.objects.get(hasil="")
    client.post(f"/acuan/permintaan/{one.pk}/", {"jawab": "setuju", "kata": one.kata})


def test_further_roles_by_setting(acara, cast, settings):
    settings.WAJIB_KODE_MASUK, settings.WAJIB_KODE_PERAN = True, ["pmd"]
    for nama, response in (("bu_pmd", 302), ("operator_desa", 200)):
        client = Client()
        client.force_login(cast[nama])
        assert client.get("/").status_code == response


def test_bappeda_takes_it_off_a_lost_phone(acara, camat, masuk, cast):
    set_up(camat)
    bappeda = masuk("bu_bappeda")
    assert "Matikan verifikasi dua langkah" in bappeda.get(f"/acuan/pengguna/{camat.pk}/").content.decode()
    response = bappeda.post(f"/acuan/pengguna/{camat.pk}/kode/", follow=True).content.decode()
    assert "menunggu persetujuan orang kedua" in response
    assert TOTPDevice.objects.filter(user=camat).exists()
    approve(masuk("admin"))
    assert (
        "tidak memakai verifikasi dua langkah"
        in bappeda.post(f"/acuan/pengguna/{camat.pk}/kode/", follow=True).content.decode()
    )
    assert signed_in(camat).get("/").status_code == 200
    assert masuk("pak_sekcam").post(f"/acuan/pengguna/{camat.pk}/kode/").status_code == 403


def test_a_code_taken_off_while_its_page_stands_open(acara, camat, masuk):
    """No page leads to the next and back again: the person is simply in."""
    set_up(camat)
    client = signed_in(camat)
    assert client.get("/")["Location"].startswith("/masuk/kode/")
    masuk("bu_bappeda").post(f"/acuan/pengguna/{camat.pk}/kode/")
    approve(masuk("admin"))
    assert client.get("/masuk/kode/")["Location"] == "/"
    assert client.get("/").status_code == 200


def test_who_cannot_give_the_code_can_leave(acara, camat):
    set_up(camat)
    client = signed_in(camat)
    client.post("/keluar/")
    assert "_auth_user_id" not in client.session
    assert client.get("/")["Location"].startswith("/masuk/?")


def test_the_address_after_the_code_is_ours(acara, camat):
    _, reserve = set_up(camat)
    for foreign, kode in some(zip(("https://jahat.example/", "//jahat.example"), reserve, strict=False)):
        assert signed_in(camat).post("/masuk/kode/", {"kode": kode, "next": foreign})["Location"] == "/"
