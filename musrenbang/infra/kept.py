"""Folders outside database and files: what stands there can be read when both are gone."""

from pathlib import Path

from django.conf import settings


def folders() -> list[Path]:
    """Return the folders of this machine: ``JANGKAR_DIR``, or one in ``VAR_DIR`` while nobody named a better one."""
    return [Path(f) for f in settings.JANGKAR_DIR] or [Path(settings.VAR_DIR) / "titik"]
