"""``manage.py impor_musrenbang FILE``: load an exported event where it is not yet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from berita_acara.bawa import fingerprint, unseal
from berita_acara.services import load_file
from musrenbang.models import Musrenbang
from musrenbang.perintah import Perintah
from musrenbang.transisi import Ditolak


class Command(Perintah):
    """Load an event from the document of ``ekspor_musrenbang`` or from the file that "Bawa ke aula" gave out."""

    help = "Memuat satu Musrenbang dari berkas ekspor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas")
        parser.add_argument("--jika-belum", action="store_true", help="tidak berbuat apa-apa bila sudah ada acara")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["jika_belum"] and Musrenbang.objects.exists():
            return
        try:
            berkas = Path(options["berkas"]).read_bytes()
        except OSError as galat:
            raise CommandError(f"{options['berkas']} tidak dapat dibaca: {galat.strerror}.", returncode=2) from galat
        try:
            musrenbang = load_file(berkas)
        except Ditolak as penolakan:
            raise CommandError(str(penolakan), returncode=2) from penolakan
        self.stdout.write(f"{musrenbang} dimuat.")
        _, publik = unseal(berkas)
        if publik:
            self.stdout.write(f"Sidik kunci asalnya: {fingerprint(publik)}. Cocokkan dengan yang tampil di server.")
