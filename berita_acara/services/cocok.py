"""A file that anybody compares with an issued document."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from berita_acara.pades import Tanda, check_strange_pdf
from berita_acara.queries import match_hash
from musrenbang.anak import BerkasTakTerbaca
from musrenbang.models import Dokumen

COCOK_MAKS = 15 * 1024 * 1024
PASTI = {"sama", "salinan", "versi"}


@dataclass(frozen=True)
class Cocok:
    """What an uploaded file is (``queries.match_hash``), the signatures in it, and why they could not be read."""

    hasil: str
    tanda: list[Tanda] = field(default_factory=list)
    tak_terbaca: str = ""


def compare_file(*, dokumen: Dokumen, berkas: UploadedFile) -> Cocok:
    """Compare a file with a document, byte for byte; what is known by its hash is not opened at all.

    Anything else may hold an electronic signature, which is looked for by a child process with limits.
    """
    with TemporaryDirectory() as tempat:
        path, sidik = Path(tempat, "berkas"), hashlib.sha256()
        with path.open("wb") as tujuan:
            for potongan in berkas.chunks():
                sidik.update(potongan)
                tujuan.write(potongan)
        hasil = match_hash(dokumen, sidik.hexdigest())
        if hasil in PASTI:
            return Cocok(hasil)
        try:
            return Cocok(hasil, check_strange_pdf(path, settings.PENERBIT_SERTIFIKAT))
        except BerkasTakTerbaca as galat:
            return Cocok(hasil, tak_terbaca=str(galat))
