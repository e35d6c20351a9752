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


class EsignFailed(Exception):
    """The esign client did not sign; the text tells why and what to do."""


@dataclass(frozen=True)
class Esign:
    """Where the client is and as whom this server speaks to it; ``detik`` for a whole call."""

    alamat: str
    pengguna: str
    sandi: str
    detik: float

    def check_person(self, nik: str) -> None:
        """Raise EsignFailed where the person has no certificate that can sign now."""
        response = self._json(self._call("GET", f"/api/user/status/{nik}", None, ""))
        kode = response.get("status_code")
        if kode != STATUS_SIAP:
            raise EsignFailed(KATA_STATUS.get(kode) or f"BSrE belum dapat memakai sertifikat Anda: {_words(response)}.")

    def sign(self, content: bytes, *, nik: str, sandi: str, alasan: str, tempat: str) -> bytes:
        """Return the PDF with an invisible signature after it. Raises EsignFailed in a sentence."""
        limit = secrets.token_hex(16)
        entry = {"nik": nik, "passphrase": sandi, "tampilan": "invisible", "reason": alasan, "location": tempat}
        body = b"".join(
            f'--{limit}\r\nContent-Disposition: form-data; name="{nama}"\r\n\r\n{nilai}\r\n'.encode()
            for nama, nilai in entry.items()
        )
        head = f'--{limit}\r\nContent-Disposition: form-data; name="file"; filename="dokumen.pdf"\r\n'
        body += f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content + f"\r\n--{limit}--\r\n".encode()
        response = self._call("POST", "/api/sign/pdf", body, f"multipart/form-data; boundary={limit}")
        if not response.startswith(b"%PDF-"):
            raise EsignFailed(_refusal(self._json(response)))
        return response

    def _call(self, cara: str, route: str, body: bytes | None, jenis: str) -> bytes:
        mark = base64.b64encode(f"{self.pengguna}:{self.sandi}".encode()).decode()
        head = {"Authorization": f"Basic {mark}"} | ({"Content-Type": jenis} if jenis else {})
        asked = urllib.request.Request(f"{self.alamat}{route}", body, head, method=cara)  # noqa: S310 -- by setting
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
        expired = time.monotonic() + self.detik
        try:
            with opener.open(asked, timeout=self.detik) as response:
                return _read(response, expired)
        except urllib.error.HTTPError as error:
            with error:
                raise EsignFailed(_refusal(_try_json(error.read(POTONG)), error.code)) from error
        except TimeoutError as error:
            raise EsignFailed(self._late()) from error
        except (urllib.error.URLError, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise EsignFailed(self._late()) from error
            raise EsignFailed(
                "Layanan tanda tangan BSrE tidak dapat dihubungi dari server ini. Coba lagi nanti, atau tanda tangani "
                "dengan aplikasi BSrE Anda dan unggah hasilnya sebagai salinan bertanda tangan."
            ) from error

    def _late(self) -> str:
        return (
            f"Layanan tanda tangan BSrE tidak menjawab dalam {self.detik:g} detik. Dokumen belum ditandatangani di "
            "sini; coba lagi sebentar lagi."
        )

    @staticmethod
    def _json(content: bytes) -> dict[str, Any]:
        response = _try_json(content)
        if not response:
            raise EsignFailed(
                "Layanan tanda tangan BSrE menjawab dengan sesuatu yang tidak dikenal. Hubungi admin server."
            )
        return response


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the passphrase somewhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _read(response: Any, expired: float) -> bytes:
    content = bytearray()
    while cut := response.read1(POTONG):
        content += cut
        if len(content) > JAWAB_MAKS:
            raise EsignFailed("Jawaban layanan tanda tangan BSrE terlalu besar; tidak disimpan. Hubungi admin server.")
        if time.monotonic() > expired:
            raise TimeoutError
    return bytes(content)


def _try_json(content: bytes) -> dict[str, Any]:
    try:
        response = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return response if isinstance(response, dict) else {}


def _words(response: dict[str, Any]) -> str:
    return str(response.get("error") or response.get("message") or "tanpa keterangan").strip().rstrip(".")[:200]


def _refusal(response: dict[str, Any], status: int = 200) -> str:
    """Return a sentence for what the client refused."""
    if status in {401, 403} and not response.get("status_code"):
        return "Server ini ditolak layanan BSrE. Hubungi admin server."
    kode = response.get("status_code")
    recognised = KATA_STATUS.get(kode) if isinstance(kode, int) else None
    return recognised or f"BSrE menolak menandatangani: {_words(response)}. Dokumen belum ditandatangani."
