"""One journey of a person through nginx with TLS, for deploy/coba.sh: nothing but Python, as it runs outside the image.

    journey.py unggah https://localhost:8443 certificate.pem http://localhost:8080
    journey.py terbit https://localhost:8443 certificate.pem http://localhost:8080
    journey.py pulih https://localhost:8443 certificate.pem http://localhost:8080

`unggah`, before an event: looks at what a browser is told about TLS, signs in, hands in a list of proposals, reads its
preview, saves it and finds it in the list. `terbit`, when it ends: issues the Berita Acara (laid out inside the image), reads it
back, has a set made by the worker and the hash checked by the public page.
`pulih`, after a backup was taken back: signs in again and finds the document. Exit code 1 with the step that failed.
"""

import hashlib
import http.cookiejar
import io
import re
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
import zipfile
from typing import Any

SANDI = "musrenbang-demo"


def tell(sentence: str) -> None:
    """Print one step."""
    sys.stdout.write(f"  {sentence}\n")
    sys.stdout.flush()


class Person:
    """A browser without a screen that trusts one certificate."""

    def __init__(self, alamat: str, sertifikat: str) -> None:
        self.alamat, self.sertifikat, self.kuki = alamat, sertifikat, http.cookiejar.CookieJar()
        context = ssl.create_default_context(cafile=sertifikat)
        self.pembuka = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(self.kuki),
        )

    def ask(self, route: str, isi: bytes | None = None, jenis: str = "application/x-www-form-urlencoded") -> Any:
        head = {"Referer": self.alamat + "/"} | ({"Content-Type": jenis} if isi is not None else {})
        return self.pembuka.open(urllib.request.Request(self.alamat + route, isi, head), timeout=180)

    def page(self, route: str) -> str:
        with self.ask(route) as response:
            return response.read().decode()

    def send(self, route: str, **isi: str) -> str:
        isi["csrfmiddlewaretoken"] = next(k.value for k in self.kuki if k.name.endswith("csrftoken"))
        with self.ask(route, urllib.parse.urlencode(isi).encode()) as response:
            return response.read().decode()

    def upload(self, route: str, nama: str, content: bytes) -> str:
        limit = uuid.uuid4().hex
        token = next(k.value for k in self.kuki if k.name.endswith("csrftoken"))
        head = (
            f'--{limit}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{limit}\r\nContent-Disposition: form-data; name="berkas"; filename="{nama}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{limit}--\r\n".encode()
        with self.ask(route, body, f"multipart/form-data; boundary={limit}") as response:
            return response.read().decode()


class Silent(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *a: Any, **k: Any) -> None:
        """Leave the answer as it is."""


def refused(open_page: Any, alamat: str) -> urllib.error.HTTPError:
    """Return the answer that is no page; raise where one comes."""
    try:
        open_page(alamat)
    except urllib.error.HTTPError as error:
        return error
    raise AssertionError(f"{alamat} is served")


def look_at_tls(person: Person, plain: str) -> None:
    """HTTPS only, cookies that are the host's alone, no page of a stranger's host."""
    with person.ask("/masuk/") as response:
        assert "max-age=31536000" in response.headers["Strict-Transport-Security"], "no HSTS"
    assert "__Host-csrftoken" in {k.name for k in person.kuki}
    assert not [k.name for k in person.kuki if not (k.secure and k.name.startswith("__Host-"))]

    plain_answered = refused(
        urllib.request.build_opener(urllib.request.ProxyHandler({}), Silent).open, f"{plain}/masuk/"
    )
    assert plain_answered.code == 301, "plain http is served"
    assert plain_answered.headers["Location"].startswith("https://")
    assert refused(person.ask, "/metrik/").code == 404, "figures leave the network"
    tell("TLS: HSTS, kuki __Host-, http dialihkan, /metrik/ tertutup")


def sign_in(alamat: str, sertifikat: str) -> tuple[Person, str]:
    """Sign the Sekcam in; return the person and the address of the event."""
    person = Person(alamat, sertifikat)
    person.page("/masuk/")
    assert "Pekerjaan Anda" in person.send("/masuk/", username="sekcam", password=SANDI)
    tell("sekcam masuk")
    return person, re.findall(r'href="(/m/[^/"]+/)"', person.page("/"))[0]


def hand_in(person: Person, acara: str) -> None:
    """A practice list of the demo through the upload, its preview and into the list of proposals."""
    impor = f"{acara}usulan/impor/"
    example = re.findall(rf'href="({re.escape(impor)}contoh/([^"]+))"', person.page(impor))
    with person.ask(example[-1][0]) as response:
        content = response.read()
    start = time.monotonic()
    preview = person.upload(impor, urllib.parse.unquote(example[-1][1]), content)
    save = re.findall(rf'action="({re.escape(impor)}\d+/simpan/)"', preview)
    assert save, re.sub(r"<[^>]+>|\s+", " ", preview)[:800]
    read = time.monotonic() - start
    listing = person.send(save[0])
    saved = re.findall(r"(\d+) usulan dari [^<]+ disimpan", listing)
    assert sum(map(int, saved)) > 0, re.sub(r"<[^>]+>|\s+", " ", listing)[:800]
    tell(f"daftar {len(content) // 1024} KB diunggah dan dibaca {read:.1f} detik; {saved[0]} usulan tersimpan")


def issue(person: Person, acara: str) -> None:
    """The Berita Acara, its set, and a citizen who compares the file."""
    dokumen = f"{acara}berita-acara/"
    start = time.monotonic()
    halaman = person.send(f"{dokumen}terbitkan/")
    assert f"{dokumen}1.pdf" in halaman
    with person.ask(f"{dokumen}1.pdf") as response:
        content = response.read()
    assert content.startswith(b"%PDF-")
    tell(f"Berita Acara terbit dan diunduh: {len(content) // 1024} KB, {time.monotonic() - start:.1f} detik")
    paket = person.send(f"{dokumen}paket/")
    route = re.findall(rf"({re.escape(dokumen)}paket/\d+/)", paket)[0]
    start = time.monotonic()
    while "dokumen.zip" not in (paket := person.page(route)):
        assert time.monotonic() - start < 240, re.sub(r"<[^>]+>|\s+", " ", paket)[:800]
        time.sleep(1)
    with person.ask(f"{route}dokumen.zip") as response:
        archive = zipfile.ZipFile(io.BytesIO(response.read()))
    tell(f"pekerja menyusun paket: {len(archive.namelist())} berkas, {time.monotonic() - start:.0f} detik")
    digest = hashlib.sha256(content).hexdigest()
    kode = re.findall(rf"kode (\w+), SHA-256 {digest}", archive.read("INDEKS.txt").decode())[0]
    citizen = Person(person.alamat, person.sertifikat)
    assert digest in citizen.page(f"/verifikasi/{kode}/")
    assert "sama persis" in citizen.upload(f"/verifikasi/{kode}/", "unduhan.pdf", content)
    tell("warga mencocokkan berkasnya tanpa masuk: sama persis")


def find_again(person: Person, acara: str) -> None:
    """The document that was issued before the backup is there, as a file too."""
    with person.ask(f"{acara}berita-acara/1.pdf") as response:
        assert response.read(5) == b"%PDF-"
    tell("sesudah cadangan dipulihkan: masuk lagi, Berita Acara ada")


def main() -> None:
    """Walk; raise at the first step that is not as it should be."""
    part, address, sertifikat, plain = sys.argv[1:5]
    if part == "unggah":
        look_at_tls(Person(address, sertifikat), plain)
    person, acara = sign_in(address, sertifikat)
    {"unggah": hand_in, "terbit": issue, "pulih": find_again}[part](person, acara)


if __name__ == "__main__":
    main()
