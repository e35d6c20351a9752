"""App configuration."""

from django.apps import AppConfig


class BeritaAcaraConfig(AppConfig):
    name = "berita_acara"
    verbose_name = "Berita Acara"
