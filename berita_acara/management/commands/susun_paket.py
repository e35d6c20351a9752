"""``manage.py susun_paket PK``: make the documents of a set. Started by the application itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berita_acara.models import Paket
from berita_acara.services.paket import build_paket


class Command(BaseCommand):
    """Make every document of a set that is still open, then its ZIP."""

    help = "Menyusun paket dokumen (dijalankan oleh aplikasi)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pk", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        if not Paket.objects.filter(pk=options["pk"]).exists():
            raise CommandError(f"Paket {options['pk']} tidak ada.", returncode=2)
        build_paket(options["pk"])
