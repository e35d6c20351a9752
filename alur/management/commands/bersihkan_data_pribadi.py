"""``manage.py bersihkan_data_pribadi [--simpan]``: forget personal data that is no longer needed."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from alur.services.privacy import forget_personal_data
from musrenbang.infra.commands import MusrenbangCommand


class Command(MusrenbangCommand):
    """Count, or with ``--simpan`` clear, addresses, phone numbers and ages of past meetings and old sign-in logs."""

    help = "Menghapus data pribadi yang tidak diperlukan lagi (tanpa --simpan hanya menghitung)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tahun", type=int, default=settings.RETENSI_TAHUN, help="disimpan selama sekian tahun")
        parser.add_argument("--simpan", action="store_true", help="benar-benar menghapus")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["tahun"] < 1:
            raise CommandError("Data pribadi disimpan sekurang-kurangnya satu tahun.", returncode=2)
        until = timezone.localdate().year - options["tahun"]
        jumlah = forget_personal_data(until_year=until, save=options["simpan"])
        words = "dihapus" if options["simpan"] else "akan dihapus dengan --simpan"
        for what, n in jumlah.items():
            self.stdout.write(f"{what}: {n} {words}")
