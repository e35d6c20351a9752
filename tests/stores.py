"""Test databases that are copied: an SQLite file or a PostgreSQL database, migrated once and kept for later runs."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader


class SqliteStore:
    """Databases as files in the folder of this machine."""

    def __init__(self) -> None:
        self.folder = Path(settings.VAR_DIR) / "uji"
        self.folder.mkdir(parents=True, exist_ok=True)

    def name(self, name: str) -> str:
        return str(self.folder / f"{name}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str) -> None:
        """Nothing to do: SQLite makes the file at the first connection."""

    def rename(self, name: str, new: str) -> None:
        Path(name).rename(new)

    def copy(self, source: str, target: str) -> None:
        """Copy a database that nobody has open; closing the last connection has emptied its journal."""
        self.drop(target)
        shutil.copyfile(source, target)

    def drop(self, name: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)


class PostgresStore:
    """Databases of one server; a copy is made by the server from a template."""

    def name(self, name: str) -> str:
        return f"uji_{name}"

    def exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def create(self, name: str) -> None:
        self._run(f'CREATE DATABASE "{name}"')

    def rename(self, name: str, new: str) -> None:
        self._run(f'ALTER DATABASE "{name}" RENAME TO "{new}"')

    def copy(self, source: str, target: str) -> None:
        self.drop(target)
        # A thread of a test may still hold a connection; a template must have none.
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'")
        self._run(f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY')

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


Store = SqliteStore | PostgresStore


def switch(database: str) -> None:
    """Connect this process, threads that come later included, to a database."""
    connections.close_all()
    connection.settings_dict["NAME"] = database


def sequences() -> str:
    """Return where the database in use counts its keys. PostgreSQL counts on when a transaction is taken back."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT json_object_agg(seqrelid::int, pg_sequence_last_value(seqrelid)) FROM pg_sequence")
        return json.dumps(cursor.fetchone()[0])


def put_back(counted: str) -> None:
    """Let the database in use count its keys from there again, as SQLite does by itself."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(key::int::regclass, coalesce(value::bigint, 1), value IS NOT NULL) "
            "FROM json_each_text(%s) WHERE pg_sequence_last_value(key::int::regclass) IS DISTINCT FROM value::bigint",
            [counted],
        )


def template_of(store: Store) -> str:
    """Return the migrated database that is kept until a migration changes."""
    return store.name(_digest_of_migrations())


@contextmanager
def migrated(store: Store) -> Iterator[str]:
    """Give a worker a migrated database of its own, copied from the one that is kept."""
    first = connection.settings_dict["NAME"]
    template = template_of(store)
    own = store.name(f"kerja_{os.getpid()}")
    with _alone(settings.VAR_DIR):
        if not store.exists(template):
            fresh = store.name(f"baru_{os.getpid()}")
            store.drop(fresh)
            store.create(fresh)
            switch(fresh)
            call_command("migrate", verbosity=0)
            switch(first)
            store.rename(fresh, template)
        store.copy(template, own)
    switch(own)
    try:
        yield own
    finally:
        switch(first)
        store.drop(own)


def _digest_of_migrations() -> str:
    """Return what the migrated database depends on: Django, and the text of every migration."""
    digest = hashlib.sha256(django.__version__.encode())
    for key, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        module = __import__(type(migration).__module__, fromlist=["Migration"])
        digest.update(repr(key).encode() + Path(module.__file__).read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one worker at a time look for the template and make it."""
    with (Path(folder) / "uji.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
