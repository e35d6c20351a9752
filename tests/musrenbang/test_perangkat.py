"""The devices on which an account is open: seen by their owner, ended by the owner, gone with the password."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from musrenbang.akun.sesi import device_words, mark_of, sessions_of
from musrenbang.models import JejakAcuan, Sesi
from tests.conftest import SANDI

ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def sekcam(cast):
    return cast["pak_sekcam"]


def signed_in(orang, agent=EDGE, **other):
    client = Client(headers={"User-Agent": agent}, **other)
    assert client.post("/masuk/", {"username": orang.username, "password": SANDI}).status_code == 302
    client.get("/")
    return client


def mark(client):
    return mark_of(Sesi.objects.get(session_key=client.session.session_key))


@pytest.mark.parametrize(
    "agent, kata",
    [
        (ANDROID, "Chrome di Android"),
        (EDGE, "Edge di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604",
            "Safari di iPhone atau iPad",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox di Linux"),
        ("curl/8.5 Linux", "Browser lain di Linux"),
        ("", "Perangkat tidak dikenal"),
    ],
)
def test_a_browser_in_words(agent, kata):
    assert device_words(agent) == kata


def test_a_person_sees_the_other_devices(acara, sekcam):
    client = signed_in(sekcam)
    assert "hanya terbuka di perangkat ini" in client.get("/sandi/").content.decode()
    other = signed_in(sekcam, ANDROID, REMOTE_ADDR="10.0.0.7")
    halaman = client.get("/sandi/").content.decode()
    assert "Chrome di Android (10.0.0.7), masuk baru saja, dipakai baru saja" in halaman
    assert "Edge di Windows" not in halaman  # the one that asks
    assert other.session.session_key not in halaman
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert "masuk 2\xa0jam lalu" in client.get("/sandi/").content.decode()


def test_what_was_left_alone_too_long_is_no_longer_shown(acara, sekcam, settings):
    signed_in(sekcam)
    assert sessions_of(sekcam).count() == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESI_DIAM_DETIK + 1)):
        assert sessions_of(sekcam).count() == 0


def test_ending_one_leaves_the_others(acara, sekcam):
    client, one, dua = signed_in(sekcam), signed_in(sekcam, ANDROID), signed_in(sekcam)
    response = client.post("/sandi/perangkat/", {"perangkat": [mark(one)], "sandi": SANDI}, follow=True)
    assert "1 perangkat dikeluarkan" in response.content.decode()
    assert [c.get("/").status_code for c in (client, one, dua)] == [200, 302, 200]
    assert list(JejakAcuan.objects.values_list("aksi", flat=True)) == ["pengguna.perangkat_dikeluarkan"]


@pytest.mark.parametrize(
    "contents, kata",
    [
        ({"sandi": "bukan sandinya"}, "Kata sandi tidak cocok"),
        ({"perangkat": []}, "Pilih dahulu perangkat"),
        ({"perangkat": ["0123456789abcdef0123"]}, "sudah keluar"),
    ],
)
def test_what_is_refused_ends_nothing(acara, sekcam, contents, kata):
    client, other = signed_in(sekcam), signed_in(sekcam)
    send = {"perangkat": [mark(other)], "sandi": SANDI} | contents
    assert kata in client.post("/sandi/perangkat/", send, follow=True).content.decode()
    assert other.get("/").status_code == 200


def test_nobody_ends_the_device_of_another(acara, sekcam, cast):
    other = signed_in(sekcam)
    signed_in(cast["pak_camat"]).post("/sandi/perangkat/", {"perangkat": [mark(other)], "sandi": SANDI})
    assert other.get("/").status_code == 200


def test_the_same_button_twice(acara, sekcam):
    client, other = signed_in(sekcam), signed_in(sekcam)
    send = {"perangkat": [mark(other)], "sandi": SANDI}
    client.post("/sandi/perangkat/", send)
    assert "sudah keluar" in client.post("/sandi/perangkat/", send, follow=True).content.decode()


def test_a_new_password_ends_all_other_devices(acara, sekcam):
    client, other = signed_in(sekcam), signed_in(sekcam)
    baru = "kuda-lumping-di-sawah"
    response = client.post(
        "/sandi/", {"old_password": SANDI, "new_password1": baru, "new_password2": baru}, follow=True
    )
    assert "Perangkat lain harus masuk lagi" in response.content.decode()
    assert [c.get("/").status_code for c in (client, other)] == [200, 302]
    assert sessions_of(sekcam).count() == 1


def test_who_is_kept_out_has_no_session_left(acara, sekcam, masuk):
    signed_in(sekcam)
    masuk("bu_bappeda").post(f"/acuan/pengguna/{sekcam.pk}/aktif/", {"aktif": "0"})
    assert sessions_of(sekcam).count() == 0


@pytest.mark.parametrize(
    "url, kolom",
    [
        ("/sandi/", "old_password"),
        ("/sandi/perangkat/", "sandi"),
        ("/sandi/kode/", "sandi"),
        ("/sandi/kode/lepas/", "sandi"),
    ],
)
def test_who_finds_an_open_session_cannot_guess_the_password(acara, sekcam, url, kolom):
    """Each wrong one makes this session wait longer; what is open stays open, and other devices do not wait."""
    client, other = signed_in(sekcam), signed_in(sekcam)
    contents = {"kode": "123456", "new_password1": "kuda-lumping-di-sawah", "new_password2": "kuda-lumping-di-sawah"}
    for n in range(7):
        response = client.post(url, contents | {kolom: f"tebakan-{n}"}, follow=True)
    assert "Tunggu" in response.content.decode()
    assert "Tunggu" in client.post(url, contents | {kolom: SANDI}, follow=True).content.decode()
    assert "Tunggu" not in other.post(url, contents | {kolom: "tebakan"}, follow=True).content.decode()
    assert client.get("/").status_code == 200
    sekcam.refresh_from_db()
    assert sekcam.check_password(SANDI)


def test_the_camats_password_cannot_be_guessed_either(acara, cast, masuk, move_event):
    move_event(acara, "finalisasi")
    camat = masuk("pak_camat")
    contents = {"dari": "finalisasi", "ke": "disahkan"}
    for n in range(7):
        response = camat.post(f"/m/{acara.slug}/pindah/", contents | {"sandi": f"tebakan-{n}"}, follow=True)
    assert "Tunggu" in response.content.decode()
    assert "Tunggu" in camat.post(f"/m/{acara.slug}/pindah/", contents | {"sandi": SANDI}, follow=True).content.decode()
    acara.refresh_from_db()
    assert acara.tahap == "finalisasi"
