"""What breaks on a server, one by one: the person reads a sentence and can go on; nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from alur.periksa import broken_invariants
from bench.machines import Garden, environment
from bench.people import SANDI, Catatan, Person
from berita_acara.models import Paket
from berita_acara.services.issue import issue_berita_acara
from berita_acara.services.paket import revive_paket, start_paket
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, JejakAudit, Pengguna
from musrenbang.models.dokumen import path_dokumen
from musrenbang.sidang.models import Kehadiran
from tests.conftest import content_putusan, record_attendance
from tests.prioritas.phones import database_url

TAMU = {"jenis_kelamin": "P", "unsur": "tokoh", "lembaga": "Warga"}


@pytest.mark.django_db(transaction=True)
def test_database_away_and_back(demo, settings):
    """A real server on a real PostgreSQL that is pulled out and plugged in again."""
    if connection.vendor != "postgresql":
        pytest.skip("the server that is pulled out gets the demo of the run on PostgreSQL")
    demo("pembukaan")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    pemandu = Pengguna.objects.get(username="pemandu")
    pemandu.set_password(SANDI)
    pemandu.save()
    with TemporaryDirectory() as folder, Garden(Path(folder)) as garden:
        env = environment(Path(folder) / "var", DATABASE_URL=garden.primary())
        garden.collect_static()
        garden.fill(database_url())
        person = Person(garden.web("web", env), "pemandu", Catatan())
        person.sign_in()
        url, kunci = "/m/sikur-2027/kehadiran/", str(uuid.uuid4())
        garden.stop_postgres("utama")
        status, content = person.ask("POST", url, nama="Tamu Putus", kunci=kunci, **TAMU)
        assert (status, "Aplikasi sedang terganggu" in content, "kirim sekali lagi" in content) == (503, True, True)
        assert person.ask("GET", "/sehat/")[0] == 503
        garden.start_postgres("utama")
        assert [person.ask("POST", url, nama="Tamu Putus", kunci=kunci, **TAMU)[0] for _ in range(2)] == [302, 302]
        compute = (
            "from musrenbang.sidang.models import Kehadiran as K; print(K.objects.filter(nama='Tamu Putus').count())"
        )
        assert garden.manage(env, "shell", "-v0", "-c", compute).strip() == "1"


class FakeStorage:
    """The database's disk: it can be made full, and given room again."""

    def fill(self) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as db_cursor:
                db_cursor.execute("VACUUM")  # pages that earlier tests left empty are room too
                db_cursor.execute("PRAGMA page_count")
                self._run(f"PRAGMA max_page_count = {db_cursor.fetchone()[0]}")
        else:
            self._run("""
                CREATE FUNCTION uji_penuh() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'could not extend file "base/5/1": No space left on device' USING ERRCODE = '53100'; END $$;
                CREATE TRIGGER uji_penuh BEFORE INSERT ON sidang_kehadiran FOR EACH ROW EXECUTE FUNCTION uji_penuh()
            """)

    def free(self) -> None:
        if connection.vendor == "sqlite":
            self._run("PRAGMA max_page_count = 1073741823")
        else:
            self._run("DROP TRIGGER IF EXISTS uji_penuh ON sidang_kehadiran; DROP FUNCTION IF EXISTS uji_penuh")

    @staticmethod
    def _run(sql: str) -> None:
        with connection.cursor() as db_cursor:
            db_cursor.execute(sql)


@pytest.fixture
def fake_storage(transactional_db):
    one = FakeStorage()
    yield one
    one.free()


