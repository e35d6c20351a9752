"""Copying the database out and in: SQLite by its own backup while people work, PostgreSQL by pg_dump and psql.

The dump is plain SQL: the custom form of a newer pg_dump cannot be read by an older pg_restore, and a backup has to go
back into the server that is there.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, connections

from musrenbang.infra.waits import KUNCI_DETIK

SQLITE, POSTGRES = "basis-data.sqlite3", "basis-data.sql"
KEPALA = 4096
"""Bytes at the beginning of a dump, in which its settings stand."""
HALAMAN_SEKALI = 100_000
ALAT_DETIK = 3600
"""A copy of a whole province's database takes minutes; a tool that takes an hour waits for something."""
KOSONG = "Basis data di dalam cadangan ini kosong atau rusak. Tidak ada yang diubah."
SIBUK = "Basis data sedang dikunci program lain. Hentikan aplikasi dan program lain yang memakainya, lalu ulangi."


class DatabaseFailed(RuntimeError):
    """The database could not be copied; the text says why."""


def dump_database(folder: Path) -> Path:
    """Write the database as it is at one moment into ``folder``; return the file."""
    if connection.vendor == "sqlite":
        target = folder / SQLITE
        with closing(sqlite3.connect(_sqlite_path())) as origin, closing(sqlite3.connect(target)) as salinan:
            _copy(origin, salinan)
            salinan.execute("PRAGMA journal_mode=DELETE")
            result = salinan.execute("PRAGMA integrity_check").fetchone()[0]
        if result != "ok":
            raise DatabaseFailed(f"Salinan basis data tidak utuh: {result}.")
        return target
    target = folder / POSTGRES
    _run("pg_dump", "--clean", "--if-exists", "--no-owner", "--no-privileges", f"--file={target}")
    return target


def check_database(berkas: Path) -> None:
    """Raise DatabaseFailed for a copy that cannot replace the database: of another kind, empty, or damaged."""
    if (connection.vendor == "sqlite") != (berkas.name == SQLITE):
        raise DatabaseFailed("Cadangan ini dari jenis basis data yang lain (SQLite atau PostgreSQL).")
    if connection.vendor == "sqlite":
        _check_sqlite(berkas)
    else:
        _check_dump(berkas)


def restore_database(berkas: Path) -> None:
    """Put a copy that was checked in the place of the database. Raises DatabaseFailed when the tools fail."""
    if connection.vendor == "sqlite":
        connections.close_all()
        with closing(sqlite3.connect(berkas)) as origin, closing(sqlite3.connect(_sqlite_path())) as target:
            _copy(origin, target)
        return
    _leave_out_unknown_settings(berkas)
    connections.close_all()
    _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={berkas}")


def _leave_out_unknown_settings(berkas: Path) -> None:
    """Turn what a newer pg_dump sets, and this server does not know, into comments, in place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        recognised_ones = {nama.encode() for (nama,) in cursor.fetchall()}
    with berkas.open("r+b") as f:
        for baris in re.finditer(rb"^SET (\w+) = ", f.read(KEPALA), re.MULTILINE):
            if baris[1] not in recognised_ones:
                f.seek(baris.start())
                f.write(b"-- ")


def _check_dump(berkas: Path) -> None:
    """Refuse a file that is no whole copy of this program's tables as ``pg_dump`` writes it."""
    with berkas.open("rb") as content:
        existing = any(b"CREATE TABLE" in baris and b"musrenbang_musrenbang " in baris for baris in content)
        content.seek(max(0, berkas.stat().st_size - KEPALA))
        whole = b"PostgreSQL database dump complete" in content.read()
    if not existing or not whole:
        raise DatabaseFailed(KOSONG)


def _check_sqlite(berkas: Path) -> None:
    """Refuse a file that is no whole database of this program, before anything is replaced by it."""
    try:
        with closing(sqlite3.connect(f"{berkas.resolve().as_uri()}?mode=ro", uri=True)) as origin:
            whole = origin.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            existing = origin.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'musrenbang_musrenbang'"
            ).fetchone()[0]
    except sqlite3.DatabaseError:
        whole, existing = False, 0
    if not whole or not existing:
        raise DatabaseFailed(KOSONG)


def _copy(asal: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a database into another; a lock that somebody else holds is not waited for without end."""
    remainder, limit = -1, time.monotonic() + KUNCI_DETIK

    def watch(_: int, residence: int, everything: int) -> None:
        nonlocal remainder, limit
        if residence != remainder:
            remainder, limit = residence, time.monotonic() + KUNCI_DETIK
        elif time.monotonic() > limit:
            raise DatabaseFailed(SIBUK)

    try:
        asal.backup(target, pages=HALAMAN_SEKALI, progress=watch, sleep=0.1)
    except sqlite3.OperationalError as error:
        raise DatabaseFailed(
            SIBUK if "locked" in str(error) else f"Basis data tidak dapat disalin: {error}."
        ) from error


def _setting(nama: str) -> str:
    return str(connection.settings_dict[nama])


def _sqlite_path() -> str:
    nama = _setting("NAME")
    if nama == ":memory:" or nama.startswith("file:"):
        raise DatabaseFailed("Basis data ini hanya di memori, jadi tidak ada yang dicadangkan.")
    return nama


def _run(command: str, *pilihan: str) -> None:
    device = shutil.which(command) or _newest_tool(command)
    if device is None:
        raise DatabaseFailed(f"{command} tidak terpasang di mesin ini; pasang paket postgresql-client.")
    per = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = os.environ | {k: _setting(v) for k, v in per.items() if _setting(v)}
    environment.setdefault("PGCONNECT_TIMEOUT", "10")
    try:
        response = subprocess.run(  # noqa: S603 -- our own command, no shell
            [device, *pilihan, _setting("NAME")],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=ALAT_DETIK,
        )
    except subprocess.TimeoutExpired as error:
        raise DatabaseFailed(f"{command} belum selesai sesudah {ALAT_DETIK // 60} menit, jadi dihentikan.") from error
    if response.returncode:
        raise DatabaseFailed(
            f"{command} gagal: {response.stderr.strip().splitlines()[-1] if response.stderr else 'tanpa pesan'}"
        )


def _newest_tool(command: str) -> Any:
    """Debian keeps the server's own tools outside the path."""
    all_rows = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{command}"), key=lambda p: float(p.parts[-3]))
    return str(all_rows[-1]) if all_rows else None
