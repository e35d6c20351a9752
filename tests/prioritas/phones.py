"""Delegates' phones against a real server: two gunicorn workers on the database of the caller."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = settings.BASE_DIR


def database_url() -> str:
    """The address of the database that this process uses, for another process."""
    s = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{urllib.parse.quote(str(s['NAME']))}"
    return f"postgres://{s['USER']}:{s['PASSWORD']}@{s['HOST'] or '127.0.0.1'}:{s['PORT'] or 5432}/{s['NAME']}"


class ServerProcess:
    """gunicorn with two workers on a free port; may be killed without warning and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.log = folder / "gunicorn.log"
        self.env = os.environ | {
            "DATABASE_URL": database_url(),
            "DEBUG": "1",
            "MODE_LATIHAN": "1",
            "VAR_DIR": str(folder),
        }
        self.proses: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [
            str(Path(sys.executable).with_name("gunicorn")),
            "musrenbang.wsgi",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "2",
            "--no-control-socket",
            "--log-level",
            "warning",
        ]
        with self.log.open("ab") as log:
            self.proses = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(200):
            try:
                ask(self.port, "GET", "/masuk/")
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(self.log.read_text()[-2000:])

    def kill(self) -> None:
        """kill -9 to master and workers alike, as a pulled plug would."""
        if self.proses:
            os.killpg(self.proses.pid, signal.SIGKILL)
            self.proses.wait()
            self.proses = None


def ask(port: int, cara: str, path: str, isi: str = "", cookie: str = "") -> tuple[int, str, str]:
    """One request on a connection of its own; return (status, body, cookies)."""
    hubungan = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    head_of = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
    try:
        hubungan.request(cara, path, isi or None, head_of)
        response = hubungan.getresponse()
        baru = "; ".join(k.split(";")[0] for k in response.headers.get_all("Set-Cookie") or [])
        return response.status, response.read().decode(), baru or cookie
    except http.client.HTTPException as galat:
        raise OSError(str(galat)) from galat
    finally:
        hubungan.close()


@dataclass
class Phone:
    """One delegate: opens the ballot, picks, sends; taps again until the page says that the vote is in."""

    port: int
    kode: str
    pilihan: list[int]
    waktu: list[float] = field(default_factory=list)
    putus: int = 0
    ditolak: list[str] = field(default_factory=list)

    def vote(self, batas: float) -> bool:
        """Return whether the vote was acknowledged before ``batas`` (monotonic seconds)."""
        while time.monotonic() < batas:
            try:
                if self._once():
                    return True
            except OSError:
                self.putus += 1
                time.sleep(0.3)
        return False

    def _once(self) -> bool:
        status, content, cookie = self._timed("GET", "", "")
        if "Suara Anda sudah masuk" in content:
            return True
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', content)
        if status != 200 or token is None:
            self.ditolak.append(f"{status}: {content[:200]}")
            return False
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "pilihan": self.pilihan}, doseq=True)
        status, content, _ = self._timed("POST", data, cookie)
        if status not in (302, 422):
            self.ditolak.append(f"{status}: {content[:200]}")
        return False

    def _timed(self, cara: str, isi: str, kuki: str) -> tuple[int, str, str]:
        start = time.monotonic()
        result = ask(self.port, cara, f"/suara/{self.kode}/", isi, kuki)
        self.waktu.append(time.monotonic() - start)
        return result
