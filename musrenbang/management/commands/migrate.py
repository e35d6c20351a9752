"""``manage.py migrate``: Django's own, for a database that this program knows."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.infra.era import require_known


class Command(MusrenbangCommand, Migrate):
    """Bring the tables up to this version, unless they come from before its first migration or from a newer one."""

    perlu_tabel = False

    def handle(self, *args: Any, **options: Any) -> None:
        require_known(connections[options["database"]])
        super().handle(*args, **options)
