"""Answers that are files."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO

from django.http import FileResponse, HttpResponse
from django.utils.text import slugify

from musrenbang.infra.sheets import TIPE_XLSX


def xlsx_response(nama: str, isi: bytes) -> HttpResponse:
    """Return a workbook as a download called ``nama``.xlsx."""
    return _download(isi, TIPE_XLSX, f"{slugify(nama)}.xlsx")


def xlsx_stream(nama: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    """Return a large workbook that ``write`` writes into a file of its own."""
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{slugify(nama)}.xlsx", content_type=TIPE_XLSX)


def pdf_response(nama: str, isi: bytes, *, download: bool = False) -> HttpResponse:
    """Return a PDF called ``nama``.pdf that opens in the browser, or is kept at once."""
    return _download(isi, "application/pdf", f"{slugify(nama)}.pdf", "attachment" if download else "inline")


def _download(isi: bytes, content_type: str, nama: str, cara: str = "attachment") -> HttpResponse:
    return HttpResponse(isi, content_type=content_type, headers={"Content-Disposition": f'{cara}; filename="{nama}"'})


def file_response(nama: str, isi: bytes, content_type: str) -> HttpResponse:
    """Return any other file as a download under its own name."""
    return _download(isi, content_type, nama)


def filter_words(filters: dict[str, str]) -> str:
    """Say by what the rows of a file are filtered; blank when all of them are in it."""
    used = [nama for nama, nilai in filters.items() if nilai]
    return f"hanya yang cocok dengan filter {' dan '.join(used)}" if used else ""


def takes_files(most_bytes: int) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Mark a view that takes so many bytes in one form; more is refused unread (``UploadMiddleware``)."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark
