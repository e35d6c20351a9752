"""84 phones vote on two workers: how long a request takes, and what comes of it. Writes no file.

Run with ``DEBUG=1 MODE_LATIHAN=1 .venv/bin/python bench/suara.py [SPREAD]``; with ``DATABASE_URL`` set it measures that
database, which must be empty. Every phone opens the ballot and sends it at a moment within SPREAD seconds (0: all at
once), each request over a connection of its own, as phones on the hall's Wi-Fi do. Then the engine ranks 10,000 works.
"""

import json
import random
import statistics
import subprocess
import sys
import threading
import time

from own_database import KERJA, ROOT

# isort: split
from django.core.management import call_command
from django.db import connection, connections

from alur.demo.build import build_demo
from musrenbang.models import Desa, Pengguna
from rkp.prioritas.models import Pemungutan, SuratSuara
from rkp.prioritas.queries.candidates import rows_outside
from rkp.prioritas.services.candidates import add_candidate
from rkp.prioritas.services.pemilih import add_pemilih
from rkp.prioritas.services.suara import open_pemungutan
from tests.conftest import open_page_peringkat
from tests.prioritas.conftest import LONGGAR, delegasi
from tests.prioritas.phones import Phone, ServerProcess


def prepare() -> Pemungutan:
    """14 desa, six delegates each, a list of 12 works."""
    call_command("migrate", verbosity=0)
    (acara,) = build_demo(tahap="prioritas", usulan=60, kecamatan=1)
    by = Pengguna.objects.get(username="sekcam")
    for desa in Desa.objects.filter(kecamatan=acara.kecamatan):
        person = delegasi(acara, by, desa)
        add_pemilih(musrenbang=acara, by=by, kehadiran=[h.pk for h in person])
    p = open_page_peringkat(acara, by, "mpd", daftar=[{"kode": "", "nama": "Semua", "porsi_maks": None}], **LONGGAR)
    add_candidate(pemeringkatan=p, by=by, baris=[b.pk for b in rows_outside(p)[:14]], daftar="")
    return open_pemungutan(pemeringkatan=p, by=by, daftar="")


def suara(spread: float) -> None:
    """Let the phones vote and print what they saw."""
    pemungutan, dice = prepare(), random.Random(1)
    server = ServerProcess(KERJA)
    telepon = [
        Phone(server.port, k.kode, dice.sample(pemungutan.calon, pemungutan.jumlah_pilihan))
        for k in pemungutan.kode.all()
    ]
    connections.close_all()
    server.start()
    start = time.monotonic()

    def one(t: Phone) -> None:
        time.sleep(dice.random() * spread)
        t.vote(start + 60 + spread)

    string = [threading.Thread(target=one, args=(t,)) for t in telepon]
    for u in string:
        u.start()
    for u in string:
        u.join()
    old = time.monotonic() - start
    server.kill()
    times = sorted(w for t in telepon for w in t.waktu)
    print(
        f"{connection.vendor}: {len(telepon)} phones within {spread:g} s, {len(times)} requests in {old:.1f} s, median "
        f"{statistics.median(times) * 1000:.0f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms, slowest "
        f"{times[-1] * 1000:.0f} ms, ballots {SuratSuara.objects.count()}, broken {sum(t.putus for t in telepon)}"
    )


def compute() -> None:
    """Time the command on 10,000 works."""
    dice = random.Random(2)
    kriteria = [{"kode": f"C{j}", "bobot": f"0.{13 + 5 * j}"} for j in range(6)]
    usulan = [
        {
            "kode": f"U{i}",
            "biaya": dice.randint(1, 10**8),
            "nilai": {k["kode"]: str(dice.randint(1, 5)) for k in kriteria},
        }
        for i in range(10_000)
    ]
    skema = {
        "nama": "x",
        "metode": "skor",
        "pagu": 10**11,
        "kebijakan_sisa": "lewati",
        "kriteria": kriteria,
        "pemecah_seri": ["C1", "biaya_terkecil"],
    }
    path = KERJA / "besar.json"
    path.write_text(json.dumps({"skema": skema, "usulan": usulan}))
    start = time.monotonic()
    commands = [sys.executable, "manage.py", "hitung_prioritas", str(path)]
    subprocess.run(commands, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print(f"hitung_prioritas, 10,000 works by weighted score: {time.monotonic() - start:.2f} s, Python start included")


if __name__ == "__main__":
    suara(float(sys.argv[1]) if len(sys.argv) > 1 else 0)
    compute()
