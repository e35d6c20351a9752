"""A database or a backup of another time is told apart from ours, and answered with what is true of it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from musrenbang.infra import perintah, zaman
from musrenbang.infra.cadangan.arsip import write_archive
from musrenbang.infra.cadangan.simpan import BackupFailed, restore_backup
from musrenbang.pemicu import TETAP, lifted

LAMA = ("musrenbang", "0002_jejak_tetap")
BARU = ("rkp", "9999_kelak")


@pytest.mark.parametrize(
    "jalan, kata",
    [
        ([LAMA], zaman.TERLALU_LAMA),
        ([BARU], zaman.TERLALU_BARU.format("rkp.9999_kelak")),
        ([LAMA, BARU], zaman.TERLALU_LAMA),
    ],
)
def test_a_database_of_another_time_is_neither_migrated_nor_used(db, jalan, kata):
    for app, nama in jalan:
        MigrationRecorder(connection).record_applied(app, nama)
    for perintah_ini in (["migrate"], ["muat_acuan", "52.03", "--tahun", "2027"]):
        with pytest.raises(CommandError) as galat:
            call_command(*perintah_ini)
        assert (str(galat.value), galat.value.returncode) == (kata, 2), perintah_ini
    perintah.require_tables(old=True)  # it can still be backed up


def test_the_database_of_this_version_is_known(db):
    call_command("migrate", verbosity=0)
    perintah.require_tables()
    assert not zaman.CIRI_LAMA & set(zaman.applied(connection))
    assert zaman.objection(zaman.applied(connection), old="lama", new="baru {}") == ""


@pytest.mark.parametrize(
    "jalan, kata",
    [
        ([LAMA], zaman.CADANGAN_LAMA),
        ([BARU], "versi yang lebih baru (rkp.9999_kelak)"),
        ([LAMA, ("otp_static", "0001_initial")], zaman.CADANGAN_LAMA),
    ],
)
def test_a_backup_of_an_older_version_is_not_called_newer(jalan, kata, tmp_path):
    (tmp_path / "basis-data.sqlite3").write_bytes(b"")
    with (tmp_path / "x.cadangan").open("wb") as keluaran:
        isi = [("basis-data.sqlite3", tmp_path / "basis-data.sqlite3")]
        write_archive(keluaran, isi, {"migrasi": [".".join(m) for m in jalan], "dibuat_pada": ""})
    with pytest.raises(BackupFailed) as galat:
        restore_backup(tmp_path / "x.cadangan")
    assert kata in str(galat.value)


def _guards():
    if connection.vendor == "sqlite":
        pernyataan = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        pernyataan = (
            "SELECT tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(tgfoid) FROM pg_trigger t "
            "WHERE NOT tgisinternal ORDER BY tgname"
        )
    with connection.cursor() as kursor:
        kursor.execute(pernyataan)
        return [(nama, " ".join(isi.split())) for nama, isi in kursor.fetchall()]


def test_the_first_migration_puts_the_same_guards_on_as_the_program_does(db):
    awal = _guards()
    assert {nama for nama, _ in awal} == {nama for t in TETAP for nama in t.pemicu.values()}
    with lifted():
        assert _guards() == []
    assert _guards() == awal
