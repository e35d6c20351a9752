"""A fault of the machine is one sentence that says what to do, whatever the command."""

import errno
import os
import sqlite3
import subprocess
import sys

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from musrenbang.infra import commands

KITA = {
    n for n, a in get_commands().items() if isinstance(a, str) and (settings.BASE_DIR / a.replace(".", "/")).is_dir()
}
ISI = {
    "cetak": ["undangan", "--musrenbang", "x", "--ke", "."],
    "check_musrenbang": ["x"],
    "ekspor_musrenbang": ["x"],
    "impor_musrenbang": ["x.json"],
    "impor_usulan": ["x.xlsx", "--musrenbang", "x"],
    "impor_hasil_lalu": ["x.xlsx", "--musrenbang", "x"],
    "impor_wilayah": ["fixtures/wilayah"],
    "muat_acuan": ["52.03", "--tahun", "2027"],
    "cadangkan": ["--ke", "x"],
}
TANPA_TABEL = {"migrate", "salam_demo", "pulihkan", "hitung_prioritas", "kode_laptop"}


def run(*kata, **environment):
    base = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CADANGAN_DIR", "LAYANI", "ALAMAT"}}
    return subprocess.run(
        [sys.executable, "manage.py", *kata],
        cwd=settings.BASE_DIR,
        text=True,
        capture_output=True,
        check=False,
        env=base | {"DEBUG": "1", "MODE_LATIHAN": "1"} | {k: str(v) for k, v in environment.items()},
    )


def test_every_command_of_ours_looks_at_the_database_first(db, monkeypatch):
    assert len(KITA) >= 13
    assert {
        n for n in KITA if not isinstance(load_command_class(get_commands()[n], n), commands.MusrenbangCommand)
    } == set()
    monkeypatch.setattr("django.db.migrations.recorder.MigrationRecorder.applied_migrations", lambda _: {})
    for nama in KITA - TANPA_TABEL:
        with pytest.raises(CommandError) as galat:
            call_command(nama, *ISI.get(nama, []))
        assert (str(galat.value), galat.value.returncode) == (commands.BELUM_ADA, 2), nama


def test_a_database_of_an_older_version_is_not_written_to(db, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("musrenbang", "satu")])
    with pytest.raises(CommandError, match=r"belum sesuai .* `manage\.py migrate`"):
        call_command("muat_acuan", "52.03", tahun=2027)
    commands.require_tables(old=True)  # a backup is made before the migration


def test_the_demo_on_an_empty_database(tmp_path):
    response = run("create_demo", VAR_DIR=tmp_path)
    assert response.returncode == 2
    assert response.stderr == f"CommandError: {commands.BELUM_ADA}\n"


@pytest.mark.parametrize(
    "kata, env, sentence",
    [
        (["migrate"], {"DATABASE_URL": "postgres://uji@127.0.0.1:1/x"}, f"CommandError: {commands.JAUH}"),
        (["create_demo"], {"DATABASE_URL": "postgres://uji@127.0.0.1:1/x"}, f"CommandError: {commands.JAUH}"),
        (["migrate"], {"DATABASE_URL": "sqlite:////proc/x.sqlite3"}, f"CommandError: {commands.TIDAK_TERBUKA}"),
        (["check"], {"VAR_DIR": "/proc/x"}, "VAR_DIR='/proc/x' tidak dapat dibuat: No such file or directory."),
        (
            ["check"],
            {"ALAMAT": "a.id"},
            "ALAMAT='a.id': pakai alamat lengkap, misalnya https://musrenbang.example.go.id.",
        ),
        (["check"], {"LAYANI": "0.0.0.0:x"}, "LAYANI='0.0.0.0:x': PORT='x' bukan nomor port."),
    ],
)
def test_faults_of_the_machine_have_no_traceback(tmp_path, kata, env, sentence):
    response = run(*kata, **{"VAR_DIR": tmp_path, **env})
    assert response.returncode == 2
    assert response.stderr.startswith(sentence)
    assert response.stderr.count("\n") == 1


def _postgres(kode):
    galat = ProgrammingError("apa saja")
    galat.__cause__ = type("Galat", (psycopg2.Error,), {"pgcode": kode})()
    return galat


@pytest.mark.parametrize(
    "galat, sentences",
    [
        (OperationalError("no such table: musrenbang_pengguna"), commands.BELUM_ADA),
        (OperationalError("no such column: x.y"), commands.BELUM_SESUAI),
        (OperationalError("database or disk is full"), commands.PENUH),
        (OperationalError("attempt to write a readonly database"), commands.TIDAK_TERBUKA),
        (OperationalError("database is locked"), commands.SIBUK),
        (DatabaseError("database disk image is malformed"), commands.RUSAK),
        (sqlite3.DatabaseError("file is not a database"), commands.RUSAK),
        (
            OperationalError('connection to server failed: FATAL:  password authentication failed for user "x"'),
            commands.DITOLAK,
        ),
        (OperationalError('connection to server failed: FATAL:  database "x" does not exist'), commands.DITOLAK),
        (OperationalError("could not translate host name"), commands.JAUH),
        (_postgres("42P01"), commands.BELUM_ADA),
        (_postgres("53100"), commands.PENUH),
        (_postgres("57P01"), commands.JAUH),
        (_postgres("22P02"), None),
        (OSError(errno.ENOSPC, "No space left on device"), commands.PENUH),
        (
            PermissionError(errno.EACCES, "Permission denied", "/var/x"),
            "/var/x tidak dapat dibaca atau ditulisi: periksa pemilik dan izinnya, lalu ulangi.",
        ),
        (ValueError("kesalahan program"), None),
        (FileNotFoundError(errno.ENOENT, "x", "y"), None),
    ],
)
def test_what_the_person_can_mend_and_what_is_ours(galat, sentences):
    assert commands.explain(galat) == sentences


def test_a_table_that_is_missing_is_told_by_either_database(db):
    with pytest.raises(DatabaseError) as galat, connection.cursor() as db_cursor:
        db_cursor.execute("SELECT * FROM tidak_ada")
    assert commands.explain(galat.value) == commands.BELUM_ADA
