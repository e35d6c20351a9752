"""Template context for every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def training_mode(request: HttpRequest) -> dict[str, bool]:
    """Tell the base template whether to show the training banner."""
    return {"mode_latihan": settings.MODE_LATIHAN}


def event(request: HttpRequest) -> dict[str, Any]:
    """Hand the event and the person's access to every page of an event (``musrenbang.views.page``)."""
    return {name: value for name in ("musrenbang", "akses") if (value := getattr(request, name, None)) is not None}
