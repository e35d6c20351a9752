"""App configuration."""

from django.apps import AppConfig


class TindakLanjutConfig(AppConfig):
    """After the day: approval, submission, review, sorting to SKPD, answers."""

    name = "tindak_lanjut"
    verbose_name = "Tindak lanjut"
