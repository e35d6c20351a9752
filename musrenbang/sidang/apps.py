"""App configuration."""

from django.apps import AppConfig


class SidangConfig(AppConfig):
    name = "musrenbang.sidang"
    label = "sidang"
    verbose_name = "Sidang"
