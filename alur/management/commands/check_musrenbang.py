"""``manage.py check_musrenbang SLUG [--titik FILE]``: invariants over real data; exit 1 when one is broken."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from alur.periksa import broken_invariants
from alur.periksa_checkpoints import key_changes
from alur.periksa_jangkar import check_notes
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.jangkar.note import BadNote, Checkpoint, read_notes
from musrenbang.models import Musrenbang


class Command(MusrenbangCommand):
    """Check that an event's record still hangs together."""

    help = "Memeriksa keutuhan data satu Musrenbang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument(
            "--titik", action="append", default=[], help="berkas titik periksa yang disimpan di tempat lain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        musrenbang = Musrenbang.objects.select_related("kecamatan__kabupaten").filter(slug=options["slug"]).first()
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{options['slug']}” tidak ada.", returncode=2)
        broken = broken_invariants(musrenbang)
        for file in options["titik"]:
            broken += check_notes(musrenbang, ((file, t) for t in self._read(file)))
        for sentence in broken:
            self.stdout.write(sentence)
        if broken:
            raise CommandError(f"{len(broken)} ketentuan tidak terpenuhi.", returncode=1)
        for sentence in key_changes(musrenbang):
            self.stdout.write(sentence)
        self.stdout.write(f"{musrenbang}: utuh.")

    def _read(self, berkas: str) -> list[Checkpoint | None]:
        try:
            return [*read_notes(Path(berkas).read_text(encoding="utf-8"))]
        except OSError as error:
            raise CommandError(f"{berkas} tidak dapat dibaca: {error.strerror}.", returncode=2) from error
        except (BadNote, UnicodeDecodeError):
            return [None]
