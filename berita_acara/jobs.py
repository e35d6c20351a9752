"""Jobs of the documents (see ``musrenbang.antrean``)."""

from django_tasks import task

from berita_acara import services


@task()
def build_paket(pk: int) -> None:
    """Make every document of a set that is still open, then its ZIP."""
    services.build_paket(pk)
