"""Backups: made while people work, whole or not at all, and taken back to the letter."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from alur.aula.content import event_document
from alur.services.acara import advance_musrenbang
from musrenbang.infra import age
from musrenbang.infra.age import BLOK
from musrenbang.infra.backup.archive import BENTUK, MANIFES, BrokenArchive, extract_archive, write_archive
from musrenbang.infra.backup.old_encryption import decrypt
from musrenbang.infra.backup.store import BackupFailed, make_backup, prune_backups, restore_backup
from musrenbang.models import Musrenbang, Sesi
from musrenbang.sidang.models import Sidang
from tests.some import some
from usulan.models import Usulan

AKAR = Path(__file__).resolve().parents[2]


LAMA = bytes.fromhex(
    "4d555352454e42414e472d53414e44492d310a73fd40d44016fe3322d1cbdfcb1b5139f7d645a74a1a03a50000001dbc8a0a"
    "9db49288b8f0420befd41e1265de2da30647ed9b1ea0d02a873f"
)
"""A backup as the version before the age format encrypted it, with the passphrase ``sawah``."""


def encrypt(content: bytes, sandi: str, cut: int = 7919) -> bytes:
    output = io.BytesIO()
    with age.AgeWriter(output, sandi) as writer:
        for i in range(0, len(content), cut):
            writer.write(content[i : i + cut])
    return output.getvalue()


@pytest.fixture
def cheap_keys(monkeypatch):
    """A low cost of each passphrase: what is tested is the form."""
    monkeypatch.setattr(age, "KERJA", 4)


@pytest.mark.parametrize("length", [0, 1, BLOK - 1, BLOK, BLOK + 1, 2 * BLOK, 2 * BLOK + 77])
def test_what_is_encrypted_comes_back_and_others_read_it(length, cheap_keys):
    """Written here and read by rage: nobody needs this program for a backup."""
    content = os.urandom(length)
    sandi = encrypt(content, "rahasia")
    assert age.decrypt_bytes(sandi, "rahasia") == content
    assert pyrage.passphrase.decrypt(sandi, "rahasia") == content


def test_a_file_does_not_choose_how_much_memory_reading_it_takes(monkeypatch):
    """rage writes 19 on a fast machine, which is half a gigabyte; nothing is computed before it is refused."""
    sandi = encrypt(b"isi", "rahasia").replace(b" %d\n" % age.KERJA, b" 19\n", 1)
    monkeypatch.setattr(age, "Scrypt", None)
    with pytest.raises(age.WrongPassphrase, match="terlalu banyak memori"):
        age.decrypt_bytes(sandi, "rahasia")


def test_one_changed_bit_is_noticed(cheap_keys):
    content = os.urandom(300)
    whole = encrypt(content, "rahasia")
    for tempat in [*range(0, len(whole), 7), len(whole) - 1]:
        sandi = bytearray(whole)
        sandi[tempat] ^= 1 << tempat % 8
        with pytest.raises(age.WrongPassphrase):
            age.decrypt_bytes(bytes(sandi), "rahasia")


def test_a_wrong_passphrase_and_a_cut_are_noticed(cheap_keys):
    sandi = encrypt(os.urandom(2 * BLOK), "rahasia")
    tail = len(sandi) - 2 * (BLOK + 16)
    for content, kata in (
        (sandi, "lain"),
        (sandi[:-1], "rahasia"),
        (sandi[: tail + BLOK + 16], "rahasia"),
        (sandi[:tail], "rahasia"),
        (sandi[: tail - 3], "rahasia"),
        (sandi + b"x", "rahasia"),
        (b"", "rahasia"),
    ):
        with pytest.raises(age.WrongPassphrase):
            age.decrypt_bytes(content, kata)


def test_a_backup_of_the_version_before_is_still_read():
    output = io.BytesIO()
    decrypt(io.BytesIO(LAMA), output, "sawah")
    assert output.getvalue() == b"cadangan lama"
    for content, kata in ((LAMA, "lain"), (LAMA[:-1], "sawah"), (LAMA[:43], "sawah")):
        with pytest.raises(age.WrongPassphrase):
            decrypt(io.BytesIO(content), io.BytesIO(), kata)


def test_an_archive_is_checked_when_it_is_unpacked(tmp_path):
    (tmp_path / "a").write_text("satu")
    output = io.BytesIO()
    write_archive(output, [("x/a", tmp_path / "a")], {"apa": 1})
    tujuan = tmp_path / "keluar"
    tujuan.mkdir()
    manifest = extract_archive(io.BytesIO(output.getvalue()), tujuan)
    assert (manifest["apa"], (tujuan / "x/a").read_text()) == (1, "satu")
    for broken in (output.getvalue()[: len(output.getvalue()) // 2], b"bukan", b"", output.getvalue()[:40]):
        (tmp_path / f"r{len(broken)}").mkdir()
        with pytest.raises(BrokenArchive):
            extract_archive(io.BytesIO(broken), tmp_path / f"r{len(broken)}")


def _link(nama, jenis, ke=""):
    info = tarfile.TarInfo(nama)
    info.type, info.linkname = jenis, ke
    return info


JAHAT = {
    "absolute": tarfile.TarInfo("/tmp/musrenbang-jahat"),
    "upwards": tarfile.TarInfo("berkas/../../jahat"),
    "not the plain name": tarfile.TarInfo("./berkas//a"),
    "backslash": tarfile.TarInfo("..\\jahat"),
    "symbolic link": _link("berkas/a", tarfile.SYMTYPE, "/etc/passwd"),
    "link inside": _link("berkas/a", tarfile.SYMTYPE, "b"),
    "hard link": _link("berkas/a", tarfile.LNKTYPE, "berkas/b"),
    "device": _link("berkas/a", tarfile.CHRTYPE),
    "pipe": _link("berkas/a", tarfile.FIFOTYPE),
    "folder": _link("berkas/a", tarfile.DIRTYPE),
}


def _archive(anggota, daftar=()):
    """An archive as ``write_archive`` makes it, with these members before its manifest."""
    output = io.BytesIO()
    berkas = {nama: {"ukuran": 0, "sha256": hashlib.sha256(b"").hexdigest()} for nama in daftar}
    words = json.dumps({"bentuk": BENTUK, "berkas": berkas}).encode()
    manifest = tarfile.TarInfo(MANIFES)
    manifest.size = len(words)
    with tarfile.open(fileobj=output, mode="w:gz") as tar:
        for info in anggota:
            tar.addfile(info)
        tar.addfile(manifest, io.BytesIO(words))
    output.seek(0)
    return output


@pytest.mark.parametrize("what", JAHAT)
def test_an_archive_with_anything_but_plain_files_is_refused(what, tmp_path):
    """On every version of Python; and nothing is written outside."""
    info = JAHAT[what]
    (within := tmp_path / "dalam").mkdir()
    with pytest.raises(BrokenArchive, match="tidak semestinya"):
        extract_archive(_archive([info], [info.name]), within)
    assert [p.name for p in tmp_path.rglob("*") if p.name != "dalam"] == []
    assert not Path("/tmp/musrenbang-jahat").exists()


def test_an_archive_with_more_than_its_manifest_says_is_refused(tmp_path):
    one = tarfile.TarInfo("berkas/a")
    for n, (anggota, daftar) in enumerate([([one], []), ([one, one], ["berkas/a"]), ([], ["berkas/a"])]):
        (folder := tmp_path / str(n)).mkdir()
        with pytest.raises(BrokenArchive):
            extract_archive(_archive(anggota, daftar), folder)
    (folder := tmp_path / "benar").mkdir()
    extract_archive(_archive([one], ["berkas/a"]), folder)


def test_a_file_with_two_names_on_the_disk_is_kept_twice(tmp_path):
    (tmp_path / "a").write_text("satu")
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    output = io.BytesIO()
    write_archive(output, [(n, tmp_path / n) for n in "ab"], {})
    (tujuan := tmp_path / "keluar").mkdir()
    extract_archive(io.BytesIO(output.getvalue()), tujuan)
    assert [(tujuan / n).read_text() for n in "ab"] == ["satu", "satu"]


def _server(folder):
    """Return how to run the commands of a server whose data is in the folder."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CADANGAN_DIR"}}
    environment |= {"VAR_DIR": str(folder / "var"), "DEBUG": "1", "MODE_LATIHAN": "1"}

    def manage(*command, **extra):
        baris = [sys.executable, str(AKAR / "manage.py"), *map(str, command)]
        env = environment | extra
        return subprocess.run(baris, env=env, capture_output=True, text=True, check=False, cwd=AKAR)

    return manage


