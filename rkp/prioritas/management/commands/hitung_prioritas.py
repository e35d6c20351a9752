"""``manage.py hitung_prioritas MASUKAN.json``: anyone can recompute a published ranking. No database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rkp.prioritas.masukan import MasukanSalah
from rkp.prioritas.mesin import compute


class Command(BaseCommand):
    """Rank and fund what a JSON file describes, print JSON."""

    help = "Menghitung peringkat dan pendanaan dari berkas JSON, mencetak JSON. Tanpa basis data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("masukan", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["masukan"]
        try:
            hasil = compute(json.loads(path.read_text(encoding="utf-8-sig")))
        except OSError as galat:
            raise CommandError(f"{path} tidak dapat dibaca: {galat.strerror}.", returncode=2) from galat
        except (UnicodeDecodeError, json.JSONDecodeError) as galat:
            raise CommandError(f"{path} bukan JSON yang utuh.", returncode=2) from galat
        except MasukanSalah as galat:
            raise CommandError(str(galat), returncode=2) from galat
        self.stdout.write(json.dumps(hasil, ensure_ascii=False, indent=1))
