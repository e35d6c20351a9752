"""Jobs of the base app: what workers do for it (see ``infra.queue``)."""

from django.core.management import call_command
from django_tasks import task


@task()
def make_backup(nama: str) -> None:
    """Back up into every folder of ``CADANGAN_DIR``; one that is away fails the job, never the move."""
    call_command("cadangkan", otomatis=True, nama=nama)
