"""``manage.py create_demo``: the demo, built through the real services."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from alur.demo.build import JALUR, build_demo
from berita_acara.services.siap_cetak import no_layout_ahead
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.states import Tahap


class Command(MusrenbangCommand):
    """Build Kecamatan Sikur (and more) and walk it up to a stage. Training mode only."""

    help = "Membuat data latihan Kecamatan Sikur sampai tahap tertentu (hanya MODE_LATIHAN=1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tahap", default=Tahap.PERSIAPAN.value, help=f"salah satu dari {', '.join(JALUR)}")
        parser.add_argument("--usulan", type=int, default=112, help="jumlah usulan per kecamatan")
        parser.add_argument("--kecamatan", type=int, default=1, help="jumlah kecamatan (1 sampai 21)")
        parser.add_argument("--reset", action="store_true", help="kosongkan basis data latihan lebih dahulu")
        parser.add_argument("--jika-kosong", action="store_true", help="tidak berbuat apa-apa bila data sudah ada")

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        if Pengguna.objects.exists() or Musrenbang.objects.exists():
            if options["jika_kosong"]:
                return
            if not options["reset"]:
                raise CommandError("Basis data sudah berisi. Pakai --reset untuk mengosongkannya.", returncode=2)
            call_command("flush", interactive=False, verbosity=0)
        start = time.monotonic()
        with transaction.atomic(), no_layout_ahead():
            acara = build_demo(tahap=options["tahap"], usulan=options["usulan"], kecamatan=options["kecamatan"])
        old = time.monotonic() - start
        self.stdout.write(f"{len(acara)} Musrenbang pada tahap {options['tahap']}, {old:.1f} detik.")

    def _check(self, options: dict[str, Any]) -> None:
        if not settings.MODE_LATIHAN:
            raise CommandError("create_demo hanya berjalan dengan MODE_LATIHAN=1.", returncode=2)
        if options["tahap"] not in JALUR:
            raise CommandError(f"Tahap “{options['tahap']}” tidak dikenal. Pilih: {', '.join(JALUR)}.", returncode=2)
        if not 1 <= options["kecamatan"] <= 21:
            raise CommandError("--kecamatan harus 1 sampai 21.", returncode=2)
        if options["usulan"] < 20:
            raise CommandError("--usulan sekurang-kurangnya 20, agar setiap desa punya usulan.", returncode=2)
