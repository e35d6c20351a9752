"""The owner of the database rewrites history: what the triggers refuse, and what is found where they were taken off.

What ``pemalsu`` does is done with every trigger off, as somebody does who owns the tables. Where the chain is computed
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
from musrenbang.jangkar.baca import reference_notes, reference_origin, stored_notes
from musrenbang.models import JejakAcuan, JejakAudit, Musrenbang
from musrenbang.pemicu import TETAP, lifted, missing
from musrenbang.rantai import ISI_ACUAN, link
from musrenbang.services.jangkar import sign_all, sign_checkpoint, sign_reference, sign_reference_later
from tests.serangan.pemalsu import KEPALSUAN, acuan_ulang, segalanya_ulang
from tests.some import some


@pytest.mark.parametrize("nama", KEPALSUAN)
def test_what_the_owner_of_the_database_changed_is_found(nama, disimpan):
    ubah, kata = KEPALSUAN[nama]
    with lifted():
        ubah(disimpan)
    disimpan = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=disimpan.pk)
    temuan = broken_invariants(disimpan)
    assert any(kata in k for k in temuan), temuan


def test_a_rewrite_signed_with_the_servers_key_is_found_by_what_was_kept_and_by_nothing_else(disimpan):
    """Without a checkpoint outside nobody could tell; with one, a single file is enough."""
    with lifted():
        segalanya_ulang(disimpan)
    (tempat,) = folder.folders()
    berkas = sorted(p for p in tempat.rglob("*.titik") if p.parent.name != "acuan")
    isi = berkas[-1].read_text(encoding="utf-8")
    for satu in berkas:
        satu.unlink()
    assert broken_invariants(disimpan) == []
    berkas[-1].write_text(isi, encoding="utf-8")
    (kalimat,) = broken_invariants(disimpan)
    assert "tidak lagi berawal dengan yang ditandatangani" in kalimat


def test_reference_data_written_and_signed_anew_are_found_by_one_kept_checkpoint_alone(disimpan, tmp_path, capsys):
    """Nothing inside tells; the file that the nightly run kept does, and so does one that Bappeda downloaded."""
    (berkas,) = (p for p in folder.folders()[0].rglob("*.titik") if p.parent.name == "acuan")
    isi = berkas.read_text(encoding="utf-8")
    unduhan = Client().get(f"/publik/{disimpan.slug}/titik-acuan.txt").content.decode()
    assert unduhan == isi
    with lifted():
        acuan_ulang(disimpan)
    disimpan = Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=disimpan.pk)
    berkas.unlink()
    assert broken_invariants(disimpan) == []
    berkas.write_text(isi, encoding="utf-8")
    (kalimat,) = broken_invariants(disimpan)
    assert kalimat.startswith("Data acuan Kabupaten")
    assert "tidak lagi berawal dengan yang ditandatangani" in kalimat
    berkas.unlink()
    (tmp_path / "simpanan.txt").write_text(unduhan, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("check_musrenbang", disimpan.slug, titik=[str(tmp_path / "simpanan.txt")])
    assert "tidak lagi berawal dengan" in capsys.readouterr().out


def test_the_reference_trail_is_signed_at_a_binding_move_and_at_night(
    tercatat, settings, django_capture_on_commit_callbacks
):
    kabupaten = tercatat.kecamatan.kabupaten
    assert sign_reference(kabupaten.pk) is None  # nothing came after the last one
    record_acuan(kabupaten=kabupaten, by=None, aksi="acuan.ditambah", objek="Dinas Kominfo")
    with django_capture_on_commit_callbacks(execute=True):
        sign_reference_later(kabupaten.pk)
    semua = reference_notes(kabupaten)
    assert [t.ukuran for t in semua] == [5, 3]
    assert {n.teks for _, n in folder.kept_notes(reference_origin(kabupaten))} == {semua[0].teks}
    with django_capture_on_commit_callbacks(execute=True):
        sign_all()
    assert len(list(folder.kept_notes(reference_origin(kabupaten)))) == 2
    assert len(reference_notes(kabupaten)) == 2
    record_acuan(kabupaten=kabupaten, by=None, aksi="acuan.ditambah", objek="Dinas Lain")
    settings.AULA = True
    assert sign_reference(kabupaten.pk) is None
    assert broken_invariants(tercatat) == []


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        (lambda t: t.replace("sikur-2027", "sakra-2027"), "titik periksa Musrenbang lain"),
        (lambda t: t[:-20], "bukan titik periksa yang utuh"),
        (lambda t: t.replace("waktu 2", "waktu 3"), "tidak ditandatangani kunci yang dikenal"),
        (lambda t: "\x00", "bukan titik periksa yang utuh"),
    ],
)
def test_a_kept_file_that_was_tampered_with_is_named(ubah, kata, disimpan):
    berkas = sorted(p for p in folder.folders()[0].rglob("*.titik") if p.parent.name != "acuan")[-1]
    berkas.write_text(ubah(berkas.read_text(encoding="utf-8")), encoding="utf-8")
    (kalimat,) = broken_invariants(disimpan)
    assert berkas.name in kalimat
    assert kata in kalimat


@pytest.mark.parametrize("tabel", [t.tabel for t in TETAP])
@pytest.mark.parametrize("perintah", ["UPDATE {0} SET id = id", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_database_itself_refuses(tabel, perintah, disimpan):
    with connection.cursor() as kursor:
        kursor.execute(f"SELECT count(*) FROM {tabel}")
        (jumlah,) = kursor.fetchone()
    if perintah.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    if not jumlah and not perintah.startswith("TRUNCATE"):
        pytest.skip("row triggers need a row")
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises((IntegrityError, DatabaseError), match="tidak dapat diubah"):
            kursor.execute(perintah.format(tabel))


def test_a_guard_that_was_taken_off_is_named(disimpan):
    di = "" if connection.vendor == "sqlite" else " ON musrenbang_jejakaudit"
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        kursor.execute(f"DROP TRIGGER jejak_tidak_dihapus{di}")
    assert missing() == ["jejak_tidak_dihapus"]
    assert broken_invariants(disimpan) == [
        "Penjaga basis data “jejak_tidak_dihapus” tidak terpasang, dimatikan, atau diganti isinya."
    ]


def test_the_guards_come_off_in_training_alone(disimpan):
    settings.MODE_LATIHAN = False
    try:
        with pytest.raises(RuntimeError, match="MODE_LATIHAN"), lifted():
            pass
    finally:
        settings.MODE_LATIHAN = True
    assert missing() == []


def test_a_record_that_did_not_go_on_is_signed_once(disimpan):
    sebelum = JejakAudit.objects.count()
    assert sign_all() == 1
    assert sign_checkpoint(musrenbang=disimpan, by=None).ukuran == stored_notes(disimpan)[0].ukuran
    assert JejakAudit.objects.count() == sebelum
    assert broken_invariants(disimpan) == []


def test_reference_rows_are_chained(disimpan):
    semua = list(JejakAcuan.objects.order_by("pk"))
    assert [b.sebelum for b in semua] == ["", *(b.sidik for b in semua[:-1])]
    assert all(b.sidik == link(b, b.sebelum, ISI_ACUAN) for b in some(semua))
