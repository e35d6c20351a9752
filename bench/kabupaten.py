"""The kabupaten with 21 kecamatan of 300 proposals: board, consolidated list, workbook. Writes no file.

Run with ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/python bench/kabupaten.py``; with ``BENCH_DIR`` set to a folder where
``create_demo --tahap selesai --kecamatan 21 --usulan 300`` was run already (as ``VAR_DIR``), that database is measured.
"""

import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import chain
from typing import Any

import own_database  # noqa: F401 -- the environment comes first

# isort: split
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client

from alur.demo.build import build_demo
from musrenbang.models import Kabupaten, Musrenbang, Pengguna
from tindak_lanjut.dokumen.durkp import durkp_xlsx
from tindak_lanjut.queries.durkp import consolidated, stream_rows

ULANG, TAHUN = 5, 2026
HALAMAN = [
    ("trivial page (`/masuk/`)", "/masuk/", False),
    ("board of the kabupaten", f"/kabupaten/?tahun={TAHUN}", True),
    ("consolidated list, by SKPD", f"/kabupaten/durkp/?tahun={TAHUN}", True),
    ("consolidated list, by programme", f"/kabupaten/durkp/?tahun={TAHUN}&menurut=program", True),
    ("consolidated list, last page", f"/kabupaten/durkp/?tahun={TAHUN}&hal=999", True),
    ("works of one SKPD", "/skpd/", False),
    ("public result of one kecamatan", "/publik/sikur-2027/", False),
]


def measure(asked: Callable[[], Any]) -> tuple[float, int, int]:
    """Return (median seconds, bytes, queries) of a request, after one warm-up."""
    asked()
    times = []
    for _ in range(ULANG):
        start = time.perf_counter()
        response = asked()
        times.append(time.perf_counter() - start)
        assert response.status_code == 200, response.content[:300]
    reset_queries()
    connection.force_debug_cursor = True
    asked()
    jumlah = len(connection.queries)
    connection.force_debug_cursor = False
    return statistics.median(times), len(response.content), jumlah


def workbook(kabupaten: Kabupaten, times: int) -> tuple[int, float, float, int]:
    """Write the workbook with the list ``times`` times over; return rows, seconds, peak MB of Python objects, bytes."""
    baris = consolidated(kabupaten, TAHUN)
    everything = chain.from_iterable(stream_rows(baris, kabupaten) for _ in range(times))
    start = time.perf_counter()
    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        durkp_xlsx(file, kabupaten, TAHUN, everything)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        return baris.count() * times, time.perf_counter() - start, peak, file.tell()


def main() -> None:
    """Build the kabupaten unless it is there, measure, print."""
    call_command("migrate", verbosity=0)
    if Musrenbang.objects.count() < 21:
        build_demo(tahap="selesai", usulan=300, kecamatan=21)
    kabupaten = Kabupaten.objects.get(kode="52.03")
    bappeda, skpd, general = (Client(SERVER_NAME="localhost") for _ in range(3))
    bappeda.force_login(Pengguna.objects.get(username="bappeda"))
    skpd.force_login(Pengguna.objects.get(username="skpd"))
    base = 0.0
    print("| page | median | times the trivial page | bytes | queries |\n|---|---|---|---|---|")
    for nama, url, bappedas_own in HALAMAN:
        client = bappeda if bappedas_own else skpd if url == "/skpd/" else general
        seconds, size, queries = measure(lambda client=client, url=url: client.get(url))
        base = base or seconds
        print(f"| {nama} | {seconds * 1000:.1f} ms | {seconds / base:.1f} | {size:,} | {queries} |")
    print(
        "\n| workbook in SIPD's order | rows | peak of Python objects | bytes | seconds (traced) |\n|---|---|---|---|---|"
    )
    for times in (1, 2, 4):
        n, seconds, peak, size = workbook(kabupaten, times)
        print(f"| the list {times} times over | {n:,} | {peak:.1f} MB | {size:,} | {seconds:.1f} |")


if __name__ == "__main__":
    main()
