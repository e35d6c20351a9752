"""Proves `make run` on the machine it stands on: started, signed in to, a long Berita Acara issued, stopped.

Needs nothing but Python, as that machine may have nothing else yet. Exit code 0, or that of what failed.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv/bin/python"
USULAN = 330
"""More than fit one process: the Berita Acara is laid out by workers."""
BATAS_SIAP, BATAS_DEMO, BATAS_TERBIT = 1800, 600, 180
"""Seconds: installation included; the demo; one document."""
HITUNG = """
import sys
from pypdf import PdfReader
halaman = PdfReader(sys.argv[1]).pages
print(len(halaman), sys.argv[2] in halaman[0].extract_text())
"""


def tell(sentence: str) -> None:
    sys.stdout.write(f"== {sentence}\n")
    sys.stdout.flush()


class Person:
    """A person at a browser without a screen: keeps cookies, sends the token of a form."""

    def __init__(self, port: int) -> None:
        self.port, self.kuki = port, {}

    def ask(self, cara: str, path: str, isi: dict[str, str] | None = None) -> tuple[int, bytes, str]:
        """Return status, body and where it leads to."""
        hubungan = http.client.HTTPConnection("127.0.0.1", self.port, timeout=BATAS_TERBIT)
        head_of = {
            "Cookie": "; ".join(f"{n}={v}" for n, v in self.kuki.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            hubungan.request(cara, path, urllib.parse.urlencode(isi or {}) if isi is not None else None, head_of)
            response = hubungan.getresponse()
            for one in response.headers.get_all("Set-Cookie") or []:
                nama, _, nilai = one.split(";")[0].partition("=")
                self.kuki[nama] = nilai
            return response.status, response.read(), response.headers.get("Location") or ""
        finally:
            hubungan.close()

    def page(self, path: str) -> str:
        """Return the text of a page that must be there, however often it leads on."""
        for _ in range(5):
            status, content, lanjut = self.ask("GET", path)
            if status not in {301, 302, 303}:
                break
            path = urllib.parse.urlsplit(lanjut).path
        assert status == 200, f"{path}: {status}"
        return content.decode()

    def send(self, path: str, **isi: str) -> str:
        """Send a form with its token; return the text of the page that it leads to."""
        isi["csrfmiddlewaretoken"] = self.kuki["csrftoken"]
        status, response, lanjut = self.ask("POST", path, isi)
        assert status in {302, 303}, f"{path}: {status} {response.decode()[:2000]}"
        return self.page(urllib.parse.urlsplit(lanjut).path)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_until_up(server: "subprocess.Popen[bytes]", port: int) -> None:
    batas = time.monotonic() + BATAS_SIAP
    while time.monotonic() < batas:
        if (kode := server.poll()) is not None:
            sys.exit(kode or 1)
        try:
            if Person(port).ask("GET", "/sehat/")[0] == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"tidak menjawab dalam {BATAS_SIAP} detik")


def issue(port: int) -> None:
    """Build a demo of many proposals, sign in and issue its Berita Acara through the server."""
    mulai = time.monotonic()
    env = os.environ | {"DEBUG": "1", "MODE_LATIHAN": "1"}
    command = [PYTHON, "manage.py", "create_demo", "--reset", "--tahap", "penandatanganan", "--usulan", str(USULAN)]
    subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=BATAS_DEMO)
    tell(f"latihan dengan {USULAN} usulan: {time.monotonic() - mulai:.0f} detik")
    person = Person(port)
    masuk = person.page("/masuk/")
    style = re.search(r'href="(/static/css/aplikasi[^"]+)"', masuk)
    assert style, "halaman masuk tidak menyebut gaya"
    assert person.ask("GET", style[1])[0] == 200, "berkas statis tidak ada"
    home_page = person.send("/masuk/", username="sekcam", password="musrenbang-demo")
    acara = re.search(r'href="(/m/[^/"]+/)', home_page)
    assert acara, "beranda sekcam tidak menyebut acaranya"
    assert person.page(acara[1])
    mulai = time.monotonic()
    minutes_paper = acara[1] + "berita-acara/"
    person.page(minutes_paper)
    person.send(minutes_paper + "terbitkan/")
    status, content, _ = person.ask("GET", minutes_paper + "1.pdf")
    assert status == 200, f"{minutes_paper}1.pdf: {status}"
    berkas = ROOT / "var/coba.pdf"
    berkas.write_bytes(content)
    alamat = f"http://127.0.0.1:{port}/verifikasi/"
    n, written = subprocess.run(
        [PYTHON, "-c", HITUNG, berkas, alamat], check=True, timeout=60, capture_output=True, text=True
    ).stdout.split()
    assert int(n) > 20, f"hanya {n} halaman"
    assert written == "True", f"{alamat} tidak tertulis di Berita Acara"
    tell(f"Berita Acara {n} halaman terbit: {time.monotonic() - mulai:.1f} detik")


def main() -> None:
    port, mulai = free_port(), time.monotonic()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        wait_until_up(server, port)
        tell(f"make run menjawab di port {port}: {time.monotonic() - mulai:.0f} detik")
        issue(port)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)  # as Ctrl-C does
            try:
                server.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                raise
    with socket.socket() as s:
        assert s.connect_ex(("127.0.0.1", port)) != 0, "masih menjawab sesudah dihentikan"
    tell(f"dihentikan; seluruhnya {time.monotonic() - mulai:.0f} detik")


if __name__ == "__main__":
    main()
