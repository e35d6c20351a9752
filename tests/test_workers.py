"""Workers that lay out: killed, stuck, forked, asked by many at once, left by their parent. Every wait has a limit."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from berita_acara.models import PackageStatus
from berita_acara.services.issue import issue_berita_acara, read_or_draft
from berita_acara.services.paket import build_paket, retry_paket, start_paket
from musrenbang.infra.pdf import pool, printing
from musrenbang.infra.pdf.pool import FileFailed, WorkerPool
from musrenbang.infra.pdf.worker import HIDUP, JADI, receive, send
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, JejakAudit

AKAR = Path(__file__).resolve().parents[1]
HTML = (
    b"<html lang='id'><head><title>Surat</title></head><body><section class='bagian'><p>%s</p></section></body></html>"
)
WAJAR = 60.0


def lay_out(k: WorkerPool, words: bytes = b"Isi", second_count: float = WAJAR) -> str:
    (content,) = k.ask(b"lay_out", HTML % words, seconds=second_count)
    return PdfReader(BytesIO(content)).pages[0].extract_text()


def nomor_process(k: WorkerPool) -> set[int]:
    return {p.proses.pid for p in k._semua}


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except OSError:
        return False


def sampai(right, second_count: float = 20.0) -> bool:
    batas = time.monotonic() + second_count
    while not right() and time.monotonic() < batas:
        time.sleep(0.02)
    return right()


@pytest.fixture
def one_ready():
    """A pool of one worker that is warm."""
    k = WorkerPool(1)
    lay_out(k)
    yield k
    k.close()


@pytest.fixture
def killed_worker(monkeypatch):
    """From now on each worker is killed when it says that it has begun."""

    def kill(wire: socket.socket) -> list[bytes]:
        message = receive(wire)
        if message[0] == HIDUP:
            for k in (printing._workers(length=True), printing._workers(length=False)):
                for pid in nomor_process(k):
                    os.kill(pid, signal.SIGKILL)
        return message

    def mulai(aktif: bool) -> None:
        monkeypatch.setattr(pool, "receive", kill if aktif else receive)

    return mulai


@pytest.mark.parametrize("length", [False, True])
def test_a_worker_killed_at_work_is_told_and_the_next_tap_makes_the_same(
    length, ready_to_issue, masuk, killed_worker, monkeypatch
):
    monkeypatch.setattr(printing, "RINGAN", 0 if length else 10**9)
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/"
    printing.caches["cetak"].clear()
    killed_worker(True)
    response = client.post(url + "terbitkan/", follow=True, headers={"referer": f"http://testserver{url}"})
    words = response.content.decode()
    assert "000.7.2/001/BA-MRB/II/2026 sudah tercatat, tetapi PDF-nya belum jadi. PDF belum dapat dibuat" in words
    assert "Buat ulang PDF" in words
    semula = Dokumen.objects.get()
    assert (semula.sha256, semula.nomor) == ("", "000.7.2/001/BA-MRB/II/2026")
    killed_worker(False)
    client.post(url + "terbitkan/")
    finished = Dokumen.objects.get()
    assert (finished.pk, finished.nomor, finished.isi, finished.kode) == (
        semula.pk,
        semula.nomor,
        semula.isi,
        semula.kode,
    )
    assert JejakAudit.objects.filter(aksi="berita_acara.terbit").count() == 1
    assert finished.nomor in PdfReader(BytesIO(read_dokumen(finished))).pages[0].extract_text()


def test_a_stuck_worker_is_told_within_the_limit_and_replaced(ready_to_issue, masuk, settings):
    printing.caches["cetak"].clear()
    read_or_draft(musrenbang=ready_to_issue, jenis="daftar_hadir", by=None)
    client, url = masuk("pak_sekcam"), f"/m/{ready_to_issue.slug}/berita-acara/cetak/rkp.pdf"
    for k in (printing._workers(length=True), printing._workers(length=False)):
        for pid in (stuck := nomor_process(k)):
            os.kill(pid, signal.SIGSTOP)
    assert stuck
    settings.CETAK_DETIK, mulai = 1, time.monotonic()
    response = client.get(url, follow=True)
    assert time.monotonic() - mulai < 15
    assert "1 detik tidak ada kemajuan. Coba lagi" in response.content.decode()
    assert sampai(lambda: not any(map(alive, stuck))), "it was killed, though stopped"
    settings.CETAK_DETIK = WAJAR
    assert client.get(url).content.startswith(b"%PDF")


def test_a_set_tries_again_what_a_worker_could_not_finish(ready_to_issue, cast, killed_worker):
    """Such a set is not called whole; what failed is named and can be made again."""
    issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    paket = start_paket(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    remainder = paket.butir.exclude(jenis="rkp")
    remainder.update(galat="Tidak diminta.")
    printing.caches["cetak"].clear()
    killed_worker(True)
    build_paket(paket.pk)
    paket.refresh_from_db()
    rkp = paket.butir.get(jenis="rkp")
    assert (paket.status, rkp.gagal, rkp.percobaan) == (PackageStatus.SEBAGIAN, True, 3)
    assert "Gagal dibuat sesudah 3 kali: PDF belum dapat dibuat" in rkp.galat
    killed_worker(False)
    retry_paket(paket=paket, by=cast["pak_sekcam"])
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, paket.butir.get(jenis="rkp").galat) == (PackageStatus.JADI, "")


def test_a_worker_stays_between_documents_and_one_that_ended_is_not_missed(one_ready):
    (pid,) = nomor_process(one_ready)
    assert lay_out(one_ready, b"Dua") == "Dua"
    assert nomor_process(one_ready) == {pid}
    os.kill(pid, signal.SIGKILL)
    assert lay_out(one_ready, b"Tiga") == "Tiga"
    assert nomor_process(one_ready) != {pid}
    assert len(nomor_process(one_ready)) == 1


def test_a_worker_that_nobody_needs_ends_by_itself():
    k = WorkerPool(1, silent=0.1)
    lay_out(k)
    (pid,) = nomor_process(k)
    assert sampai(lambda: not alive(pid))
    assert lay_out(k, b"Lagi") == "Lagi"
    k.close()
    assert nomor_process(k) == set()


def test_what_cannot_be_laid_out_is_an_error_and_costs_no_worker(one_ready):
    semula = nomor_process(one_ready)
    with pytest.raises(RuntimeError, match="UnicodeDecodeError"):
        one_ready.ask(b"lay_out", b"\xff", seconds=WAJAR)
    assert lay_out(one_ready) == "Isi"
    assert nomor_process(one_ready) == semula


def test_a_worker_that_cannot_start_is_told(monkeypatch):
    monkeypatch.setattr(pool.sys, "executable", "/bin/false")
    with pytest.raises(FileFailed, match="tidak dapat dijalankan di mesin ini"):
        lay_out(WorkerPool(1))
    monkeypatch.setattr(pool.sys, "executable", "/tidak/ada")
    with pytest.raises(FileFailed, match="PDF belum dapat dibuat"):
        lay_out(WorkerPool(1))


def test_waiting_for_a_worker_has_a_limit_too(one_ready):
    with one_ready._tempat, pytest.raises(FileFailed, match="masih membuat dokumen lain"):
        lay_out(one_ready, second_count=0.1)
    assert lay_out(one_ready) == "Isi"


def test_slow_is_not_stuck():
    """A worker may take longer than the limit as long as it goes forward."""
    ours, user = socket.socketpair()
    worker = object.__new__(pool._Worker)
    worker._kawat = ours

    def work() -> None:
        receive(user)
        for _ in range(8):
            time.sleep(0.1)
            send(user, [HIDUP])
        send(user, [JADI, b"hasil"])

    thread = threading.Thread(target=work)
    thread.start()
    assert worker.ask([b"apa"], 0.5) == [JADI, b"hasil"]
    thread.join(WAJAR)
    with pytest.raises(TimeoutError):
        worker.ask([b"apa"], 0.1)
    ours.close()
    user.close()


def test_the_renderer_tells_each_step(one_ready, monkeypatch):
    tanda = []

    def note(wire: socket.socket) -> list[bytes]:
        message = receive(wire)
        tanda.append(message[0])
        return message

    monkeypatch.setattr(pool, "receive", note)
    one_ready.ask(b"lay_out", HTML % (b"kata " * 30_000), seconds=WAJAR)
    assert tanda[-1] == JADI
    assert len(tanda) >= 3, "one at the start, and others on the way"
    assert set(tanda[:-1]) == {HIDUP}


def test_several_threads_at_once_get_their_own_document():
    k, result = WorkerPool(2), {}
    thread = [
        threading.Thread(target=lambda i=i: result.update({i: lay_out(k, b"Nomor %d" % i, 2 * WAJAR)}))
        for i in range(6)
    ]
    for u in thread:
        u.start()
    for u in thread:
        u.join(3 * WAJAR)
    assert result == {i: f"Nomor {i}" for i in range(6)}
    assert len(nomor_process(k)) <= 2
    k.close()


INDUK = """
import os, sys, threading, time, django
django.setup()
from musrenbang.infra.pdf.pool import WorkerPool
HTML = b"<html><head><title>x</title></head><body><section class='bagian'><p>%s</p></section></body></html>"
k = WorkerPool(2)
k.ask(b"lay_out", HTML % b"a", seconds=60)
"""
BERCABANG = """
semula = [p.proses.pid for p in k._semua]
anak = os.fork()
if not anak:
    assert not k._semua and not k._luang
    (isi,) = k.ask(b"lay_out", HTML % b"anak", seconds=60)
    assert isi.startswith(b"%PDF") and [p.proses.pid for p in k._semua] != semula
    k.close()
    os._exit(0)
