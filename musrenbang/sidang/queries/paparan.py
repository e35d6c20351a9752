"""Reads about presentations: which there are, and their pages as pictures."""

import base64
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import QuerySet

from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.keeper import read_file
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Paparan
from musrenbang.transisi import Refused


def list_paparan(musrenbang: Musrenbang) -> QuerySet[Paparan]:
    """Return the presentations of an event, the first one first."""
    return Paparan.objects.filter(musrenbang=musrenbang)


@dataclass(frozen=True)
class Slide:
    """A presentation and the pages beside the one that is shown; None where there is none."""

    paparan: Paparan

    @property
    def sebelum(self) -> int | None:
        """The page before."""
        return self.paparan.kini - 1 if self.paparan.kini > 1 else None

    @property
    def sesudah(self) -> int | None:
        """The page after."""
        return self.paparan.kini + 1 if self.paparan.kini < self.paparan.halaman else None


def page_picture(paparan: Paparan, halaman: int, *, for_whom: str = "umum") -> bytes:
    """Return a page as JPEG, drawn once and kept. Raises Refused when the file is gone, changed or cannot be drawn."""
    store, key = caches["cetak"], f"paparan-{paparan.sha256}-{halaman}"
    kept: bytes | None = store.get(key)
    if kept is None:
        try:
            drawn = child.read("musrenbang.sidang.slides:draw", _file_of(paparan), for_whom=for_whom, halaman=halaman)
        except UnreadableFile as error:
            raise Refused(f"Halaman {halaman} dari “{paparan}” tidak dapat digambar. {error}") from error
        kept = base64.b64decode(drawn)
        store.set(key, kept)
    return kept


def _file_of(paparan: Paparan) -> bytes:
    return read_file(paparan.berkas, paparan.sha256, f"Berkas paparan “{paparan}”", then="Unggah sekali lagi.")
