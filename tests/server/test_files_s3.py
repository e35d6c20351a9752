"""Files in S3-compatible storage: everything that a disk keeps, kept there; and what happens while it is away."""

import zipfile
from io import BytesIO

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from alur.periksa import broken_invariants
from berita_acara.models import Paket
from berita_acara.services.issue import issue_berita_acara
from berita_acara.services.paket import build_paket, start_paket
from musrenbang.infra.backup import store
from musrenbang.keeper import read_dokumen
from musrenbang.settings.server import file_storage
from musrenbang.transisi import Refused


@pytest.fixture(scope="module")
def s3():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    server.stop()


@pytest.fixture
def bersama(s3, settings, monkeypatch):
    """Files go to a bucket; return a function that lists what is in it."""
    for nama, nilai in {
        "BERKAS_S3": "musrenbang",
        "S3_ALAMAT": s3,
        "S3_KUNCI": "kunci",
        "S3_RAHASIA": "rahasia",
        "S3_WILAYAH": "id-1",
    }.items():
        monkeypatch.setenv(nama, nilai)
    clients = boto3.client(
        "s3", endpoint_url=s3, aws_access_key_id="kunci", aws_secret_access_key="rahasia", region_name="id-1"
    )
    clients.create_bucket(Bucket="musrenbang", CreateBucketConfiguration={"LocationConstraint": "id-1"})
    settings.STORAGES = settings.STORAGES | {"default": file_storage()}
    yield lambda: {o["Key"] for o in clients.list_objects_v2(Bucket="musrenbang").get("Contents", [])}
    for one in clients.list_objects_v2(Bucket="musrenbang").get("Contents", []):
        clients.delete_object(Bucket="musrenbang", Key=one["Key"])
    clients.delete_bucket(Bucket="musrenbang")


def test_documents_and_sets_are_kept_there(ready_to_issue, cast, masuk, bersama, tmp_path):
    dokumen = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert dokumen.berkas.name in bersama()
    assert read_dokumen(dokumen).startswith(b"%PDF")
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    build_paket(paket.pk)
    url = f"/m/{ready_to_issue.slug}/berita-acara/paket/{paket.pk}/dokumen.zip"
    assert zipfile.ZipFile(BytesIO(masuk("pak_sekcam").get(url).content)).testzip() is None
    assert Paket.objects.get().berkas.name in bersama()
    assert [k for k in broken_invariants(ready_to_issue) if "Berkas" in k] == []
    assert not list((tmp_path / "berkas").rglob("*.pdf")), "nothing on the disk of this node"


def test_a_preview_is_corrected_from_there(acara, tim, masuk, make_workbook, bersama, move_event):
    move_event(acara, "persiapan")
    path = make_workbook(
        "du.xlsx", [["No", "Kegiatan", "Desa", "Volume", "Biaya"], [1, "Rabat beton", "Entah", "10 m", 5_000_000]]
    )
    client = masuk("bu_pmd")
    with path.open("rb") as contents:
        response = client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": contents}, follow=True)
    impor = acara.impor.get()
    assert impor.berkas.name in bersama()
    assert response.status_code == 200
    response = client.post(
        f"/m/{acara.slug}/usulan/impor/{impor.pk}/desa/", {"teks": "Entah", "desa": "52.03.04.2001"}, follow=True
    )
    impor.refresh_from_db()
    assert "Pilihan Anda dipakai" in response.content.decode()
    assert impor.hasil["lembar"][0]["usulan"][0]["desa"] == "52.03.04.2001"


def test_while_it_is_away_the_document_keeps_its_number(ready_to_issue, cast, masuk, bersama, monkeypatch, settings):
    monkeypatch.setenv("S3_ALAMAT", "http://127.0.0.1:9")
    settings.STORAGES = settings.STORAGES | {"default": file_storage()}
    with pytest.raises(OSError, match="tidak terjangkau"):
        default_storage.exists("x")
    with pytest.raises(Refused, match="Buat ulang PDF"):
        issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert ready_to_issue.dokumen.get().sha256 == ""


def test_a_backup_holds_the_files_there_and_puts_them_back(db, bersama, monkeypatch, tmp_path):
    """What is lost, cut or spoilt comes back; what the backup does not know stays; a storage that is away stops it in words."""
    for nama, content in (("dokumen/a.pdf", b"%PDF satu"), ("impor/2027/b.xlsx", b"PK dua"), ("akar.txt", b"tiga")):
        default_storage.save(nama, ContentFile(content))
    default_storage.save("sama.txt", ContentFile(b"empat"))
    semula = bersama()
    monkeypatch.setattr(store, "dump_database", lambda folder: _written(folder / "basis-data.sqlite3"))
    monkeypatch.setattr(store, "check_database", lambda berkas: None)
    monkeypatch.setattr(store, "restore_database", lambda berkas: None)
    result = store.make_backup(tmp_path / "usb", sandi="kunci rahasia")
    for nama in ("dokumen/a.pdf", "akar.txt", "sama.txt"):
        default_storage.delete(nama)
    default_storage.save("akar.txt", ContentFile(b"terpotong"))
    default_storage.save("sama.txt", ContentFile(b"rusak"))
    default_storage.save("baru.txt", ContentFile(b"sesudahnya"))
    store.restore_backup(result, sandi="kunci rahasia")
    assert bersama() == semula | {"baru.txt"}
    for nama, content in (("akar.txt", b"tiga"), ("sama.txt", b"empat"), ("dokumen/a.pdf", b"%PDF satu")):
        with default_storage.open(nama) as berkas:
            assert berkas.read() == content


def test_a_backup_says_that_the_files_cannot_be_reached(db, bersama, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(store, "dump_database", lambda folder: _written(folder / "basis-data.sqlite3"))
    monkeypatch.setenv("S3_ALAMAT", "http://127.0.0.1:9")
    settings.STORAGES = settings.STORAGES | {"default": file_storage()}
    with pytest.raises(store.BackupFailed, match="penyimpanan berkas tidak terjangkau"):
        store.make_backup(tmp_path / "usb")
    assert not list((tmp_path / "usb").glob("*.cadangan"))


def _written(path):
    path.write_bytes(b"basis data")
    return path
