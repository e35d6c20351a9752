"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class BeritaAcaraConfig(AppConfig):
    name = "berita_acara"
    verbose_name = "Berita Acara"

    def ready(self) -> None:
        from berita_acara import izin, jejak
        from musrenbang.rules import add_izin
        from musrenbang.trail_words import add_words

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS)
