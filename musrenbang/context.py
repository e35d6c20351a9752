"""Template context for every page."""

from django.conf import settings
from django.http import HttpRequest


def mode_latihan(request: HttpRequest) -> dict[str, bool]:
    """Tell the base template whether to show the training banner."""
    return {"mode_latihan": settings.MODE_LATIHAN}
