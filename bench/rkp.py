"""The RKP with 500 rows: the grids, one saved cell, one re-rank; against the trivial page. Writes no file.

Run with ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/python bench/rkp.py``; the largest of 24 real kecamatan has 469 rows.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import own_database  # noqa: F401 -- the environment comes first

# isort: split
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client

from alur.demo.build import build_demo
from musrenbang.models import Pengguna
from rkp.models import BarisRkp, UsulanKelompok
from rkp.queries.content import DAPAT_BERUBAH
from rkp.queries.kelompok import list_kelompok
from rkp.services.usulan_kelompok import save_usulan_kelompok

ULANG, BARIS, M = 7, 500, "/m/sikur-2027"
SCRIPT = {"X-Bagian": "isian"}


def measure(asked: Callable[[], Any]) -> tuple[float, int, int]:
    """Return (median seconds of processor, bytes, queries) of a request, after one warm-up."""
    asked()
    times = []
    for _ in range(ULANG):
        start = time.process_time()
        response = asked()
        times.append(time.process_time() - start)
        assert response.status_code in (200, 302), response.content[:300]
    reset_queries()
    connection.force_debug_cursor = True
    asked()
    jumlah = len(connection.queries)
    connection.force_debug_cursor = False
    return statistics.median(times), len(response.content), jumlah


def main() -> None:
    """Build an event of 500 rows in its groups, then in its plenary, and measure."""
    call_command("migrate", verbosity=0)
    (acara,) = build_demo(tahap="kelompok", usulan=BARIS, kecamatan=1)
    client, plain = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    client.force_login(Pengguna.objects.get(username="sekcam"))
    by = Pengguna.objects.get(username="pemandu")
    large = max(list_kelompok(acara), key=lambda h: len(h.baris))
    for b in large.baris:
        content = {k: getattr(b.baris, k) for k in DAPAT_BERUBAH}
        save_usulan_kelompok(
            kelompok=large.kelompok,
            baris=b.baris,
            versi=0,
            by=by,
            nilai={},
            usul="disepakati",
            alasan_kode="",
            alasan="",
            catatan="",
            **content,
        )
    url = f"{M}/rkp/kelompok/{large.kelompok.pk}/"

    def move() -> Any:
        order = client.get(url + "urutan/", headers=SCRIPT).json()
        start = time.process_time()
        response = client.post(
            url + "urutan/", {"geser": order["urutan"][0], "tempat": 999, "sidik": order["sidik"]}, headers=SCRIPT
        )
        moves.append(time.process_time() - start)
        return response

    def cell(path: str, kolom: str, score: str, versi: int) -> Any:
        content = {"baris": baris.pk, "versi": versi, "kolom": kolom, "nilai": score}
        return client.post(path, content, headers=SCRIPT)

    def score() -> Any:
        versi = UsulanKelompok.objects.get(baris=baris).versi
        return cell(url + "sel/", "n:C1", str(versi % 5 + 1), versi)

    def decide() -> Any:
        current = BarisRkp.objects.get(pk=baris.pk)
        new = "belum_disepakati" if current.keputusan == "disepakati" else "disepakati"
        content = {"baris": current.pk, "versi": current.versi, "kolom": "keputusan", "nilai": new}
        alasan = {"alasan_kode": "lainnya", "alasan": "Menurut pleno."}
        return client.post(f"{M}/rkp/tabel/sel/", content | alasan, headers=SCRIPT)

    base = measure(lambda: plain.get("/masuk/"))
    baris = large.baris[0].baris
    results = [
        ("trivial page (`/masuk/`)", base),
        (f"group screen, {len(large.baris)} rows", measure(lambda: client.get(url))),
        ("saved cell in a group", measure(score)),
    ]
    moves: list[float] = []
    _, size, queries = measure(move)
    results.append((f"re-rank one of {len(large.baris)} rows", (statistics.median(moves[1:-1]), size, queries)))
    BarisRkp.objects.filter(rkp__musrenbang=acara).update(bidang=large.kelompok.bidang)
    results.append((f"group screen, {BARIS} rows", measure(lambda: client.get(url))))
    type(acara).objects.filter(pk=acara.pk).update(tahap="pleno")
    results.append(("saved cell in the table", measure(decide)))
    results.append((f"RKP table, {BARIS} rows in one page", measure(lambda: client.get(f"{M}/rkp/"))))
    results.append((f"plenary, {BARIS} rows side by side", measure(lambda: client.get(f"{M}/rkp/pleno/"))))
    results.append(("proposals, 50 of 500", measure(lambda: client.get(f"{M}/usulan/"))))
    print("| request | median | times the trivial page | bytes | queries |\n|---|---|---|---|---|")
    for nama, (seconds, size, queries) in results:
        print(f"| {nama} | {seconds * 1000:.1f} ms | {seconds / base[0]:.1f} | {size:,} | {queries} |")


if __name__ == "__main__":
    main()