def test_the_disk_is_full(acara, masuk, move_event, fake_storage):
    move_event(acara, "pembukaan")
    client, url = masuk("pemandu"), f"/m/{acara.slug}/kehadiran/"
    client.raise_request_exception = False
    fake_storage.fill()
    for n in range(400):  # SQLite still has room inside its last pages
        contents = {"nama": f"Tamu {n} {'x' * 100}", "kunci": str(uuid.uuid4()), "alamat": "y" * 190} | TAMU
        response = client.post(url, contents)
        if response.status_code != 302:
            break
    assert response.status_code == 507
    assert "Ruang server penuh" in response.content.decode()
    assert Kehadiran.objects.count() == n, "all that was acknowledged, and nothing of what was refused"
    fake_storage.free()
    assert client.post(url, contents).status_code == 302
    assert Kehadiran.objects.filter(nama=contents["nama"]).count() == 1
    assert broken_invariants(acara) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_a_job(ready_to_issue, cast, settings, tmp_path):
    """The next worker makes what is missing; nothing is made twice, though the job is delivered twice."""
    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    env = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "MODE_LATIHAN": "1", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--no-reload"]
    first = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, start_new_session=True, stderr=subprocess.DEVNULL)
    batas = time.monotonic() + 60
    while not paket.butir.exclude(jenis="berita_acara").exclude(dokumen=None).exists() and time.monotonic() < batas:
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["RUNNING"]
    assert not revive_paket(paket), "it was heard of a moment ago"
    Paket.objects.update(denyut=timezone.now() - timedelta(minutes=2))
    assert revive_paket(paket)
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, timeout=120, stderr=subprocess.DEVNULL)
    paket.refresh_from_db()
    assert paket.status == "jadi"
    kind = list(Dokumen.objects.values_list("jenis", "bagian"))
    assert len(kind) == len(set(kind)) > 5
    assert JejakAudit.objects.filter(aksi="paket.status").count() == 1


def test_a_file_left_by_a_power_cut_is_not_taken_for_the_document(ready_to_issue, cast):
    """The file was being written when the plug was pulled: the row knows nothing of it, and its name is not reused."""
    plan = Dokumen(musrenbang=ready_to_issue, jenis="berita_acara", versi=1)
    default_storage.save(path_dokumen(plan, ""), ContentFile(b"%PDF-1.7 separuh"))
    dokumen = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    assert dokumen.berkas.name != path_dokumen(plan, "")
    assert read_dokumen(dokumen).rstrip().endswith(b"%%EOF")
    assert [k for k in broken_invariants(ready_to_issue) if "Berkas" in k] == []


def test_a_file_cut_off_later_is_noticed_everywhere(ready_to_issue, cast, masuk):
    dokumen = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    path = Path(dokumen.berkas.path)
    path.write_bytes(path.read_bytes()[:2000])
    assert any("sudah berubah dari yang diterbitkan" in k for k in broken_invariants(ready_to_issue))
    response = masuk("pak_sekcam").get(f"/m/{ready_to_issue.slug}/berita-acara/{dokumen.versi}.pdf", follow=True)
    assert "sudah berubah dari yang diterbitkan" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("geser", [timedelta(days=-1), timedelta(hours=-2), timedelta(days=400)])
def test_the_clock_is_changed_in_the_middle(acara, draft_event, cast, masuk, move_event, geser):
    """A laptop's clock jumps: order is the order of writing, versions and chain hold, the session lives on or asks again."""
    from rkp.services.keputusan import decide_baris

    move_event(acara, "pleno")
    by, (one, dua, *_) = cast["pemandu"], draft_event.baris.order_by("nomor")
    decide_baris(baris=one, by=by, **content_putusan(one))
    with time_machine.travel(timezone.now() + geser):
        decide_baris(baris=dua, by=by, **content_putusan(dua))
        record_attendance(acara, by, "Tamu Sesudah")
        assert masuk("pak_sekcam").get(f"/m/{acara.slug}/jejak/").status_code == 200
    record_attendance(acara, by, "Tamu Akhir")
    order = [j.objek for j in JejakAudit.objects.filter(musrenbang=acara)[:3]]
    assert ["Akhir" in order[0], "Sesudah" in order[1]] == [True, True], "newest written first, whatever the clock said"
    assert broken_invariants(acara) == []
