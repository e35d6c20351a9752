"""A worker: a bare interpreter that loads renderer, styles and fonts itself and lays out what is asked over a socket.

It is started, never forked: a fork takes locks over but not the threads that would open them, and newer Pango keeps a
thread of its own for its fonts. It knows nothing of Django. Run by ``pool``:

    python -m musrenbang.infra.pdf.worker SOCKET PARENT SECONDS_IDLE

A message is a list of byte strings. A request is the name of the work and its arguments; it is answered with ``HIDUP``
at each step forward, and at last with ``JADI`` and the result or with ``GALAT`` and why.
"""

import gc
import logging
import os
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

HIDUP, JADI, GALAT = b"hidup", b"jadi", b"galat"
BERSIH_MB = 120
JEDA = 0.05
BESAR_MB = 200
DIAM_BESAR = 10.0
"""A worker that has grown past so many MB gives them back when nothing was asked of it for so many seconds."""
SELANG_TANDA = 0.5
Pesan = list[bytes]


def send(wire: socket.socket, message: Pesan) -> None:
    """Send a message; all of it within the time limit of the socket."""
    length = struct.pack(f"!{len(message)}Q", *map(len, message))
    wire.sendall(b"".join([struct.pack("!I", len(message)), length, *message]))


def receive(wire: socket.socket) -> Pesan:
    """Return the next message; raise EOFError when the other side is gone, TimeoutError when it is silent."""
    (count,) = struct.unpack("!I", _exactly(wire, 4))
    return [_exactly(wire, n) for n in struct.unpack(f"!{count}Q", _exactly(wire, 8 * count))]


def _exactly(wire: socket.socket, n: int) -> bytes:
    content = bytearray()
    while len(content) < n:
        cut = wire.recv(min(n - len(content), 1 << 20))
        if not cut:
            raise EOFError
        content += cut
    return bytes(content)


def lay_out(content: bytes) -> Pesan:
    """Return the PDFs, in order, that together are the batch."""
    from musrenbang.infra.pdf import layout  # noqa: PLC0415 -- the message layer above is also read by those who only ask

    return layout.lay_out(content.decode())


def assemble(frame: bytes, attached: bytes, *chunk: bytes) -> Pesan:
    """Return the document of all pieces, each page with its frame, with the files that it carries."""
    from musrenbang.infra.pdf import archive, join, layout  # noqa: PLC0415 -- as above

    wide = join.is_wide(list(chunk))
    around = layout.frame(frame.decode(), wide)
    gc.collect()  # the pages that were laid out for it are gone before the document is joined
    return [join.assemble(list(chunk), around, wide, archive.unpack(attached))]


KERJA: dict[bytes, Callable[..., Pesan]] = {f.__name__.encode(): f for f in (lay_out, assemble)}


class _Step(logging.Handler):
    """Tells the parent of each step of the renderer (one a page), so that slow work is told from stuck work."""

    def __init__(self, wire: socket.socket) -> None:
        super().__init__()
        self._kawat, self._lalu = wire, 0.0

    def emit(self, record: logging.LogRecord) -> None:
        if (current := time.monotonic()) - self._lalu >= SELANG_TANDA:
            self._lalu = current
            send(self._kawat, [HIDUP])


def serve(wire: socket.socket, silent: float) -> None:
    """Answer requests until the parent closes the socket, or nothing was asked for ``silent`` seconds."""
    from weasyprint.logger import PROGRESS_LOGGER  # noqa: PLC0415 -- as above

    from musrenbang.infra.pdf import layout  # noqa: PLC0415 -- as above

    layout.stylesheet()
    gc.freeze()  # what was loaded stays: a collection looks at what the documents left behind
    gc.disable()
    PROGRESS_LOGGER.setLevel(logging.INFO)
    PROGRESS_LOGGER.addHandler(_Step(wire))
    PROGRESS_LOGGER.propagate = False
    while True:
        try:
            nama, *content = _next(wire, silent)
        except (EOFError, TimeoutError, ConnectionError):
            return
        wire.settimeout(None)  # the parent reads, or is gone: then the write fails
        send(wire, [HIDUP])
        try:
            response = [JADI, *KERJA[nama](*content)]
        except MemoryError:
            raise  # this process ends, and what it holds is given back
        except Exception:  # told to the one who asked, who raises it
            response = [GALAT, traceback.format_exc().encode()]
        send(wire, response)
        del content, response


def _next(wire: socket.socket, silent: float) -> Pesan:
    """Return the next request. A layout tree is full of circles; they are cleared away while nobody waits.

    When one request follows the other that is done once they fill ``BERSIH_MB``.
    """
    if _resident_mb() < BERSIH_MB:
        wire.settimeout(JEDA)
        try:
            wire.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            gc.collect()
    else:
        gc.collect()
    wire.settimeout(silent if _resident_mb() < BESAR_MB else min(silent, DIAM_BESAR))
    return receive(wire)


def _resident_mb() -> int:
    try:
        halaman = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError):  # not on Linux: as if it were large
        return BESAR_MB
    return halaman * os.sysconf("SC_PAGE_SIZE") >> 20


def _end_with(induk: int) -> NoReturn:
    """End this process when its parent is gone, also in the middle of a layout and however the parent went."""
    while os.getppid() == induk:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    # Ctrl-C goes to every process of a terminal; the parent decides, and may still wait for this document.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(int(sys.argv[2]),), daemon=True).start()
    try:
        serve(socket.socket(fileno=int(sys.argv[1])), float(sys.argv[3]))
    except ConnectionError:  # the one who asked is gone
        sys.exit(0)
