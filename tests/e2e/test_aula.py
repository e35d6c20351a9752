"""The hall: operator, second desk and projector at once; lost connections; a server that is started again."""

import os
import re
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from musrenbang.models import Pengguna
from musrenbang.sidang.models import Kehadiran, Layar, Notulen, Undangan
from tests.e2e.conftest import LAPTOP, TELEPON, BrowserClient

M = "/m/sikur-2027"


def waiting(syarat, seconds=10.0):
    """Wait until a condition of the database holds."""
    batas = time.monotonic() + seconds
    while not syarat():
        assert time.monotonic() < batas, "terlalu lama"
        time.sleep(0.1)


@pytest.fixture
def aula(demo, browser_client):
    """An event with its doors open, the operator signed in at a laptop."""
    acara = demo("pembukaan")
    operator = browser_client()
    operator.masuk("sekcam")
    return acara, operator


def open_page_layar(browser, ukuran=LAPTOP):
    layar = browser(ukuran)
    layar.buka("/layar/")
    layar.page.fill("#kode", Layar.objects.get().kode.lower())
    layar.page.get_by_role("button", name="Buka layar").click()
    layar.page.locator("#layar h1", has_not_text="Menyambung").wait_for()
    layar.periksa()
    return layar


def test_a_day_with_operator_second_desk_and_projector(aula, browser_client):
    acara, operator = aula
    operator.buka(f"{M}/hari-h/")
    layar, meja = open_page_layar(browser_client), browser_client(TELEPON)
    meja.masuk("pemandu")
    # the projector follows within two seconds
    operator.page.get_by_role("button", name="Delegasi", exact=True).click()
    layar.page.get_by_role("heading", name="Delegasi Kecamatan Sikur").wait_for(timeout=2500)
    operator.page.get_by_role("button", name="Agenda dan waktu").click()
    layar.page.get_by_role("heading", name="Pembukaan, lagu kebangsaan, dan doa").wait_for(timeout=2500)
    assert re.fullmatch(r"\d+:\d\d", layar.page.inner_text("#layar .besar"))
    operator.page.get_by_role("button", name="Kehadiran", exact=True).click()
    layar.page.get_by_role("heading", name="Yang hadir").wait_for(timeout=2500)
    # two desks
    operator.buka(f"{M}/kehadiran/")
    meja.buka(f"{M}/kehadiran/")
    camat = Undangan.objects.filter(musrenbang=acara).order_by("pk").first()
    for p in (operator, meja):
        p.page.get_by_role("button", name=f"Hadir {camat.sebutan}").click()
        p.page.get_by_text("tercatat hadir").first.wait_for()
    assert Kehadiran.objects.count() == 1
    assert "sudah tercatat hadir sebelumnya" in meja.page.inner_text("#hasil")
    kades = Undangan.objects.filter(musrenbang=acara, unsur="kades").first()
    meja.page.fill("#undangan", kades.kode)
    expect(meja.page.locator("#hasil .tamu > li")).to_have_count(1)  # not the list before, where the name stands too
    meja.periksa()
    meja.page.get_by_text("Diwakili").first.click()
    meja.page.get_by_label(f"Nama yang mewakili {kades.sebutan}").fill("Sekdes Wakil")
    meja.page.get_by_label(f"Jenis kelamin yang mewakili {kades.sebutan}").select_option("P")
    meja.page.get_by_label("surat kuasa").check()
    meja.page.locator(".tamu-wakil[open]").get_by_role("button", name="Hadir").click()
    meja.page.get_by_text("mewakili").first.wait_for()
    hadir = Kehadiran.objects.get(nama="Sekdes Wakil")
    assert (hadir.undangan, hadir.bersurat, hadir.jenis_kelamin) == (kades, True, "P")
    layar.page.get_by_text("2", exact=True).first.wait_for(timeout=2500)
    layar.periksa()
    # minutes write themselves, and the projector shows the speaker
    operator.buka(f"{M}/notulen/")
    operator.tekan("Catatan baru")
    operator.page.locator("[name$=pertanyaan]").fill("Apakah jalan tani masuk tahun depan?")
    operator.page.get_by_text(re.compile(r"tersimpan \d\d\.\d\d")).wait_for()
    assert Notulen.objects.get().pertanyaan == "Apakah jalan tani masuk tahun depan?"
    operator.page.locator("#id_kehadiran").select_option(label=f"{hadir.nama}, {hadir.lembaga}")
    operator.tekan("Masukkan daftar")
    operator.tekan("Mulai bicara")
    operator.buka(f"{M}/hari-h/")
    operator.page.get_by_role("button", name="Agenda dan waktu").click()
    layar.page.get_by_text("Sedang berbicara").wait_for(timeout=2500)
    assert "Sekdes Wakil" in layar.page.inner_text("#layar")
    operator.tekan("Selesai, lanjut ke")
    layar.page.get_by_role("heading", name="Sambutan Camat dan pembukaan resmi").wait_for(timeout=2500)
    operator.tekan("Mulai pemaparan")
    assert "Paparan program yang masuk" in operator.page.inner_text("#kini")


