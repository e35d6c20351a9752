"""The project itself is also the base app."""

from django import forms
from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from musrenbang import anak
from musrenbang.tunggu import limit_waits


class MusrenbangConfig(AppConfig):
    name = "musrenbang"
    verbose_name = "Musrenbang"

    def ready(self) -> None:
        # Django's Indonesian says "Bidang ini ..." for a field, but a bidang is a sector here.
        forms.Field.default_error_messages["required"] = "Isian ini wajib diisi."
        connection_created.connect(limit_waits)
        anak.use_folder(settings.VAR_DIR / "anak")
        from musrenbang import checks  # noqa: F401, PLC0415 -- registers the system checks once apps are loaded
