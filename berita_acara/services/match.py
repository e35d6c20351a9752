"""A file that anybody compares with an issued document."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from berita_acara.models import SalinanTtd
from berita_acara.queries import match_hash
from berita_acara.signature import Signature, check_strange_pdf
from musrenbang.infra.child import UnreadableFile
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen
from musrenbang.transisi import Refused

COCOK_MAKS = 15 * 1024 * 1024
PASTI = {"sama", "salinan", "versi"}


@dataclass(frozen=True)
class Match:
    """What an uploaded file is (``queries.match_hash``), the signatures in it, and why they could not be read."""

    hasil: str
    tanda: list[Signature] = field(default_factory=list)
    tak_terbaca: str = ""

    @property
    def differs(self) -> bool:
        """Whether the file is not this document as it was issued: nothing on its page may be green then."""
        return self.hasil in {"asing", "versi"} or any(not t.utuh for t in self.tanda)


def compare_file(*, dokumen: Dokumen, berkas: UploadedFile) -> Match:
    """Compare a file with a document, byte for byte; what is known by its hash is not opened at all.

    Anything else may hold an electronic signature, which is looked for by a child process with limits.
    """
    with TemporaryDirectory() as place:
        path, digest = Path(place, "berkas"), hashlib.sha256()
        with path.open("wb") as target:
            for chunk in berkas.chunks():
                digest.update(chunk)
                target.write(chunk)
        result = match_hash(dokumen, digest.hexdigest())
        signed = result == "salinan" and SalinanTtd.objects.filter(sha256=digest.hexdigest()).exclude(tanda=[]).exists()
        if result in PASTI and not signed:
            return Match(result)
        try:
            mark = check_strange_pdf(path, settings.PENERBIT_SERTIFIKAT)
            if result == "asing" and mark and all(t.utuh for t in mark) and _begins_with(path, dokumen):
                result = "bertanda"
            return Match(result, mark)
        except UnreadableFile as error:
            return Match(result, tak_terbaca=str(error))


def _begins_with(path: Path, dokumen: Dokumen) -> bool:
    """Tell whether the file is the issued one with something after it, as a signature is written."""
    try:
        original = read_dokumen(dokumen)
    except Refused:
        return False
    with path.open("rb") as file:
        return file.read(len(original)) == original
