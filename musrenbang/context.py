"""Template context for every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def training_mode(request: HttpRequest) -> dict[str, bool | int]:
    """Tell the base template whether to show the training banner, and after how many idle seconds a session ends."""
    return {"mode_latihan": settings.MODE_LATIHAN, "sesi_detik": settings.SESI_DIAM_DETIK}


def event(request: HttpRequest) -> dict[str, Any]:
    """Hand the event and the person's access to every page of an event (``musrenbang.views.page``)."""
    return {name: value for name in ("musrenbang", "akses") if (value := getattr(request, name, None)) is not None}
