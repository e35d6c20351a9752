"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class SidangConfig(AppConfig):
    name = "musrenbang.sidang"
    label = "sidang"
    verbose_name = "Sidang"

    def ready(self) -> None:
        from musrenbang.kunci import rest_words
        from musrenbang.rules import add_izin
        from musrenbang.sidang import izin, jejak
        from musrenbang.sidang.queries import sesi
        from musrenbang.trail_words import add_words

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI)
        rest_words.answered_by(sesi.rest_words)
