"""The project itself is also the base app."""

from django.apps import AppConfig


class MusrenbangConfig(AppConfig):
    name = "musrenbang"
    verbose_name = "Musrenbang"

    def ready(self) -> None:
        from musrenbang import checks  # noqa: F401, PLC0415 -- registers the system checks once apps are loaded
