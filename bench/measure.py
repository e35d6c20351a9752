"""Measure what the README of this folder lists and write ``hasil.md``. Run with ``make bench``."""

import os
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from own_database import KERJA, ROOT

# isort: split
import django
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from dokumen import document
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from alur.demo.data import works
from musrenbang.models import Musrenbang, Pengguna
from usulan.impor.read import read_workbook
from usulan.queries.acuan import reference_for
from usulan.services.impor import commit_impor, stage_impor
from usulan.similar import Script, find_similar

ULANG = 7
M = "/m/sikur-2027"


def median(work: Callable[[], object], again: int = ULANG) -> float:
    """Return the median seconds of a call, after one warm-up."""
    work()
    times = []
    for _ in range(again):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def pages() -> list[str]:
    """List pages of 300 rows against the sign-in page, the plainest page through the same stack."""
    call_command("create_demo", reset=True, tahap="pleno", usulan=300)
    client, plain = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    client.force_login(Pengguna.objects.get(username="sekcam"))
    base = median(lambda: plain.get("/masuk/"))
    baris = [f"| trivial page (`/masuk/`) | {base * 1000:.1f} ms | 1.0 | |"]
    for nama, url in (
        ("usulan, 50 of 300", f"{M}/usulan/"),
        ("RKP table, 300 in one page", f"{M}/rkp/"),
        ("event board", f"{M}/"),
        ("home", "/"),
        ("trail, 50 rows", f"{M}/jejak/"),
    ):
        old = median(lambda url=url: client.get(url))
        reset_queries()
        connection.force_debug_cursor = True
        assert client.get(url).status_code == 200
        jumlah = len(connection.queries)
        connection.force_debug_cursor = False
        baris.append(f"| {nama} | {old * 1000:.1f} ms | {old / base:.1f} | {jumlah} |")
    return ["## Pages", "", "| page | median | times the trivial page | queries |", "|---|---|---|---|", *baris, ""]


def _workbook(jumlah: int) -> Path:
    workbook = Workbook(write_only=True)
    lembar = workbook.create_sheet("Usulan")
    lembar.append(["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "Sumber Dana", "Manfaat"])
    desa = ["Semaya", "Sikur", "Loyok", "Kota Raja", "Gelora"]
    for i, k in enumerate(works(random.Random(1), jumlah), 1):
        lembar.append([i, desa[i % 5], k.kegiatan, k.lokasi, k.volume, k.satuan, k.biaya, k.sumber, k.manfaat])
    path = KERJA / f"{jumlah}.xlsx"
    workbook.save(path)
    return path


def _bare_openpyxl(path: Path) -> int:
    workbook = load_workbook(path, read_only=True, data_only=True)
    workbook.active.reset_dimensions()
    jumlah = sum(1 for _ in workbook.active.iter_rows(values_only=True))
    workbook.close()
    return jumlah


def imports() -> list[str]:
    """Import against the bare libraries; peak memory of the large one."""
    call_command("create_demo", reset=True, tahap="persiapan", usulan=20)
    acara = Musrenbang.objects.select_related("kecamatan__kabupaten").get()
    by, reference = Pengguna.objects.get(username="pmd"), reference_for(acara)
    baris = []
    for jumlah, again in ((300, ULANG), (10_000, 2)):
        path = _workbook(jumlah)
        openpyxl = median(lambda path=path: _bare_openpyxl(path), again)
        calamine = median(lambda path=path: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(), again)
        read = median(lambda path=path: read_workbook(path, reference), again)
        start = time.perf_counter()
        impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=by)
        preview = time.perf_counter() - start
        start = time.perf_counter()
        commit_impor(impor=impor, by=by)
        save = time.perf_counter() - start
        tracemalloc.start()
        read_workbook(path, reference).as_dict()
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        baris += [
            f"| {jumlah:,} | openpyxl alone | {openpyxl * 1000:.0f} ms | 1.0 | |",
            f"| {jumlah:,} | calamine alone | {calamine * 1000:.0f} ms | {calamine / openpyxl:.2f} | |",
            f"| {jumlah:,} | our reader | {read * 1000:.0f} ms | {read / openpyxl:.1f} | {peak:.0f} MiB |",
            f"| {jumlah:,} | upload to preview, stored | {preview * 1000:.0f} ms | {preview / openpyxl:.1f} | |",
            f"| {jumlah:,} | preview to saved | {save * 1000:.0f} ms | {save / openpyxl:.1f} | |",
        ]
    head = [
        "## Import",
        "",
        "| rows | step | time | times openpyxl alone | peak of Python objects |",
        "|---|---|---|---|---|",
    ]
    return [*head, *baris, ""]


def similarity() -> list[str]:
    """All pairs of similar proposals, against reading every title once."""
    baris = []
    for jumlah in (300, 2_000):
        work = works(random.Random(2), jumlah)
        manuscript = [Script(i, i % 14, k.kegiatan, k.lokasi) for i, k in enumerate(work)]
        read = median(lambda manuscript=manuscript: [(n.kegiatan + n.lokasi).lower().split() for n in manuscript])
        search = median(lambda manuscript=manuscript: find_similar(manuscript), 3)
        baris.append(f"| {jumlah:,} | {len(find_similar(manuscript)):,} | {search:.2f} s | {search / read:.0f} |")
    head = ["## Similar proposals", "", "| proposals | pairs found | time | times splitting the words |"]
    return [*head, "|---|---|---|---|", *baris, ""]


def main() -> None:
    """Run everything on a fresh SQLite database and write the result."""
    call_command("migrate", verbosity=0)
    contents = [
        "# Last results",
        "",
        f"Python {sys.version.split()[0]}, Django {django.__version__}, {os.cpu_count()} cores, SQLite.",
        "",
    ]
    for part in (pages, imports, similarity, document):
        contents += part()
    (ROOT / "bench/hasil.md").write_text("\n".join(contents))
    print("\n".join(contents))
