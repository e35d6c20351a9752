"""Nothing is waited for without end: every wait in the code says how long, and what it waits for is told in a sentence."""

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection, transaction

from berita_acara.models import PackageStatus
from berita_acara.services.issue import issue_berita_acara
from berita_acara.services.paket import build_paket, retry_paket, start_paket
from musrenbang.infra import queue, waits
from musrenbang.infra.backup import basis
from musrenbang.jobs import make_backup
from musrenbang.models import Dokumen, Musrenbang
from tests.some import some
from tests.test_arsitektur import ROOT, SUMBER

BERBATAS = {"run", "call", "check_call", "check_output"}
KECUALI = {
    # the parent reads the answer, or is gone: then the write fails; a thread ends the worker with its parent
    ("musrenbang/infra/pdf/worker.py", "settimeout(None)"),
    # looks once a second whether the parent is still there
    ("musrenbang/infra/pdf/worker.py", "sleep in a loop"),
    # the seed has one thread and opened nothing; whoever asked it ends it with its child when time is up
    ("musrenbang/infra/child/seed.py", "os.fork"),
    ("musrenbang/infra/child/seed.py", "os.waitpid"),
}
TERLARANG = {
    "fork",
    "forkpty",
    "waitpid",
    "ProcessPoolExecutor",
    "get_context",
    "set_start_method",
    "flock",
    "lockf",
    "select",
}


