"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class TindakLanjutConfig(AppConfig):
    """After the day: approval, submission, review, sorting to SKPD, answers."""

    name = "tindak_lanjut"
    verbose_name = "Tindak lanjut"

    def ready(self) -> None:
        from musrenbang.rules import add_izin
        from musrenbang.trail_words import add_words
        from tindak_lanjut import izin, jejak
        from tindak_lanjut.queries import fate, tanggapan
        from usulan.queries.repeats import fate_of, unfunded_of

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS)
        unfunded_of.answered_by(tanggapan.unaccommodated)
        fate_of.answered_by(fate.fate)
