"""``manage.py ekspor_musrenbang SLUG [--ke FILE]``: the whole event as one JSON document."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from alur.aula.content import export
from alur.aula.envelope import BadFile
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.models import Musrenbang


class Command(MusrenbangCommand):
    """Write an event down with everything that belongs to it. Nothing is locked; to work elsewhere, take it away."""

    help = "Menulis seluruh isi satu Musrenbang sebagai satu dokumen JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--ke", help="nama berkas; tanpa ini ditulis ke layar")

    def handle(self, *args: Any, **options: Any) -> None:
        musrenbang = Musrenbang.objects.filter(slug=options["slug"]).first()
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{options['slug']}” tidak ada.", returncode=2)
        try:
            text = json.dumps(export(musrenbang), ensure_ascii=False, indent=1)
        except BadFile as failure:
            raise CommandError(str(failure), returncode=2) from failure
        if not options["ke"]:
            sys.stdout.write(text)
            return
        try:
            Path(options["ke"]).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['ke']} tidak dapat ditulis: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"{musrenbang} ditulis ke {options['ke']}.")
