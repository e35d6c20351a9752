"""``manage.py check_musrenbang SLUG``: invariants over real data; exit 1 and a list when one is broken."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from berita_acara.periksa import broken_invariants
from musrenbang.models import Musrenbang
from musrenbang.perintah import Perintah


class Command(Perintah):
    """Check that an event's record still hangs together."""

    help = "Memeriksa keutuhan data satu Musrenbang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        musrenbang = Musrenbang.objects.select_related("kecamatan__kabupaten").filter(slug=options["slug"]).first()
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{options['slug']}” tidak ada.", returncode=2)
        rusak = broken_invariants(musrenbang)
        for kalimat in rusak:
            self.stdout.write(kalimat)
        if rusak:
            raise CommandError(f"{len(rusak)} ketentuan tidak terpenuhi.", returncode=1)
        self.stdout.write(f"{musrenbang}: utuh.")
