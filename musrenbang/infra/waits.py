"""How long one waits for another: for a lock in the database, and for a copy of it.

The limits of what else is waited for stand where it is waited: PDF workers (``pdf/pool``), children that read files
(``usulan/impor/old_formats``), storage (``settings/server``), the browser (``static/js``).
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

KUNCI_DETIK = 20
"""For a row that somebody else is changing; SQLite's busy timeout is the same (``env.sqlite``)."""
PERINTAH_DETIK = 300
DIAM_DETIK = 300
"""After which the server ends a transaction in which nothing is asked any more: its process hangs or was stopped."""


def limit_waits(sender: object, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Set the limits of a new connection to PostgreSQL; by a statement, because a pooler takes no start options."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"SET lock_timeout = '{KUNCI_DETIK}s'; SET statement_timeout = '{PERINTAH_DETIK}s'; "
                f"SET idle_in_transaction_session_timeout = '{DIAM_DETIK}s'"
            )
