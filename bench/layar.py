"""The hall on two workers: 20 projectors and 200 phones that follow, two desks that write. Writes no file.

Run with ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/python bench/layar.py [SECONDS]``. Each client asks again 0.9 s after its last answer,
as ``static/js/layar.js`` does; phones ask over connections of their own, as they do in a hall. Every third second the
operator changes the panel; the delay until each client has seen it is measured.
"""

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path

from own_database import ROOT

# isort: split
from django.core.management import call_command

from alur.demo.build import build_demo
from musrenbang.models import Pengguna
from musrenbang.sidang.models import Undangan
from musrenbang.sidang.services.kehadiran import check_in
from musrenbang.sidang.services.layar import open_layar, show_panel

LAYAR, TELEPON, JEDA, GANTI = 20, 200, 0.9, 3.0
PORT = 8597


class Result:
    """What the clients saw."""

    def __init__(self) -> None:
        self.waktu: list[float] = []
        self.galat = self.isi = 0
        self.ganti: list[tuple[float, str]] = []
        self.telat: list[float] = []


async def ask(path: str, page_etag: str) -> tuple[int, str, int]:
    """One GET on a connection of its own; return (status, ETag, bytes)."""
    read, write = await asyncio.open_connection("127.0.0.1", PORT)
    same = f"If-None-Match: {page_etag}\r\n" if page_etag else ""
    write.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{same}Connection: close\r\n\r\n".encode())
    response = await read.read()
    write.close()
    head = response.split(b"\r\n\r\n", 1)[0].decode()
    mark = next((b.split(": ", 1)[1] for b in head.splitlines() if b.lower().startswith("etag:")), "")
    return int(head.split()[1]), mark, len(response)


async def spectator(kode: str, result: Result, finished: float, mulai: float) -> None:
    """One projector or phone."""
    await asyncio.sleep(mulai)
    page_etag, already = "", 0
    while time.monotonic() < finished:
        start = time.monotonic()
        try:
            status, new, large = await asyncio.wait_for(ask(f"/layar/{kode}/isi/", page_etag), 10)
        except (TimeoutError, OSError):
            result.galat += 1
        else:
            result.waktu.append(time.monotonic() - start)
            result.galat += status not in (200, 304)
            result.isi += large
            if status == 200 and page_etag and len(result.ganti) > already:
                result.telat.append(time.monotonic() - result.ganti[-1][0])
                already = len(result.ganti)
            page_etag = new or page_etag
        await asyncio.sleep(JEDA)


async def operator(acara, result: Result, finished: float) -> None:
    """Change the panel every few seconds."""
    panel = ["kehadiran", "bidang", "delegasi", "agenda"]
    while time.monotonic() < finished - GANTI:
        await asyncio.sleep(GANTI)
        nama = panel[len(result.ganti) % 4]
        await asyncio.to_thread(show_panel, musrenbang=acara, panel=nama)
        result.ganti.append((time.monotonic(), nama))


async def meja(undangan: list[Undangan], by: Pengguna, finished: float) -> int:
    """A desk that notes one person every two seconds; return how many."""
    n = 0
    for u in undangan:
        if time.monotonic() > finished:
            break
        kunci = uuid.uuid4()
        n += (await asyncio.to_thread(check_in, undangan=u, by=by, kunci=kunci, cara="centang", jenis_kelamin="L"))[1]
        await asyncio.sleep(2)
    return n


def cpu(child_pid: int) -> float:
    """CPU seconds of a process and its children that still run."""
    child = Path(f"/proc/{child_pid}/task/{child_pid}/children").read_text().split()
    seconds = os.sysconf("SC_CLK_TCK")
    return sum(
        sum(map(int, Path(f"/proc/{p}/stat").read_text().rsplit(")", 1)[1].split()[11:13])) / seconds
        for p in [str(child_pid), *child]
    )


async def run(acara, kode: str, old: float, server: int) -> tuple[Result, int, float]:
    """All at once for ``lama`` seconds."""
    result, finished = Result(), time.monotonic() + old
    undangan = list(
        Undangan.objects.filter(musrenbang=acara).select_related("desa", "musrenbang__kecamatan__kabupaten")
    )
    by = Pengguna.objects.get(username="pemandu")
    jumlah = LAYAR + TELEPON
    start = cpu(server)
    work = [spectator(kode, result, finished, JEDA * i / jumlah) for i in range(jumlah)]
    *_, a, b = await asyncio.gather(
        *work, operator(acara, result, finished), meja(undangan[::2], by, finished), meja(undangan[1::2], by, finished)
    )
    return result, a + b, (cpu(server) - start) / old


def main() -> None:
    """Build the event, start the server, run, print one table row."""
    old = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    call_command("migrate", verbosity=0)
    (acara,) = build_demo(tahap="pembukaan", usulan=300, kecamatan=1)
    kode = open_layar(musrenbang=acara).kode
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "musrenbang.wsgi",
            "--bind",
            f"127.0.0.1:{PORT}",
            "--workers",
            "2",
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
        env=os.environ | {"DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "bench" * 12, "ALLOWED_HOSTS": "127.0.0.1"},
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                asyncio.run(ask(f"/layar/{kode}/isi/", ""))
                break
            time.sleep(0.1)
        result, recorded, load = asyncio.run(run(acara, kode, old, server.pid))
    finally:
        server.terminate()
        server.wait()
    w = sorted(result.waktu)
    t = sorted(result.telat)
    cells = [
        f"{LAYAR} screens + {TELEPON} phones",
        f"{len(w) / old:.0f}/s",
        f"{statistics.median(w) * 1000:.1f} ms",
        f"{w[int(len(w) * 0.95)] * 1000:.1f} ms",
        result.galat,
        f"{load:.2f} of 2 cores",
        f"{result.isi / old / 1024:.0f} kB/s",
        f"{statistics.median(t):.2f} s",
        f"{t[int(len(t) * 0.95)]:.2f} s",
        recorded,
    ]
    print(f"| {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main()
