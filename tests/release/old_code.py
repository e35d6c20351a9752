"""Run by the code of an earlier release, in a process of its own: what it writes, and a walk on a schema given to it.

``old_code.py columns`` prints {table: columns} as JSON. ``old_code.py walk SCHEMA`` makes a database of the statements
in that file, writes a row to every table with exactly the columns that this code writes, and then imports, moves, votes
and issues a paper. It knows nothing of the program but what stays the same in every release: a command and addresses.
"""

import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import django

HOST = "127.0.0.1"
STAGE = "penandatanganan"


def written_columns() -> dict[str, list[str]]:
    """Return the columns that this code names when it writes a row, by table."""
    from django.apps import apps

    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return {m._meta.db_table: [f.column for f in m._meta.local_concrete_fields] for m in models}


def make_database(path: str, schema: dict[str, Any]) -> None:
    """Make a database of a schema; of its migrations it notes those that this code knows, as it would refuse others."""
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None).disk_migrations
    with sqlite3.connect(path) as base:
        for statement in schema["statements"]:
            base.execute(statement)
        rows = [row for row in schema["migrations"] if (row[0], row[1]) in known]
        base.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", rows)


def write_every_table(path: str) -> int:
    """Insert a row into every table and take it back. Only what a column must hold is tried, not what it may hold."""
    base = sqlite3.connect(path, isolation_level=None)
    base.executescript("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; BEGIN")
    tables = written_columns()
    for n, (table, columns) in enumerate(tables.items()):
        names, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
        base.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [10**9 + n] * len(columns))
    base.execute("ROLLBACK")
    base.close()
    return len(tables)


def walk() -> dict[str, Any]:
    """Import, move and vote (the demo up to the signing), then issue the Berita Acara and read pages; return counts."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = [HOST]
    call_command("create_demo", tahap=STAGE, usulan=20, stdout=io.StringIO())
    models = {m.__name__: m for m in apps.get_models(include_auto_created=True)}
    seat = models["Keanggotaan"].objects.filter(peran="sekcam").select_related("pengguna").order_by("pk")[0]
    client, slug = Client(SERVER_NAME=HOST), models["Musrenbang"].objects.get().slug
    client.force_login(seat.pengguna)
    home = f"/m/{slug}/"
    answers = {path: client.get(path).status_code for path in (home, f"{home}usulan/", f"{home}rkp/")}
    answers["issue"] = client.post(f"{home}berita-acara/terbitkan/").status_code
    paper = client.get(f"{home}berita-acara/1.pdf")
    body = b"".join(paper.streaming_content) if paper.streaming else paper.content
    rows = {name: m._base_manager.count() for name, m in models.items()}
    return {"answers": list(answers.values()), "paper": body[:5].decode("latin-1"), "rows": rows}


def main() -> None:
    """Do what the arguments say and print it as JSON."""
    django.setup()
    from django.conf import settings

    if sys.argv[1] == "columns":
        sys.stdout.write(json.dumps(written_columns()))
        return
    path = str(settings.DATABASES["default"]["NAME"])
    make_database(path, json.loads(Path(sys.argv[2]).read_text()))
    said: dict[str, Any] = {"tables": write_every_table(path)}
    if "--tables" not in sys.argv:
        said |= walk()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