def test_the_second_writer_sees_what_the_first_wrote(aula, browser_client):
    _acara, one = aula
    dua = browser_client()
    dua.masuk("pemandu")
    one.buka(f"{M}/notulen/")
    one.tekan("Catatan baru")
    dua.buka(f"{M}/notulen/")
    one.page.locator("[name$=jawaban]").fill("Dijawab Camat")
    one.page.get_by_text(re.compile(r"tersimpan \d\d\.\d\d")).wait_for()
    dua.page.locator("[name$=jawaban]").fill("Dijawab Bappeda")
    dua.page.get_by_text("sudah mengubah catatan ini").wait_for()
    assert "jawaban sekarang: Dijawab Camat" in dua.page.inner_text("[data-bentrok]")
    assert dua.page.locator("[name$=jawaban]").input_value() == "Dijawab Bappeda"
    dua.periksa()
    dua.page.get_by_role("button", name="Simpan tulisan saya").click()
    waiting(lambda: Notulen.objects.get().jawaban == "Dijawab Bappeda")


def test_a_lost_connection_keeps_everything_and_sends_it_once(aula, network):
    _acara, p = aula
    p.buka(f"{M}/notulen/")
    p.tekan("Catatan baru")
    network.cut(p)
    p.page.locator("[name$=pertanyaan]").fill("Diketik tanpa sambungan")
    p.page.get_by_text("belum terkirim; tersimpan di perangkat ini").wait_for()
    network.restore(p)
    p.page.get_by_text(re.compile(r"tersimpan \d\d\.\d\d")).wait_for()
    assert Notulen.objects.get().pertanyaan == "Diketik tanpa sambungan"
    p.buka(f"{M}/kehadiran/")
    network.cut(p)
    p.page.fill("#id_nama", "Tamu Saat Putus")
    p.page.select_option("#id_jenis_kelamin", "P")
    p.page.select_option("#id_unsur", "tokoh")
    p.page.fill("#id_lembaga", "Warga")
    p.page.get_by_role("button", name="Catat hadir").click()
    p.page.get_by_text("1 catatan tersimpan di perangkat ini").wait_for()
    assert p.page.input_value("#id_nama") == ""
    assert not Kehadiran.objects.exists()
    network.restore(p)
    waiting(lambda: Kehadiran.objects.filter(nama="Tamu Saat Putus").count() == 1)
    p.page.locator("#antrean").wait_for(state="hidden")
    p.buka(f"{M}/kehadiran/")
    assert Kehadiran.objects.count() == 1


def test_text_that_was_not_sent_survives_closing_the_page(aula, network):
    _acara, p = aula
    p.buka(f"{M}/notulen/")
    p.tekan("Catatan baru")
    network.cut(p)
    p.page.locator("[name$=putusan]").fill("Kesimpulan yang belum terkirim")
    p.page.get_by_text("belum terkirim").wait_for()
    network.restore(p)
    p.page.goto(f"{p.alamat}/")
    p.page.goto(f"{p.alamat}{M}/notulen/")
    waiting(lambda: Notulen.objects.get().putusan == "Kesimpulan yang belum terkirim")


def test_the_projector_keeps_its_last_state_and_comes_back(aula, browser_client):
    _acara, operator = aula
    operator.buka(f"{M}/hari-h/")
    layar = open_page_layar(browser_client)
    layar.konteks.set_offline(True)
    layar.page.get_by_text("Sambungan terputus; menampilkan keadaan terakhir").wait_for()
    assert layar.page.inner_text("#layar h1") == "Pembukaan, lagu kebangsaan, dan doa"
    operator.page.get_by_role("button", name="Delegasi", exact=True).click()
    operator.page.locator("button[aria-pressed=true]", has_text="Delegasi").wait_for()
    layar.konteks.set_offline(False)
    layar.page.get_by_role("heading", name="Delegasi Kecamatan Sikur").wait_for(timeout=4000)
    layar.page.locator("#putus").wait_for(state="hidden")


