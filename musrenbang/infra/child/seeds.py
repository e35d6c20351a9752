"""Seeds of this process: one a place, started when a list is read, replaced when they fail or have served enough."""

import atexit
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from musrenbang.infra.child.errors import LAMA, RUSAK

BIBIT = Path(__file__).with_name("seed.py")
LINGKUNGAN = {"LC_ALL": "C.UTF-8"}
DIAM_DETIK, BERKAS_MAKS = 90, 200
"""Seconds without work after which a seed ends; files after which it is replaced."""
AKHIR_DETIK = 5.0


class _Seedling:
    """One seed, and the line to it. Whoever holds its place (``musrenbang.infra.child``) has it alone."""

    def __init__(self) -> None:
        self.sisa = BERKAS_MAKS
        self._kawat, user = socket.socketpair()
        try:
            self.proses = subprocess.Popen(  # noqa: S603 -- our own script, no shell
                [sys.executable, "-IB", str(BIBIT), str(DIAM_DETIK)],
                stdin=user,
                stdout=user,
                stderr=subprocess.DEVNULL,
                env=LINGKUNGAN,
                start_new_session=True,
            )
        except BaseException:
            self._kawat.close()
            raise
        finally:
            user.close()

    def ask(self, message: bytes, seconds: float) -> int | None:
        """Return how the child ended; None when the seed is gone. Raises TimeoutError."""
        self.sisa -= 1
        self._kawat.settimeout(seconds)
        response = b""
        try:
            self._kawat.sendall(message + b"\n")
            while not response.endswith(b"\n"):
                if not (connection := self._kawat.recv(64)):
                    return None
                response += connection
            return int(response)
        except (ConnectionError, ValueError):
            return None

    def usable(self) -> bool:
        return self.sisa > 0 and self.proses.poll() is None

    def end(self) -> None:
        """End the seed, and the child that it may be waiting for."""
        self._kawat.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.proses.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self.proses.wait(AKHIR_DETIK)

    def disown(self) -> None:
        """In a forked process: let go of what belongs to the parent."""
        self._kawat.close()
        self.proses.returncode = 0


_semua: dict[str, _Seedling] = {}


def run(message: bytes, tempat: str, seconds: float) -> int:
    """Let the seed of this place read a file; return how its child ended. Raises OSError when none can be started."""
    for again in (True, False):
        seedling = _semua.get(tempat)
        if seedling is None or not seedling.usable():
            _end(tempat)
            seedling = _semua[tempat] = _Seedling()
        try:
            kode = seedling.ask(message, seconds)
        except TimeoutError:
            _end(tempat)
            return LAMA
        if kode == 0:
            return 0
        _end(tempat)  # after anything but a right answer the next file gets a fresh one
        if kode is not None:
            return kode
        if not (again and seedling.proses.returncode == -signal.SIGALRM):  # it was just going to sleep: once more
            return RUSAK
    return RUSAK


def _end(tempat: str) -> None:
    if seedling := _semua.pop(tempat, None):
        seedling.end()


def close() -> None:
    """End all of them."""
    for place in list(_semua):
        _end(place)


def _disown() -> None:
    for seedling in _semua.values():
        seedling.disown()
    _semua.clear()


atexit.register(close)
os.register_at_fork(after_in_child=_disown)
