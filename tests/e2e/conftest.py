"""A real Chromium, and what every page is held to."""

import hashlib
import json
import os
from array import array
from pathlib import Path
from time import time
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import DILIHAT
from musrenbang.models import Pengguna
from tests import core_seconds

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# The same engine without a window takes a quarter less of the processor. It keeps no page for Back and has no camera:
# the tests of those start the other.
TANPA_JENDELA = os.environ.get("CHROMIUM_TANPA_JENDELA", "/usr/bin/chromium-headless-shell")
PILIHAN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # axe-core is read once, not for each page, and no page lives long enough for the second compiler to pay.
    "--js-flags=--no-flush-bytecode --interrupt-budget=2000000",
]
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text()
# axe-core took two thirds of what the browsers cost. It is asked about what is of a kind that it has not passed in this run:
# what is such a kind, and which rules see it, stands there. Only what is wrong leaves the browser.
LOOK = (Path(__file__).parent / "look.js").read_text()
# How much wider than the screen a page is, and how many keys stand on it twice.
WIDE_AND_TWICE = """() => {
  const root = document.documentElement, id = [...document.querySelectorAll('[id]')].map(e => e.id);
  return [root.scrollWidth - root.clientWidth, id.length - new Set(id).size];
}"""
ATURAN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LAPTOP, TELEPON = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


class Seen:
    """What axe-core has seen in this run, whichever worker showed it: a folder that all workers share."""

    folder: Path
    kinds: ClassVar[set[int]] = set()
    """Kinds of elements that axe-core has passed, as far as this worker has read the common file."""
    read: ClassVar[int] = 0

    @classmethod
    def is_new(cls, *sign: object) -> bool:
        """Note what is looked at; return whether it was not seen before."""
        name = cls.folder / hashlib.sha256(repr(sign).encode()).hexdigest()
        if name.exists():
            return False
        name.touch()
        return True

    @classmethod
    def unknown(cls, kinds: list[int]) -> list[int]:
        """Return those of some kinds that no worker has had passed."""
        with (cls.folder / "kinds").open("rb") as file:
            file.seek(cls.read)
            more = array("q", file.read())
        cls.read += len(more) * more.itemsize
        cls.kinds.update(more)
        return [kind for kind in kinds if kind not in cls.kinds]

    @classmethod
    def passed(cls, kinds: list[int]) -> None:
        """Tell every worker that axe-core has nothing against these kinds."""
        with (cls.folder / "kinds").open("ab", buffering=0) as file:
            file.write(array("q", kinds).tobytes())


@pytest.fixture(scope="session", autouse=True)
def _dilihat(tmp_path_factory):
    """Share what was seen between the workers of one run."""
    folder = tmp_path_factory.getbasetemp()
    Seen.folder = (folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder) / "axe"
    Seen.folder.mkdir(exist_ok=True)
    (Seen.folder / "kinds").touch()


@pytest.fixture(scope="session")
def driver():
    """Return a starter of browsers; Playwright itself may be started once per process."""
    p = sync_playwright().start()
    yield lambda *pilihan, program=CHROMIUM, **other: p.chromium.launch(
        executable_path=program, args=[*PILIHAN, *pilihan], **other
    )
    with core_seconds.counted_as_browsers():
        p.stop()


@pytest.fixture(scope="session")
def chromium(driver):
    """One browser for all tests of a process."""
    browser = driver(program=TANPA_JENDELA)
    yield browser
    core_seconds.note_browsers()
    browser.close()


def violations(page: Page, rules: list[str] = ATURAN) -> list[list[object]]:
    """Return what axe-core objects to in a page: (rule, the first elements)."""
    kinds = page.evaluate(LOOK)
    fresh = Seen.unknown(kinds) if rules is ATURAN else kinds
    if not fresh:
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    wrong = page.evaluate("([fresh, rules]) => window.pageLook(fresh, rules)", [fresh, rules])
    if not wrong and rules is ATURAN:
        Seen.passed(fresh)
    return wrong


