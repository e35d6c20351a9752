"""Reads about issued documents."""

from django.db.models import QuerySet

from musrenbang.models import Dokumen, Musrenbang

JENIS_BA = "berita_acara"


def list_berita_acara(musrenbang: Musrenbang) -> QuerySet[Dokumen]:
    """Return the issued versions, newest first, without their content."""
    return Dokumen.objects.filter(musrenbang=musrenbang, jenis=JENIS_BA).select_related("dibuat_oleh").defer("isi")


def latest_berita_acara(musrenbang: Musrenbang) -> Dokumen | None:
    """Return the newest version with its content, or None."""
    return Dokumen.objects.filter(musrenbang=musrenbang, jenis=JENIS_BA).first()