def test_the_agenda_is_put_in_order_by_keyboard_alone(aula):
    acara, p = aula
    p.buka(f"{M}/agenda/")
    arrow = p.page.get_by_role("button", name="Turunkan Registrasi peserta")
    arrow.focus()
    with p.page.expect_navigation():
        p.page.keyboard.press("Enter")
    assert acara.agenda.order_by("urut").values_list("judul", flat=True)[1] == "Registrasi peserta"
    with p.page.expect_navigation():
        p.page.locator("tbody tr").nth(1).locator(".pegangan").drag_to(p.page.locator("tbody tr").nth(0))
    assert acara.agenda.order_by("urut").values_list("judul", flat=True)[0] == "Registrasi peserta"
    p.periksa()


@pytest.mark.parametrize("halaman", ["hari-h/", "kehadiran/", "notulen/", "agenda/"])
def test_pages_of_the_hall_are_small_after_the_first_load(halaman, aula):
    _acara, p = aula
    p.buka(f"{M}/{halaman}")
    large = []
    p.page.on(
        "response",
        lambda r: large.append((r.url, int(r.headers.get("content-length", 0)))) if "/static/" not in r.url else None,
    )
    p.page.goto(f"{p.alamat}{M}/{halaman}")
    assert sum(n for _, n in large) < 150_000, large


class _Server:
    """The real server in a process of its own, to be killed and started again."""

    def __init__(self, port: int) -> None:
        self.port, self.proses = port, None

    def mulai(self) -> None:
        nama = str(django_settings.DATABASES["default"]["NAME"])
        environment = os.environ | {"DEBUG": "1", "MODE_LATIHAN": "1", "VAR_DIR": str(django_settings.VAR_DIR)}
        if django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            environment["DATABASE_URL"] = f"sqlite:///{nama}"
        else:
            environment["DATABASE_URL"] = re.sub(r"/[^/?]+(\?|$)", rf"/{nama}\1", os.environ["DATABASE_URL"])
        command = [sys.executable, "manage.py", "runserver", str(self.port), "--noreload"]
        self.proses = subprocess.Popen(
            command, cwd=django_settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        waiting(self._hidup, 30)

    def _hidup(self) -> bool:
        try:
            return urlopen(f"http://127.0.0.1:{self.port}/sehat/", timeout=2).status == 200
        except OSError:
            return False

    def bunuh(self) -> None:
        self.proses.kill()
        self.proses.wait()


def _session(server: _Server) -> dict[str, str]:
    """A signed-in session, as a cookie for the browser (the tests hash passwords in a way the server does not know)."""
    client = Client()
    client.force_login(Pengguna.objects.get(username="pemandu"))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": f"http://127.0.0.1:{server.port}"}


def test_a_server_killed_in_the_middle_loses_nothing(demo, chromium, transactional_db, settings):
    settings.MODE_LATIHAN = True
    acara = demo("pembukaan")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        server = _Server(s.getsockname()[1])
    server.mulai()
    p = BrowserClient(chromium, f"http://127.0.0.1:{server.port}", LAPTOP)
    try:
        p.konteks.add_cookies([_session(server)])
        p.buka(f"{M}/kehadiran/")
        invited = list(Undangan.objects.filter(musrenbang=acara).exclude(jenis_kelamin="").order_by("pk")[:6])
        for i, u in enumerate(invited):
            if i == 3:
                server.bunuh()
            p.page.get_by_role("button", name=f"Hadir {u.sebutan}", exact=True).click()
            p.page.locator(
                "#hasil li" if i < 3 else "#antrean", has_text="hadir" if i < 3 else f"{i - 2} catatan"
            ).first.wait_for()
            if i < 3:
                waiting(lambda u=u: Kehadiran.objects.filter(undangan=u).exists())
        assert Kehadiran.objects.count() == 3
        server.mulai()
        waiting(lambda: Kehadiran.objects.count() == 6, 20)
        p.page.locator("#antrean").wait_for(state="hidden")
        assert {h.undangan for h in Kehadiran.objects.all()} == set(invited)
    finally:
        p.konteks.close()
        server.bunuh()