@pytest.fixture
def work_folder(transactional_db, issued_event, settings, tmp_path):
    """A server's folder with an event in it, and how to run its commands."""
    if connection.vendor != "sqlite":
        pytest.skip("the folder of a server on SQLite")
    (tmp_path / "var").mkdir()
    connections.close_all()
    shutil.copy(connection.settings_dict["NAME"], tmp_path / "var/musrenbang.sqlite3")
    shutil.copytree(settings.MEDIA_ROOT, tmp_path / "var/berkas")
    return _server(tmp_path)


def _whole():
    """Return everything of the event, without when that was asked, and its papers."""
    document = event_document(Musrenbang.objects.get())
    papers = {p: p.read_bytes() for p in Path(default_storage.location).rglob("*.pdf")}
    return {k: v for k, v in document.items() if k != "dibuat_pada"}, papers


@pytest.mark.django_db(transaction=True)
def test_restore_drill(issued_event, cast, client, cheap_keys, tmp_path):
    """What is lost after the backup comes back, database and files alike; what was there before is kept too."""
    if connection.vendor != "sqlite":
        pytest.skip("there test_a_database_server_goes_out_and_comes_back")
    client.force_login(cast["pak_sekcam"])
    semula = _whole()
    call_command("cadangkan", ke=[str(tmp_path / "usb")], sandi="sawah", stdout=io.StringIO())
    (reserve,) = (tmp_path / "usb").glob("*.cadangan")
    assert reserve.read_bytes().startswith(age.AWAL)
    assert b"sqlite" not in reserve.read_bytes().lower()
    assert Usulan.objects.update(kegiatan="hilang") > 0
    assert Sidang.objects.all().delete()[0] > 0
    for paper in some(semula[1]):
        paper.unlink()
    for sandi, sure, words in (("sawah", False, "--ya"), ("lain", True, "sandi berkas ini salah")):
        with pytest.raises(CommandError, match=words) as refused:
            call_command("pulihkan", str(reserve), sandi=sandi, ya=sure, stdout=io.StringIO())
        assert refused.value.returncode == 2
    assert not Usulan.objects.exclude(kegiatan="hilang").exists()
    told = io.StringIO()
    call_command("pulihkan", str(reserve), sandi="sawah", ya=True, stdout=told)
    assert "1 sesi masuk yang ikut dipulihkan diakhiri" in told.getvalue()
    assert not Sesi.objects.exists()
    assert _whole() == semula
    call_command("check_musrenbang", Musrenbang.objects.get().slug, stdout=io.StringIO())
    assert len(list((tmp_path / "usb").glob("sebelum-pulih-*.cadangan"))) == 2


