"""People at browsers, as plain HTTP: they sign in, look, send forms, and try again until they are answered."""

import http.client
import itertools
import json
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

SANDI = "musrenbang-demo"


class Orang:
    """One signed-in person; each request is a connection of its own, as through a proxy."""

    def __init__(self, port: int, nama: str, catatan: "Catatan") -> None:
        self.port, self.nama, self.catatan = port, nama, catatan
        self.kuki: dict[str, str] = {}

    def sign_in(self) -> None:
        """Sign in; raises when the page does not let the person in."""
        self.ask("GET", "/masuk/")
        status, isi = self.ask("POST", "/masuk/", username=self.nama, password=SANDI)
        if status != 302:
            raise RuntimeError(f"{self.nama}: {status} {isi[:200]}")

    def ask(self, cara: str, path: str, **isi: Any) -> tuple[int, str]:
        """One request; raises OSError when no whole answer came."""
        kepala = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.kuki.items()), "Connection": "close"}
        badan = None
        if cara == "POST":
            kepala |= {"Content-Type": "application/x-www-form-urlencoded", "X-Otomatis": "1"}
            badan = urlencode(isi | {"csrfmiddlewaretoken": self.kuki.get("csrftoken", "")}, doseq=True)
        hubungan = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            hubungan.request(cara, path, badan, kepala)
            jawab = hubungan.getresponse()
            teks = jawab.read().decode(errors="replace")
        except http.client.HTTPException as galat:
            raise OSError(str(galat)) from galat
        finally:
            hubungan.close()
        for baris in jawab.headers.get_all("Set-Cookie") or []:
            self.kuki |= {k: m.value for k, m in SimpleCookie(baris).items()}
        return jawab.status, teks

    def look(self, macam: str, path: str) -> str:
        """Open a page and note how it went."""
        return self._noted(macam, lambda: self.ask("GET", path))[1]

    def send(self, macam: str, path: str, **isi: Any) -> tuple[int, str]:
        """Send a form again and again until it is answered; note every failure on the way."""
        while not self.catatan.selesai:
            status, teks = self._noted(macam, lambda: self.ask("POST", path, **isi))
            if 0 < status < 500:
                return status, teks
            time.sleep(0.2)
        return 0, ""

    def _noted(self, macam: str, minta: Callable[[], tuple[int, str]]) -> tuple[int, str]:
        awal = time.monotonic()
        try:
            status, teks = minta()
        except OSError as galat:
            status, teks = 0, str(galat)
        self.catatan.note(macam, status, awal, time.monotonic())
        return status, teks


class Catatan:
    """What all people saw; safe to write from many threads."""

    def __init__(self) -> None:
        self.jawab: list[tuple[str, int, float, float]] = []
        self.selesai = False
        self.tamu: set[str] = set()
        self.tulisan: dict[int, str] = {}
        self._kunci = threading.Lock()

    def note(self, macam: str, status: int, awal: float, akhir: float) -> None:
        """One answer (status 0: none came)."""
        with self._kunci:
            self.jawab.append((macam, status, awal, akhir))

    def failures(self, dari: float = 0, sampai: float = float("inf")) -> Counter[str]:
        """Answers that were none or 5xx, by kind, that ended in a stretch of time."""
        return Counter(m for m, s, _, b in self.jawab if (s == 0 or s >= 500) and dari <= b < sampai)


def desk(orang: Orang, slug: str, tanda: str) -> None:
    """Note walk-ins one after the other; every acknowledged one is remembered."""
    for n in itertools.count(1):
        if orang.catatan.selesai:
            return
        nama = f"Tamu {tanda}-{n}"
        status, _ = orang.send(
            "desk",
            f"/m/{slug}/kehadiran/",
            kunci=str(uuid.uuid4()),
            nama=nama,
            jenis_kelamin="P",
            unsur="tokoh",
            lembaga="Warga",
        )
        if status == 302:
            orang.catatan.tamu.add(nama)
        time.sleep(0.05)


def writer(orang: Orang, slug: str) -> None:
    """Write one note of the minutes longer and longer; the last acknowledged text is remembered."""
    halaman = orang.ask("GET", f"/m/{slug}/notulen/")[1]
    agenda = re.search(r"notulen/(\d+)/baru/", halaman)
    if agenda is None:
        raise RuntimeError("no agenda item to write under")
    orang.send("minutes", f"/m/{slug}/notulen/{agenda[1]}/baru/", kunci=str(uuid.uuid4()))
    halaman = orang.ask("GET", f"/m/{slug}/notulen/?agenda={agenda[1]}")[1]
    pk = max(int(n) for n in re.findall(r"notulen/catatan/(\d+)/", halaman))
    versi = int(re.search(rf'name="n{pk}-versi"[^>]*value="(\d+)"', halaman)[1])  # type: ignore[index]
    for n in itertools.count(1):
        if orang.catatan.selesai:
            return
        teks = f"Catatan {orang.nama} ke-{n}."
        status, isi = orang.send(
            "minutes", f"/m/{slug}/notulen/catatan/{pk}/", **{f"n{pk}-versi": versi, f"n{pk}-pertanyaan": teks}
        )
        if status in (200, 409):
            jawab = json.loads(isi)
            versi = jawab["versi"]
            if status == 200 or jawab["kini"]["pertanyaan"] == teks:
                orang.catatan.tulisan[pk] = teks
        time.sleep(0.05)


def reader(orang: Orang, macam: str, *halaman: str, jeda: float = 0.1) -> None:
    """Look at pages in turn."""
    for path in itertools.cycle(halaman):
        if orang.catatan.selesai:
            return
        orang.look(macam, path)
        time.sleep(jeda)


def start(*kerja: tuple[Callable[..., None], tuple[Any, ...]]) -> list[threading.Thread]:
    """Let everybody begin."""
    untai = [threading.Thread(target=f, args=a, daemon=True) for f, a in kerja]
    for u in untai:
        u.start()
    return untai


def missing(catatan: Catatan, slug: str) -> list[str]:
    """Return every acknowledged write that is not there, or there twice."""
    from musrenbang.sidang.models import Kehadiran, Notulen

    ada = Counter(Kehadiran.objects.filter(musrenbang__slug=slug).values_list("nama", flat=True))
    teks = dict(Notulen.objects.filter(pk__in=catatan.tulisan).values_list("pk", "pertanyaan"))

    def order(isi: str) -> int:
        return int(isi.rsplit("-", 1)[1].rstrip("."))

    return [n for n in catatan.tamu if ada[n] != 1] + [
        f"catatan {pk}: {teks.get(pk)} bukan {isi}"
        for pk, isi in catatan.tulisan.items()
        if order(teks.get(pk, "-0")) < order(isi)
    ]
