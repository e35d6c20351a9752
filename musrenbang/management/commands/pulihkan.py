"""``manage.py pulihkan FILE --ya``: database and files as a backup has them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from musrenbang.akun.sesi import end_all_sessions
from musrenbang.infra.backup.store import BackupFailed, make_backup, restore_backup
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.infra.env import envsecret
from musrenbang.models import Musrenbang


class Command(MusrenbangCommand):
    """Check a backup whole, keep what is there now as a backup of its own, then take the old state back."""

    help = "Memulihkan basis data dan berkas dari satu arsip cadangan."
    perlu_tabel = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas")
        parser.add_argument("--sandi", default=envsecret("CADANGAN_SANDI") or "", help="atau CADANGAN_SANDI")
        parser.add_argument("--ya", action="store_true", help="ganti isi yang sekarang")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["berkas"])
        try:
            if self._has_data():
                if not options["ya"]:
                    raise CommandError("Basis data sudah berisi. Ulangi dengan --ya untuk menggantinya.", returncode=2)
                before = make_backup(file.resolve().parent, nama="sebelum-pulih", sandi=options["sandi"])
                self.stdout.write(f"Keadaan sekarang disimpan di {before}.")
            manifest = restore_backup(file, sandi=options["sandi"])
        except BackupFailed as error:
            raise CommandError(str(error), returncode=2) from error
        call_command("migrate", verbosity=0)
        expired = end_all_sessions()
        self.stdout.write(f"Dipulihkan ke keadaan {manifest['dibuat_pada']} ({len(manifest['berkas'])} berkas).")
        self.stdout.write(f"{expired} sesi masuk yang ikut dipulihkan diakhiri; semua orang masuk lagi.")
        if connection.vendor == "postgresql":  # rights belong to the tables that were dropped, and a dump carries none
            self.stdout.write(
                "Bila server melayani dengan peran basis data tersendiri, jalankan deploy/basisdata/migrasi.sh; "
                "sebelum itu peran tersebut belum boleh membuka tabel yang dipulihkan."
            )

    def _has_data(self) -> bool:
        return Musrenbang._meta.db_table in connection.introspection.table_names() and Musrenbang.objects.exists()
