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
from berita_acara.services.paket import build_paket, retry_paket, start_paket
from berita_acara.services.terbit import issue_berita_acara, read_or_draft
from musrenbang.infra.pdf import cetak, kumpulan
from musrenbang.infra.pdf.kumpulan import FileFailed, WorkerPool
from musrenbang.infra.pdf.pekerja import HIDUP, JADI, receive, send
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.simpanan import read_dokumen

AKAR = Path(__file__).resolve().parents[1]
HTML = (
    b"<html lang='id'><head><title>Surat</title></head><body><section class='bagian'><p>%s</p></section></body></html>"
)
WAJAR = 60.0


def lay_out(k: WorkerPool, teks: bytes = b"Isi", detik: float = WAJAR) -> str:
    (isi,) = k.ask(b"lay_out", HTML % teks, seconds=detik)
    return PdfReader(BytesIO(isi)).pages[0].extract_text()


def nomor_proses(k: WorkerPool) -> set[int]:
    return {p.proses.pid for p in k._semua}


def hidup(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] not in "ZX"
    except OSError:
        return False


def sampai(benar, detik: float = 20.0) -> bool:
    batas = time.monotonic() + detik
    while not benar() and time.monotonic() < batas:
        time.sleep(0.02)
    return benar()


@pytest.fixture
def satu():
    """A pool of one worker that is warm."""
    k = WorkerPool(1)
    lay_out(k)
    yield k
    k.close()


@pytest.fixture
def terbunuh(monkeypatch):
    """From now on each worker is killed when it says that it has begun."""

    def kill(kawat: socket.socket) -> list[bytes]:
        pesan = receive(kawat)
        if pesan[0] == HIDUP:
            for k in (cetak._workers(length=True), cetak._workers(length=False)):
                for pid in nomor_proses(k):
                    os.kill(pid, signal.SIGKILL)
        return pesan

    def mulai(aktif: bool) -> None:
        monkeypatch.setattr(kumpulan, "receive", kill if aktif else receive)

    return mulai


@pytest.mark.parametrize("panjang", [False, True])
def test_a_worker_killed_at_work_is_told_and_the_next_tap_makes_the_same(
    panjang, siap_terbit, masuk, terbunuh, monkeypatch
):
    monkeypatch.setattr(cetak, "RINGAN", 0 if panjang else 10**9)
    client, url = masuk("pak_sekcam"), f"/m/{siap_terbit.slug}/berita-acara/"
    cetak.caches["cetak"].clear()
    terbunuh(True)
    jawab = client.post(url + "terbitkan/", follow=True, headers={"referer": f"http://testserver{url}"})
    teks = jawab.content.decode()
    assert "000.7.2/001/BA-MRB/II/2026 sudah tercatat, tetapi PDF-nya belum jadi. Pembuatan PDF terhenti" in teks
    assert "Buat ulang PDF" in teks
    semula = Dokumen.objects.get()
    assert (semula.sha256, semula.nomor) == ("", "000.7.2/001/BA-MRB/II/2026")
    terbunuh(False)
    client.post(url + "terbitkan/")
    jadi = Dokumen.objects.get()
    assert (jadi.pk, jadi.nomor, jadi.isi, jadi.kode) == (semula.pk, semula.nomor, semula.isi, semula.kode)
    assert JejakAudit.objects.filter(aksi="berita_acara.terbit").count() == 1
    assert jadi.nomor in PdfReader(BytesIO(read_dokumen(jadi))).pages[0].extract_text()


def test_a_stuck_worker_is_told_within_the_limit_and_replaced(siap_terbit, masuk, settings):
    cetak.caches["cetak"].clear()
    read_or_draft(musrenbang=siap_terbit, jenis="daftar_hadir", by=None)
    client, url = masuk("pak_sekcam"), f"/m/{siap_terbit.slug}/berita-acara/cetak/rkp.pdf"
    for k in (cetak._workers(length=True), cetak._workers(length=False)):
        for pid in (macet := nomor_proses(k)):
            os.kill(pid, signal.SIGSTOP)
    assert macet
    settings.CETAK_DETIK, mulai = 1, time.monotonic()
    jawab = client.get(url, follow=True)
    assert time.monotonic() - mulai < 15
    assert "1 detik tidak ada kemajuan. Coba lagi" in jawab.content.decode()
    assert sampai(lambda: not any(map(hidup, macet))), "it was killed, though stopped"
    settings.CETAK_DETIK = WAJAR
    assert client.get(url).content.startswith(b"%PDF")


