"""``manage.py cadangkan [--ke FOLDER]...``: database and files in one archive, while people work."""

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from musrenbang.infra.backup.store import BackupFailed, make_backup, prune_backups
from musrenbang.infra.commands import MusrenbangCommand, require_tables
from musrenbang.infra.env import envsecret
from musrenbang.services.jangkar import sign_all


class Command(MusrenbangCommand):
    """Make a backup in every folder; one that cannot be reached is told, the others are made."""

    help = "Mencadangkan basis data dan berkas ke satu arsip."
    perlu_tabel = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ke", action="append", help="folder tujuan; boleh beberapa (bawaan: CADANGAN_DIR)")
        parser.add_argument("--nama", default="musrenbang", help="awal nama berkas")
        parser.add_argument("--sandi", default=envsecret("CADANGAN_SANDI") or "", help="atau CADANGAN_SANDI")
        parser.add_argument("--otomatis", action="store_true", help="simpan hanya 20 yang terbaru dengan nama itu")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = [Path(f) for f in options["ke"] or settings.CADANGAN_DIR]
        if not folder:
            raise CommandError("Sebutkan folder tujuannya dengan --ke, atau isi CADANGAN_DIR.", returncode=2)
        require_tables(old=True)
        failures = []
        if options["otomatis"]:  # the nightly run also signs what went on since the last checkpoint
            with suppress(CommandError):  # a database of an older version is backed up before it is migrated
                require_tables()
                sign_all()
        for one in folder:
            try:
                result = make_backup(one, sandi=options["sandi"], nama=options["nama"])
            except BackupFailed as error:
                failures.append(f"{one}: {error}")
                continue
            self.stdout.write(f"{result} ({result.stat().st_size // 1024} KB)")
            if options["otomatis"]:
                prune_backups(one, options["nama"])
        if failures:
            raise CommandError(" ".join(failures), returncode=1)
