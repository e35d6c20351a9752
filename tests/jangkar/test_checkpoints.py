"""Checkpoints: when they are signed, where they are kept, and who can read them."""

import tarfile

import pytest
from django.core.management import call_command
from django.test import Client

from alur.periksa import broken_invariants
from musrenbang.jangkar import folder
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.leaves import BAKU, TITIK
from musrenbang.jangkar.note import read_note, read_notes
from musrenbang.jangkar.read import origin, read_record, stored_notes
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.services.jangkar import sign_all
from tests.some import some

pytestmark = pytest.mark.django_db


def test_binding_moves_fix_facts_and_sign_them(ready_to_issue):
    """Pleno, ranking and delegation each left its leaves, and a checkpoint over them."""
    dotted = stored_notes(ready_to_issue)
    assert len(dotted) >= 3
    assert all(t.asal == origin(ready_to_issue) and t.signed_by([own_key()]) for t in some(dotted))
    jenis = [
        f.split('"j":"')[1].split('"')[0]
        for r in JejakAudit.objects.filter(musrenbang=ready_to_issue, aksi=BAKU).values_list("rincian", flat=True)
        for f in r["daun"]
    ]
    assert {"baris", "kabar", "peringkat", "dana", "delegat"} <= set(jenis)
    catatan = read_record(ready_to_issue)
    assert catatan.ukuran == len(jenis) + JejakAudit.objects.filter(musrenbang=ready_to_issue).count()
    assert all(catatan.root_at(t.ukuran) == t.akar for t in some(dotted))


def test_the_nightly_run_signs_what_went_on_and_writes_what_is_missing(ready_to_issue, tmp_path, settings):
    settings.JANGKAR_DIR = [str(tmp_path / "usb"), str(tmp_path / "lain")]
    call_command("cadangkan", ke=[str(tmp_path / "cadangan")], otomatis=True, verbosity=0)
    for tempat in folder.folders():
        berkas = list((tempat / origin(ready_to_issue)).glob("*.titik"))
        assert len(berkas) == len(stored_notes(ready_to_issue)) >= 3
        assert own_key().teks in (tempat / "kunci.txt").read_text().splitlines()
    (archive,) = (tmp_path / "cadangan").glob("*.cadangan")
    with tarfile.open(archive) as tar:
        assert sum(n.endswith(".titik") for n in tar.getnames()) >= 6
    assert broken_invariants(Musrenbang.objects.select_related("kecamatan__kabupaten").get(pk=ready_to_issue.pk)) == []


def test_an_event_in_the_hall_is_left_alone(ready_to_issue):
    from django.utils import timezone

    Musrenbang.objects.filter(pk=ready_to_issue.pk).update(dibawa_pada=timezone.now())
    sebelum = JejakAudit.objects.count()
    assert sign_all() == 0
    assert JejakAudit.objects.count() == sebelum


def test_a_folder_that_cannot_be_written_stops_nothing(ready_to_issue, tmp_path, settings, caplog):
    (tmp_path / "berkas_biasa").write_text("x")
    settings.JANGKAR_DIR = [str(tmp_path / "berkas_biasa"), str(tmp_path / "baik")]
    assert sign_all() == 1
    assert "tidak dapat ditulis" in caplog.text
    assert list((tmp_path / "baik").rglob("*.titik"))


def test_a_file_once_written_stays(ready_to_issue):
    sign_all()
    berkas = sorted(folder.folders()[0].rglob("*.titik"))[0]
    berkas.write_text("lain")
    sign_all()
    assert berkas.read_text() == "lain"


def test_everybody_reads_and_keeps_them(ready_to_issue, tmp_path, capsys):
    sign_all()
    client = Client()
    halaman = client.get(f"/publik/{ready_to_issue.slug}/titik/").content.decode()
    assert own_key().sidik in halaman
    berkas = client.get(f"/publik/{ready_to_issue.slug}/titik.txt")
    everything = read_notes(berkas.content.decode())
    assert [t.ukuran for t in everything] == sorted(t.ukuran for t in stored_notes(ready_to_issue))
    (tmp_path / "titik.txt").write_bytes(berkas.content)
    call_command("check_musrenbang", ready_to_issue.slug, titik=[str(tmp_path / "titik.txt")])
    assert "utuh" in capsys.readouterr().out
    assert client.get("/publik/tidak-ada-2027/titik/").status_code == 404


def test_nothing_is_public_before_the_plan_is_fixed(decided_event, acara):
    assert Client().get(f"/publik/{acara.slug}/titik/").status_code == 404
    assert Client().get(f"/publik/{acara.slug}/titik.txt").status_code == 404


def test_a_checkpoint_says_what_stood_before_its_row(ready_to_issue):
    for j in some(JejakAudit.objects.filter(musrenbang=ready_to_issue, aksi=TITIK)):
        catatan = read_record(ready_to_issue)
        sampai = next(i for i, t in enumerate(catatan.urut) if t.pk == j.pk)
        leaf = sum(len(catatan.fakta.get(t.pk, ())) + 1 for t in catatan.urut[:sampai])
        assert read_note(j.rincian["nota"]).ukuran == leaf


@pytest.mark.django_db(transaction=True)
def test_emptying_a_training_leaves_what_else_lies_in_the_folder(ready_to_issue, tmp_path, settings):
    settings.MODE_LATIHAN, settings.JANGKAR_DIR = True, [str(tmp_path / "usb")]
    sign_all()
    (tmp_path / "usb/surat.txt").write_text("bukan milik kita")
    call_command("flush", interactive=False, verbosity=0)
    assert sorted(p.name for p in (tmp_path / "usb").iterdir()) == ["kunci.txt", "surat.txt"]
    assert not JejakAudit.objects.exists()