def test_a_set_tries_again_what_a_worker_could_not_finish(siap_terbit, pemeran, terbunuh):
    """Such a set is not called whole; what failed is named and can be made again."""
    issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    paket = start_paket(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    sisa = paket.butir.exclude(jenis="rkp")
    sisa.update(galat="Tidak diminta.")
    cetak.caches["cetak"].clear()
    terbunuh(True)
    build_paket(paket.pk)
    paket.refresh_from_db()
    rkp = paket.butir.get(jenis="rkp")
    assert (paket.status, rkp.gagal, rkp.percobaan) == (PackageStatus.SEBAGIAN, True, 3)
    assert "Gagal dibuat sesudah 3 kali: Pembuatan PDF terhenti" in rkp.galat
    terbunuh(False)
    retry_paket(paket=paket, by=pemeran["pak_sekcam"])
    build_paket(paket.pk)
    paket.refresh_from_db()
    assert (paket.status, paket.butir.get(jenis="rkp").galat) == (PackageStatus.JADI, "")


def test_a_worker_stays_between_documents_and_one_that_ended_is_not_missed(satu):
    (pid,) = nomor_proses(satu)
    assert lay_out(satu, b"Dua") == "Dua"
    assert nomor_proses(satu) == {pid}
    os.kill(pid, signal.SIGKILL)
    assert lay_out(satu, b"Tiga") == "Tiga"
    assert nomor_proses(satu) != {pid}
    assert len(nomor_proses(satu)) == 1


def test_a_worker_that_nobody_needs_ends_by_itself():
    k = WorkerPool(1, silent=0.1)
    lay_out(k)
    (pid,) = nomor_proses(k)
    assert sampai(lambda: not hidup(pid))
    assert lay_out(k, b"Lagi") == "Lagi"
    k.close()
    assert nomor_proses(k) == set()


def test_what_cannot_be_laid_out_is_an_error_and_costs_no_worker(satu):
    semula = nomor_proses(satu)
    with pytest.raises(RuntimeError, match="UnicodeDecodeError"):
        satu.ask(b"lay_out", b"\xff", seconds=WAJAR)
    assert lay_out(satu) == "Isi"
    assert nomor_proses(satu) == semula


def test_a_worker_that_cannot_start_is_told(monkeypatch):
    monkeypatch.setattr(kumpulan.sys, "executable", "/bin/false")
    with pytest.raises(FileFailed, match="tidak dapat dijalankan di mesin ini"):
        lay_out(WorkerPool(1))
    monkeypatch.setattr(kumpulan.sys, "executable", "/tidak/ada")
    with pytest.raises(FileFailed, match="PDF belum dapat dibuat"):
        lay_out(WorkerPool(1))


def test_waiting_for_a_worker_has_a_limit_too(satu):
    with satu._tempat, pytest.raises(FileFailed, match="masih membuat dokumen lain"):
        lay_out(satu, detik=0.1)
    assert lay_out(satu) == "Isi"


def test_slow_is_not_stuck():
    """A worker may take longer than the limit as long as it goes forward."""
    kita, dia = socket.socketpair()
    pekerja = object.__new__(kumpulan._Worker)
    pekerja._kawat = kita

    def work() -> None:
        receive(dia)
        for _ in range(8):
            time.sleep(0.1)
            send(dia, [HIDUP])
        send(dia, [JADI, b"hasil"])

    utas = threading.Thread(target=work)
    utas.start()
    assert pekerja.ask([b"apa"], 0.5) == [JADI, b"hasil"]
    utas.join(WAJAR)
    with pytest.raises(TimeoutError):
        pekerja.ask([b"apa"], 0.1)
    kita.close()
    dia.close()


def test_the_renderer_tells_each_step(satu, monkeypatch):
    tanda = []

    def note(kawat: socket.socket) -> list[bytes]:
        pesan = receive(kawat)
        tanda.append(pesan[0])
        return pesan

    monkeypatch.setattr(kumpulan, "receive", note)
    satu.ask(b"lay_out", HTML % (b"kata " * 30_000), seconds=WAJAR)
    assert tanda[-1] == JADI
    assert len(tanda) > 3
    assert set(tanda[:-1]) == {HIDUP}


def test_several_threads_at_once_get_their_own_document():
    k, hasil = WorkerPool(2), {}
    utas = [
        threading.Thread(target=lambda i=i: hasil.update({i: lay_out(k, b"Nomor %d" % i, 2 * WAJAR)})) for i in range(6)
    ]
    for u in utas:
        u.start()
    for u in utas:
        u.join(3 * WAJAR)
    assert hasil == {i: f"Nomor {i}" for i in range(6)}
    assert len(nomor_proses(k)) <= 2
    k.close()


INDUK = """
import os, sys, threading, time, django
django.setup()
from musrenbang.infra.pdf.kumpulan import WorkerPool
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
    with _induk(BERCABANG) as proses:
        assert proses.communicate(timeout=WAJAR)[0].split() == ["sama"]


def test_no_worker_outlives_a_parent_that_was_killed():
    """One of them waits for work, the other is in the middle of a long text."""
    with _induk(BEKERJA) as proses:
        pekerja = [int(n) for n in proses.stdout.readline().split()]
        assert len(pekerja) == 2
        assert all(map(hidup, pekerja))
        proses.kill()
    assert sampai(lambda: not any(map(hidup, pekerja)))
