"""A province's machines on this one, broken under load: primary and streaming replica, S3-compatible storage, two web
nodes and a worker behind nginx; a node keeps nothing that another one needs. Writes no file.

Run with ``.venv/bin/python bench/pieces.py``. For 70 seconds people read and write; meanwhile the first web node, the
worker (in the middle of a set of documents) and the replica are killed and later started again. The table says how many
requests failed in each stretch; a form that failed was sent again by its person, as the page tells them to.
Exit code 1 when a read failed, an acknowledged write is missing, the set was not made or cannot be fetched whole from
either node, or an invariant is broken.
"""

import itertools
import os
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

from machines import Kebun, environment
from people import Catatan, Orang, desk, missing, reader, start, writer

# seconds: what happens then
JADWAL = [
    (12, "web node killed"),
    (22, "web node back"),
    (28, "worker killed"),
    (34, "worker back"),
    (42, "replica killed"),
    (54, "replica back"),
    (70, "end"),
]


def people(port: int, slug: str, catatan: Catatan) -> None:
    """Eight people at work: two desks, two writers of minutes, readers of the event, the board and the public page."""
    person = [
        Orang(port, n, catatan) for n in ("pemandu", "pmd", "sekcam", "pmd", "camat", "bappeda", "bappeda", "skpd")
    ]
    for o in person:
        o.sign_in()
    start(
        (desk, (person[0], slug, "A")),
        (desk, (person[1], slug, "B")),
        (writer, (person[2], slug)),
        (writer, (person[3], slug)),
        (reader, (person[4], "event", f"/m/{slug}/", f"/m/{slug}/rkp/", f"/m/{slug}/usulan/")),
        (reader, (person[5], "board (replica)", "/kabupaten/")),
        (reader, (person[6], "list (replica)", "/kabupaten/durkp/")),
        (reader, (Orang(port, "", catatan), "public (replica)", "/publik/", "/masuk/")),
    )


def act(garden: Kebun, what: str, node: dict[str, dict[str, str]]) -> None:
    """Break a machine or bring it back."""
    if what == "web node killed":
        garden.kill("web-1")
    elif what == "web node back":
        garden.web("web-1", node["web-1"])
    elif what == "worker killed":
        garden.kill("pekerja")
    elif what == "worker back":
        garden.worker("pekerja", node["pekerja"])
    elif what == "replica killed":
        garden.stop_postgres("replika")
    elif what == "replica back":
        garden.start_postgres("replika", "hot_standby=on")


def run(garden: Kebun, berkas: dict[str, str]) -> int:
    """Load and break; return the number of faults."""
    from alur.demo.build import build_demo
    from alur.periksa import broken_invariants
    from berita_acara.models import Paket

    acara, *_ = build_demo(tahap="prioritas", usulan=40, kecamatan=3)
    replica = garden.replica()
    together = {
        "DATABASE_URL": garden.url("utama"),
        "DATABASE_REPLIKA_URL": replica,
        "PEKERJA_TERPISAH": 1,
        "PROKSI": 1,
    }
    node = {n: environment(garden.folder / n, **together, **berkas) for n in ("web-1", "web-2", "pekerja")}
    garden.collect_static()
    for nama in ("web-1", "web-2"):
        garden.web(nama, node[nama])
    garden.worker("pekerja", node["pekerja"])
    port = garden.nginx("web-1", "web-2")
    catatan = Catatan()
    people(port, acara.slug, catatan)
    sekcam = Orang(port, "sekcam", catatan)
    sekcam.sign_in()
    beginning, limit, requested = time.monotonic(), [], False
    for moment, what in JADWAL:
        while time.monotonic() - beginning < moment:
            if moment == 28 and not requested:  # a set is being made when its worker is killed
                sekcam.send("set", f"/m/{acara.slug}/berita-acara/paket/")
                requested = True
            time.sleep(0.2)
        limit.append((time.monotonic(), what))
        act(garden, what, node)
    catatan.selesai = True
    time.sleep(1)
    catatan.selesai = False
    paket = Paket.objects.get()
    while time.monotonic() - beginning < 240 and Paket.objects.filter(pk=paket.pk, status="disusun").exists():
        sekcam.look("set", f"/m/{acara.slug}/berita-acara/paket/{paket.pk}/")
        time.sleep(2)
    paket.refresh_from_db()
    lost = missing(catatan, acara.slug) + unreadable(garden, paket, sekcam.kuki)
    return report(catatan, [(beginning, "all up"), *limit], lost, broken_invariants(acara), paket)


def unreadable(garden: Kebun, paket: Any, cookie: dict[str, str]) -> list[str]:
    """Name the web nodes that do not give the set that the worker made, whole."""
    mistakes = []
    for nama in ("web-1", "web-2"):
        url = (
            f"http://127.0.0.1:{garden.port[nama]}/m/{paket.musrenbang.slug}/berita-acara/paket/{paket.pk}/dokumen.zip"
        )
        asked = urllib.request.Request(url, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in cookie.items())})
        try:
            with (
                urllib.request.urlopen(asked, timeout=30) as response,
                zipfile.ZipFile(BytesIO(response.read())) as content,
            ):
                broken = content.testzip()
        except (OSError, zipfile.BadZipFile) as error:
            broken = str(error)
        mistakes += [f"{nama}: the set: {broken}"] if broken else []
    return mistakes


def report(catatan: Catatan, batas: list[tuple[float, str]], lost: list[str], broken: list[str], paket: object) -> int:
    """Print the table; return the number of faults."""
    print("| from | requests | reads failed | forms failed (sent again) | p95 |\n|---|---|---|---|---|")
    read_failed = 0
    for (origin, what), (until, _what) in itertools.pairwise(batas):
        within = [j for j in catatan.jawab if origin <= j[3] < until]
        failed = catatan.failures(origin, until)
        write = Counter({m: n for m, n in failed.items() if m in {"desk", "minutes", "set"}})
        read = failed - write
        read_failed += sum(read.values())
        previous = sorted(b - a for _, _, a, b in within)
        print(
            f"| {what} | {len(within)} | {dict(read) or 0} | {dict(write) or 0} | {previous[int(len(previous) * 0.95)] * 1000:.0f} ms |"
        )
    print(
        f"\nacknowledged: {len(catatan.tamu)} walk-ins, {len(catatan.tulisan)} notes; missing {len(lost)}; invariants broken {len(broken)}; the set: {paket}"
    )
    print("\n".join([*lost, *broken]))
    return read_failed + len(lost) + len(broken) + (getattr(paket, "status", "") != "jadi")


def main() -> None:
    """Build, run, report."""
    with tempfile.TemporaryDirectory() as folder, Kebun(Path(folder)) as garden:
        file = garden.storage()
        os.environ |= {"DATABASE_URL": garden.primary(), "PEKERJA_TERPISAH": "1"} | file
        import own_database  # noqa: F401 -- sets Django up on that database
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        sys.exit(bool(run(garden, file)))


if __name__ == "__main__":
    main()
