"""The people of a February day, for locust. Started by ``february.py``, which writes who they are into a JSON file."""

import itertools
import json
import os
import random
import re
import uuid
from html.parser import HTMLParser
from pathlib import Path

import gevent
from locust import HttpUser, between, constant, events, task

HARI = json.loads(Path(os.environ["FEBRUARI"]).read_text())
GILIRAN = {kind: itertools.cycle(listing) for kind, listing in HARI["orang"].items()}
LAJU = float(os.environ.get("LAJU", "1"))
"""How much quicker than on a real day everybody works; to find out where the machine gives up."""
DATANG = 20
"""Seconds within which people begin; nobody presses the first button in the same second as all others."""
PENANDA = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class HtmlForm(HTMLParser):
    """The fields of the largest form that is sent by POST, as a browser would send them unchanged."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.semua: list[dict[str, str]] = []
        self._pilih = self._teks = ""
        self._isi: dict[str, str] | None = None
        self.feed(html)
        self.isi = max(self.semua, key=len, default={})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attrs}
        if tag == "form":
            self._isi = {} if a.get("method", "").lower() == "post" else None
            if self._isi is not None:
                self.semua.append(self._isi)
        if self._isi is None:
            return
        if tag == "input" and a.get("name") and (a.get("type") not in {"radio", "checkbox"} or "checked" in a):
            self._isi[a["name"]] = a.get("value", "")
        elif tag == "select":
            self._pilih = a.get("name", "")
        elif tag == "option" and self._pilih and ("selected" in a or self._pilih not in self._isi):
            self._isi[self._pilih] = a.get("value", "")
        elif tag == "textarea":
            self._teks = a.get("name", "")
            self._isi[self._teks] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._isi = None
        elif tag == "select":
            self._pilih = ""
        elif tag == "textarea":
            self._teks = ""

    def handle_data(self, data: str) -> None:
        if self._teks and self._isi is not None:
            self._isi[self._teks] += data


class Citizen(HttpUser):
    """Somebody with a browser: signed in already, follows no redirect unless told."""

    abstract = True
    macam = ""

    def on_start(self) -> None:
        self.saya = next(GILIRAN[self.macam])
        self.kuki = self.saya.get("kuki", {})
        for nama, content in self.kuki.items():  # under the server's own name, so that what it sends again replaces it
            self.client.cookies.set(nama, content, domain="127.0.0.1", path="/")
        self.m = f"/m/{self.saya.get('slug', '')}/"
        gevent.sleep(random.uniform(0, DATANG / LAJU))

    def look(self, nama: str, url: str, **other: object) -> str:
        with self.client.get(url, name=nama, catch_response=True, **other) as response:
            if response.status_code not in (200, 304):
                response.failure(f"{response.status_code}")
            return response.text or ""

    def send(
        self, nama: str, url: str, isi: dict[str, object], allowed: tuple[int, ...] = (200, 302), **other: object
    ) -> str:
        isi = {"csrfmiddlewaretoken": self.kuki.get("csrftoken", "")} | isi
        with self.client.post(url, isi, name=nama, allow_redirects=False, catch_response=True, **other) as response:
            if response.status_code in allowed:
                response.success()
            else:
                response.failure(f"{response.status_code}: {response.text[:150]}")
            return response.text or ""


def _every(fastest: float, slowest: float) -> object:
    return between(fastest / LAJU, slowest / LAJU)


def _people(kind: str) -> int:
    return len(HARI["orang"].get(kind, []))


class Kelompok(Citizen):
    """A sector group's notulis: opens a row, weighs it, stores it."""

    macam, fixed_count, wait_time = "kelompok", _people("kelompok"), _every(8, 20)

    @task
    def discuss(self) -> None:
        halaman = self.look("group screen", self.saya["alamat"])
        baris = re.findall(rf"{re.escape(self.saya['alamat'])}baris/(\d+)/", halaman)
        if not baris:
            return
        url = f"{self.saya['alamat']}baris/{random.choice(baris)}/"
        content = HtmlForm(self.look("group row", url)).isi
        content["catatan"] = f"Dibahas {random.randint(1, 10**6)}"
        # a row may be refused in words (422): what the form holds unchanged need not be complete
        self.send("group row saved", url, content, (302, 422))


