"""App configuration."""

from django.apps import AppConfig


class DelegasiConfig(AppConfig):
    name = "delegasi"
    verbose_name = "Delegasi"
