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


class Person:
    """One signed-in person; each request is a connection of its own, as through a proxy."""

    def __init__(self, port: int, nama: str, catatan: "Catatan") -> None:
        self.port, self.nama, self.catatan = port, nama, catatan
        self.kuki: dict[str, str] = {}

    def sign_in(self) -> None:
        """Sign in; raises when the page does not let the person in."""
        self.ask("GET", "/masuk/")
        status, content = self.ask("POST", "/masuk/", username=self.nama, password=SANDI)
        if status != 302:
            raise RuntimeError(f"{self.nama}: {status} {content[:200]}")

    def ask(self, cara: str, path: str, **isi: Any) -> tuple[int, str]:
        """One request; raises OSError when no whole answer came."""
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.kuki.items()), "Connection": "close"}
        body = None
        if cara == "POST":
            head |= {"Content-Type": "application/x-www-form-urlencoded", "X-Otomatis": "1"}
            body = urlencode(isi | {"csrfmiddlewaretoken": self.kuki.get("csrftoken", "")}, doseq=True)
        relation = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            relation.request(cara, path, body, head)
            response = relation.getresponse()
            text = response.read().decode(errors="replace")
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            relation.close()
        for baris in response.headers.get_all("Set-Cookie") or []:
            self.kuki |= {k: m.value for k, m in SimpleCookie(baris).items()}
        return response.status, text

    def look(self, kind: str, path: str) -> str:
        """Open a page and note how it went."""
        return self._noted(kind, lambda: self.ask("GET", path))[1]

    def send(self, kind: str, path: str, **isi: Any) -> tuple[int, str]:
        """Send a form again and again until it is answered; note every failure on the way."""
        while not self.catatan.selesai:
            status, text = self._noted(kind, lambda: self.ask("POST", path, **isi))
            if 0 < status < 500:
                return status, text
            time.sleep(0.2)
        return 0, ""

    def _noted(self, kind: str, asked: Callable[[], tuple[int, str]]) -> tuple[int, str]:
        beginning = time.monotonic()
        try:
            status, text = asked()
        except OSError as error:
            status, text = 0, str(error)
        self.catatan.note(kind, status, beginning, time.monotonic())
        return status, text


class Catatan:
    """What all people saw; safe to write from many threads."""

    def __init__(self) -> None:
        self.jawab: list[tuple[str, int, float, float]] = []
        self.selesai = False
        self.tamu: set[str] = set()
        self.tulisan: dict[int, str] = {}
        self._kunci = threading.Lock()

    def note(self, kind: str, status: int, start: float, end: float) -> None:
        """One answer (status 0: none came)."""
        with self._kunci:
            self.jawab.append((kind, status, start, end))

    def failures(self, dari: float = 0, sampai: float = float("inf")) -> Counter[str]:
        """Answers that were none or 5xx, by kind, that ended in a stretch of time."""
        return Counter(m for m, s, _, b in self.jawab if (s == 0 or s >= 500) and dari <= b < sampai)


def desk(person: Person, slug: str, mark: str) -> None:
    """Note walk-ins one after the other; every acknowledged one is remembered."""
    for n in itertools.count(1):
        if person.catatan.selesai:
            return
        nama = f"Tamu {mark}-{n}"
        status, _ = person.send(
            "desk",
            f"/m/{slug}/kehadiran/",
            kunci=str(uuid.uuid4()),
            nama=nama,
            jenis_kelamin="P",
            unsur="tokoh",
            lembaga="Warga",
        )
        if status == 302:
            person.catatan.tamu.add(nama)
        time.sleep(0.05)


def writer(person: Person, slug: str) -> None:
    """Write one note of the minutes longer and longer; the last acknowledged text is remembered."""
    halaman = person.ask("GET", f"/m/{slug}/notulen/")[1]
    agenda = re.search(r"notulen/(\d+)/baru/", halaman)
    if agenda is None:
        raise RuntimeError("no agenda item to write under")
    person.send("minutes", f"/m/{slug}/notulen/{agenda[1]}/baru/", kunci=str(uuid.uuid4()))
    halaman = person.ask("GET", f"/m/{slug}/notulen/?agenda={agenda[1]}")[1]
    pk = max(int(n) for n in re.findall(r"notulen/catatan/(\d+)/", halaman))
    versi = int(re.search(rf'name="n{pk}-versi"[^>]*value="(\d+)"', halaman)[1])  # type: ignore[index]
    for n in itertools.count(1):
        if person.catatan.selesai:
            return
        text = f"Catatan {person.nama} ke-{n}."
        status, content = person.send(
            "minutes", f"/m/{slug}/notulen/catatan/{pk}/", **{f"n{pk}-versi": versi, f"n{pk}-pertanyaan": text}
        )
        if status in (200, 409):
            response = json.loads(content)
            versi = response["versi"]
            if status == 200 or response["kini"]["pertanyaan"] == text:
                person.catatan.tulisan[pk] = text
        time.sleep(0.05)


def reader(person: Person, kind: str, *halaman: str, pause: float = 0.1) -> None:
    """Look at pages in turn."""
    for path in itertools.cycle(halaman):
        if person.catatan.selesai:
            return
        person.look(kind, path)
        time.sleep(pause)


def start(*work: tuple[Callable[..., None], tuple[Any, ...]]) -> list[threading.Thread]:
    """Let everybody begin."""
    string = [threading.Thread(target=f, args=a, daemon=True) for f, a in work]
    for u in string:
        u.start()
    return string


def missing(catatan: Catatan, slug: str) -> list[str]:
    """Return every acknowledged write that is not there, or there twice."""
    from musrenbang.sidang.models import Kehadiran, Notulen

    existing = Counter(Kehadiran.objects.filter(musrenbang__slug=slug).values_list("nama", flat=True))
    text = dict(Notulen.objects.filter(pk__in=catatan.tulisan).values_list("pk", "pertanyaan"))

    def order(content: str) -> int:
        return int(content.rsplit("-", 1)[1].rstrip("."))

    return [n for n in catatan.tamu if existing[n] != 1] + [
        f"catatan {pk}: {text.get(pk)} bukan {content}"
        for pk, content in catatan.tulisan.items()
        if order(text.get(pk, "-0")) < order(content)
    ]
