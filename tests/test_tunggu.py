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
from berita_acara.services.paket import build_paket, retry_paket, start_paket
from berita_acara.services.terbit import issue_berita_acara
from musrenbang.infra import antrean, tunggu
from musrenbang.infra.cadangan import basis
from musrenbang.jobs import make_backup
from musrenbang.models import Dokumen, Musrenbang
from tests.some import some
from tests.test_arsitektur import ROOT, SUMBER

BERBATAS = {"run", "call", "check_call", "check_output"}
KECUALI = {
    # the parent reads the answer, or is gone: then the write fails; a thread ends the worker with its parent
    ("musrenbang/infra/pdf/pekerja.py", "settimeout(None)"),
    # looks once a second whether the parent is still there
    ("musrenbang/infra/pdf/pekerja.py", "sleep in a loop"),
    # the seed has one thread and opened nothing; whoever asked it ends it with its child when time is up
    ("musrenbang/infra/anak/bibit.py", "os.fork"),
    ("musrenbang/infra/anak/bibit.py", "os.waitpid"),
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


def _unlimited(pohon: ast.AST):
    """Yield (line, what) of each wait that may last for ever."""
    for simpul in ast.walk(pohon):
        if isinstance(simpul, ast.Import | ast.ImportFrom):
            nama = {a.name for a in simpul.names} | {getattr(simpul, "module", "") or ""}
            yield from ((simpul.lineno, n) for n in nama & {"multiprocessing", "ProcessPoolExecutor", "queue"})
        if isinstance(simpul, ast.With):
            for w in simpul.items:
                if re.search(r"\b(lock|kunci_utas|_tempat|semaphore)\b", ast.unparse(w.context_expr), re.IGNORECASE):
                    yield simpul.lineno, f"with {ast.unparse(w.context_expr)}"
        if isinstance(simpul, ast.While) and "sleep" in (teks := ast.unparse(simpul)) and "monotonic" not in teks:
            yield simpul.lineno, "sleep in a loop"
        if not (isinstance(simpul, ast.Call) and isinstance(simpul.func, ast.Attribute | ast.Name)):
            continue
        nama = simpul.func.attr if isinstance(simpul.func, ast.Attribute) else simpul.func.id
        milik = ast.unparse(simpul.func.value) if isinstance(simpul.func, ast.Attribute) else ""
        kata = {k.arg for k in simpul.keywords}
        if milik == "subprocess" and nama in BERBATAS and "timeout" not in kata:
            yield simpul.lineno, f"subprocess.{nama}"
        elif nama in {"wait", "join", "acquire", "result"} and not simpul.args and not kata & {"timeout", "blocking"}:
            yield simpul.lineno, f"{milik}.{nama}()"
        elif nama == "communicate" and "timeout" not in kata:
            yield simpul.lineno, "communicate"
        elif (
            nama in {"urlopen", "create_connection", "HTTPConnection", "HTTPSConnection", "SMTP"}
            and "timeout" not in kata
        ):
            yield simpul.lineno, nama
        elif nama == "backup" and "progress" not in kata:
            yield simpul.lineno, f"{milik}.backup"
        elif nama == "settimeout" and ast.unparse(simpul.args[0]) == "None":
            yield simpul.lineno, "settimeout(None)"
        elif (
            milik in {"os", "select", "multiprocessing", "fcntl"}
            and nama in TERLARANG
            and "LOCK_NB" not in ast.unparse(simpul)
        ):
            yield simpul.lineno, f"{milik}.{nama}"


def test_every_wait_says_how_long():
    berkas = [*SUMBER, *(ROOT / "deploy").rglob("*.py"), ROOT / "manage.py"]
    ada = {(str(p.relative_to(ROOT)), apa) for p in berkas for _, apa in _unlimited(ast.parse(p.read_text()))}
    assert ada - KECUALI == set()
    assert KECUALI - ada == set(), "an exception that is no longer needed"


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
        isi = p.read_text()
        for panggilan in re.findall(r"\bfetch\((.*)\);", isi):
            assert "signal:" in panggilan, (p.name, panggilan)
        assert "XMLHttpRequest" not in isi, p.name


@pytest.mark.django_db(transaction=True)
def test_a_lock_in_the_database_is_not_waited_for_without_end(acara, monkeypatch):
    """Whoever holds it: PostgreSQL by a setting of each connection, SQLite by its busy timeout."""
    lain = connection.copy()
    if connection.vendor == "postgresql":
        monkeypatch.setattr(tunggu, "KUNCI_DETIK", 1)
    else:
        lain.settings_dict = lain.settings_dict | {"OPTIONS": lain.settings_dict["OPTIONS"] | {"timeout": 0.2}}
    try:
        with transaction.atomic():
            Musrenbang.objects.select_for_update().get(pk=acara.pk)
            Musrenbang.objects.filter(pk=acara.pk).update(tempat="Aula")
            with pytest.raises(OperationalError), lain.cursor() as kursor:
                kursor.execute("UPDATE musrenbang_musrenbang SET tempat = 'Lain' WHERE id = %s", [acara.pk])
    finally:
        lain.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as kursor:
            for nama in (
                "lock_timeout",
                "statement_timeout",
                "idle_in_transaction_session_timeout",
            ):
                kursor.execute(f"SHOW {nama}")
                assert kursor.fetchone()[0] not in {"0", "0ms"}, nama
        assert connection.get_connection_params()["tcp_user_timeout"] == 30_000


def test_a_database_that_somebody_locks_is_not_copied_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(basis, "KUNCI_DETIK", 0.2)
    for nama in ("asal", "tujuan"):
        with closing(sqlite3.connect(tmp_path / nama)) as c, c:
            c.execute("CREATE TABLE t (n)")
    for terkunci in ("asal", "tujuan"):
        with (
            closing(sqlite3.connect(tmp_path / terkunci)) as lain,
            closing(sqlite3.connect(tmp_path / "asal", timeout=0.1)) as asal,
            closing(sqlite3.connect(tmp_path / "tujuan", timeout=0.1)) as tujuan,
        ):
            lain.execute("BEGIN EXCLUSIVE")
            with pytest.raises(basis.DatabaseFailed, match="dikunci program lain"):
                basis._copy(asal, tujuan)
            lain.rollback()
            basis._copy(asal, tujuan)


def test_a_tool_that_hangs_is_stopped(monkeypatch, tmp_path):
    (alat := tmp_path / "pg_dump").write_text("#!/bin/sh\nsleep 60\n")
    alat.chmod(0o755)
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
    monkeypatch.setattr(antrean.subprocess, "Popen", none_left)
    with transaction.atomic():
        antrean.enqueue(make_backup, nama=acara.slug)
    from django_tasks_db.models import DBTaskResult

    assert DBTaskResult.objects.count() == 1


def test_a_set_ends_also_when_a_file_is_gone_or_the_disk_is_full(siap_terbit, pemeran, masuk, monkeypatch):
    by = pemeran["pak_sekcam"]
    ba = issue_berita_acara(musrenbang=siap_terbit, by=by)
    Path(ba.berkas.path).unlink()
    paket = start_paket(musrenbang=siap_terbit, by=by)
    paket.butir.exclude(jenis="berita_acara").update(galat="Tidak diminta.")
    build_paket(paket.pk)
    paket.refresh_from_db()
    satu = paket.butir.get(jenis="berita_acara")
    assert (paket.status, satu.gagal, satu.dokumen) == (PackageStatus.SEBAGIAN, True, None)
    assert "tidak ditemukan di penyimpanan" in satu.galat
    paket.butir.update(galat="Tidak diminta.", gagal=False)
    retry_paket(paket=paket, by=by)
    with monkeypatch.context() as m:
        m.setattr(FileSystemStorage, "_save", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, bool(paket.berkas)) == (PackageStatus.SEBAGIAN, False)
    url = f"/m/{siap_terbit.slug}/berita-acara/paket/{paket.pk}/"
    assert "ZIP-nya tidak dapat disimpan" in masuk("pak_sekcam").get(url).content.decode()
    retry_paket(paket=paket, by=by)
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, bool(paket.berkas)) == (PackageStatus.JADI, True)
    assert Dokumen.objects.filter(pk=ba.pk).exists()
