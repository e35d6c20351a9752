"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class PrioritasConfig(AppConfig):
    name = "rkp.prioritas"
    label = "prioritas"
    verbose_name = "Prioritas program"

    def ready(self) -> None:
        from musrenbang.services.pagu import scoring_started
        from rkp.prioritas.queries import papan

        scoring_started.answered_by(papan.scoring_started)
