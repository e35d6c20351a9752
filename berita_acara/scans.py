"""Pictures and PDFs from people, written anew: what is kept is the picture or the pages, nothing that came with them.

Called in the child of ``infra.child`` only, on files in a folder; the result lands in that folder as ``jadi``.
Knows neither Django nor models.
"""

from contextlib import ExitStack
from pathlib import Path

import PIL.JpegImagePlugin  # the readers named below, and no other
import PIL.PdfImagePlugin
import PIL.PngImagePlugin
import PIL.TiffImagePlugin
import PIL.WebPImagePlugin  # noqa: F401
from pikepdf import Array, Page, PasswordError, Pdf, PdfError, StreamDecodeLevel
from PIL import Image, ImageOps, UnidentifiedImageError

from musrenbang.infra.child.errors import UnreadableFile

JADI = "jadi"
SISI_FOTO = 2200
SISI_LOGO = 4000
PIKSEL_MAKS = 50_000_000  # decoded; four bytes each stay well under the memory of the child
LOGO = ("PNG", "JPEG")
FOTO = ("PNG", "JPEG", "WEBP", "TIFF")
Image.MAX_IMAGE_PIXELS = None  # the limits above are told in words before anything is decoded


def write_logo(folder: Path) -> None:
    """Write the logo anew as PNG. Raises UnreadableFile for what is no PNG or JPEG, or too many pixels."""
    try:
        image = Image.open(folder / "0", formats=LOGO)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        words = (
            "Berkas logo tidak dapat dibaca sebagai gambar. Logo harus PNG atau JPEG; GIF, WebP, dan SVG simpan dahulu "
            "sebagai PNG."
        )
        raise UnreadableFile(words) from error
    if image.format == "PNG" and getattr(image, "n_frames", 1) > 1:  # of the phone's JPEGs the first is the picture
        raise UnreadableFile("Logo ini gambar bergerak. Simpan satu gambarnya sebagai PNG, lalu unggah lagi.")
    if max(image.size) > SISI_LOGO:
        raise UnreadableFile(f"Logo harus PNG atau JPEG, paling besar {SISI_LOGO} piksel.")
    try:
        image.convert("RGBA").save(folder / JADI, "PNG", optimize=True)
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableFile("Berkas logo rusak atau terpotong. Simpan ulang, lalu unggah lagi.") from error


def combine(folder: Path, nama: list[str], putar: list[int], most: int) -> int:
    """Make one PDF of the files ``0``, ``1``, ... and return its pages. ``putar``: quarter turns clockwise for each.

    Raises UnreadableFile, naming the file, for what is no picture or PDF, and for no page or more than ``most``.
    """
    with ExitStack() as open_page, Pdf.new() as finished:
        for i, one in enumerate(nama):
            path = folder / str(i)
            with path.open("rb") as file:
                if file.read(5) != b"%PDF-":
                    path = _photo(path, one)
            try:
                source = open_page.enter_context(Pdf.open(path))
                if len(finished.pages) + len(source.pages) > most:
                    raise UnreadableFile(f"Salinan harus 1 sampai {most} halaman.")
                for halaman in source.pages:
                    finished.pages.append(halaman)
                    _clean(finished.pages[-1], 90 * (putar[i] if i < len(putar) else 0))
            except (PdfError, PasswordError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
                words = f"{one} bukan PDF yang utuh, atau terkunci kata sandi. Pindai ulang, atau unggah fotonya."
                raise UnreadableFile(words) from error
        if not finished.pages:
            raise UnreadableFile(f"Salinan harus 1 sampai {most} halaman.")
        finished.save(folder / JADI, compress_streams=False, stream_decode_level=StreamDecodeLevel.none)
        return len(finished.pages)


def _clean(halaman: Page, degrees: int) -> None:
    """Turn a page; what it would do when somebody opens or touches it (scripts, programs) does not come along."""
    halaman.rotate(degrees, relative=True)
    for one in (halaman.obj, *halaman.obj.get("/Annots", Array())):
        for kunci in ("/AA", "/A"):
            if kunci in one:
                del one[kunci]


def _photo(path: Path, nama: str) -> Path:
    """Return a PDF page with the photo, turned as the camera held it and no larger than paper needs."""
    try:
        image = Image.open(path, formats=FOTO)
        if image.format in {"TIFF", "WEBP", "PNG"} and getattr(image, "n_frames", 1) > 1:
            raise UnreadableFile(f"{nama} berisi beberapa gambar. Simpan sebagai PDF, lalu unggah PDF-nya.")
        image.draft("RGB", (SISI_FOTO, SISI_FOTO))
        if image.width * image.height > PIKSEL_MAKS:
            raise UnreadableFile(f"{nama} lebih dari 50 juta piksel. Kecilkan gambarnya, lalu unggah lagi.")
        if image.mode in {"P", "1"}:  # colours by number cannot be made smaller
            image = image.convert("RGB" if image.mode == "P" else "L")
        image.thumbnail((SISI_FOTO, SISI_FOTO))
        target = path.with_name(f"{path.name}.pdf")
        ImageOps.exif_transpose(image).convert("RGB").save(target, "PDF", resolution=200)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError) as error:
        if isinstance(error, UnreadableFile):
            raise
        words = f"{nama} tidak dapat dibaca: bukan PDF atau foto (JPEG, PNG, WEBP, TIFF) yang utuh."
        raise UnreadableFile(words) from error
    return target
