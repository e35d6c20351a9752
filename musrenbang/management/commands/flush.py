"""``manage.py flush``: Django's own, for the data of a training alone."""

import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush

from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.infra.kept import folders
from musrenbang.jangkar.read import ASAL
from musrenbang.triggers import lifted


class Command(MusrenbangCommand, Flush):
    """Empty the database of a training; what was kept of its trail outside goes too, for it speaks of other data."""

    def handle(self, **options: Any) -> None:
        if not settings.MODE_LATIHAN:
            raise CommandError("Hanya data latihan (MODE_LATIHAN=1) yang dapat dikosongkan.", returncode=2)
        with lifted():
            super().handle(**options)
        for folder in folders():
            shutil.rmtree(folder / ASAL, ignore_errors=True)  # nothing else that lies in somebody's folder
