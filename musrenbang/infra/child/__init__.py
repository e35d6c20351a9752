"""Reading a file that a stranger made: in a child process with limits, so that it can end the child, never the server.

Each file gets a process of its own, which is gone afterwards: what one file did to it cannot reach the next. Starting
one costs 0.02 s for the interpreter and what its reader imports (Pillow 0.04 s, pikepdf 0.09 s, openpyxl 0.2 s,
pyHanko 0.5 s). Lists and tables, which come often and are small, are read by a fork of a seed that has their reader
loaded (``early``; ``seeds``, ``seed``): 0.01 s. No child knows a secret (its environment is empty) or Django.
Memory, seconds of work and the size of what it writes are limited by the kernel (``run``), the time that somebody
waits by this module.

How many work at once on a machine is limited by locks in a folder that all its processes share: two for people who
are signed in, and one more for everybody else, so that a stranger's file never keeps the meeting waiting.
"""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from musrenbang.infra.child import seeds
from musrenbang.infra.child.errors import BESAR, LAMA, RUSAK, SIBUK, UnreadableFile

__all__ = ["RUSAK", "SIBUK", "UnreadableFile", "read", "use_folder"]

JALAN = Path(__file__).with_name("run.py")
MEMORI = 384 * 1024 * 1024
DETIK_CPU = 15
DETIK_TUNGGU = 20.0
HASIL_MAKS = 16 * 1024 * 1024
SEKALIGUS = {"orang": 2, "umum": 1}
TUNGGU_TEMPAT = {"orang": 20.0, "umum": 3.0}
_tempat = [Path(tempfile.gettempdir()) / f"musrenbang-anak-{os.getuid()}"]


def use_folder(folder: Path) -> None:
    """Keep the locks in this folder from now on."""
    _tempat[0] = folder


def read(
    task: str | Callable[..., Any],
    berkas: Path | bytes,
    *,
    for_whom: str = "orang",
    cpu_seconds: int = DETIK_CPU,
    write_max: int = HASIL_MAKS,
    early: bool = False,
    **pilihan: Any,
) -> Any:
    """Return what a reader makes of the file; it is called with the path and the options.

    A reader is a function of a module, or ``module:function`` where this process shall not load what it imports.

    Options and result pass as JSON. ``for_whom``: whose place it takes (``orang`` signed in, ``umum`` anybody).
    ``write_max``: bytes of the result, and of any file that the reader writes. ``early``: by a fork of a seed that
    stays, for a reader that is asked often. Raises UnreadableFile, in a
    sentence, for a file that is damaged, too large, too slow to read, or when too many are being read.
    """
    with _place(for_whom) as place, tempfile.TemporaryDirectory(prefix="anak-") as folder:
        if isinstance(berkas, bytes):
            path = Path(folder) / "berkas"
            path.write_bytes(berkas)
        else:
            path = berkas
        with (Path(folder) / "hasil").open("w+b") as output:
            nama = task if isinstance(task, str) else f"{task.__module__}:{task.__name__}"
            message = {"tugas": nama, "berkas": str(path), "pilihan": pilihan}
            kode = _run(message, (MEMORI, cpu_seconds, write_max), output, place if early else "")
            return _result(kode, output)


def _run(message: dict[str, Any], batas: tuple[int, int, int], output: IO[bytes], seedling: str) -> int:
    """Return how the child ended: one of its own, or a fork of the seed of the place ``seedling``.

    What it is to do comes through its stdin: options may hold a password.
    """
    try:
        if seedling:
            complete = message | {"batas": batas, "hasil": output.name}
            return seeds.run(json.dumps(complete).encode(), seedling, DETIK_TUNGGU + batas[1])
        return subprocess.run(  # noqa: S603 -- our own script and numbers, no shell
            [sys.executable, "-IB", str(JALAN), *(str(b) for b in batas)],
            input=json.dumps(message).encode(),
            stdout=output,
            stderr=subprocess.DEVNULL,
            env=seeds.LINGKUNGAN,
            timeout=DETIK_TUNGGU + batas[1],
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return LAMA
    except (BlockingIOError, MemoryError) as error:  # no process or no memory left for one
        raise UnreadableFile.because(SIBUK) from error


def _result(kode: int, output: IO[bytes]) -> Any:
    if kode:
        raise UnreadableFile.because(kode)
    output.seek(0)
    try:
        response = json.load(output)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile.because(RUSAK) from error
    if "tolak" in response:
        raise UnreadableFile(response["tolak"])
    if response.get("puncak", 0) * 1024 > MEMORI:
        raise UnreadableFile.because(BESAR)
    return response["hasil"]


@contextmanager
def _place(for_whom: str) -> Iterator[str]:
    """Hold one of the places of this machine, and return its name; a lock ends with its process, however that ends."""
    _tempat[0].mkdir(mode=0o700, parents=True, exist_ok=True)
    limit = time.monotonic() + TUNGGU_TEMPAT[for_whom]
    while True:
        for nomor in range(SEKALIGUS[for_whom]):
            kunci = os.open(_tempat[0] / f"{for_whom}.{nomor}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(kunci, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(kunci)
                continue
            try:
                yield f"{for_whom}.{nomor}"
            finally:
                os.close(kunci)
            return
        if time.monotonic() > limit:
            raise UnreadableFile.because(SIBUK)
        time.sleep(0.05)
