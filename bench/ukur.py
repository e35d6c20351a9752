"""Measure what the README of this folder lists and write ``hasil.md``. Run with ``make bench``."""

import os
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from lingkungan import KERJA, ROOT

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
from usulan.impor.baca import read_workbook
from usulan.queries.acuan import rujukan_for
from usulan.serupa import Naskah, find_similar
from usulan.services.impor import commit_impor, stage_impor

ULANG = 7
M = "/m/sikur-2027"


def median(kerja: Callable[[], object], ulang: int = ULANG) -> float:
    """Return the median seconds of a call, after one warm-up."""
    kerja()
    waktu = []
    for _ in range(ulang):
        mulai = time.perf_counter()
        kerja()
        waktu.append(time.perf_counter() - mulai)
    return statistics.median(waktu)


def pages() -> list[str]:
    """List pages of 300 rows against the sign-in page, the plainest page through the same stack."""
    call_command("create_demo", reset=True, tahap="pleno", usulan=300)
    client, polos = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    client.force_login(Pengguna.objects.get(username="sekcam"))
    dasar = median(lambda: polos.get("/masuk/"))
    baris = [f"| trivial page (`/masuk/`) | {dasar * 1000:.1f} ms | 1.0 | |"]
    for nama, url in (
        ("usulan, 50 of 300", f"{M}/usulan/"),
        ("RKP table, 300 in one page", f"{M}/rkp/"),
        ("event board", f"{M}/"),
        ("home", "/"),
        ("trail, 50 rows", f"{M}/jejak/"),
    ):
        lama = median(lambda url=url: client.get(url))
        reset_queries()
        connection.force_debug_cursor = True
        assert client.get(url).status_code == 200
        jumlah = len(connection.queries)
        connection.force_debug_cursor = False
        baris.append(f"| {nama} | {lama * 1000:.1f} ms | {lama / dasar:.1f} | {jumlah} |")
    return ["## Pages", "", "| page | median | times the trivial page | queries |", "|---|---|---|---|", *baris, ""]


def _workbook(jumlah: int) -> Path:
    buku = Workbook(write_only=True)
    lembar = buku.create_sheet("Usulan")
    lembar.append(["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "Sumber Dana", "Manfaat"])
    desa = ["Semaya", "Sikur", "Loyok", "Kota Raja", "Gelora"]
    for i, k in enumerate(works(random.Random(1), jumlah), 1):
        lembar.append([i, desa[i % 5], k.kegiatan, k.lokasi, k.volume, k.satuan, k.biaya, k.sumber, k.manfaat])
    path = KERJA / f"{jumlah}.xlsx"
    buku.save(path)
    return path


def _bare_openpyxl(path: Path) -> int:
    buku = load_workbook(path, read_only=True, data_only=True)
    buku.active.reset_dimensions()
    jumlah = sum(1 for _ in buku.active.iter_rows(values_only=True))
    buku.close()
    return jumlah


def imports() -> list[str]:
    """Import against the bare libraries; peak memory of the large one."""
    call_command("create_demo", reset=True, tahap="persiapan", usulan=20)
    acara = Musrenbang.objects.select_related("kecamatan__kabupaten").get()
    by, rujukan = Pengguna.objects.get(username="pmd"), rujukan_for(acara)
    baris = []
    for jumlah, ulang in ((300, ULANG), (10_000, 2)):
        path = _workbook(jumlah)
        openpyxl = median(lambda path=path: _bare_openpyxl(path), ulang)
        calamine = median(lambda path=path: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(), ulang)
        baca = median(lambda path=path: read_workbook(path, rujukan), ulang)
        mulai = time.perf_counter()
        impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=by)
        pratinjau = time.perf_counter() - mulai
        mulai = time.perf_counter()
        commit_impor(impor=impor, by=by)
        simpan = time.perf_counter() - mulai
        tracemalloc.start()
        read_workbook(path, rujukan).as_dict()
        puncak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        baris += [
            f"| {jumlah:,} | openpyxl alone | {openpyxl * 1000:.0f} ms | 1.0 | |",
            f"| {jumlah:,} | calamine alone | {calamine * 1000:.0f} ms | {calamine / openpyxl:.2f} | |",
            f"| {jumlah:,} | our reader | {baca * 1000:.0f} ms | {baca / openpyxl:.1f} | {puncak:.0f} MiB |",
            f"| {jumlah:,} | upload to preview, stored | {pratinjau * 1000:.0f} ms | {pratinjau / openpyxl:.1f} | |",
            f"| {jumlah:,} | preview to saved | {simpan * 1000:.0f} ms | {simpan / openpyxl:.1f} | |",
        ]
    kepala = [
        "## Import",
        "",
        "| rows | step | time | times openpyxl alone | peak of Python objects |",
        "|---|---|---|---|---|",
    ]
    return [*kepala, *baris, ""]


def similarity() -> list[str]:
    """All pairs of similar proposals, against reading every title once."""
    baris = []
    for jumlah in (300, 2_000):
        karya = works(random.Random(2), jumlah)
        naskah = [Naskah(i, i % 14, k.kegiatan, k.lokasi) for i, k in enumerate(karya)]
        baca = median(lambda naskah=naskah: [(n.kegiatan + n.lokasi).lower().split() for n in naskah])
        cari = median(lambda naskah=naskah: find_similar(naskah), 3)
        baris.append(f"| {jumlah:,} | {len(find_similar(naskah)):,} | {cari:.2f} s | {cari / baca:.0f} |")
    kepala = ["## Similar proposals", "", "| proposals | pairs found | time | times splitting the words |"]
    return [*kepala, "|---|---|---|---|", *baris, ""]


def main() -> None:
    """Run everything on a fresh SQLite database and write the result."""
    call_command("migrate", verbosity=0)
    isi = [
        "# Last results",
        "",
        f"Python {sys.version.split()[0]}, Django {django.__version__}, {os.cpu_count()} cores, SQLite.",
        "",
    ]
    for bagian in (pages, imports, similarity, document):
        isi += bagian()
    (ROOT / "bench/hasil.md").write_text("\n".join(isi))
    print("\n".join(isi))
