"""Background work. A job waits in the database, written by the transaction that asks for it: no change without its job,
no job without its change, and nothing but the database to run.
"""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task


def enqueue(job: Task, **isi: Any) -> None:
    """Queue a job; its arguments are JSON-safe.

    A job may be delivered twice (its worker was killed before it could say that it was done), so each job does nothing
    the second time. Where no worker stands by, on a laptop, a process is started after the commit that ends when the
    queue is empty.
    """
    job.enqueue(**isi)
    if not settings.PEKERJA_TERPISAH:
        # a process that cannot be started is a line in the log: what was saved is saved, and the job waits for the next
        transaction.on_commit(start_worker, robust=True)


def start_worker() -> None:
    """Start a process that empties the queue: it outlives the request and its memory is given back."""
    subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
