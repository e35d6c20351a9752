"""What is too large for its page is refused unread; a full disk and a broken database are said in words."""

import errno
import sqlite3

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError
from django.test import Client, RequestFactory

from musrenbang.views import errors


class Giant:
    """A body that must not be read."""

    def __init__(self):
        self.dibaca = 0

    def read(self, n=-1):
        self.dibaca += 1
        return b""

    readline = read


def send(client, url, mb):
    """Announce so many MB and send none of them; return the answer and how often the body was read."""
    content = Giant()
    response = client.generic(
        "POST",
        url,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(mb * 1024 * 1024),
        **{"wsgi.input": content},
    )
    return response, content.dibaca


@pytest.mark.parametrize(
    "url, mb, kode, kata",
    [
        ("/verifikasi/{kode}/", 20, 413, "paling banyak 15 MB"),
        ("/masuk/", 20, 413, "paling banyak 3 MB"),
        ("/suara/ABC/", 5, 413, "paling banyak"),
        ("/m/{slug}/usulan/impor/", 10, 401, "Isian Anda belum hilang"),
        ("/admin/", 500, 401, "belum hilang"),
        ("/publik/", 99_999_999, 413, "paling banyak"),
    ],
)
def test_from_anybody(url, mb, kode, kata, issued_event):
    response, dibaca = send(Client(), url.format(kode=issued_event.kode, slug=issued_event.musrenbang.slug), mb)
    assert (response.status_code, dibaca) == (kode, 0)
    assert kata in response.content.decode()


def test_from_who_is_signed_in(acara, masuk):
    client = masuk("pak_sekcam")
    for url, mb in (("usulan/impor/", 65), ("berita-acara/pengaturan/", 5), ("berita-acara/salinan/", 70)):
        response, dibaca = send(client, f"/m/{acara.slug}/{url}", mb)
        assert (response.status_code, dibaca) == (413, 0), url
        assert "Tidak ada yang disimpan" in response.content.decode()


@pytest.mark.parametrize(
    "contents",
    [
        {f"k{n}": "x" for n in range(20_100)},
        {"alasan": "x" * 4_000_000},
        {f"f{n}": SimpleUploadedFile("a", b"x") for n in range(150)},
    ],
)
def test_too_many_fields_and_files(contents, acara, masuk):
    client = masuk("pak_sekcam")
    client.raise_request_exception = False
    assert client.post(f"/m/{acara.slug}/usulan/impor/", contents).status_code in {400, 413}


PENUH = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OperationalError("database or disk is full"),
    OperationalError('could not extend file "base/5/1": No space left on device'),
    OperationalError("could not write to file: No space left on device"),
]


@pytest.mark.parametrize("broken", PENUH, ids=str)
def test_a_full_disk_is_said_and_pages_still_read(broken, acara, masuk, monkeypatch):
    """Whatever writes: the answer is a 507 in words, and the page before it is there."""
    client = masuk("pak_sekcam")
    client.raise_request_exception = False

    def full(*_, **__):
        raise broken

    monkeypatch.setattr("musrenbang.persiapan.services.tim.audit.record", full)
    response = client.post(f"/m/{acara.slug}/tim/isi/")
    assert (response.status_code, "Ruang server penuh" in response.content.decode()) == (507, True)
    assert client.get(f"/m/{acara.slug}/tim/").status_code == 200


def test_a_full_disk_while_a_file_is_uploaded(acara, ready_to_issue, cast, masuk, monkeypatch):
    """No room for the temporary file, for the child's file or for the picture: words, and nothing half kept."""
    client = masuk("pak_sekcam")
    client.raise_request_exception = False

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    from tests.berita_acara.test_dokumen import DASAR, image

    url = f"/m/{acara.slug}/berita-acara/pengaturan/"
    for what in (
        "musrenbang.infra.child.tempfile.TemporaryDirectory",
        "django.core.files.storage.FileSystemStorage._save",
    ):
        with monkeypatch.context() as m:
            m.setattr(what, full)
            response = client.post(url, DASAR | {"versi": 0, "logo_baru": SimpleUploadedFile("a.png", image())})
        assert (response.status_code, "penuh" in response.content.decode()) == (507, True), what
    assert client.get(url).status_code == 200
    assert client.post(url, DASAR | {"versi": 0}).status_code == 302, "nothing of it was kept"
    assert not default_storage.exists("logo")


@pytest.mark.parametrize("kata", ["database disk image is malformed", "file is not a database"])
def test_a_broken_database_is_said(kata, monkeypatch):
    for jenis in (DatabaseError, OperationalError):
        try:
            raise jenis(kata)
        except DatabaseError:
            response = errors.server_error(RequestFactory().get("/"))
        assert (response.status_code, "dipulihkan dari cadangan" in response.content.decode()) == (503, True)


def test_a_corrupted_wal_loses_the_end_and_nothing_else(tmp_path):
    """The machine lost power while it wrote: the part of the log that is broken is left out, what stands is whole."""
    asal, copy_of = tmp_path / "a.sqlite3", tmp_path / "b.sqlite3"
    db = sqlite3.connect(asal)
    db.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (n INTEGER PRIMARY KEY, isi TEXT);"
    )
    for n in range(200):
        with db:
            db.execute("INSERT INTO t VALUES (?, ?)", (n, "x" * 500))
    wal = bytearray((tmp_path / "a.sqlite3-wal").read_bytes())
    copy_of.write_bytes(asal.read_bytes())
    for position in range(len(wal) // 2, len(wal) // 2 + 4000):
        wal[position] ^= 0xFF
    (tmp_path / "b.sqlite3-wal").write_bytes(bytes(wal))
    db.close()
    other = sqlite3.connect(copy_of)
    existing = [n for (n,) in other.execute("SELECT n FROM t ORDER BY n")]
    assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert 0 < len(existing) < 200
    assert existing == list(range(len(existing))), "all before the break, in order"
    other.close()