class Desk(Citizen):
    """A desk at the door."""

    macam, fixed_count, wait_time = "meja", _people("meja"), _every(4, 12)

    @task
    def note(self) -> None:
        self.look("attendance found", f"{self.m}kehadiran/cari/?undangan=ha", headers={"HX-Request": "true"})
        content = {
            "kunci": str(uuid.uuid4()),
            "nama": f"Tamu {uuid.uuid4().hex[:12]}",
            "jenis_kelamin": random.choice("LP"),
            "unsur": "tokoh",
            "lembaga": "Warga",
        }
        self.send("attendance noted", f"{self.m}kehadiran/", content, headers={"HX-Request": "true"})


class Layar(Citizen):
    """The projector."""

    macam, fixed_count, wait_time = "layar", _people("layar"), _every(0.9, 0.9)

    @task
    def follow(self) -> None:
        head = {"If-None-Match": getattr(self, "etag", "")}
        with self.client.get(
            f"/layar/{self.saya['kode']}/isi/", name="projector", headers=head, catch_response=True
        ) as response:
            self.etag = response.headers.get("ETag", "")
            if response.status_code in (200, 304):
                response.success()
            else:
                response.failure(str(response.status_code))


class Operator(Citizen):
    """The Sekcam at the day's page."""

    macam, fixed_count, wait_time = "operator", _people("operator"), _every(5, 5)

    @task(4)
    def live(self) -> None:
        self.look("the day, renewed", f"{self.m}hari-h/kini/", headers={"HX-Request": "true"})

    @task(1)
    def show(self) -> None:
        self.look("the day", f"{self.m}hari-h/")
        self.send("projector changed", f"{self.m}layar/", {"panel": random.choice(["agenda", "kehadiran", "bidang"])})


class Camat(Citizen):
    """Reads along on the phone."""

    macam, fixed_count, wait_time = "camat", _people("camat"), _every(15, 40)

    @task
    def read(self) -> None:
        self.look("event board", self.m)
        self.look("RKP table", f"{self.m}rkp/")


class Bappeda(Citizen):
    """Watches all kecamatan."""

    macam, fixed_count, wait_time = "bappeda", _people("bappeda"), _every(8, 15)

    @task
    def watch(self) -> None:
        self.look("kabupaten board", "/kabupaten/")


class Recorder(Citizen):
    """Prints: each document is laid out anew."""

    macam, fixed_count, wait_time = "dokumen", _people("dokumen"), _every(60, 120)

    @task
    def print_one(self) -> None:
        self.look("PDF: attendance sheet", f"{self.m}berita-acara/cetak/daftar_hadir.pdf")


class Delegat(Citizen):
    """A delegate's phone: opens the ballot at a moment of the own, sends it, sees that it is in."""

    macam, fixed_count = "delegat", _people("delegat")
    wait_time = constant(10**6)

    def on_start(self) -> None:
        super().on_start()
        self._tunggu = random.uniform(0, HARI["lama"] * 0.8 / LAJU)

    @task
    def vote(self) -> None:
        gevent.sleep(self._tunggu)
        url = f"/suara/{self.saya['kode']}/"
        halaman = self.look("ballot", url)
        token = PENANDA.search(halaman)
        if token:
            content = {
                "csrfmiddlewaretoken": token[1],
                "pilihan": random.sample(self.saya["calon"], self.saya["pilih"]),
            }
            self.send("ballot sent", url, content)
            if "Suara Anda sudah masuk" not in self.look("ballot, afterwards", url):
                events.request.fire(
                    request_type="CHECK",
                    name="ballot counted",
                    response_time=0,
                    response_length=0,
                    exception=RuntimeError("not in"),
                    context={},
                )


class Desa(Citizen):
    """An operator on the evening of the deadline: uploads the list, looks at the preview, saves it."""

    macam, fixed_count = "desa", _people("desa")
    wait_time = constant(10**6)

    @task
    def hand_in(self) -> None:
        gevent.sleep(random.uniform(0, HARI["lama"] * 0.8 / LAJU))
        url = f"{self.m}usulan/impor/"
        self.look("import page", url)
        content = {"csrfmiddlewaretoken": self.kuki.get("csrftoken", ""), "desa": self.saya["desa"]}
        file = {"berkas": (f"{uuid.uuid4().hex}.xlsx", Path(self.saya["berkas"]).read_bytes())}
        with self.client.post(
            url, content, files=file, name="workbook uploaded", allow_redirects=False, catch_response=True
        ) as response:
            preview = response.headers.get("Location", "")
            if response.status_code != 302 or "impor" not in preview:
                response.failure(f"{response.status_code}: {response.text[:200]}")
                return
            response.success()
        self.look("preview", preview)
        gevent.sleep(random.uniform(3, 10))
        self.send("preview saved", f"{preview}simpan/", {}, (302,))
        self.look("own proposals", f"{self.m}usulan/")
