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
    waktu = []
    for _ in range(ULANG):
        mulai = time.perf_counter()
        jawab = minta()
        waktu.append(time.perf_counter() - mulai)
        assert jawab.status_code in (200, 302), jawab.content[:300]
    reset_queries()
    connection.force_debug_cursor = True
    minta()
    jumlah = len(connection.queries)
    connection.force_debug_cursor = False
    return statistics.median(waktu), len(jawab.content), jumlah


def main() -> None:
    """Build an event of 500 rows in its groups, then in its plenary, and measure."""
    call_command("migrate", verbosity=0)
    (acara,) = build_demo(tahap="kelompok", usulan=BARIS, kecamatan=1)
    client, polos = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    client.force_login(Pengguna.objects.get(username="sekcam"))
    by = Pengguna.objects.get(username="pemandu")
    besar = max(list_kelompok(acara), key=lambda h: len(h.baris))
    for b in besar.baris:
        isi = {k: getattr(b.baris, k) for k in DAPAT_BERUBAH}
        save_usulan_kelompok(
            kelompok=besar.kelompok,
            baris=b.baris,
            versi=0,
            by=by,
            nilai={},
            usul="disepakati",
            alasan_kode="",
            alasan="",
            catatan="",
            **isi,
        )
    url = f"{M}/rkp/kelompok/{besar.kelompok.pk}/"

    def pindah() -> Any:
        hasil = hasil_kelompok(besar.kelompok)
        urutan = [b.baris.pk for b in hasil.baris if b.diperingkat]
        return client.post(url + "urutan/", {"urutan": [*urutan[1:], urutan[0]], "sidik": hasil.sidik_urutan})

    def putuskan() -> Any:
        satu = f"{M}/rkp/baris/{baris.pk}/"
        html = client.get(satu, headers=HTMX).content.decode()
        isi = {
            n: re.search(rf'name="{n}" value="([^"]*)"', html)[1]
            for n in ("versi", "kegiatan", "lokasi", "volume", "satuan", "biaya")
        }
        baru = "cadangan" if 'value="disepakati" selected' in html else "disepakati"
        alasan = {"alasan_kode": "lainnya", "alasan": "Menurut pleno."} if baru == "cadangan" else {}
        return client.post(satu + "putuskan/", isi | {"keputusan": baru} | alasan, headers=HTMX)

    dasar = ukur(lambda: polos.get("/masuk/"))
    hasil = [
        ("trivial page (`/masuk/`)", dasar),
        (f"group screen, {len(besar.baris)} rows", ukur(lambda: client.get(url))),
    ]
    hasil.append((f"re-rank one of {len(besar.baris)} rows", ukur(pindah)))
    type(acara).objects.filter(pk=acara.pk).update(tahap="pleno")
    baris = BarisRkp.objects.filter(rkp__musrenbang=acara, biaya__isnull=False).exclude(lokasi="").first()
    hasil.append(("inline decision: form and save", ukur(putuskan)))
    hasil.append((f"RKP table, {BARIS} rows in one page", ukur(lambda: client.get(f"{M}/rkp/"))))
    hasil.append((f"plenary, {BARIS} rows side by side", ukur(lambda: client.get(f"{M}/rkp/pleno/"))))
    print("| request | median | times the trivial page | bytes | queries |\n|---|---|---|---|---|")
    for nama, (detik, ukuran, kueri) in hasil:
        print(f"| {nama} | {detik * 1000:.1f} ms | {detik / dasar[0]:.1f} | {ukuran:,} | {kueri} |")


if __name__ == "__main__":
    main()
