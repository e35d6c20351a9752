"""``manage.py muat_acuan KODE --tahun N+1 [--berkas FILE]``: reference data for a kabupaten."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from musrenbang.acuan.services.acuan import import_acuan
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.models import Kabupaten


class Command(MusrenbangCommand):
    """Add bidang, SKPD, keywords, priorities, funding sources and units; what exists stays as it is."""

    help = "Memuat data acuan (bidang, SKPD, prioritas daerah, sumber dana, satuan) untuk satu kabupaten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kode", help="kode kabupaten, misalnya 52.03")
        parser.add_argument("--tahun", type=int, required=True, help="tahun rencana (N+1)")
        parser.add_argument("--berkas", type=Path, default=settings.BASE_DIR / "fixtures/acuan.json")

    def handle(self, *args: Any, **options: Any) -> None:
        kabupaten = Kabupaten.objects.filter(kode=options["kode"]).first()
        if kabupaten is None:
            raise CommandError(f"Kabupaten {options['kode']} belum ada; jalankan impor_wilayah dahulu.", returncode=2)
        try:
            jumlah = import_acuan(berkas=options["berkas"], kabupaten=kabupaten, tahun=options["tahun"])
        except OSError as error:
            raise CommandError(f"{options['berkas']} tidak dapat dibaca: {error.strerror}.", returncode=2) from error
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise CommandError(
                f"{options['berkas']}: bentuknya tidak seperti fixtures/acuan.json.", returncode=2
            ) from error
        self.stdout.write(", ".join(f"{n} {nama}" for nama, n in jumlah.items()))
