"""One journey of a person through nginx with TLS, for deploy/coba.sh: nothing but Python, as it runs outside the image.

    perjalanan.py unggah https://localhost:8443 certificate.pem http://localhost:8080
    perjalanan.py terbit https://localhost:8443 certificate.pem http://localhost:8080
    perjalanan.py pulih https://localhost:8443 certificate.pem http://localhost:8080

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


def tell(kalimat: str) -> None:
    """Print one step."""
    sys.stdout.write(f"  {kalimat}\n")
    sys.stdout.flush()


class Orang:
    """A browser without a screen that trusts one certificate."""

    def __init__(self, alamat: str, sertifikat: str) -> None:
        self.alamat, self.sertifikat, self.kuki = alamat, sertifikat, http.cookiejar.CookieJar()
        konteks = ssl.create_default_context(cafile=sertifikat)
        self.pembuka = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=konteks),
            urllib.request.HTTPCookieProcessor(self.kuki),
        )

    def ask(self, jalan: str, isi: bytes | None = None, jenis: str = "application/x-www-form-urlencoded") -> Any:
        kepala = {"Referer": self.alamat + "/"} | ({"Content-Type": jenis} if isi is not None else {})
        return self.pembuka.open(urllib.request.Request(self.alamat + jalan, isi, kepala), timeout=180)

    def page(self, jalan: str) -> str:
        with self.ask(jalan) as jawab:
            return jawab.read().decode()

    def send(self, jalan: str, **isi: str) -> str:
        isi["csrfmiddlewaretoken"] = next(k.value for k in self.kuki if k.name.endswith("csrftoken"))
        with self.ask(jalan, urllib.parse.urlencode(isi).encode()) as jawab:
            return jawab.read().decode()

    def upload(self, jalan: str, nama: str, isi: bytes) -> str:
        batas = uuid.uuid4().hex
        token = next(k.value for k in self.kuki if k.name.endswith("csrftoken"))
        kepala = (
            f'--{batas}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{batas}\r\nContent-Disposition: form-data; name="berkas"; filename="{nama}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        tubuh = kepala.encode() + isi + f"\r\n--{batas}--\r\n".encode()
        with self.ask(jalan, tubuh, f"multipart/form-data; boundary={batas}") as jawab:
            return jawab.read().decode()


class Diam(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *a: Any, **k: Any) -> None:
        """Leave the answer as it is."""


def refused(buka: Any, alamat: str) -> urllib.error.HTTPError:
    """Return the answer that is no page; raise where one comes."""
    try:
        buka(alamat)
    except urllib.error.HTTPError as galat:
        return galat
    raise AssertionError(f"{alamat} is served")


def look_at_tls(orang: Orang, polos: str) -> None:
    """HTTPS only, cookies that are the host's alone, no page of a stranger's host."""
    with orang.ask("/masuk/") as jawab:
        assert "max-age=31536000" in jawab.headers["Strict-Transport-Security"], "no HSTS"
    assert "__Host-csrftoken" in {k.name for k in orang.kuki}
    assert not [k.name for k in orang.kuki if not (k.secure and k.name.startswith("__Host-"))]

    polos_dijawab = refused(urllib.request.build_opener(urllib.request.ProxyHandler({}), Diam).open, f"{polos}/masuk/")
    assert polos_dijawab.code == 301, "plain http is served"
    assert polos_dijawab.headers["Location"].startswith("https://")
    assert refused(orang.ask, "/metrik/").code == 404, "figures leave the network"
    tell("TLS: HSTS, kuki __Host-, http dialihkan, /metrik/ tertutup")


def sign_in(alamat: str, sertifikat: str) -> tuple[Orang, str]:
    """Sign the Sekcam in; return the person and the address of the event."""
    orang = Orang(alamat, sertifikat)
    orang.page("/masuk/")
    assert "Yang perlu saya kerjakan" in orang.send("/masuk/", username="sekcam", password=SANDI)
    tell("sekcam masuk")
    return orang, re.findall(r'href="(/m/[^/"]+/)"', orang.page("/"))[0]


def hand_in(orang: Orang, acara: str) -> None:
    """A practice list of the demo through the upload, its preview and into the list of proposals."""
    impor = f"{acara}usulan/impor/"
    contoh = re.findall(rf'href="({re.escape(impor)}contoh/([^"]+))"', orang.page(impor))
    with orang.ask(contoh[-1][0]) as jawab:
        isi = jawab.read()
    mulai = time.monotonic()
    pratinjau = orang.upload(impor, urllib.parse.unquote(contoh[-1][1]), isi)
    simpan = re.findall(rf'action="({re.escape(impor)}\d+/simpan/)"', pratinjau)
    assert simpan, re.sub(r"<[^>]+>|\s+", " ", pratinjau)[:800]
    baca = time.monotonic() - mulai
    daftar = orang.send(simpan[0])
    tersimpan = re.findall(r"(\d+) usulan dari [^<]+ disimpan", daftar)
    assert sum(map(int, tersimpan)) > 0, re.sub(r"<[^>]+>|\s+", " ", daftar)[:800]
    tell(f"daftar {len(isi) // 1024} KB diunggah dan dibaca {baca:.1f} detik; {tersimpan[0]} usulan tersimpan")


def issue(orang: Orang, acara: str) -> None:
    """The Berita Acara, its set, and a citizen who compares the file."""
    dokumen = f"{acara}berita-acara/"
    mulai = time.monotonic()
    halaman = orang.send(f"{dokumen}terbitkan/")
    assert f"{dokumen}1.pdf" in halaman
    with orang.ask(f"{dokumen}1.pdf") as jawab:
        isi = jawab.read()
    assert isi.startswith(b"%PDF-")
    tell(f"Berita Acara terbit dan diunduh: {len(isi) // 1024} KB, {time.monotonic() - mulai:.1f} detik")
    paket = orang.send(f"{dokumen}paket/")
    jalan = re.findall(rf"({re.escape(dokumen)}paket/\d+/)", paket)[0]
    mulai = time.monotonic()
    while "dokumen.zip" not in (paket := orang.page(jalan)):
        assert time.monotonic() - mulai < 240, re.sub(r"<[^>]+>|\s+", " ", paket)[:800]
        time.sleep(1)
    with orang.ask(f"{jalan}dokumen.zip") as jawab:
        arsip = zipfile.ZipFile(io.BytesIO(jawab.read()))
    tell(f"pekerja menyusun paket: {len(arsip.namelist())} berkas, {time.monotonic() - mulai:.0f} detik")
    sidik = hashlib.sha256(isi).hexdigest()
    kode = re.findall(rf"kode (\w+), SHA-256 {sidik}", arsip.read("INDEKS.txt").decode())[0]
    warga = Orang(orang.alamat, orang.sertifikat)
    assert sidik in warga.page(f"/verifikasi/{kode}/")
    assert "sama persis" in warga.upload(f"/verifikasi/{kode}/", "unduhan.pdf", isi)
    tell("warga mencocokkan berkasnya tanpa masuk: sama persis")


def find_again(orang: Orang, acara: str) -> None:
    """The document that was issued before the backup is there, as a file too."""
    with orang.ask(f"{acara}berita-acara/1.pdf") as jawab:
        assert jawab.read(5) == b"%PDF-"
    tell("sesudah cadangan dipulihkan: masuk lagi, Berita Acara ada")


def main() -> None:
    """Walk; raise at the first step that is not as it should be."""
    bagian, alamat, sertifikat, polos = sys.argv[1:5]
    if bagian == "unggah":
        look_at_tls(Orang(alamat, sertifikat), polos)
    orang, acara = sign_in(alamat, sertifikat)
    {"unggah": hand_in, "terbit": issue, "pulih": find_again}[bagian](orang, acara)


if __name__ == "__main__":
    main()
