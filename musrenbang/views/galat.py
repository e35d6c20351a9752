"""Error pages in plain Indonesian. They must work without a database and without a session."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static


def _page(status: int, judul: str, pesan: str) -> HttpResponse:
    isi = {"judul": judul, "pesan": pesan, "gaya": _stylesheet()}
    return HttpResponse(render_to_string("galat.html", isi), status=status)


def _stylesheet() -> str:
    """Return the address of the page's one file; where static files were never collected, the page goes without."""
    try:
        return static("css/galat.css")
    except ValueError:
        return ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood, e.g. far too many fields."""
    return _page(
        400, "Permintaan tidak dapat diproses", "Data yang dikirim tidak dikenali. Muat ulang halaman lalu coba lagi."
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the role does not allow it; the sentence says which role would."""
    return _page(403, "Bukan wewenang Anda", str(exception) or "Peran Anda tidak berwenang membuka bagian ini.")


def method_not_allowed(request: HttpRequest, asli: HttpResponse) -> HttpResponse:
    """405: an address that only takes forms was opened, e.g. from the history; keeps the Allow header."""
    jawab = _page(405, "Alamat ini hanya menerima kiriman formulir", "Tekan Kembali pada peramban untuk melanjutkan.")
    jawab.headers["Allow"] = asli.headers.get("Allow", "POST")
    return jawab


def session_lost(request: HttpRequest) -> HttpResponse:
    """401: a form was sent after the session ended; what was typed is still in the page before this one."""
    return _page(
        401,
        "Sesi Anda sudah berakhir",
        "Isian Anda belum hilang. Buka tab baru dan masuk lagi, lalu di tab ini tekan Kembali dan kirim sekali lagi.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or an event of others."""
    return _page(404, "Halaman tidak ditemukan", "Alamat ini tidak ada, atau bukan bagian dari kegiatan Anda.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away."""
    galat = sys.exc_info()[1]
    if _is_full(galat):
        return _page(
            507,
            "Media penyimpanan penuh",
            "Isian Anda belum tersimpan dan tidak ada yang berubah. Mintalah admin mengosongkan media penyimpanan, "
            "lalu tekan Kembali pada peramban dan kirim sekali lagi.",
        )
    if isinstance(galat, OperationalError | InterfaceError):
        return _page(
            503,
            "Basis data sedang tidak terjangkau",
            "Yang sudah tersimpan tetap aman. Tunggu sebentar, lalu tekan Kembali pada peramban dan kirim sekali lagi.",
        )
    if isinstance(galat, OSError):
        return _page(
            507,
            "Berkas tidak dapat disimpan",
            "Media penyimpanan penuh atau terkunci. Hubungi admin; tidak ada yang berubah.",
        )
    return _page(
        500,
        "Terjadi kesalahan di aplikasi",
        "Yang sudah tersimpan tetap aman. Kembali dan coba sekali lagi; bila berulang, hubungi admin.",
    )


def _is_full(galat: BaseException | None) -> bool:
    """Tell whether the database (SQLite or PostgreSQL) or the disk has no room left."""
    kata = str(galat).lower()
    return isinstance(galat, OperationalError | OSError) and ("is full" in kata or "no space left" in kata)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened before signing in again, or cookies are off."""
    return _page(
        403,
        "Halaman ini sudah kedaluwarsa",
        "Tekan Kembali pada peramban, muat ulang halaman itu, lalu kirim lagi. Tidak ada yang berubah.",
    )


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """429: too many wrong passwords for this account from this place."""
    return _page(
        429,
        "Terlalu banyak percobaan masuk",
        "Kata sandi akun ini salah diketik tujuh kali. Tunggu 15 menit, lalu coba lagi; bila lupa, mintalah tautan "
        "sandi baru kepada Bappeda.",
    )
