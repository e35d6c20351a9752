"""``manage.py impor_wilayah DIR``: load region codes from CSV."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from musrenbang.acuan.services.wilayah import BadWilayahFile, import_wilayah
from musrenbang.infra.commands import MusrenbangCommand


class Command(MusrenbangCommand):
    """Insert or rename regions; running it twice changes nothing."""

    help = "Memuat kode wilayah dari folder berisi provinsi, kabupaten_kota, kecamatan, desa_kelurahan (.csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            jumlah = import_wilayah(folder=options["dir"])
        except BadWilayahFile as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(", ".join(f"{n} {nama}" for nama, n in jumlah.items()))