assert os.waitpid(anak, 0)[1] == 0
(isi,) = k.ask(b"lay_out", HTML % b"induk", seconds=60)
assert isi.startswith(b"%PDF") and [p.proses.pid for p in k._semua] == semula
print("sama")
"""
BEKERJA = """
threading.Thread(target=lambda: k.ask(b"lay_out", HTML % (b"kata " * 400_000), seconds=60), daemon=True).start()
time.sleep(0.5)
k.ask(b"lay_out", HTML % b"b", seconds=60)
print(*(p.proses.pid for p in k._semua), flush=True)
time.sleep(60)
"""


def _induk(isi: str) -> subprocess.Popen[str]:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "musrenbang.settings"}
    return subprocess.Popen([sys.executable, "-c", INDUK + isi], cwd=AKAR, env=env, stdout=subprocess.PIPE, text=True)


def test_a_forked_process_begins_with_workers_of_its_own():
    with _induk(BERCABANG) as process:
        assert process.communicate(timeout=WAJAR)[0].split() == ["sama"]


def test_no_worker_outlives_a_parent_that_was_killed():
    """One of them waits for work, the other is in the middle of a long text."""
    with _induk(BEKERJA) as process:
        worker = [int(n) for n in process.stdout.readline().split()]
        assert len(worker) == 2
        assert all(map(alive, worker))
        process.kill()
    assert sampai(lambda: not any(map(alive, worker)))
