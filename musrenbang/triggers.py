"""The triggers by which the database itself keeps the trail and issued papers: all their names stand here.

Each table refuses UPDATE and DELETE row by row and, on PostgreSQL, TRUNCATE. SQLite drops the triggers of a table that
a migration makes anew, so such a migration ends with ``put_on``; ``missing`` tells which are gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Unchanging:
    """A table whose rows stay as they are, where ``bila`` is true of the old row, and what the refusal says."""

    tabel: str
    awalan: str
    kata: str
    fungsi: str
    bila: str = ""

    @property
    def pemicu(self) -> dict[str, str]:
        """Operation -> name of the trigger that refuses it, in the database in use."""
        nama = {"UPDATE": f"{self.awalan}_tidak_berubah", "DELETE": f"{self.awalan}_tidak_dihapus"}
        return nama | ({"TRUNCATE": f"{self.awalan}_tidak_dikosongkan"} if connection.vendor == "postgresql" else {})


TETAP = (
    Unchanging("musrenbang_jejakaudit", "jejak", "Jejak audit tidak dapat diubah atau dihapus.", "jejak_tolak_ubah"),
    Unchanging(
        "musrenbang_jejakacuan", "jejak_acuan", "Jejak audit tidak dapat diubah atau dihapus.", "jejak_tolak_ubah"
    ),
    Unchanging(
        "musrenbang_dokumen",
        "dokumen",
        "Dokumen yang sudah terbit tidak dapat diubah atau dihapus.",
        "dokumen_tolak_ubah",
        "OLD.sha256 <> ''",
    ),
    Unchanging(
        "sidang_terbitanundangan",
        "terbitan",
        "Undangan yang sudah terbit tidak dapat diubah atau dihapus.",
        "terbitan_tolak_ubah",
    ),
)


def put_on(run: Any, tabel: str) -> None:
    """Create the triggers of a table, whichever of them is there already. ``run`` executes one statement."""
    t = next(t for t in TETAP if t.tabel == tabel)
    if connection.vendor == "postgresql":
        run(
            f"CREATE OR REPLACE FUNCTION {t.fungsi}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{t.kata}'; END $$"
        )
    for operation, nama in t.pemicu.items():
        run(f"DROP TRIGGER IF EXISTS {nama}" + (f" ON {tabel}" if connection.vendor == "postgresql" else ""))
        run(_statement(t, operation, nama))


def _statement(t: Unchanging, operation: str, nama: str) -> str:
    when = f" WHEN ({t.bila})" if t.bila and operation != "TRUNCATE" else ""
    if connection.vendor == "sqlite":
        return f"CREATE TRIGGER {nama} BEFORE {operation} ON {t.tabel}{when} BEGIN SELECT RAISE(ABORT, '{t.kata}'); END"
    every = "STATEMENT" if operation == "TRUNCATE" else f"ROW{when}"
    return f"CREATE TRIGGER {nama} BEFORE {operation} ON {t.tabel} FOR EACH {every} EXECUTE FUNCTION {t.fungsi}()"


def take_off(run: Any, tabel: str) -> None:
    """Drop the triggers of a table; for migrations and ``lifted`` alone."""
    t = next(t for t in TETAP if t.tabel == tabel)
    for nama in t.pemicu.values():
        run(f"DROP TRIGGER IF EXISTS {nama}" + (f" ON {tabel}" if connection.vendor == "postgresql" else ""))


@contextmanager
def lifted() -> Iterator[None]:
    """Take every trigger off and put them on again: for emptying the data of a training, and for tests.

    Raises RuntimeError without MODE_LATIHAN: real data is not emptied by this program.
    """
    if not settings.MODE_LATIHAN:
        raise RuntimeError("Penjaga jejak hanya dapat dilepas dengan MODE_LATIHAN=1.")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks outstanding cannot be altered
        for t in TETAP:
            take_off(cursor.execute, t.tabel)
        try:
            yield
        finally:
            for t in TETAP:
                put_on(cursor.execute, t.tabel)


def missing() -> list[str]:
    """Return the names of the triggers that are not there, are switched off, or do something else than refuse."""
    existing = _sqlite() if connection.vendor == "sqlite" else _postgres()
    expected = {
        nama: _statement(t, operation, nama) if connection.vendor == "sqlite" else _shape(t, operation)
        for t in TETAP
        for operation, nama in t.pemicu.items()
    }
    return [nama for nama, shape in expected.items() if shape not in existing.get(nama, ())]


def _sqlite() -> dict[str, list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {nama: [sql] for nama, sql in cursor.fetchall()}


def _shape(t: Unchanging, operation: str) -> tuple[Any, ...]:
    """What the catalogue of PostgreSQL says of a trigger of ours: table, kind (its bits), body, and on which rows."""
    jenis = {"UPDATE": 1 | 2 | 16, "DELETE": 1 | 2 | 8, "TRUNCATE": 2 | 32}[operation]  # 1: each row, 2: before
    conditional = bool(t.bila) and operation != "TRUNCATE"
    return t.tabel, jenis, f"BEGIN RAISE EXCEPTION '{t.kata}'; END", "sha256" if conditional else ""


SYARAT_PG = "((old.sha256)::text <> ''::text)"


def _postgres() -> dict[str, list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, t.tgtype, btrim(p.prosrc), pg_get_triggerdef(t.oid), t.tgattr::text "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal"
        )
        result: dict[str, list[Any]] = {}
        for nama, tabel, jenis, content, shape, column in cursor.fetchall():
            _, existing, syarat = shape.partition(" WHEN ")
            syarat = "sha256" if syarat.startswith(f"({SYARAT_PG}) EXECUTE") else f"{existing}{syarat}"
            result.setdefault(nama, []).append((tabel, jenis, content, syarat if not column else f"kolom {column}"))
        return result
