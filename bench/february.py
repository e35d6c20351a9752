"""A February day of a kabupaten under load: groups and desks in the morning, votes after noon, the evening of the deadline.

Run with ``.venv/bin/python bench/february.py PART [KECAMATAN] [SECONDS]``, PART one of ``pagi``, ``siang``, ``malam``. It builds
the events, starts PostgreSQL and two web workers of production (``SQLITE=1``: one SQLite file instead), lets locust play the
people of ``february_people.py`` and prints requests, percentiles, failures, processor and memory. Writes no file.
``LAJU=3`` lets everybody work three times as quickly, to find where it saturates.
Needs locust (``requirements/bench.txt``); ``LOCUST`` names its program when it is elsewhere. Exit code 1 on any failure.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

from machines import BIN, Kebun, environment

TAHAP = {"pagi": "kelompok", "siang": "prioritas", "malam": "persiapan"}
DETIK = os.sysconf("SC_CLK_TCK")


def cookies(person: Any) -> dict[str, str]:
    """Return the cookies of a person who signed in this morning."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    sesi = import_module(settings.SESSION_ENGINE).SessionStore()
    sesi[SESSION_KEY], sesi[BACKEND_SESSION_KEY] = str(person.pk), "django.contrib.auth.backends.ModelBackend"
    sesi[HASH_SESSION_KEY], sesi["kode_masuk"] = person.get_session_auth_hash(), "cukup"
    sesi.create()
    return {"sessionid": sesi.session_key, "csrftoken": uuid.uuid4().hex}


class Peserta:
    """Who takes part, by kind, as the locust file reads it."""

    def __init__(self) -> None:
        self.orang: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, kind: str, acara: Any, peran: str, **other: Any) -> None:
        """An account of its own in a role of the kecamatan (or the desa)."""
        from musrenbang.models import Keanggotaan, Pengguna

        one = Pengguna.objects.create(
            username=f"{kind}-{uuid.uuid4().hex[:8]}", nama=f"{kind.title()} {acara.kecamatan.nama}"
        )
        scope = {"desa": other["_desa"]} if "_desa" in other else {"kecamatan": acara.kecamatan}
        Keanggotaan.objects.create(pengguna=one, peran=peran, **scope)
        content = {k: v for k, v in other.items() if not k.startswith("_")}
        self.orang[kind].append({"slug": acara.slug, "kuki": cookies(one), **content})

    def hall(self, acara: Any) -> None:
        """Two desks, the projector, the operator, the Camat, and a printer in every third kecamatan."""
        from musrenbang.sidang.services.layar import open_layar

        for _ in range(2):
            self.add("meja", acara, "pemandu")
        self.add("operator", acara, "sekcam")
        self.add("camat", acara, "camat")
        self.orang["layar"].append({"kode": open_layar(musrenbang=acara).kode})
        if len(self.orang["layar"]) % 3 == 1:
            self.add("dokumen", acara, "pmd")

    def morning(self, acara: Any) -> None:
        """Four groups that discuss."""
        from django.urls import reverse

        from rkp.models import Kelompok

        self.hall(acara)
        for kelompok in Kelompok.objects.filter(musrenbang=acara)[:4]:
            self.add("kelompok", acara, "pmd", alamat=reverse("rkp:group", args=[acara.slug, kelompok.pk]))

    def noon(self, acara: Any) -> None:
        """84 phones that vote, and one group's screen less."""
        from musrenbang.models import Desa, Pengguna
        from rkp.prioritas.queries.candidates import rows_outside
        from rkp.prioritas.services.candidates import add_candidate
        from rkp.prioritas.services.pemilih import add_pemilih
        from rkp.prioritas.services.suara import open_pemungutan
        from tests.conftest import open_page_peringkat
        from tests.prioritas.conftest import LONGGAR, delegasi

        self.hall(acara)
        by = Pengguna.objects.get(username="sekcam")
        for desa in Desa.objects.filter(kecamatan=acara.kecamatan)[:14]:
            add_pemilih(musrenbang=acara, by=by, kehadiran=[h.pk for h in delegasi(acara, by, desa)])
        p = open_page_peringkat(acara, by, "mpd", daftar=[{"kode": "", "nama": "Semua", "porsi_maks": None}], **LONGGAR)
        add_candidate(pemeringkatan=p, by=by, baris=[b.pk for b in rows_outside(p)[:14]], daftar="")
        v = open_pemungutan(pemeringkatan=p, by=by, daftar="")
        self.orang["delegat"] += [
            {"kode": k, "calon": v.calon, "pilih": v.jumlah_pilihan} for k in v.kode.values_list("kode", flat=True)[:84]
        ]

    def evening(self, acara: Any, folder: Path) -> None:
        """Every desa hands its list in."""
        from openpyxl import Workbook

        for desa in acara.kecamatan.desa_set.all():
            workbook = Workbook()
            workbook.active.append(
                [
                    "No",
                    "Desa",
                    "Bidang",
                    "Kegiatan",
                    "Lokasi",
                    "Volume",
                    "Satuan",
                    "Biaya (Rp)",
                    "Sumber Dana",
                    "Manfaat",
                ]
            )
            for i in range(1, 21):
                workbook.active.append(
                    [
                        i,
                        desa.nama,
                        "Infrastruktur",
                        f"Rabat beton jalan lingkungan {i}",
                        f"Dusun {i % 5 + 1}",
                        100 + i,
                        "m",
                        50_000_000 + i * 1000,
                        "APBD Kab",
                        "40 KK",
                    ]
                )
            path = folder / f"{desa.kode}.xlsx"
            workbook.save(path)
            self.add("desa", acara, "desa", _desa=desa, desa=desa.pk, berkas=str(path))
        self.add("camat", acara, "camat")


