"""Start-up checks: what nobody answers, or is not configured, must stop the program, not the meeting."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register

from musrenbang import questions


@register()
def check_questions(**kwargs: Any) -> list[Error]:
    """Every question of a lower app has an upper app that answers it."""
    return [
        Error(f"Tidak ada yang menjawab: {q.words}", id="musrenbang.E003") for q in questions.ASKED if q.answer is None
    ]


@register()
def check_address(**kwargs: Any) -> list[Warning]:
    """A server on the internet whose documents would lead whoever scans them to their own telephone."""
    if settings.HTTPS and urlsplit(settings.ALAMAT).hostname in {"127.0.0.1", "localhost", "::1"}:
        return [
            Warning("ALAMAT belum diisi: kode QR dokumen menunjuk ke mesin pembacanya sendiri.", id="musrenbang.W001")
        ]
    return []
