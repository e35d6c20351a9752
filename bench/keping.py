"""A province's machines on this one, broken under load: primary and streaming replica, two web nodes and a worker behind
nginx. Writes no file.

Run with ``.venv/bin/python bench/keping.py``. For 70 seconds people read and write; meanwhile the first web node, the
worker (in the middle of a set of documents) and the replica are killed and later started again. The table says how many
requests failed in each stretch; a form that failed was sent again by its person, as the page tells them to.
Exit code 1 when a read failed, an acknowledged write is missing, the set was not made, or an invariant is broken.
"""

import itertools
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mesin import Kebun, environment
from orang import Catatan, Orang, desk, missing, reader, start, writer

# seconds: what happens then
JADWAL = [
    (12, "web node killed"), (22, "web node back"), (28, "worker killed"), (34, "worker back"), (42, "replica killed"), (54, "replica back"), (70, "end"),
]  # fmt: skip


def people(port: int, slug: str, catatan: Catatan) -> None:
    """Eight people at work: two desks, two writers of minutes, readers of the event, the board and the public page."""
    orang = [
        Orang(port, n, catatan) for n in ("pemandu", "pmd", "sekcam", "pmd", "camat", "bappeda", "bappeda", "skpd")
    ]
    for o in orang:
        o.sign_in()
    start(
        (desk, (orang[0], slug, "A")), (desk, (orang[1], slug, "B")), (writer, (orang[2], slug)), (writer, (orang[3], slug)),
        (reader, (orang[4], "event", f"/m/{slug}/", f"/m/{slug}/rkp/", f"/m/{slug}/usulan/")),
        (reader, (orang[5], "board (replica)", "/kabupaten/")), (reader, (orang[6], "list (replica)", "/kabupaten/durkp/")),
        (reader, (Orang(port, "", catatan), "public (replica)", "/publik/", "/masuk/")),
    )  # fmt: skip


def act(kebun: Kebun, apa: str, node: dict[str, str]) -> None:
    """Break a machine or bring it back."""
    if apa == "web node killed":
        kebun.kill("web-1")
    elif apa == "web node back":
        kebun.web("web-1", node)
    elif apa == "worker killed":
        kebun.kill("pekerja")
    elif apa == "worker back":
        kebun.worker("pekerja", node)
    elif apa == "replica killed":
        kebun.stop_postgres("replika")
    elif apa == "replica back":
        kebun.start_postgres("replika", "hot_standby=on")


def run(kebun: Kebun) -> int:
    """Load and break; return the number of faults."""
    from berita_acara.demo import build_demo
    from berita_acara.models import Paket
    from berita_acara.periksa import broken_invariants

    acara, *_ = build_demo(tahap="prioritas", usulan=40, kecamatan=3)
    replika = kebun.replica()
    node = environment(
        kebun.folder / "var",
        DATABASE_URL=kebun.url("utama"),
        DATABASE_REPLIKA_URL=replika,
        PEKERJA_TERPISAH=1,
        PROKSI=1,
    )
    kebun.collect_static()
    for nama in ("web-1", "web-2"):
        kebun.web(nama, node)
    kebun.worker("pekerja", node)
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
    return report(catatan, [(awal, "all up"), *batas], missing(catatan, acara.slug), broken_invariants(acara), paket)


def report(catatan: Catatan, batas: list[tuple[float, str]], hilang: list[str], rusak: list[str], paket: object) -> int:
    """Print the table; return the number of faults."""
    print("| from | requests | reads failed | forms failed (sent again) | p95 |\n|---|---|---|---|---|")
    gagal_baca = 0
    for (dari, apa), (sampai, _apa) in itertools.pairwise(batas):
        dalam = [j for j in catatan.jawab if dari <= j[2] < sampai]
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
        (kebun.folder / "var").mkdir()
        os.environ |= {"DATABASE_URL": kebun.primary(), "PEKERJA_TERPISAH": "1"}
        import lingkungan  # noqa: F401 -- sets Django up on that database
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        sys.exit(bool(run(kebun)))


if __name__ == "__main__":
    main()
