"""The owner of the database rewrites history: what the triggers refuse, and what is found where they were taken off.

What ``forger`` does is done with every trigger off, as somebody does who owns the tables. Where the chain is computed
anew and the checkpoints are signed again with the server's own key, only what was kept outside can tell.
"""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection
from django.test import Client

from alur.periksa import broken_invariants
from musrenbang.audit import record_acuan
from musrenbang.jangkar import folder
from musrenbang.jangkar.read import reference_notes, reference_origin, stored_notes
from musrenbang.models import JejakAcuan, JejakAudit, Musrenbang
from musrenbang.rantai import ISI_ACUAN, link
from musrenbang.services.jangkar import sign_all, sign_checkpoint, sign_reference, sign_reference_later
from musrenbang.triggers import TETAP, lifted, missing
from tests.attack.forger import KEPALSUAN, acuan_again, everything_again
from tests.some import some


def test_what_nobody_changed_is_whole(stored_import):
    assert broken_invariants(stored_import) == []


@pytest.mark.parametrize("nama", KEPALSUAN)
def test_what_the_owner_of_the_database_changed_is_found(nama, stored_import):
    change, kata = KEPALSUAN[nama]
    with lifted():
        change(stored_import)
    stored_import = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=stored_import.pk)
    findings = broken_invariants(stored_import)
    assert any(kata in k for k in findings), findings


def test_a_rewrite_signed_with_the_servers_key_is_found_by_what_was_kept_and_by_nothing_else(stored_import):
    """Without a checkpoint outside nobody could tell; with one, a single file is enough."""
    with lifted():
        everything_again(stored_import)
    (tempat,) = folder.folders()
    berkas = sorted(p for p in tempat.rglob("*.titik") if p.parent.name != "acuan")
    content = berkas[-1].read_text(encoding="utf-8")
    for one in berkas:
        one.unlink()
    assert broken_invariants(stored_import) == []
    berkas[-1].write_text(content, encoding="utf-8")
    (sentence,) = broken_invariants(stored_import)
    assert "tidak lagi berawal dengan yang ditandatangani" in sentence


def test_reference_data_written_and_signed_anew_are_found_by_one_kept_checkpoint_alone(stored_import, tmp_path, capsys):
    """Nothing inside tells; the file that the nightly run kept does, and so does one that Bappeda downloaded."""
    (berkas,) = (p for p in folder.folders()[0].rglob("*.titik") if p.parent.name == "acuan")
    contents = berkas.read_text(encoding="utf-8")
    download = Client().get(f"/publik/{stored_import.slug}/titik-acuan.txt").content.decode()
    assert download == contents
    with lifted():
        acuan_again(stored_import)
    stored_import = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=stored_import.pk)
    berkas.unlink()
    assert broken_invariants(stored_import) == []
    berkas.write_text(contents, encoding="utf-8")
    (sentence,) = broken_invariants(stored_import)
    assert sentence.startswith("Data acuan Kabupaten")
    assert "tidak lagi berawal dengan yang ditandatangani" in sentence
    berkas.unlink()
    (tmp_path / "simpanan.txt").write_text(download, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("check_musrenbang", stored_import.slug, titik=[str(tmp_path / "simpanan.txt")])
    assert "tidak lagi berawal dengan" in capsys.readouterr().out


def test_the_reference_trail_is_signed_at_a_binding_move_and_at_night(
    recorded_file, settings, django_capture_on_commit_callbacks
):
    kabupaten = recorded_file.kecamatan.kabupaten
    assert sign_reference(kabupaten.pk) is None  # nothing came after the last one
    record_acuan(kabupaten=kabupaten, by=None, aksi="acuan.ditambah", objek="Dinas Kominfo")
    with django_capture_on_commit_callbacks(execute=True):
        sign_reference_later(kabupaten.pk)
    everything = reference_notes(kabupaten)
    assert [t.ukuran for t in everything] == [5, 3]
    assert {n.teks for _, n in folder.kept_notes(reference_origin(kabupaten))} == {everything[0].teks}
    with django_capture_on_commit_callbacks(execute=True):
        sign_all()
    assert len(list(folder.kept_notes(reference_origin(kabupaten)))) == 2
    assert len(reference_notes(kabupaten)) == 2
    record_acuan(kabupaten=kabupaten, by=None, aksi="acuan.ditambah", objek="Dinas Lain")
    settings.AULA = True
    assert sign_reference(kabupaten.pk) is None
    assert broken_invariants(recorded_file) == []


@pytest.mark.parametrize(
    ("changes", "kata"),
    [
        (lambda t: t.replace("sikur-2027", "sakra-2027"), "titik periksa Musrenbang lain"),
        (lambda t: t[:-20], "bukan titik periksa yang utuh"),
        (lambda t: t.replace("waktu 2", "waktu 3"), "tidak ditandatangani kunci yang dikenal"),
        (lambda t: "\x00", "bukan titik periksa yang utuh"),
    ],
)
def test_a_kept_file_that_was_tampered_with_is_named(changes, kata, stored_import):
    berkas = sorted(p for p in folder.folders()[0].rglob("*.titik") if p.parent.name != "acuan")[-1]
    berkas.write_text(changes(berkas.read_text(encoding="utf-8")), encoding="utf-8")
    (sentence,) = broken_invariants(stored_import)
    assert berkas.name in sentence
    assert kata in sentence


@pytest.mark.parametrize("tabel", [t.tabel for t in TETAP])
@pytest.mark.parametrize("command", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_database_itself_refuses(tabel, command, stored_import):
    with connection.cursor() as db_cursor:
        db_cursor.execute(f"SELECT count(*) FROM {tabel}")
        (jumlah,) = db_cursor.fetchone()
    if command.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    if not jumlah and not command.startswith("TRUNCATE"):
        pytest.skip("row triggers need a row")
    with connection.cursor() as db_cursor:
        if connection.vendor == "postgresql":
            db_cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises((IntegrityError, DatabaseError), match="tidak dapat diubah"):
            db_cursor.execute(command.format(tabel))


def test_a_guard_that_was_taken_off_is_named(stored_import):
    at = "" if connection.vendor == "sqlite" else " ON musrenbang_jejakaudit"
    with connection.cursor() as db_cursor:
        if connection.vendor == "postgresql":
            db_cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        db_cursor.execute(f"DROP TRIGGER jejak_tidak_dihapus{at}")
    assert missing() == ["jejak_tidak_dihapus"]
    assert broken_invariants(stored_import) == [
        "Penjaga basis data “jejak_tidak_dihapus” tidak terpasang, dimatikan, atau diganti isinya."
    ]


def test_the_guards_come_off_in_training_alone(stored_import):
    settings.MODE_LATIHAN = False
    try:
        with pytest.raises(RuntimeError, match="MODE_LATIHAN"), lifted():
            pass
    finally:
        settings.MODE_LATIHAN = True
    assert missing() == []


def test_a_record_that_did_not_go_on_is_signed_once(stored_import):
    sebelum = JejakAudit.objects.count()
    assert sign_all() == 1
    assert sign_checkpoint(musrenbang=stored_import, by=None).ukuran == stored_notes(stored_import)[0].ukuran
    assert JejakAudit.objects.count() == sebelum
    assert broken_invariants(stored_import) == []


def test_reference_rows_are_chained(stored_import):
    everything = list(JejakAcuan.objects.order_by("pk"))
    assert [b.sebelum for b in everything] == ["", *(b.sidik for b in everything[:-1])]
    assert all(b.sidik == link(b, b.sebelum, ISI_ACUAN) for b in some(everything))
