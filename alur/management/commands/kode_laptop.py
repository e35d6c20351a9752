"""``manage.py kode_laptop``: the code of this laptop, to be typed at the server that lets an event go."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from alur.aula.kunci import code_of, laptop_key, public_of
from musrenbang.infra.commands import MusrenbangCommand


class Command(MusrenbangCommand):
    """Show the code; the first time it makes the laptop's key, which stays in ``VAR_DIR``."""

    help = "Menampilkan kode laptop ini untuk halaman “Bawa ke aula” di server."
    perlu_tabel = False

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kode = code_of(public_of(laptop_key(settings.VAR_DIR)))
        except (OSError, ValueError) as error:
            raise CommandError(
                f"Kunci laptop di {settings.VAR_DIR} tidak dapat dibaca atau dibuat. Periksa foldernya, lalu ulangi.",
                returncode=2,
            ) from error
        self.stdout.write(f"Kode laptop ini: {kode}")