class BrowserClient:
    """A person at a browser: signs in, opens pages, and holds every page to the rules."""

    def __init__(self, browser: Browser, alamat: str, ukuran: dict[str, int]) -> None:
        self.alamat = alamat
        self.konteks = browser.new_context(viewport=ukuran, locale="id-ID", accept_downloads=True)
        self.page: Page = self.konteks.new_page()
        self.nama, self.keadaan = "", ""
        self.galat: list[str] = []
        self.page.on("pageerror", lambda e: self.galat.append(str(e)))
        self.page.on("console", lambda m: self.galat.append(m.text) if "Content Security Policy" in m.text else None)
        self.page.on("dialog", lambda d: d.accept())

    def masuk(self, nama: str) -> None:
        """Be somebody who has signed in; ``masuk_dengan_sandi`` is the way through the form."""
        self.konteks.clear_cookies()
        client = Client()
        client.force_login(Pengguna.objects.get(username=nama))
        sesi = client.session
        sesi[sign_in_code.KUNCI], sesi[DILIHAT] = sign_in_code.CUKUP, int(time())
        sesi.save()
        self.konteks.add_cookies([{"name": "sessionid", "value": sesi.session_key, "url": self.alamat}])
        self.nama = nama

    def masuk_dengan_sandi(self, nama: str) -> None:
        self.konteks.clear_cookies()
        self.nama = ""
        self.buka("/masuk/")
        self.page.fill("#id_username", nama)
        self.page.fill("#id_password", "musrenbang-demo")
        self.page.click("#form-masuk button")
        self.page.wait_for_url(self.alamat + "/")
        self.nama = nama

    def buka(self, path: str) -> None:
        self.page.goto(self.alamat + path)
        self.periksa()

    def buka_di_keduanya(self, path: str) -> None:
        """Look at one page on a laptop and as narrow as a phone: the styles follow the width, no script asks for it.

        The next page begins with the width that this one ended with.
        """
        self.buka(path)
        self.page.set_viewport_size(LAPTOP if self.page.viewport_size == TELEPON else TELEPON)
        self.periksa()

    def tekan(self, nama: str) -> None:
        """Press a button that sends a form, and look at the page that answers."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=nama, exact=False).first.click()
        self.periksa()

    def buka_tautan(self, nama: str) -> None:
        """Follow a link and look at the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=nama).first.click()
        self.periksa()

    def periksa(self) -> None:
        """No script error, nothing wider than the screen, no key twice, and nothing axe-core objects to.

        axe-core sees a page once for each role, width and ``keadaan`` (what a test sets to have a page seen anew), and of
        it what is of a kind that no page has shown in this run.
        """
        assert not self.galat, self.galat
        wide, twice = self.page.evaluate(WIDE_AND_TWICE)
        assert wide <= 0, f"{self.page.url}: {wide} piksel lebih lebar dari layar"
        assert twice == 0, f"{self.page.url}: {twice} id dipakai dua kali"
        if connection.vendor != "sqlite":  # a page looks the same on every database
            return
        name = _page_name(urlsplit(self.page.url).path)
        if Seen.is_new(self.page.viewport_size["width"], name, self.nama, self.keadaan):
            wrong = violations(self.page)
            assert not wrong, f"{self.page.url}: {json.dumps(wrong, ensure_ascii=False, indent=1)}"


class Network:
    """The way between devices and the server, which can be cut for everybody at once.

    A browser's own offline mode alone lets through what a service worker sends while a page is opened again: the server
    hangs up on those without reading them.
    """

    def __init__(self, server: LiveServer) -> None:
        self.httpd = server.thread.httpd
        self.app = self.httpd.get_app()

    def cut(self, *clients: BrowserClient) -> None:
        """Take the connection from all clients; they are told so, as a device is whose Wi-Fi is gone."""
        self.httpd.get_app = self._refuse
        for client in clients:
            client.konteks.set_offline(True)

    def restore(self, *clients: BrowserClient) -> None:
        """Give the connection back, first for the server, then for these clients."""
        self.httpd.get_app = lambda: self.app
        for client in clients:
            client.konteks.set_offline(False)

    def _refuse(self) -> None:
        raise ConnectionAbortedError


@pytest.fixture
def network(live_server):
    """Return the connection of all devices; it is whole again when the test ends."""
    network = Network(live_server)
    yield network
    network.restore()


def _page_name(path: str) -> str:
    """Return what a page is, whichever event or row it shows."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


@pytest.fixture
def browser_client(chromium, live_server, settings, transactional_db):
    """Return a factory of persons at a laptop or a phone."""
    settings.MODE_LATIHAN = True
    opened = []

    def _open_page(ukuran: dict[str, int] = LAPTOP) -> BrowserClient:
        opened.append(BrowserClient(chromium, live_server.url, ukuran))
        return opened[-1]

    yield _open_page
    for p in opened:
        p.konteks.close()
