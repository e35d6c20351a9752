"""Guessing is slowed down, and nobody who guesses can keep an owner from working; no code or link lands in a log."""

import io
import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from musrenbang import limits
from musrenbang.akun import sign_in_code
from musrenbang.infra.redact import WithoutSecrets, mask
from musrenbang.models import Batas, JejakAudit
from musrenbang.sidang.models import Layar
from tests.conftest import SANDI

AULA = "10.0.0.1"


def browser(alamat=AULA):
    """A browser that has opened the page of signing in."""
    client = Client(REMOTE_ADDR=alamat)
    client.get("/masuk/")
    return client


def attempt(client, sandi, nama="pak_camat"):
    return client.post("/masuk/", {"username": nama, "password": sandi})


def after(second_count):
    return time_machine.travel(timezone.now() + timedelta(seconds=second_count))


@pytest.fixture(autouse=True)
def _people_there(cast):
    """The clock stands still: how busy the machine is decides no wait."""
    with time_machine.travel(timezone.now(), tick=False):
        yield cast


def test_who_guesses_waits_longer_and_longer():
    guest, wait = browser(), []
    for _ in range(5):
        assert attempt(guest, "keliru").status_code == 200
    current = timezone.now()
    for _ in range(6):
        with time_machine.travel(current, tick=False):
            assert attempt(guest, "keliru").status_code == 429
            assert attempt(guest, SANDI).status_code == 429, "while it waits, the right one is not even looked at"
            wait.append(max(limits._rest(b, limits.ATURAN[b.jenis]) for b in Batas.objects.all()))
        current += timedelta(seconds=wait[-1])
        with time_machine.travel(current, tick=False):
            assert attempt(guest, "keliru").status_code == 200
    assert wait == [4, 8, 16, 32, 60, 60]
    with after(wait[-1] * 30):
        assert attempt(guest, SANDI).status_code == 302


def test_a_guest_on_the_wifi_stops_nobody(acara, cast, masuk, move_event):
    """Hundreds of wrong passwords from the hall: the open session goes on, the owner comes back on the own laptop, signs in elsewhere."""
    move_event(acara, "finalisasi")
    camat, laptop = masuk("pak_camat"), browser()
    assert attempt(laptop, SANDI).status_code == 302
    laptop.post("/keluar/")
    for _ in range(10):
        guest = browser()
        for _ in range(8):
            attempt(guest, "keliru")
    assert attempt(browser(), SANDI).status_code == 429, "unknown devices of this address wait together"
    assert attempt(laptop, SANDI).status_code == 302, "a device on which the account was opened before does not"
    assert attempt(browser("10.9.9.9"), SANDI).status_code == 302, "nor does any other address"
    assert attempt(browser(), SANDI, "bu_pmd").status_code == 302, "nor any other account"
    response = camat.post("/sandi/kode/lepas/", {"sandi": SANDI}, follow=True).content.decode()
    assert "Kata sandi tidak cocok" not in response
    assert "Tunggu" not in response
    approve = {"dari": "finalisasi", "ke": "disahkan", "sandi": "keliru"}
    assert (
        "Kata sandi Anda tidak cocok" in camat.post(f"/m/{acara.slug}/pindah/", approve, follow=True).content.decode()
    )


def test_a_guest_who_takes_new_browsers_gains_nothing():
    affected = 0
    for _ in range(60):
        affected += attempt(browser(), "keliru").status_code == 429
    assert affected >= 29, "thirty tries are all that an address has"
    assert attempt(Client(REMOTE_ADDR=AULA), "keliru").status_code == 429, "without a cookie it is no better"


def test_a_cookie_cannot_be_made_up_nor_used_for_another_account():
    laptop = browser()
    attempt(laptop, SANDI, "bu_pmd")
    laptop.post("/keluar/")
    for _ in range(40):
        attempt(browser(), "keliru")
    assert attempt(laptop, SANDI).status_code == 429, "it knows bu_pmd, not the Camat"
    laptop.cookies["perangkat"] = laptop.cookies["perangkat"].value[:-3] + "abc"
    assert attempt(laptop, SANDI).status_code == 429


def test_names_that_do_not_exist_wait_the_same():
    guest = browser()
    kode = [attempt(guest, "keliru", "siapa_ini").status_code for _ in range(7)]
    assert kode == [200] * 5 + [429] * 2


