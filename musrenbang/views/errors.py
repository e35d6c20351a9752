"""Error pages in plain Indonesian. They must work without a database and without a session."""

import sys
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from musrenbang.sebutan import translate


class Missing(Http404):
    """What an address names is not there (any more); its sentence, which says where to look, is shown.

    Django's own 404 names classes and addresses, so that the page repeats nothing of it.
    """


def _page(request: HttpRequest, status: int, judul: str, message: str) -> HttpResponse:
    if is_part(request):
        return part_message(f"{judul}. {message}", status)
    content = {"judul": judul, "pesan": message, "gaya": _stylesheet()}
    return HttpResponse(render_to_string("galat.html", content), status=status)


def is_part(request: HttpRequest) -> bool:
    """Tell whether a part of a page asks, which has room for a sentence and none for a page: htmx, or our own fetch."""
    return "HX-Request" in request.headers or "X-Bagian" in request.headers


def part_message(message: str, status: int) -> HttpResponse:
    """Answer a part with a sentence for the message area of the page that it stands in."""
    content = render_to_string("_fragments/_ditolak.html", {"pesan": message})
    return HttpResponse(content, status=status, headers={"X-Kabar": "1"})


def part_answer(request: HttpRequest, template: str, isi: dict[str, Any]) -> HttpResponse:
    """Answer a part with a question (409) that our own script shows beside the form it is about."""
    return HttpResponse(render_to_string(template, isi, request), status=409, headers={"X-Kabar": "1"})


def part_signed_out(message: str, alamat: str, status: int = 401) -> HttpResponse:
    """Answer a part whose person has to sign in first, at ``alamat``; what is typed in the page stays."""
    content = render_to_string("_fragments/_sesi_habis.html", {"pesan": message, "alamat": alamat})
    return HttpResponse(content, status=status, headers={"X-Kabar": "1"})


def _stylesheet() -> str:
    """Return the address of the page's one file; where static files were never collected, the page goes without."""
    try:
        return static("css/galat.css")
    except ValueError:
        return ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be understood, e.g. far too many fields."""
    return _page(
        request,
        400,
        "Permintaan tidak dapat diproses",
        "Data yang dikirim tidak dikenali. Muat ulang halaman lalu coba lagi.",
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the role does not allow it; the sentence says which role would."""
    return _page(
        request,
        403,
        "Bukan wewenang Anda",
        str(exception) or "Bagian ini dikerjakan oleh peran lain.",
    )


def method_not_allowed(request: HttpRequest, original: HttpResponse) -> HttpResponse:
    """405: an address that only takes forms was opened, e.g. from the history; keeps the Allow header."""
    response = _page(
        request, 405, "Halaman ini tidak dapat dibuka langsung", "Tekan Kembali pada browser untuk melanjutkan."
    )
    response.headers["Allow"] = original.headers.get("Allow", "POST")
    return response


def session_lost(request: HttpRequest) -> HttpResponse:
    """401: a form was sent after the session ended; what was typed is still in the page before this one."""
    return _page(
        request,
        401,
        "Sesi Anda sudah berakhir",
        "Isian Anda belum hilang. Buka tab baru dan masuk lagi, lalu di tab ini tekan Kembali dan kirim sekali lagi.",
    )


def code_missing(request: HttpRequest) -> HttpResponse:
    """401: a form was sent by somebody whose sign-in code is still missing."""
    return _page(
        request,
        401,
        "Kode verifikasi belum diisi",
        "Isian Anda belum hilang. Buka tab baru dan isi kode verifikasi di sana, lalu di tab ini tekan Kembali "
        "dan kirim sekali lagi.",
    )


def other_owner(request: HttpRequest) -> HttpResponse:
    """409: the page was opened by one person, and another one is signed in by now in the same browser."""
    return _page(
        request,
        409,
        "Halaman itu dibuka dengan akun lain",
        f"Di browser ini sekarang masuk sebagai {request.user}. Tidak ada yang disimpan atas namanya. Isian Anda "
        "belum hilang: buka tab baru, masuk lagi dengan akun semula, lalu di tab ini tekan Kembali dan kirim "
        "sekali lagi.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or an event of others; what is missing within an event is said with where to look."""
    words = str(exception) if isinstance(exception, Missing) else "Halaman ini tidak ada, atau bukan untuk akun Anda."
    return _page(request, 404, "Halaman tidak ditemukan", translate(words))


PENUH = (
    507,
    "Ruang server penuh",
    "Isian Anda belum tersimpan dan tidak ada yang berubah. Hubungi admin, lalu tekan "
    "Kembali pada browser dan kirim sekali lagi.",
)
RUSAK = (
    503,
    "Basis data rusak",
    "Isian Anda tidak tersimpan. Hentikan pekerjaan dan hubungi admin: basis data dipulihkan dari cadangan.",
)
PUTUS = (
    503,
    "Aplikasi sedang terganggu",
    "Yang sudah tersimpan tetap aman. Tunggu sebentar, lalu tekan Kembali pada browser dan kirim sekali lagi.",
)
TAK_TERSIMPAN = (
    507,
    "Berkas tidak dapat disimpan",
    "Ruang server penuh atau terkunci. Hubungi admin; tidak ada yang berubah.",
)
LAIN = (
    500,
    "Terjadi kesalahan di aplikasi",
    "Yang sudah tersimpan tetap aman. Kembali dan coba sekali lagi; bila berulang, hubungi admin.",
)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the database is away or broken, 507 when nothing can be written."""
    error = sys.exc_info()[1]
    if _is_full(error):
        return _page(request, *PENUH)
    if isinstance(error, DatabaseError) and ("malformed" in str(error) or "not a database" in str(error)):
        return _page(request, *RUSAK)
    if isinstance(error, OperationalError | InterfaceError):
        return _page(request, *PUTUS)
    return _page(request, *(TAK_TERSIMPAN if isinstance(error, OSError) else LAIN))


def _is_full(galat: BaseException | None) -> bool:
    """Tell whether the database (SQLite or PostgreSQL) or the disk has no room left."""
    words = str(galat).lower()
    return isinstance(galat, OperationalError | OSError) and ("is full" in words or "no space left" in words)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened before signing in again, or cookies are off."""
    return _page(
        request,
        403,
        "Halaman ini sudah kedaluwarsa",
        "Tekan Kembali pada browser, muat ulang halaman itu, lalu kirim lagi. Tidak ada yang berubah.",
    )


def slow_down(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: too many wrong codes, or files, from this address."""
    response = _page(
        request,
        429,
        "Terlalu banyak percobaan",
        f"Dari jaringan ini terlalu banyak kode atau berkas yang dicoba. Tunggu {seconds} detik, lalu coba lagi.",
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: what is sent is larger than this page takes; nothing of it was read."""
    return _page(
        request,
        413,
        "Kiriman terlalu besar",
        f"Halaman ini menerima paling banyak {most // 1024 // 1024} MB. Tidak ada yang disimpan. Kecilkan berkasnya, "
        "lalu tekan Kembali pada browser dan kirim sekali lagi.",
    )
