"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class TindakLanjutConfig(AppConfig):
    """After the day: approval, submission, review, sorting to SKPD, answers."""

    name = "tindak_lanjut"
    verbose_name = "Tindak lanjut"

    def ready(self) -> None:
        from tindak_lanjut.queries import nasib, tanggapan
        from usulan.queries.ulang import fate_of, unfunded_of

        unfunded_of.answered_by(tanggapan.unaccommodated)
        fate_of.answered_by(nasib.fate)