def test_the_sekcam_frees_an_account_in_the_hall(acara, cast, masuk):
    for _ in range(40):
        attempt(browser(), "keliru")
    perangkat = TOTPDevice.objects.create(user=cast["pak_camat"], confirmed=True, throttling_failure_count=5)
    sekcam, url = masuk("pak_sekcam"), f"/m/{acara.slug}/tim/akun/"
    assert "Pak Camat" in sekcam.get(url).content.decode()
    assert "dapat mencoba lagi" in sekcam.post(f"{url}{cast['pak_camat'].pk}/", follow=True).content.decode()
    perangkat.refresh_from_db()
    assert perangkat.throttling_failure_count == 0
    assert JejakAudit.objects.get(aksi="akun.dibebaskan").rincian == {"akun": "pak_camat"}
    assert "Tidak ada akun yang menunggu" in sekcam.get(url).content.decode()
    assert attempt(browser(), SANDI).status_code == 302
    second = sekcam.post(f"{url}{cast['pak_camat'].pk}/", follow=True, HTTP_REFERER=f"http://testserver{url}")
    assert "tidak sedang menunggu" in second.content.decode()
    assert JejakAudit.objects.filter(aksi="akun.dibebaskan").count() == 1
    assert sekcam.post(f"{url}{cast['bu_bappeda'].pk}/").status_code == 404, "of another office"
    for nama, kode in (("pemandu", 403), ("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)):
        assert masuk(nama).get(url).status_code == kode


@pytest.mark.parametrize("geser", [timedelta(hours=-5), timedelta(days=-400)])
def test_a_clock_set_back_locks_nobody_out(acara, cast, geser):
    """Wrong tries were counted while the laptop's clock was ahead; set right, nobody waits longer than the rule says."""
    guest, camat = browser(), cast["pak_camat"]
    for _ in range(6):
        attempt(guest, "keliru")
    current = timezone.now()
    TOTPDevice.objects.create(
        user=camat,
        throttling_failure_count=40,
        throttling_failure_timestamp=current,
        last_t=int(current.timestamp()) // 30,
    )
    with time_machine.travel(current + geser):
        assert attempt(guest, SANDI).status_code == 429
    with time_machine.travel(current + geser + timedelta(seconds=61)):
        assert attempt(guest, SANDI).status_code == 302
        sign_in_code._forgive(camat)
        perangkat = TOTPDevice.objects.get(user=camat)
        assert perangkat.last_t < timezone.now().timestamp() // 30
    with time_machine.travel(current + geser + timedelta(seconds=200)):
        assert perangkat.verify_is_allowed()[0], "never more than two minutes"


def test_codes_cannot_be_guessed_without_end(acara, cast):
    layar = Layar.objects.create(musrenbang=acara, kode="K7PX3M", panel="agenda")
    projector, guest = Client(REMOTE_ADDR=AULA), Client(REMOTE_ADDR=AULA)
    assert projector.get(f"/layar/{layar.kode}/").status_code == 200
    alamat = [
        "/suara/{}/",
        "/layar/{}/",
        "/verifikasi/{}/",
        "/layar/{}/isi/",
        "/suara/?kode={}",
        "/layar/?kode={}",
        "/verifikasi/?kode={}",
    ]
    response = [guest.get(alamat[n % 7].format(f"TEBAK{n}")).status_code for n in range(160)]
    assert (response[:120], set(response[122:])) == ([404] * 120, {429})
    slow = guest.get("/suara/TEBAKAN/")
    assert "terlalu banyak kode" in slow.content.decode()
    assert 0 < int(slow["Retry-After"]) <= 10
    assert [projector.get(f"/layar/{layar.kode}/{n}").status_code for n in ("", "isi/")] == [200, 200]
    assert guest.get(f"/layar/{layar.kode}/").status_code == 429, "a right guess is not told either"
    assert Client(REMOTE_ADDR="10.9.9.9").get(f"/layar/{layar.kode}/").status_code == 200
    with after(11):
        assert guest.get(f"/layar/{layar.kode}/").status_code == 200


def test_links_of_witnesses_cannot_be_guessed_without_end(acara, cast):
    guest = Client(REMOTE_ADDR=AULA)
    alamat = ("/saksi/{}/TEBAK{}/", "/saksi/{}/TEBAK{}/bukti.json")
    response = [guest.get(alamat[n % 2].format(acara.slug, n)).status_code for n in range(125)]
    assert (response[:120], set(response[122:])) == ([404] * 120, {429})


@pytest.mark.parametrize(
    ("one", "dua", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("unix:", "unix:", True),
    ],
)
def test_who_has_many_addresses_of_ipv6_is_counted_once(rf, one, dua, same):
    from musrenbang.attempts import client_place

    at = [client_place(rf.get("/", REMOTE_ADDR=a)) for a in (one, dua)]
    assert (at[0] == at[1]) == same


def test_a_guest_with_a_network_of_ipv6_guesses_no_further(acara, cast):
    response = [Client(REMOTE_ADDR=f"2001:db8::{n:x}").get(f"/suara/TEBAK{n}/").status_code for n in range(125)]
    assert (response[:120], set(response[122:])) == ([404] * 120, {429})


def test_the_cookie_of_one_code_opens_no_guessing_of_others(acara, cast):
    layar = Layar.objects.create(musrenbang=acara, kode="K7PX3M", panel="agenda")
    guest = Client(REMOTE_ADDR=AULA)
    guest.get(f"/layar/{layar.kode}/")
    response = [guest.get(f"/suara/TEBAK{n}/").status_code for n in range(130)]
    assert response.count(429) >= 8


def test_reading_costs_no_write_and_goes_on_when_nothing_can_be_written(
    acara, cast, monkeypatch, django_assert_num_queries
):
    from django.db import OperationalError

    layar = Layar.objects.create(musrenbang=acara, kode="K7PX3M", panel="agenda")
    Client().get(f"/layar/{layar.kode}/")
    assert Batas.objects.count() == 0
    monkeypatch.setattr(limits, "begin", lambda *a, **k: (_ for _ in ()).throw(OperationalError("disk is full")))
    assert Client().get("/layar/TEBAKAN/").status_code == 404


# --- logs


@pytest.mark.parametrize(
    "text, finished",
    [
        ("GET /suara/K7PX3M2Q/ HTTP/1.1", "GET /suara/…/ HTTP/1.1"),
        ("/layar/K7PX3M/isi/", "/layar/…/isi/"),
        ("/verifikasi/KDK26-K3R82/", "/verifikasi/…/"),
        ("/suara/?kode=K7PX3M&x=1", "/suara/?kode=…&x=1"),
        ("/saksi/sikur-2027/K7PX3M2QABCD/bukti.json", "/saksi/sikur-2027/…/bukti.json"),
        ("/sandi/MQ/abc-123/", "/sandi/…/"),
        ("http://a/sandi/MQ/set-password/", "http://a/sandi/…/"),
        ("/sandi/kode/lepas/", "/sandi/kode/lepas/"),
        ("/sandi/", "/sandi/"),
        ("/m/sikur-2027/suara/", "/m/sikur-2027/suara/"),
    ],
)
def test_what_a_log_says_of_an_address(text, finished):
    assert mask(text) == finished


def test_no_log_holds_a_code(client):
    stream = io.StringIO()
    hand = logging.StreamHandler(stream)
    hand.addFilter(WithoutSecrets())
    hand.setFormatter(logging.Formatter("%(message)s %(request)s", defaults={"request": "-"}))
    logging.getLogger("django.request").addHandler(hand)
    try:
        client.get("/suara/RAHASIA22/")
        client.get("/sandi/MQ/rahasia-satu/x/")
    finally:
        logging.getLogger("django.request").removeHandler(hand)
    assert "/suara/…/" in stream.getvalue()
    assert "rahasia" not in stream.getvalue().lower()


@pytest.mark.parametrize("nama", ["django", "django.request", "django.server", "musrenbang"])
def test_every_handler_of_every_log_takes_codes_out(nama, settings):
    """Django brings handlers of its own, for DEBUG and for runserver: none of them may write beside ours."""
    from django.utils.log import DEFAULT_LOGGING

    everything = DEFAULT_LOGGING["loggers"] | settings.LOGGING["loggers"]
    bagian = nama.split(".")
    for i in range(len(bagian), 0, -1):
        one = everything.get(".".join(bagian[:i]), {})
        assert all("rahasia" in settings.LOGGING["handlers"][h]["filters"] for h in one.get("handlers", []))
        if not one.get("propagate", True):
            return
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]


def test_the_access_log_of_gunicorn_holds_none(settings):
    content = {}
    exec(compile((settings.BASE_DIR / "deploy/gunicorn.conf.py").read_text(), "gunicorn.conf.py", "exec"), content)

    class Reply:
        status, headers, sent = "200 OK", [], 0

    class Ask:
        headers = [("X-REAL-IP", AULA), ("REFERER", "https://a/suara/RAHASIA22/")]

    world = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/suara/RAHASIA22/",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": "/suara/RAHASIA22/",
    }
    from gunicorn.config import Config

    atom = content["Pencatat"](Config()).atoms(Reply(), Ask(), world, timedelta(0))
    assert "RAHASIA22" not in str(dict(atom))
    assert atom["{x-real-ip}i"] == AULA


def test_nginx_logs_the_same_words(settings):
    limit_conf, application = (
        (settings.BASE_DIR / f"deploy/nginx/{n}.conf").read_text() for n in ("batas", "aplikasi")
    )
    assert "access_log /var/log/nginx/access.log tanpa_rahasia;" in application
    format_log = limit_conf.split("log_format tanpa_rahasia")[1].split(";")[0]
    assert not {"$request ", '$request"', "$request_uri", "$http_referer", "$args"} & set(format_log.split())
    assert application.count("error_log /dev/null") == 4
