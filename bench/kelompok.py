"""Four groups at once on two workers: one cell after the other, as their grids save them. Writes no file.

Run with ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/python bench/kelompok.py [WORKS]``; with ``DATABASE_URL`` set it measures that
database, which must be empty. Each group decides its works and scores them by six criteria, a cell a request with the
version that the answer before brought; every tenth request of each is the trivial page, measured under the same load.
Two people type in each group, at works of their own. Exit code 1 when a cell is lost, refused or stored twice.
"""

import http.client
import re
import statistics
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

from own_database import KERJA

# isort: split
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from alur.demo.build import build_demo
from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import DILIHAT
from musrenbang.models import JejakAudit, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from rkp.models import UsulanKelompok
from rkp.queries.kelompok import list_kelompok
from tests.prioritas.phones import ServerProcess

M, HANDS = "/m/sikur-2027", 2
TOKEN = "a" * 32


def session_of(nama: str) -> str:
    """Return the cookies of somebody who has signed in."""
    client = Client()
    client.force_login(Pengguna.objects.get(username=nama))
    session = client.session
    session[sign_in_code.KUNCI], session[DILIHAT] = sign_in_code.CUKUP, int(time.time())
    session.save()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"


@dataclass
class Hand:
    """Somebody at the grid of a group, over one connection that stays open as a browser's does."""

    port: int
    cookie: str
    kelompok: int
    rows: list[int]
    kriteria: list[str]
    cells: list[float] = field(default_factory=list)
    trivial: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Decide every row, then score it; each cell carries the version that the row has by then."""
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        for row in self.rows:
            version = "0"
            cells = [("usul", "disepakati"), *((f"n:{k}", str(i % 5 + 1)) for i, k in enumerate(self.kriteria))]
            for column, value in cells:
                content = {"baris": row, "versi": version, "kolom": column, "nilai": value}
                text = self._ask("POST", f"{M}/rkp/kelompok/{self.kelompok}/sel/", self.cells, content)
                found = re.search(rf'value=\\"{row}-([0-9]+)\\"', text)
                if found is None:
                    self.refused.append(text[:200])
                    break
                version = found[1]
                if len(self.cells) % 10 == 0:
                    self._ask("GET", "/masuk/", self.trivial)
        self.line.close()

    def _ask(self, way: str, path: str, times: list[float], content: dict[str, object] | None = None) -> str:
        body = urllib.parse.urlencode({**content, "csrfmiddlewaretoken": TOKEN}) if content else None
        head = {"Cookie": self.cookie if content else "", "X-Bagian": "isian", "X-CSRFToken": TOKEN}
        head |= {"Content-Type": "application/x-www-form-urlencoded"}
        start = time.monotonic()
        self.line.request(way, path, body, head)
        response = self.line.getresponse()
        text = response.read().decode()
        times.append(time.monotonic() - start)
        if response.status != 200:
            self.refused.append(f"{response.status}: {text[:200]}")
        return text


def prepare(works: int) -> tuple[list[tuple[int, list[int]]], list[str]]:
    """Return the groups with their works that have a cost, and the criteria."""
    call_command("migrate", verbosity=0)
    (acara,) = build_demo(tahap="kelompok", usulan=works, kecamatan=1)
    UsulanKelompok.objects.all().delete()
    groups = [(h.kelompok.pk, [b.baris.pk for b in h.baris if b.baris.biaya is not None]) for h in list_kelompok(acara)]
    return groups, [k["kode"] for k in kriteria_for(acara)]


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 requests do not exceed, in milliseconds."""
    return sorted(times)[int(len(times) * 0.95)] * 1000


def main(works: int) -> int:
    """Let everybody work at once, print one row, and count what is stored."""
    groups, kriteria = prepare(works)
    cookies, before = [session_of(n) for n in ("sekcam", "pmd")], JejakAudit.objects.count()
    server = ServerProcess(KERJA)
    hands = [Hand(server.port, cookies[i], pk, rows[i::HANDS], kriteria) for pk, rows in groups for i in range(HANDS)]
    connections.close_all()
    server.start()
    start = time.monotonic()
    threads = [threading.Thread(target=h.work) for h in hands]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    seconds = time.monotonic() - start
    server.kill()
    cells, trivial = [t for h in hands for t in h.cells], [t for h in hands for t in h.trivial]
    wanted = sum(len(rows) for _, rows in groups)
    whole = sum(len(u.nilai) == len(kriteria) and u.usul == "disepakati" for u in UsulanKelompok.objects.all())
    lost = (wanted - whole) * (len(kriteria) + 1)
    trail = JejakAudit.objects.count() - before
    refused = [words for h in hands for words in h.refused]
    median, plain = statistics.median(cells) * 1000, statistics.median(trivial) * 1000
    print(
        f"| {connection.vendor} | {len(groups)} x {HANDS} | {len(cells)} in {seconds:.0f} s | {median:.0f} ms, {median / plain:.1f} x "
        f"| {p95(cells):.0f} ms, {p95(cells) / p95(trivial):.1f} x | {plain:.0f}, {p95(trivial):.0f} ms | {lost} | {len(refused)} | "
        f"{trail - len(cells)} |"
    )
    print("\n".join(refused[:3]))
    return int(bool(lost or refused or trail != len(cells)))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
