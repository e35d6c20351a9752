"""Jobs of the base app: what workers do for it (see ``antrean``)."""

from django.core.management import call_command
from django_tasks import task


@task()
def make_backup(nama: str) -> None:
    """Back up into every folder of ``CADANGAN_DIR``; a folder that is away is no error."""
    call_command("cadangkan", otomatis=True, nama=nama)
