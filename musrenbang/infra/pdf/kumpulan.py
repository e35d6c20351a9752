"""Workers that lay out documents: started when the first is asked for, kept between documents, replaced when one fails.

Each process that serves has workers of its own, at most as many as its settings say. They end with it, however it
ends (see ``pekerja``), and one that was not needed for a while ends by itself. A process that was forked from one with
workers begins without any.

Every wait has a limit: ``CETAK_DETIK`` seconds for a free worker, and as many without a step forward (a page is one)
of the worker. What took longer is killed, and told in a sentence; the next document gets a fresh worker.

Why no library: ``ProcessPoolExecutor`` can neither stop a stuck worker nor does it end with a parent that is killed.
Pebble can stop one, but counts from the moment that the worker takes the task: one stopped while it waited was waited
for without end (tried with 5.2). Both load the parent's main module again in each worker.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore

from musrenbang.infra.galat import Ditolak
from musrenbang.infra.pdf.pekerja import GALAT, HIDUP, Pesan, receive, send

AKAR = Path(__file__).resolve().parents[3]
DIAM_DETIK = 300.0
AKHIR_DETIK = 5.0
SIBUK = "Mesin ini masih membuat dokumen lain. Tunggu sebentar, lalu coba lagi."
MACET = "Pembuatan PDF dihentikan karena {:.0f} detik tidak ada kemajuan. Coba lagi; bila terulang, hubungi admin."
TERHENTI = (
    "Pembuatan PDF terhenti di tengah jalan, biasanya karena memori mesin ini tidak cukup. "
    "Tutup program lain, lalu coba lagi."
)
TAK_MULAI = "Pembuat PDF tidak dapat dijalankan di mesin ini. Hubungi admin."


class BerkasGagal(Ditolak):
    """The file of a document could not be made or kept this time, though nothing is wrong with the document."""


class _Mati(Exception):
    """The worker is gone; ``terima`` tells whether it had taken up the work."""

    def __init__(self, terima: bool) -> None:
        super().__init__()
        self.terima = terima


class _Pekerja:
    """One worker process, and the socket to it."""

    def __init__(self, diam: float) -> None:
        self.baru = True
        self._kawat, dia = socket.socketpair()
        perintah = [
            sys.executable,
            "-m",
            "musrenbang.infra.pdf.pekerja",
            str(dia.fileno()),
            str(os.getpid()),
            str(diam),
        ]
        try:
            self.proses = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                perintah, cwd=AKAR, pass_fds=[dia.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        except OSError:
            self._kawat.close()
            raise
        finally:
            dia.close()

    def ask(self, pesan: Pesan, detik: float) -> Pesan:
        """Return the answer. Raises TimeoutError after so many seconds without a sign of life, and _Mati."""
        terima = False
        self._kawat.settimeout(detik)
        try:
            send(self._kawat, pesan)
            while (jawab := receive(self._kawat))[0] == HIDUP:
                terima = True
        except (EOFError, ConnectionError) as galat:
            raise _Mati(terima) from galat
        self.baru = False
        return jawab

    def end(self) -> None:
        self._kawat.close()
        self.proses.kill()
        if self.ended() is None:  # in the hands of the kernel, which will end it
            self.proses.returncode = -signal.SIGKILL

    def ended(self) -> int | None:
        """Return how the process ended; None when it does not end."""
        try:
            return self.proses.wait(AKHIR_DETIK)
        except subprocess.TimeoutExpired:
            return None

    def disown(self) -> None:
        """In a forked process: let go of what belongs to the parent, without a signal and without waiting for it."""
        self._kawat.close()
        self.proses.returncode = 0


class Kumpulan:
    """At most ``banyak`` workers at once; safe to be asked by several threads."""

    def __init__(self, banyak: int, diam: float = DIAM_DETIK) -> None:
        self.banyak, self.diam = banyak, diam
        self._begin()
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._disown)

    def _begin(self) -> None:
        self._tempat = BoundedSemaphore(self.banyak)
        self._luang: list[_Pekerja] = []
        self._semua: set[_Pekerja] = set()

    def _disown(self) -> None:
        for pekerja in self._semua:
            pekerja.disown()
        self._begin()

    def close(self) -> None:
        """End the workers that wait for work."""
        while pekerja := self._take():
            self._end(pekerja)

    def ask(self, *pesan: bytes, detik: float) -> Pesan:
        """Have a worker do the named work; return its result. Raises BerkasGagal within the limits, in a sentence."""
        if not self._tempat.acquire(timeout=detik):
            raise BerkasGagal(SIBUK)
        try:
            return self._ask(list(pesan), detik)
        finally:
            self._tempat.release()

    def ask_each(self, semua: list[Pesan], *, detik: float) -> list[Pesan]:
        """Have every one of the works done, as many at once as there are workers; return the results in order."""
        if len(semua) <= 1 or self.banyak == 1:
            return [self.ask(*pesan, detik=detik) for pesan in semua]
        with ThreadPoolExecutor(min(len(semua), self.banyak)) as utas:
            return list(utas.map(lambda pesan: self.ask(*pesan, detik=detik), semua))

    def _ask(self, pesan: Pesan, detik: float) -> Pesan:
        while True:
            pekerja = self._take() or self._start()
            try:
                hasil = pekerja.ask(pesan, detik)
            except _Mati as mati:
                kode = pekerja.ended()
                self._end(pekerja)
                if mati.terima or pekerja.baru:
                    raise BerkasGagal(TAK_MULAI if kode == 1 and not mati.terima else TERHENTI) from mati
                continue  # it had ended while it waited for work: a fresh one does it
            except TimeoutError as lama:
                self._end(pekerja)
                raise BerkasGagal(MACET.format(detik)) from lama
            except BaseException:
                self._end(pekerja)
                raise
            self._luang.append(pekerja)
            if hasil[0] == GALAT:
                raise RuntimeError(hasil[1].decode())
            return hasil[1:]

    def _take(self) -> _Pekerja | None:
        while self._luang:
            try:
                pekerja = self._luang.pop()
            except IndexError:  # another thread was faster
                return None
            if pekerja.proses.poll() is None:
                return pekerja
            self._end(pekerja)
        return None

    def _start(self) -> _Pekerja:
        try:
            pekerja = _Pekerja(self.diam)
        except OSError as galat:  # no memory, no file handle, no process left
            raise BerkasGagal(TERHENTI) from galat
        self._semua.add(pekerja)
        return pekerja

    def _end(self, pekerja: _Pekerja) -> None:
        pekerja.end()
        self._semua.discard(pekerja)
