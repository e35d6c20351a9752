"""Documents for everybody: made at the first call, then given as they are until the facts change."""

from datetime import timedelta

from django.utils import timezone

from berita_acara.queries import latest_dokumen
from berita_acara.services.issue import freeze_list, with_file
from musrenbang.models import Dokumen, Musrenbang

SEDANG_DIBUAT = timedelta(seconds=60)
"""How long a list without a file counts as being made by another request of this kind. One that a person froze (to be
handed over) waits for nobody."""


def public_dokumen(*, musrenbang: Musrenbang, jenis: str) -> Dokumen | None:
    """Return a list with its file, or None while another request is making it: a crowd renders it once, not each.

    Raises Refused while it cannot be made.
    """
    old = latest_dokumen(musrenbang, jenis)
    current = freeze_list(musrenbang=musrenbang, jenis=jenis, by=None)
    new = old is None or old.pk != current.pk
    orang_lain = not new and current.dibuat_oleh_id is None and timezone.now() - current.dibuat_pada < SEDANG_DIBUAT
    if not current.sha256 and orang_lain:
        return None
    return with_file(current)
