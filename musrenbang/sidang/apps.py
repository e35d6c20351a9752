"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class SidangConfig(AppConfig):
    name = "musrenbang.sidang"
    label = "sidang"
    verbose_name = "Sidang"

    def ready(self) -> None:
        from musrenbang.services.acara import rest_words
        from musrenbang.sidang.queries import sesi

        rest_words.answered_by(sesi.rest_words)