def test_a_backup_while_people_write_is_of_one_moment(work_folder, tmp_path):
    """Two rows that are always written together are in the copy together, however busy the writers are."""
    basis = next((tmp_path / "var").glob("*.sqlite3"))
    with closing(sqlite3.connect(basis)) as c, c:
        c.execute("CREATE TABLE pasangan (n INTEGER, sisi TEXT)")
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(basis, timeout=20, isolation_level=None)) as c:
            n = 0
            while not stop.is_set():
                n += 1
                c.execute("BEGIN IMMEDIATE")
                c.executemany("INSERT INTO pasangan VALUES (?, ?)", [(n, "kiri"), (n, "kanan")])
                c.execute("COMMIT")

    writers = threading.Thread(target=write)
    writers.start()
    try:
        result = work_folder("cadangkan", "--ke", tmp_path / "usb")
    finally:
        stop.set()
        writers.join()
    assert result.returncode == 0, result.stderr
    (reserve,) = (tmp_path / "usb").glob("*.cadangan")
    (tmp_path / "keluar").mkdir()
    with reserve.open("rb") as content:
        extract_archive(content, tmp_path / "keluar")
    with closing(sqlite3.connect(tmp_path / "keluar/basis-data.sqlite3")) as c:
        per = dict(c.execute("SELECT sisi, count(*) FROM pasangan GROUP BY sisi"))
        assert per["kiri"] == per["kanan"] > 0


def test_a_folder_that_cannot_be_written_is_said_and_the_other_is_made(work_folder, tmp_path):
    (tmp_path / "bukan-folder").write_text("x")
    result = work_folder("cadangkan", "--ke", tmp_path / "bukan-folder", "--ke", tmp_path / "usb")
    assert result.returncode == 1
    assert "Cadangan tidak jadi" in result.stderr
    (reserve,) = (tmp_path / "usb").glob("*.cadangan")
    recovered = work_folder("pulihkan", reserve, "--ya")
    assert (recovered.returncode, "Dipulihkan ke keadaan" in recovered.stdout) == (0, True), recovered.stderr


def test_nothing_is_lost_by_a_backup_that_is_not_one(usulan, tmp_path):
    semula = event_document(usulan[0].musrenbang)
    for nama, content in (("kosong", b""), ("asing", b"PK\x03\x04apa saja"), ("gzip", b"\x1f\x8b\x08\x00rusak")):
        (tmp_path / nama).write_bytes(content)
        with pytest.raises(CommandError, match="bukan cadangan yang utuh") as galat:
            call_command("pulihkan", str(tmp_path / nama), ya=True, stdout=io.StringIO())
        assert galat.value.returncode == 2, nama
    current = event_document(usulan[0].musrenbang)
    assert {k: v for k, v in current.items() if k != "dibuat_pada"} == {
        k: v for k, v in semula.items() if k != "dibuat_pada"
    }


