"""The pages of a speaker's presentation (PDF) as pictures. Called in the child of ``infra.child`` only.

The file itself is never handed out: what leaves the server are the pictures. Knows neither Django nor models.
"""

import base64
from io import BytesIO
from pathlib import Path

import pypdfium2

from musrenbang.infra.child.errors import UnreadableFile

LEBAR, TINGGI = 1920, 1080
"""Pixels that a page is drawn into, whatever size it says it has."""
BUKAN_PDF = "Berkas ini bukan PDF yang utuh, atau terkunci kata sandi. Simpan paparannya sebagai PDF, lalu unggah lagi."


def inspect(berkas: Path, most: int) -> int:
    """Return how many pages the file has, once its first one was drawn; UnreadableFile for no PDF or too many pages."""
    with berkas.open("rb") as file:
        if file.read(5) != b"%PDF-":
            raise UnreadableFile(BUKAN_PDF)
    pages = len(_opened(berkas))
    if not 1 <= pages <= most:
        raise UnreadableFile(f"Paparan harus 1 sampai {most} halaman; berkas ini {pages} halaman.")
    draw(berkas, 1)
    return pages


def draw(berkas: Path, halaman: int) -> str:
    """Return a page, the first is 1, as a JPEG in base64."""
    page = _opened(berkas)[halaman - 1]
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise UnreadableFile(BUKAN_PDF)
    picture = page.render(scale=min(LEBAR / width, TINGGI / height), may_draw_forms=False).to_pil()
    target = BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=85)
    return base64.b64encode(target.getvalue()).decode()


def _opened(berkas: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(str(berkas))
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(BUKAN_PDF) from error
