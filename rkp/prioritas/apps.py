"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class PrioritasConfig(AppConfig):
    name = "rkp.prioritas"
    label = "prioritas"
    verbose_name = "Prioritas program"

    def ready(self) -> None:
        from musrenbang.persiapan.services.pagu import scoring_started
        from musrenbang.rules import add_izin
        from musrenbang.sidang.panel import running_votes
        from musrenbang.trail_words import add_words
        from rkp.prioritas import izin, jejak
        from rkp.prioritas.queries import board, suara
        from rkp.queries.kelompok import scores_used

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS, kolom=jejak.KOLOM)
        scoring_started.answered_by(board.scoring_started)
        scores_used.answered_by(board.uses_group_scores)
        running_votes.answered_by(suara.running_votes)
