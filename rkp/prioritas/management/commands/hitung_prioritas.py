"""``manage.py hitung_prioritas MASUKAN.json``: anyone can recompute a published ranking. No database.

A ``.pb`` file of pabulib.org is taken as well.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from musrenbang.infra.commands import MusrenbangCommand
from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.pb import read_pb
from rkp.prioritas.engine.published import compute


class Command(MusrenbangCommand):
    """Rank and fund what a JSON file describes, print JSON."""

    help = "Menghitung peringkat dan pendanaan dari berkas JSON, mencetak JSON. Tanpa basis data."
    perlu_tabel = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("masukan", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["masukan"]
        try:
            text = path.read_text(encoding="utf-8-sig")
            result = compute(read_pb(text) if path.suffix == ".pb" else json.loads(text))
        except OSError as error:
            raise CommandError(f"{path} tidak dapat dibaca: {error.strerror}.", returncode=2) from error
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise CommandError(f"{path} bukan JSON yang utuh.", returncode=2) from error
        except BadInput as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(_one_line_each(result))


def _one_line_each(result: dict[str, Any]) -> str:
    """Return the result as JSON with a line for every work: readable, and fast for ten thousand of them."""
    parts = [
        f'"{nama}": [\n' + ",\n".join(json.dumps(one, ensure_ascii=False) for one in result[nama]) + "\n]"
        for nama in ("peringkat", "pendanaan")
    ]
    return "{" + ",\n".join([*parts, f'"ringkasan": {json.dumps(result["ringkasan"])}']) + "}"
