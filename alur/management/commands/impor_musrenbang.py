"""``manage.py impor_musrenbang FILE``: load an event that was taken from a server, or exported, where it is not yet."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from alur.aula import envelope, kunci
from alur.aula.envelope import BadFile
from alur.aula.izin import read_izin
from alur.aula.services.journeys import load_export, load_file
from alur.aula.unseal import open_plain
from berita_acara.models import AsalAula
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused

TANPA_TANDA = (
    "Berkas ini tidak bertanda tangan, jadi asal dan keutuhannya tidak dapat diperiksa. Bila Anda sendiri yang "
    "menulisnya dengan ekspor_musrenbang, ulangi dengan --tanpa-tanda."
)


class Command(MusrenbangCommand):
    """Load the file that "Bawa ke aula" gave out, or with ``--tanpa-tanda`` an export without a signature.

    The fingerprint of the server that signed is shown first; loading goes on only when somebody said that it is right.
    """

    help = "Memuat satu Musrenbang dari berkas server atau dari ekspor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas")
        parser.add_argument("--jika-belum", action="store_true", help="tidak berbuat apa-apa bila sudah ada Musrenbang")
        parser.add_argument(
            "--sidik", default=os.environ.get("SIDIK", ""), help="kode keaslian kunci yang tampil di server"
        )
        parser.add_argument("--sandi", default=os.environ.get("SANDI_BERKAS", ""), help="atau SANDI_BERKAS")
        parser.add_argument("--tanpa-tanda", action="store_true", help="muat ekspor yang tidak bertanda tangan")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["berkas"])
        if options["jika_belum"] and Musrenbang.objects.exists() and not self._renews(path):
            return
        try:
            if path.stat().st_size > envelope.TERURAI_MAKS:
                raise BadFile(f"{path} lebih besar dari {envelope.TERURAI_MAKS >> 20} MB, jadi tidak dibaca.")
            file = path.read_bytes()
            musrenbang = self._load(file, options)
        except OSError as error:
            raise CommandError(f"{options['berkas']} tidak dapat dibaca: {error.strerror}.", returncode=2) from error
        except (Refused, BadFile) as failure:
            raise CommandError(str(failure), returncode=2) from failure
        self.stdout.write(f"{musrenbang} dimuat.")

    def _renews(self, path: Path) -> bool:
        """Tell whether the permit here has ended and the file, of the same journey, may bring a newer one."""
        try:
            nomor = envelope.unwrap(path.read_bytes()).nomor
        except (OSError, BadFile):
            return False
        origin = AsalAula.objects.filter(nomor=nomor).first()
        return origin is not None and bool(origin.izin) and read_izin(origin.izin["izin"]).sampai < timezone.now()

    def _load(self, berkas: bytes, options: dict[str, Any]) -> Musrenbang:
        if berkas.lstrip()[:1] == b"{":
            dokumen = open_plain(berkas)
            if not options["tanpa_tanda"]:
                raise BadFile(TANPA_TANDA)
            return load_export(dokumen)
        outside = envelope.unwrap(berkas)
        digest = kunci.fingerprint(outside.kunci)
        self.stdout.write(f"Kode keaslian kunci server asalnya: {digest}")
        self._confirm(digest, options["sidik"])
        sandi = options["sandi"] or self._ask("Kata sandi berkas: ", getpass)
        kode = kunci.code_of(kunci.public_of(kunci.laptop_key(settings.VAR_DIR)))
        return load_file(berkas, sandi=sandi, kode=kode)

    def _confirm(self, sidik: str, mentioned: str) -> None:
        """Go on only when the fingerprint was named, or somebody at the keyboard says that it is the server's."""
        if mentioned:
            if mentioned.upper().split() != sidik.split() and "".join(mentioned.upper().split()) != sidik.replace(
                " ", ""
            ):
                raise BadFile("Kode keaslian kunci berkas ini lain daripada yang disebut, jadi tidak dimuat.")
            return
        response = self._ask("Sama dengan yang tampil di halaman “Bawa ke aula” di server? (ya/tidak) ", input)
        if response.strip().lower() not in {"ya", "y"}:
            raise BadFile("Tidak dimuat. Ambil berkasnya langsung dari server, lalu cocokkan lagi kode keasliannya.")

    def _ask(self, words: str, read: Any) -> str:
        if not sys.stdin.isatty():
            raise BadFile(
                'Cocokkan kode keaslian itu dengan yang tampil di server, lalu ulangi dengan --sidik "…" dan --sandi '
                '(untuk make aula: SIDIK="…" SANDI_BERKAS=…).'
            )
        return str(read(words))
