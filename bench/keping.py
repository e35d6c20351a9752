"""A province's machines on this one, broken under load: primary and streaming replica, S3-compatible storage, two web
nodes and a worker behind nginx; a node keeps nothing that another one needs. Writes no file.

Run with ``.venv/bin/python bench/keping.py``. For 70 seconds people read and write; meanwhile the first web node, the
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

from mesin import Kebun, environment
from orang import Catatan, Orang, desk, missing, reader, start, writer

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
    orang = [
        Orang(port, n, catatan) for n in ("pemandu", "pmd", "sekcam", "pmd", "camat", "bappeda", "bappeda", "skpd")
    ]
    for o in orang:
        o.sign_in()
    start(
        (desk, (orang[0], slug, "A")),
        (desk, (orang[1], slug, "B")),
        (writer, (orang[2], slug)),
        (writer, (orang[3], slug)),
        (reader, (orang[4], "event", f"/m/{slug}/", f"/m/{slug}/rkp/", f"/m/{slug}/usulan/")),
        (reader, (orang[5], "board (replica)", "/kabupaten/")),
        (reader, (orang[6], "list (replica)", "/kabupaten/durkp/")),
        (reader, (Orang(port, "", catatan), "public (replica)", "/publik/", "/masuk/")),
    )


def act(kebun: Kebun, apa: str, node: dict[str, dict[str, str]]) -> None:
    """Break a machine or bring it back."""
    if apa == "web node killed":
        kebun.kill("web-1")
    elif apa == "web node back":
        kebun.web("web-1", node["web-1"])
    elif apa == "worker killed":
        kebun.kill("pekerja")
    elif apa == "worker back":
        kebun.worker("pekerja", node["pekerja"])
    elif apa == "replica killed":
        kebun.stop_postgres("replika")
    elif apa == "replica back":
        kebun.start_postgres("replika", "hot_standby=on")


def run(kebun: Kebun, berkas: dict[str, str]) -> int:
    """Load and break; return the number of faults."""
    from alur.demo.bangun import build_demo
    from alur.periksa import broken_invariants
    from berita_acara.models import Paket

    acara, *_ = build_demo(tahap="prioritas", usulan=40, kecamatan=3)
    replika = kebun.replica()
    bersama = {"DATABASE_URL": kebun.url("utama"), "DATABASE_REPLIKA_URL": replika, "PEKERJA_TERPISAH": 1, "PROKSI": 1}
    node = {n: environment(kebun.folder / n, **bersama, **berkas) for n in ("web-1", "web-2", "pekerja")}
    kebun.collect_static()
    for nama in ("web-1", "web-2"):
        kebun.web(nama, node[nama])
    kebun.worker("pekerja", node["pekerja"])
    port = kebun.nginx("web-1", "web-2")
    catatan = Catatan()
    people(port, acara.slug, catatan)
    sekcam = Orang(port, "sekcam", catatan)
    sekcam.sign_in()
    awal, batas, diminta = time.monotonic(), [], False
    for saat, apa in JADWAL:
        while time.monotonic() - awal < saat:
            if saat == 28 and not diminta:  # a set is being made when its worker is killed
                sekcam.send("set", f"/m/{acara.slug}/berita-acara/paket/")
                diminta = True
            time.sleep(0.2)
        batas.append((time.monotonic(), apa))
        act(kebun, apa, node)
    catatan.selesai = True
    time.sleep(1)
    catatan.selesai = False
    paket = Paket.objects.get()
    while time.monotonic() - awal < 240 and Paket.objects.filter(pk=paket.pk, status="disusun").exists():
        sekcam.look("set", f"/m/{acara.slug}/berita-acara/paket/{paket.pk}/")
        time.sleep(2)
    paket.refresh_from_db()
    hilang = missing(catatan, acara.slug) + unreadable(kebun, paket, sekcam.kuki)
    return report(catatan, [(awal, "all up"), *batas], hilang, broken_invariants(acara), paket)


def unreadable(kebun: Kebun, paket: Any, kuki: dict[str, str]) -> list[str]:
    """Name the web nodes that do not give the set that the worker made, whole."""
    salah = []
    for nama in ("web-1", "web-2"):
        url = f"http://127.0.0.1:{kebun.port[nama]}/m/{paket.musrenbang.slug}/berita-acara/paket/{paket.pk}/dokumen.zip"
        minta = urllib.request.Request(url, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in kuki.items())})
        try:
            with urllib.request.urlopen(minta, timeout=30) as jawab, zipfile.ZipFile(BytesIO(jawab.read())) as isi:
                rusak = isi.testzip()
        except (OSError, zipfile.BadZipFile) as galat:
            rusak = str(galat)
        salah += [f"{nama}: the set: {rusak}"] if rusak else []
    return salah


def report(catatan: Catatan, batas: list[tuple[float, str]], hilang: list[str], rusak: list[str], paket: object) -> int:
    """Print the table; return the number of faults."""
    print("| from | requests | reads failed | forms failed (sent again) | p95 |\n|---|---|---|---|---|")
    gagal_baca = 0
    for (dari, apa), (sampai, _apa) in itertools.pairwise(batas):
        dalam = [j for j in catatan.jawab if dari <= j[3] < sampai]
        gagal = catatan.failures(dari, sampai)
        tulis = Counter({m: n for m, n in gagal.items() if m in {"desk", "minutes", "set"}})
        baca = gagal - tulis
        gagal_baca += sum(baca.values())
        lama = sorted(b - a for _, _, a, b in dalam)
        print(
            f"| {apa} | {len(dalam)} | {dict(baca) or 0} | {dict(tulis) or 0} | {lama[int(len(lama) * 0.95)] * 1000:.0f} ms |"
        )
    print(
        f"\nacknowledged: {len(catatan.tamu)} walk-ins, {len(catatan.tulisan)} notes; missing {len(hilang)}; invariants broken {len(rusak)}; the set: {paket}"
    )
    print("\n".join([*hilang, *rusak]))
    return gagal_baca + len(hilang) + len(rusak) + (getattr(paket, "status", "") != "jadi")


def main() -> None:
    """Build, run, report."""
    with tempfile.TemporaryDirectory() as folder, Kebun(Path(folder)) as kebun:
        berkas = kebun.storage()
        os.environ |= {"DATABASE_URL": kebun.primary(), "PEKERJA_TERPISAH": "1"} | berkas
        import lingkungan  # noqa: F401 -- sets Django up on that database
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        sys.exit(bool(run(kebun, berkas)))


if __name__ == "__main__":
    main()