def _backup(path, content, migrations=()):
    """Write an archive as ours are, with these files."""
    with path.open("wb") as output, TemporaryDirectory() as folder:
        for nama, data in content.items():
            Path(folder, nama).write_bytes(data)
        write_archive(output, [(n, Path(folder, n)) for n in content], {"migrasi": list(migrations)})


@pytest.mark.parametrize("contents, kata", [
    ({}, "tidak memuat basis data"), ({"catatan.txt": b"halo"}, "tidak memuat basis data"),
    ({"basis-data.sqlite3": b""}, "kosong atau rusak"), ({"basis-data.sqlite3": b"bukan basis data" * 99}, "kosong atau rusak"),
    ({"basis-data.sql": b"PGDMP"}, "jenis basis data yang lain"),
])  # fmt: skip
def test_a_backup_without_a_database_is_said(contents, kata, tmp_path, db):
    if connection.vendor != "sqlite" and "basis-data" in "".join(contents):
        pytest.skip("what the tools of PostgreSQL say of their own files")
    _backup(tmp_path / "x.cadangan", contents)
    with pytest.raises(BackupFailed, match=kata):
        restore_backup(tmp_path / "x.cadangan")
    assert Musrenbang.objects.count() == 0, "the database is still there"


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "[]", "{}", '{"bentuk": 1}', '{"bentuk": NaN, "berkas": []}', '"x"', "null"]
)
def test_a_manifest_that_is_none_is_said(text, tmp_path):
    output, manifest = io.BytesIO(), tarfile.TarInfo(MANIFES)
    manifest.size = len(text)
    with tarfile.open(fileobj=output, mode="w:gz") as tar:
        tar.addfile(manifest, io.BytesIO(text.encode()))
    output.seek(0)
    with pytest.raises(BrokenArchive):
        extract_archive(output, tmp_path)


def test_each_change_of_stage_starts_a_backup(acara, settings, tmp_path, cast, monkeypatch):
    monkeypatch.setattr("musrenbang.infra.queue.start_worker", lambda: None)
    settings.PEKERJA_TERPISAH = False
    advance_musrenbang(musrenbang=acara, dari="dijadwalkan", ke="persiapan", by=cast["bu_pmd"])
    assert DBTaskResult.objects.count() == 0
    settings.CADANGAN_DIR = [str(tmp_path)]
    advance_musrenbang(
        musrenbang=acara, dari="persiapan", ke="dijadwalkan", by=cast["pak_sekcam"], alasan="Diulang dari awal."
    )
    settings.PEKERJA_TERPISAH = True  # a server of many events: by night
    advance_musrenbang(musrenbang=acara, dari="dijadwalkan", ke="persiapan", by=cast["bu_pmd"])
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["kwargs"]) == ("musrenbang.jobs.make_backup", {"nama": acara.slug})


def test_old_automatic_backups_make_room(tmp_path):
    for i in range(25):
        (tmp_path / f"sikur-2027-20260209-{i:06d}.cadangan").touch()
    (tmp_path / "lain-2027-20260209-000000.cadangan").touch()
    prune_backups(tmp_path, "sikur-2027")
    assert len(list(tmp_path.glob("sikur-2027-*"))) == 20
    assert (tmp_path / "sikur-2027-20260209-000024.cadangan").exists()
    assert (tmp_path / "lain-2027-20260209-000000.cadangan").exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_server_goes_out_and_comes_back(ready_to_issue, tmp_path):
    """On PostgreSQL with its own tools, on SQLite by its backup into the file in use."""
    default_storage.save("uji/cadangan.txt", ContentFile(b"isi"))
    reserve = make_backup(tmp_path)
    jumlah = ready_to_issue.usulan.count()
    call_command("flush", interactive=False, verbosity=0)
    default_storage.delete("uji/cadangan.txt")
    assert restore_backup(reserve)["basis_data"] == connection.vendor
    assert ready_to_issue.usulan.count() == jumlah > 0
    with default_storage.open("uji/cadangan.txt") as berkas:
        assert berkas.read() == b"isi"


def test_the_command_needs_a_folder(settings):
    settings.CADANGAN_DIR = []
    with pytest.raises(CommandError, match="CADANGAN_DIR") as refused:
        call_command("cadangkan")
    assert refused.value.returncode == 2
