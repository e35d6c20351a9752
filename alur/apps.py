"""App configuration: what the roof knows is registered where lower apps ask for it."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class AlurConfig(AppConfig):
    """How an event goes; the one place that knows every app."""

    name = "alur"
    verbose_name = "Alur"

    def ready(self) -> None:
        from alur import izin, jejak, panel, tahap
        from alur.aula import permit
        from alur.queries import board
        from musrenbang.board import next_steps
        from musrenbang.kunci import permit_words
        from musrenbang.rules import add_izin
        from musrenbang.sidang.panel import panels
        from musrenbang.trail_words import add_words
        from tindak_lanjut.queries.kabupaten import stage_deadlines

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS)
        permit_words.answered_by(permit.permit_words)
        panels.answered_by(panel.all_panels)
        next_steps.answered_by(board.next_steps)
        stage_deadlines.answered_by(tahap.stage_deadlines)
