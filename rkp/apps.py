"""App configuration."""

# ruff: noqa: PLC0415 -- models are there only when ``ready`` is called

from django.apps import AppConfig


class RkpConfig(AppConfig):
    name = "rkp"
    verbose_name = "RKP Kecamatan"

    def ready(self) -> None:
        from musrenbang.acuan.services.wilayah import desa_renamed
        from musrenbang.rules import add_izin
        from musrenbang.trail_words import add_words
        from rkp import izin, jejak
        from rkp.services.desa_names import follow_desa_names

        add_izin(izin.IZIN)
        add_words(aksi=jejak.AKSI, status=jejak.STATUS, kolom=jejak.KOLOM)
        desa_renamed.answered_by(follow_desa_names)
