"""Workers that lay out documents: started when the first is asked for, kept between documents, replaced when one fails.

Each process that serves has workers of its own, at most as many as its settings say. They end with it, however it
ends (see ``worker``), and one that was not needed for a while ends by itself. A process that was forked from one with
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

from musrenbang.infra.errors import Refused
from musrenbang.infra.pdf.worker import GALAT, HIDUP, Pesan, receive, send

AKAR = Path(__file__).resolve().parents[3]
DIAM_DETIK = 300.0
AKHIR_DETIK = 5.0
SIBUK = "Mesin ini masih membuat dokumen lain. Tunggu sebentar, lalu coba lagi."
MACET = "Pembuatan PDF dihentikan karena {:.0f} detik tidak ada kemajuan. Coba lagi; bila terulang, hubungi admin."
TERHENTI = "PDF belum dapat dibuat. Coba beberapa menit lagi; bila berulang, hubungi admin."
TAK_MULAI = "Pembuat PDF tidak dapat dijalankan di mesin ini. Hubungi admin."


class FileFailed(Refused):
    """The file of a document could not be made or kept this time, though nothing is wrong with the document."""


class _Dead(Exception):
    """The worker is gone; ``terima`` tells whether it had taken up the work."""

    def __init__(self, receive: bool) -> None:
        super().__init__()
        self.terima = receive


class _Worker:
    """One worker process, and the socket to it."""

    def __init__(self, silent: float) -> None:
        self.baru = True
        self._kawat, user = socket.socketpair()
        commands = [
            sys.executable,
            "-m",
            "musrenbang.infra.pdf.worker",
            str(user.fileno()),
            str(os.getpid()),
            str(silent),
        ]
        try:
            self.proses = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                commands, cwd=AKAR, pass_fds=[user.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        except OSError:
            self._kawat.close()
            raise
        finally:
            user.close()

    def ask(self, message: Pesan, seconds: float) -> Pesan:
        """Return the answer. Raises TimeoutError after so many seconds without a sign of life, and _Mati."""
        accept = False
        self._kawat.settimeout(seconds)
        try:
            send(self._kawat, message)
            while (response := receive(self._kawat))[0] == HIDUP:
                accept = True
        except (EOFError, ConnectionError) as error:
            raise _Dead(accept) from error
        self.baru = False
        return response

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


class WorkerPool:
    """At most ``banyak`` workers at once; safe to be asked by several threads."""

    def __init__(self, count: int, silent: float = DIAM_DETIK) -> None:
        self.banyak, self.diam = count, silent
        self._begin()
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._disown)

    def _begin(self) -> None:
        self._tempat = BoundedSemaphore(self.banyak)
        self._luang: list[_Worker] = []
        self._semua: set[_Worker] = set()

    def _disown(self) -> None:
        for worker in self._semua:
            worker.disown()
        self._begin()

    def close(self) -> None:
        """End the workers that wait for work."""
        while worker := self._take():
            self._end(worker)

    def ask(self, *message: bytes, seconds: float) -> Pesan:
        """Have a worker do the named work; return its result. Raises FileFailed within the limits, in a sentence."""
        if not self._tempat.acquire(timeout=seconds):
            raise FileFailed(SIBUK)
        try:
            return self._ask(list(message), seconds)
        finally:
            self._tempat.release()

    def ask_each(self, everything: list[Pesan], *, seconds: float) -> list[Pesan]:
        """Have every one of the works done, as many at once as there are workers; return the results in order."""
        if len(everything) <= 1 or self.banyak == 1:
            return [self.ask(*message, seconds=seconds) for message in everything]
        with ThreadPoolExecutor(min(len(everything), self.banyak)) as thread:
            return list(thread.map(lambda message: self.ask(*message, seconds=seconds), everything))

    def _ask(self, message: Pesan, seconds: float) -> Pesan:
        while True:
            worker = self._take() or self._start()
            try:
                result = worker.ask(message, seconds)
            except _Dead as failure:
                kode = worker.ended()
                self._end(worker)
                if failure.terima or worker.baru:
                    raise FileFailed(TAK_MULAI if kode == 1 and not failure.terima else TERHENTI) from failure
                continue  # it had ended while it waited for work: a fresh one does it
            except TimeoutError as error:
                self._end(worker)
                raise FileFailed(MACET.format(seconds)) from error
            except BaseException:
                self._end(worker)
                raise
            self._luang.append(worker)
            if result[0] == GALAT:
                raise RuntimeError(result[1].decode())
            return result[1:]

    def _take(self) -> _Worker | None:
        while self._luang:
            try:
                worker = self._luang.pop()
            except IndexError:  # another thread was faster
                return None
            if worker.proses.poll() is None:
                return worker
            self._end(worker)
        return None

    def _start(self) -> _Worker:
        try:
            worker = _Worker(self.diam)
        except OSError as error:  # no memory, no file handle, no process left
            raise FileFailed(TERHENTI) from error
        self._semua.add(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        worker.end()
        self._semua.discard(worker)