def build(bagian: str, kecamatan: int, folder: Path, lama: int) -> Path:
    """Build the events and the people; return the file that tells locust about them."""
    from django.core.management import call_command

    from alur.demo.build import build_demo
    from musrenbang.models import Pengguna

    call_command("migrate", verbosity=0)
    peserta = Peserta()
    for acara in build_demo(tahap=TAHAP[bagian], usulan=60, kecamatan=kecamatan):
        if bagian == "malam":
            peserta.evening(acara, folder)
        else:
            (peserta.morning if bagian == "pagi" else peserta.noon)(acara)
    cookie = cookies(Pengguna.objects.get(username="bappeda"))
    peserta.orang["bappeda"] = [{"kuki": cookie}, {"kuki": cookie}]
    path = folder / "hari.json"
    path.write_text(json.dumps({"lama": lama, "orang": peserta.orang}))
    return path


def usage(web: int, postgres: int) -> tuple[dict[str, float], dict[str, int]]:
    """Return (CPU seconds, resident MiB) of the web processes and of the database's."""
    seconds, mib = defaultdict[str, float](float), defaultdict[str, int](int)
    for p in Path("/proc").glob("[0-9]*/stat"):
        try:
            content = p.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        who = (
            "web"
            if int(content[3]) == web
            else "database"
            if postgres and (int(content[1]) == postgres or p.parent.name == str(postgres))
            else ""
        )
        if who:
            # the postmaster's own count includes its processes that ended
            seconds[who] += sum(map(int, content[11 : 15 if p.parent.name == str(postgres) else 13])) / DETIK
            mib[who] += int(content[21]) * 4096 // 2**20
    return seconds, mib


def play(garden: Kebun, day: Path, env: dict[str, str], old: int) -> int:
    """Let everybody begin and print what came of it; return locust's exit code."""
    garden.collect_static()
    port = garden.web("web", env, workers=2)
    person = json.loads(day.read_text())["orang"]
    jumlah = sum(map(len, person.values()))
    commands = [
        os.environ.get("LOCUST", str(BIN / "locust")),
        "-f",
        str(Path(__file__).with_name("february_people.py")),
        "--headless",
        "-u",
        str(jumlah),
        "-r",
        str(max(20, jumlah // 10)),
        "-t",
        f"{old}s",
        "--host",
        f"http://127.0.0.1:{port}",
        "--csv",
        str(garden.folder / "hasil"),
        "--only-summary",
    ]
    induk = garden.folder / "utama/postmaster.pid"
    postgres = int(induk.read_text().split()[0]) if induk.exists() else 0
    start, (seconds, _), peak = time.monotonic(), usage(garden.proses["web"].pid, postgres), defaultdict[str, int](int)
    locust = subprocess.Popen(
        commands,
        env=os.environ | {"FEBRUARI": str(day)},
        stdout=subprocess.DEVNULL,
        stderr=(garden.folder / "locust.log").open("w"),
    )
    while locust.poll() is None:
        time.sleep(1)
        after, mib = usage(garden.proses["web"].pid, postgres)
        peak |= {k: max(peak[k], v) for k, v in mib.items()}
    elapsed = time.monotonic() - start
    print(f"{', '.join(f'{len(v)} {k}' for k, v in person.items())}; {elapsed:.0f} s\n")
    print("| page | requests | /s | failures | p50 | p95 | p99 |\n|---|---|---|---|---|---|---|")
    for b in csv.DictReader((garden.folder / "hasil_stats.csv").open()):
        print(
            f"| {b['Name']} | {b['Request Count']} | {float(b['Requests/s']):.1f} | {b['Failure Count']} | {b['50%']} ms | {b['95%']} ms | {b['99%']} ms |"
        )
    for k in after:
        print(f"\n{k}: {(after[k] - seconds.get(k, 0)) / elapsed:.2f} of 2 cores, at most {peak[k]} MiB", end="")
    print()
    mistakes = [
        b for nama in ("failures", "exceptions") for b in csv.DictReader((garden.folder / f"hasil_{nama}.csv").open())
    ]
    for b in mistakes:
        print("FAILED", b)
    return int(bool(mistakes)) or locust.returncode


def main() -> None:
    """Build, play, report."""
    part = sys.argv[1]
    kecamatan = int(sys.argv[2]) if len(sys.argv) > 2 else 21
    old = int(sys.argv[3]) if len(sys.argv) > 3 else 180
    with tempfile.TemporaryDirectory() as nama, Kebun(Path(nama)) as garden:
        (garden.folder / "var").mkdir()
        sqlite = f"sqlite:///{nama}/var/musrenbang.sqlite3"
        url = sqlite if os.environ.get("SQLITE") else garden.primary("shared_buffers=512MB", "random_page_cost=1.1")
        env = environment(garden.folder / "var", DATABASE_URL=url)
        os.environ |= {"DATABASE_URL": url, "SECRET_KEY": env["SECRET_KEY"]}
        import own_database  # noqa: F401 -- sets Django up on that database

        day = build(part, kecamatan, garden.folder, old)
        sys.exit(play(garden, day, env, old))


if __name__ == "__main__":
    main()