def _unlimited(tree: ast.AST):
    """Yield (line, what) of each wait that may last for ever."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            nama = {a.name for a in node.names} | {getattr(node, "module", "") or ""}
            yield from ((node.lineno, n) for n in nama & {"multiprocessing", "ProcessPoolExecutor", "queue"})
        if isinstance(node, ast.With):
            for w in node.items:
                if re.search(r"\b(lock|kunci_utas|_tempat|semaphore)\b", ast.unparse(w.context_expr), re.IGNORECASE):
                    yield node.lineno, f"with {ast.unparse(w.context_expr)}"
        if isinstance(node, ast.While) and "sleep" in (text := ast.unparse(node)) and "monotonic" not in text:
            yield node.lineno, "sleep in a loop"
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)):
            continue
        nama = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        own = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        kata = {k.arg for k in node.keywords}
        if own == "subprocess" and nama in BERBATAS and "timeout" not in kata:
            yield node.lineno, f"subprocess.{nama}"
        elif nama in {"wait", "join", "acquire", "result"} and not node.args and not kata & {"timeout", "blocking"}:
            yield node.lineno, f"{own}.{nama}()"
        elif nama == "communicate" and "timeout" not in kata:
            yield node.lineno, "communicate"
        elif (
            nama in {"urlopen", "create_connection", "HTTPConnection", "HTTPSConnection", "SMTP"}
            and "timeout" not in kata
        ):
            yield node.lineno, nama
        elif nama == "backup" and "progress" not in kata:
            yield node.lineno, f"{own}.backup"
        elif nama == "settimeout" and ast.unparse(node.args[0]) == "None":
            yield node.lineno, "settimeout(None)"
        elif (
            own in {"os", "select", "multiprocessing", "fcntl"}
            and nama in TERLARANG
            and "LOCK_NB" not in ast.unparse(node)
        ):
            yield node.lineno, f"{own}.{nama}"


def test_every_wait_says_how_long():
    berkas = [*SUMBER, *(ROOT / "deploy").rglob("*.py"), ROOT / "manage.py"]
    existing = {(str(p.relative_to(ROOT)), what) for p in berkas for _, what in _unlimited(ast.parse(p.read_text()))}
    assert existing - KECUALI == set()
    assert KECUALI - existing == set(), "an exception that is no longer needed"


@pytest.mark.parametrize(
    "kode",
    [
        "subprocess.run(['a'])",
        "p.communicate(b'')",
        "utas.join()",
        "p.wait()",
        "kunci.acquire()",
        "janji.result()",
        "urlopen('x')",
        "a.backup(b)",
        "s.settimeout(None)",
        "os.fork()",
        "import multiprocessing",
        "from queue import Queue",
        "fcntl.flock(k, fcntl.LOCK_EX)",
        "from concurrent.futures import ProcessPoolExecutor",
        "with LOCK:\n    pass",
        "while belum():\n    time.sleep(1)",
    ],
)
def test_the_rule_finds_them(kode):
    assert list(_unlimited(ast.parse(kode)))


@pytest.mark.parametrize(
    "kode",
    [
        "', '.join(x)",
        "p.wait(5)",
        "subprocess.run(a, timeout=3)",
        "k.acquire(timeout=1)",
        "q.get()",
        "fcntl.flock(k, fcntl.LOCK_EX | fcntl.LOCK_NB)",
    ],
)
def test_and_nothing_else(kode):
    assert not list(_unlimited(ast.parse(kode)))


def test_the_browser_waits_no_longer_either():
    for p in some((ROOT / "static/js").glob("*.js")):
        content = p.read_text()
        for calls in re.findall(r"\bfetch\((.*)\);", content):
            assert "signal:" in calls, (p.name, calls)
        assert "XMLHttpRequest" not in content, p.name


@pytest.mark.django_db(transaction=True)
def test_a_lock_in_the_database_is_not_waited_for_without_end(acara, monkeypatch):
    """Whoever holds it: PostgreSQL by a setting of each connection, SQLite by its busy timeout."""
    other = connection.copy()
    if connection.vendor == "postgresql":
        monkeypatch.setattr(waits, "KUNCI_DETIK", 1)
    else:
        other.settings_dict = other.settings_dict | {"OPTIONS": other.settings_dict["OPTIONS"] | {"timeout": 0.2}}
    try:
        with transaction.atomic():
            Musrenbang.objects.select_for_update().get(pk=acara.pk)
            Musrenbang.objects.filter(pk=acara.pk).update(tempat="Aula")
            with pytest.raises(OperationalError), other.cursor() as db_cursor:
                db_cursor.execute("UPDATE musrenbang_musrenbang SET tempat = 'Lain' WHERE id = %s", [acara.pk])
    finally:
        other.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as db_cursor:
            for nama in (
                "lock_timeout",
                "statement_timeout",
                "idle_in_transaction_session_timeout",
            ):
                db_cursor.execute(f"SHOW {nama}")
                assert db_cursor.fetchone()[0] not in {"0", "0ms"}, nama
        assert connection.get_connection_params()["tcp_user_timeout"] == 30_000


def test_a_database_that_somebody_locks_is_not_copied_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(basis, "KUNCI_DETIK", 0.2)
    for nama in ("asal", "tujuan"):
        with closing(sqlite3.connect(tmp_path / nama)) as c, c:
            c.execute("CREATE TABLE t (n)")
    for locked in ("asal", "tujuan"):
        with (
            closing(sqlite3.connect(tmp_path / locked)) as other,
            closing(sqlite3.connect(tmp_path / "asal", timeout=0.1)) as asal,
            closing(sqlite3.connect(tmp_path / "tujuan", timeout=0.1)) as tujuan,
        ):
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(basis.DatabaseFailed, match="dikunci program lain"):
                basis._copy(asal, tujuan)
            other.rollback()
            basis._copy(asal, tujuan)


def test_a_tool_that_hangs_is_stopped(monkeypatch, tmp_path):
    (device := tmp_path / "pg_dump").write_text("#!/bin/sh\nsleep 60\n")
    device.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(basis, "ALAT_DETIK", 0.2)
    with pytest.raises(basis.DatabaseFailed, match="pg_dump belum selesai"):
        basis._run("pg_dump")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_cannot_be_started_loses_nothing(acara, monkeypatch, settings):
    """The job waits in the database, and the person is not told that the change failed."""

    def none_left(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    settings.PEKERJA_TERPISAH = False
    monkeypatch.setattr(queue.subprocess, "Popen", none_left)
    with transaction.atomic():
        queue.enqueue(make_backup, nama=acara.slug)
    from django_tasks_db.models import DBTaskResult

    assert DBTaskResult.objects.count() == 1


def test_a_set_ends_also_when_a_file_is_gone_or_the_disk_is_full(ready_to_issue, cast, masuk, monkeypatch):
    by = cast["pak_sekcam"]
    minutes_paper = issue_berita_acara(musrenbang=ready_to_issue, by=by)
    Path(minutes_paper.berkas.path).unlink()
    paket = start_paket(musrenbang=ready_to_issue, by=by)
    paket.butir.exclude(jenis="berita_acara").update(galat="Tidak diminta.")
    build_paket(paket.pk)
    paket.refresh_from_db()
    one = paket.butir.get(jenis="berita_acara")
    assert (paket.status, one.gagal, one.dokumen) == (PackageStatus.SEBAGIAN, True, None)
    assert "tidak ditemukan di penyimpanan" in one.galat
    paket.butir.update(galat="Tidak diminta.", gagal=False)
    retry_paket(paket=paket, by=by)
    with monkeypatch.context() as m:
        m.setattr(FileSystemStorage, "_save", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, bool(paket.berkas)) == (PackageStatus.SEBAGIAN, False)
    url = f"/m/{ready_to_issue.slug}/berita-acara/paket/{paket.pk}/"
    assert "ZIP-nya tidak dapat disimpan" in masuk("pak_sekcam").get(url).content.decode()
    retry_paket(paket=paket, by=by)
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, bool(paket.berkas)) == (PackageStatus.JADI, True)
    assert Dokumen.objects.filter(pk=minutes_paper.pk).exists()
