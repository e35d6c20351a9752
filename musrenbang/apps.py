"""The project itself is also the base app."""

from django import forms
from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from musrenbang.infra import child, columns
from musrenbang.infra.waits import limit_waits


class MusrenbangConfig(AppConfig):
    name = "musrenbang"
    verbose_name = "Musrenbang"

    def ready(self) -> None:
        # Django's Indonesian says "Bidang ini ..." for a field, but a bidang is a sector here.
        forms.Field.default_error_messages["required"] = "Isian ini wajib diisi."
        connection_created.connect(limit_waits)
        columns.shorten()
        child.use_folder(settings.VAR_DIR / "anak")
        from musrenbang import checks, izin, jejak  # noqa: F401, PLC0415 -- checks register themselves
        from musrenbang.rules import add_izin  # noqa: PLC0415
        from musrenbang.trail_words import add_words  # noqa: PLC0415

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS, kolom=jejak.KOLOM)
