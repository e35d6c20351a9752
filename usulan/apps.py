"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class UsulanConfig(AppConfig):
    name = "usulan"
    verbose_name = "Usulan"

    def ready(self) -> None:
        from musrenbang.rules import add_izin
        from musrenbang.trail_words import add_words
        from usulan import izin, jejak

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS, kolom=jejak.KOLOM)
