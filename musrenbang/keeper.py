"""The keeper of issued documents: written once, read only while they are what was issued."""

from django.core.files.base import ContentFile

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
    try:
        with dokumen.berkas.open("rb") as file:
            content: bytes = file.read()
    except (OSError, ValueError) as error:
        raise Refused(f"Berkas {dokumen.nomor} tidak ditemukan di penyimpanan. Hubungi admin.") from error
    if sha256_of(content) != dokumen.sha256:
        raise Refused(f"Berkas {dokumen.nomor} di penyimpanan sudah berubah dari yang diterbitkan. Hubungi admin.")
    return content
