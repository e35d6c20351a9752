"""The esign client of BSrE: a program on the network of the kabupaten that signs with the certificate kept at BSrE.

Two calls of its HTTP interface: is it there for this NIK (``/api/user/status``), sign a PDF (``/api/sign/pdf``). The
passphrase passes through once and is kept nowhere. Every call has a limit in seconds and bytes, follows no redirect
and uses no proxy: the address is the operator's alone.
"""

import base64
import json
import secrets
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

JAWAB_MAKS = 30 * 1024 * 1024
POTONG = 64 * 1024
SALAH_SANDI = 2031
"""What the client answers to a wrong passphrase."""
STATUS_SIAP = 1111
KATA_STATUS = {
    1110: "NIK ini belum terdaftar di BSrE. Daftarkan melalui instansi Anda, atau periksa angkanya.",
    2021: "Sertifikat Anda sudah kedaluwarsa. Perbarui di BSrE, lalu coba lagi.",
    SALAH_SANDI: "Passphrase tidak cocok. Ketik sekali lagi; bila berkali-kali salah, BSrE dapat menguncinya.",
}


class EsignGagal(Exception):
    """The esign client did not sign; the text tells why and what to do."""


@dataclass(frozen=True)
class Esign:
    """Where the client is and as whom this server speaks to it; ``detik`` for a whole call."""

    alamat: str
    pengguna: str
    sandi: str
    detik: float

    def check_person(self, nik: str) -> None:
        """Raise EsignGagal where the person has no certificate that can sign now."""
        jawab = self._json(self._call("GET", f"/api/user/status/{nik}", None, ""))
        kode = jawab.get("status_code")
        if kode != STATUS_SIAP:
            raise EsignGagal(KATA_STATUS.get(kode) or f"BSrE belum dapat memakai sertifikat Anda: {_words(jawab)}.")

    def sign(self, isi: bytes, *, nik: str, sandi: str, alasan: str, tempat: str) -> bytes:
        """Return the PDF with an invisible signature after it. Raises EsignGagal in a sentence."""
        batas = secrets.token_hex(16)
        isian = {"nik": nik, "passphrase": sandi, "tampilan": "invisible", "reason": alasan, "location": tempat}
        tubuh = b"".join(
            f'--{batas}\r\nContent-Disposition: form-data; name="{nama}"\r\n\r\n{nilai}\r\n'.encode()
            for nama, nilai in isian.items()
        )
        kepala = f'--{batas}\r\nContent-Disposition: form-data; name="file"; filename="dokumen.pdf"\r\n'
        tubuh += f"{kepala}Content-Type: application/pdf\r\n\r\n".encode() + isi + f"\r\n--{batas}--\r\n".encode()
        jawab = self._call("POST", "/api/sign/pdf", tubuh, f"multipart/form-data; boundary={batas}")
        if not jawab.startswith(b"%PDF-"):
            raise EsignGagal(_refusal(self._json(jawab)))
        return jawab

    def _call(self, cara: str, jalan: str, tubuh: bytes | None, jenis: str) -> bytes:
        tanda = base64.b64encode(f"{self.pengguna}:{self.sandi}".encode()).decode()
        kepala = {"Authorization": f"Basic {tanda}"} | ({"Content-Type": jenis} if jenis else {})
        minta = urllib.request.Request(f"{self.alamat}{jalan}", tubuh, kepala, method=cara)  # noqa: S310 -- by setting
        pembuka = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
        habis = time.monotonic() + self.detik
        try:
            with pembuka.open(minta, timeout=self.detik) as jawab:
                return _read(jawab, habis)
        except urllib.error.HTTPError as galat:
            with galat:
                raise EsignGagal(_refusal(_try_json(galat.read(POTONG)), galat.code)) from galat
        except TimeoutError as galat:
            raise EsignGagal(self._late()) from galat
        except (urllib.error.URLError, OSError) as galat:
            if isinstance(getattr(galat, "reason", None), TimeoutError):
                raise EsignGagal(self._late()) from galat
            raise EsignGagal(
                "Layanan tanda tangan BSrE tidak dapat dihubungi dari server ini. Coba lagi nanti, atau tanda tangani "
                "dengan aplikasi BSrE Anda dan unggah hasilnya sebagai salinan bertanda tangan."
            ) from galat

    def _late(self) -> str:
        return (
            f"Layanan tanda tangan BSrE tidak menjawab dalam {self.detik:g} detik. Dokumen belum ditandatangani di "
            "sini; coba lagi sebentar lagi."
        )

    @staticmethod
    def _json(isi: bytes) -> dict[str, Any]:
        jawab = _try_json(isi)
        if not jawab:
            raise EsignGagal(
                "Layanan tanda tangan BSrE menjawab dengan sesuatu yang tidak dikenal. Hubungi admin server."
            )
        return jawab


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the passphrase somewhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _read(jawab: Any, habis: float) -> bytes:
    isi = bytearray()
    while potong := jawab.read1(POTONG):
        isi += potong
        if len(isi) > JAWAB_MAKS:
            raise EsignGagal("Jawaban layanan tanda tangan BSrE terlalu besar; tidak disimpan. Hubungi admin server.")
        if time.monotonic() > habis:
            raise TimeoutError
    return bytes(isi)


def _try_json(isi: bytes) -> dict[str, Any]:
    try:
        jawab = json.loads(isi)
    except (ValueError, RecursionError):
        return {}
    return jawab if isinstance(jawab, dict) else {}


def _words(jawab: dict[str, Any]) -> str:
    return str(jawab.get("error") or jawab.get("message") or "tanpa keterangan").strip().rstrip(".")[:200]


def _refusal(jawab: dict[str, Any], status: int = 200) -> str:
    """Return a sentence for what the client refused."""
    if status in {401, 403} and not jawab.get("status_code"):
        return "Server ini ditolak layanan BSrE (ESIGN_PENGGUNA atau ESIGN_SANDI). Hubungi admin server."
    kode = jawab.get("status_code")
    dikenal = KATA_STATUS.get(kode) if isinstance(kode, int) else None
    return dikenal or f"BSrE menolak menandatangani: {_words(jawab)}. Dokumen belum ditandatangani."
