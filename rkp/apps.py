"""App configuration."""

from django.apps import AppConfig


class RkpConfig(AppConfig):
    name = "rkp"
    verbose_name = "RKP Kecamatan"
