"""The keeper of files: issued documents are written once, and every file is read only while it is what was stored."""

from typing import Any

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from musrenbang.infra.digest import sha256_of
from musrenbang.infra.errors import Refused
from musrenbang.infra.pdf.pool import FileFailed
from musrenbang.models import Dokumen


def store_dokumen(dokumen: Dokumen, content: bytes) -> None:
    """Write the file of a document once, with its SHA-256; a document that has its file is left as it is.

    Raises FileFailed when the disk refuses; the document then keeps its number and can be rendered again.
    """
    file = ContentFile(content)
    nama = dokumen.berkas.field.generate_filename(dokumen, "")
    try:
        nama = dokumen.berkas.storage.save(nama, file)
    except OSError as error:
        raise FileFailed(
            f"{dokumen.nomor} sudah tercatat, tetapi berkas PDF-nya tidak dapat disimpan ({error.strerror}). "
            "Hubungi admin, lalu tekan “Buat ulang PDF”."
        ) from error
    written = Dokumen.objects.filter(pk=dokumen.pk, sha256="").update(
        berkas=nama, sha256=sha256_of(content), ukuran=len(content)
    )
    if not written:  # somebody else rendered it at the same moment
        dokumen.berkas.storage.delete(nama)
    dokumen.refresh_from_db()


def read_dokumen(dokumen: Dokumen) -> bytes:
    """Return the file of a document; raise Refused when it is gone or no longer the one that was issued."""
    return read_file(dokumen.berkas, dokumen.sha256, f"Berkas {dokumen.nomor}", since="diterbitkan")


def read_file(
    berkas: FieldFile, sha256: str, what: str, *, since: str = "disimpan", then: str = "Hubungi admin."
) -> bytes:
    """Return a stored file; raise Refused when it is gone or no longer what was stored.

    ``what`` begins the sentence, ``since`` says from when it is known, ``then`` what to do.
    """
    try:
        with berkas.open("rb") as file:
            content: bytes = file.read()
    except (OSError, ValueError) as error:  # a row without a file is a ValueError
        raise Refused(f"{what} tidak ditemukan di penyimpanan. {then}") from error
    if sha256_of(content) != sha256:
        raise Refused(f"{what} di penyimpanan sudah berubah dari yang {since}. {then}")
    return content


def keep_file(row: Any, content: bytes, what: str) -> None:
    """Write ``content`` as ``row.berkas`` and store the row, which is new; raise Refused when the disk refuses."""
    try:
        row.berkas.save("", ContentFile(content), save=False)
    except OSError as error:
        raise Refused(f"{what} tidak dapat disimpan: ruang server penuh atau rusak. Hubungi admin.") from error
    row.save()
