"""App configuration."""

from django.apps import AppConfig


class PrioritasConfig(AppConfig):
    name = "rkp.prioritas"
    label = "prioritas"
    verbose_name = "Prioritas program"
