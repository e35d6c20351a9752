"""Letterhead, paper, numbers and clauses."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect

from berita_acara import queries
from berita_acara.forms import SettingsForm
from berita_acara.services.settings import save_settings
from musrenbang.views.files import takes_files
from musrenbang.views.page import EventRequest, event_form
from musrenbang.views.submit import sent, sent_files, show, submit


@takes_files(4 * 1024 * 1024)
@event_form("atur_dokumen")
def letterhead(request: EventRequest, slug: str) -> HttpResponse:
    """How the documents of this kecamatan look."""
    form = SettingsForm(sent(request), sent_files(request), instance=queries.settings_of(request.musrenbang))

    def save(logo_baru: UploadedFile | None, **fields: Any) -> None:
        logo = logo_baru.read() if logo_baru else None
        save_settings(musrenbang=request.musrenbang, by=request.user, logo=logo, **fields)

    said = "Pengaturan dokumen disimpan; dokumen yang sudah terbit tidak berubah."
    if done := submit(request, form, save, say=said, to=redirect("berita_acara:documents", slug)):
        return done
    return show(request, "berita_acara/letterhead.html", form, {"pengaturan": queries.settings_of(request.musrenbang)})
