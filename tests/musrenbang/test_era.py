"""A database or a backup of another time is told apart from ours, and answered with what is true of it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from musrenbang.infra import commands, era
from musrenbang.infra.backup.archive import write_archive
from musrenbang.infra.backup.store import BackupFailed, restore_backup
from musrenbang.triggers import TETAP, lifted

LAMA = ("musrenbang", "0002_jejak_tetap")
BARU = ("rkp", "9999_kelak")


@pytest.mark.parametrize(
    "route, kata",
    [
        ([LAMA], era.TERLALU_LAMA),
        ([BARU], era.TERLALU_BARU.format("rkp.9999_kelak")),
        ([LAMA, BARU], era.TERLALU_LAMA),
    ],
)
def test_a_database_of_another_time_is_neither_migrated_nor_used(db, route, kata):
    for app, nama in route:
        MigrationRecorder(connection).record_applied(app, nama)
    for this_command in (["migrate"], ["muat_acuan", "52.03", "--tahun", "2027"]):
        with pytest.raises(CommandError) as galat:
            call_command(*this_command)
        assert (str(galat.value), galat.value.returncode) == (kata, 2), this_command
    commands.require_tables(old=True)  # it can still be backed up


def test_the_database_of_this_version_is_known(db):
    call_command("migrate", verbosity=0)
    commands.require_tables()
    assert not era.CIRI_LAMA & set(era.applied(connection))
    assert era.objection(era.applied(connection), old="lama", new="baru {}") == ""


@pytest.mark.parametrize(
    "way, kata",
    [
        ([LAMA], era.CADANGAN_LAMA),
        ([BARU], "versi yang lebih baru (rkp.9999_kelak)"),
        ([LAMA, ("otp_static", "0001_initial")], era.CADANGAN_LAMA),
    ],
)
def test_a_backup_of_an_older_version_is_not_called_newer(way, kata, tmp_path):
    (tmp_path / "basis-data.sqlite3").write_bytes(b"")
    with (tmp_path / "x.cadangan").open("wb") as output:
        content = [("basis-data.sqlite3", tmp_path / "basis-data.sqlite3")]
        write_archive(output, content, {"migrasi": [".".join(m) for m in way], "dibuat_pada": ""})
    with pytest.raises(BackupFailed) as galat:
        restore_backup(tmp_path / "x.cadangan")
    assert kata in str(galat.value)


def _guards():
    if connection.vendor == "sqlite":
        statement = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        statement = (
            "SELECT tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(tgfoid) FROM pg_trigger t "
            "WHERE NOT tgisinternal ORDER BY tgname"
        )
    with connection.cursor() as db_cursor:
        db_cursor.execute(statement)
        return [(nama, " ".join(content.split())) for nama, content in db_cursor.fetchall()]


def test_the_first_migration_puts_the_same_guards_on_as_the_program_does(db):
    start = _guards()
    assert {nama for nama, _ in start} == {nama for t in TETAP for nama in t.pemicu.values()}
    with lifted():
        assert _guards() == []
    assert _guards() == start
