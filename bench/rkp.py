"""The RKP with 500 rows: the table, one inline decision, one re-rank; against the trivial page. Writes no file.

Run with ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/python bench/rkp.py``; the largest of 24 real kecamatan has 469 rows.
"""

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import lingkungan  # noqa: F401 -- the environment comes first

# isort: split
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client

from alur.demo.bangun import build_demo
from musrenbang.models import Pengguna
from rkp.models import BarisRkp
from rkp.queries.isi import DAPAT_BERUBAH
from rkp.queries.kelompok import hasil_kelompok, list_kelompok
from rkp.services.usulan_kelompok import save_usulan_kelompok

ULANG, BARIS, M = 7, 500, "/m/sikur-2027"
HTMX = {"HX-Request": "true"}


def ukur(minta: Callable[[], Any]) -> tuple[float, int, int]:
    """Return (median seconds, bytes, queries) of a request, after one warm-up."""
    minta()
    times = []
    for _ in range(ULANG):
        start = time.perf_counter()
        response = minta()
        times.append(time.perf_counter() - start)
        assert response.status_code in (200, 302), response.content[:300]
    reset_queries()
    connection.force_debug_cursor = True
    minta()
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

    def move_to() -> Any:
        results = hasil_kelompok(large.kelompok)
        ordering = [b.baris.pk for b in results.baris if b.diperingkat]
        return client.post(url + "urutan/", {"urutan": [*ordering[1:], ordering[0]], "sidik": results.sidik_urutan})

    def decide() -> Any:
        one = f"{M}/rkp/baris/{baris.pk}/"
        html = client.get(one, headers=HTMX).content.decode()
        content = {
            n: re.search(rf'name="{n}" value="([^"]*)"', html)[1]
            for n in ("versi", "kegiatan", "lokasi", "volume", "satuan", "biaya")
        }
        new = "cadangan" if 'value="disepakati" selected' in html else "disepakati"
        alasan = {"alasan_kode": "lainnya", "alasan": "Menurut pleno."} if new == "cadangan" else {}
        return client.post(one + "putuskan/", content | {"keputusan": new} | alasan, headers=HTMX)

    base = ukur(lambda: plain.get("/masuk/"))
    results = [
        ("trivial page (`/masuk/`)", base),
        (f"group screen, {len(large.baris)} rows", ukur(lambda: client.get(url))),
    ]
    results.append((f"re-rank one of {len(large.baris)} rows", ukur(move_to)))
    type(acara).objects.filter(pk=acara.pk).update(tahap="pleno")
    baris = BarisRkp.objects.filter(rkp__musrenbang=acara, biaya__isnull=False).exclude(lokasi="").first()
    results.append(("inline decision: form and save", ukur(decide)))
    results.append((f"RKP table, {BARIS} rows in one page", ukur(lambda: client.get(f"{M}/rkp/"))))
    results.append((f"plenary, {BARIS} rows side by side", ukur(lambda: client.get(f"{M}/rkp/pleno/"))))
    print("| request | median | times the trivial page | bytes | queries |\n|---|---|---|---|---|")
    for nama, (seconds, size, queries) in results:
        print(f"| {nama} | {seconds * 1000:.1f} ms | {seconds / base[0]:.1f} | {size:,} | {queries} |")


if __name__ == "__main__":
    main()
