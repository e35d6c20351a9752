"""Documents against ``chromium --print-to-pdf`` of the same HTML, with the memory of each of our processes."""

import copy
import statistics
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.template.loader import render_to_string
from lingkungan import KERJA

from berita_acara.queries import latest_berita_acara
from berita_acara.services.paket import build_paket
from berita_acara.services.terbit import pdf_context
from musrenbang.infra.pdf.cetak import render_pdf
from musrenbang.models import Musrenbang, Pengguna

TEMPLATE = "pdf/berita_acara.html"


def document() -> list[str]:
    """The Berita Acara of 300 and of 2,000 proposals, and the whole set of an event of 300."""
    call_command("create_demo", reset=True, tahap="finalisasi", usulan=300)
    acara = Musrenbang.objects.get()
    context = pdf_context(latest_berita_acara(acara))
    results = [
        "## Berita Acara",
        "",
        "| proposals | table rows | renderer | median | times chromium | largest process |",
        "|---|---|---|---|---|---|",
    ]
    for nama, content in (("300", context), ("2,000", _longer(context, 7))):
        they = _median(lambda content=content: _chromium(content))
        with _Memory() as memory:
            new = _median(lambda content=content: (caches["cetak"].clear(), render_pdf(TEMPLATE, content)))
        again = _median(lambda content=content: render_pdf(TEMPLATE, content | {"nomor": "lain"}))
        n = _rows(content)
        results += [
            f"| {nama} | {n:,} | chromium --print-to-pdf, process included | {they:.2f} s | 1.0 | |",
            f"| {nama} | {n:,} | ours, nothing kept from before, two processes | {new:.2f} s | {new / they:.1f} "
            f"| {memory.puncak} MB |",
            f"| {nama} | {n:,} | ours, issued after its draft was seen | {again:.2f} s | {again / they:.1f} | |",
        ]
    return [*results, "", *_set(acara)]


def _set(acara: Musrenbang) -> list[str]:
    from berita_acara.models import Paket
    from berita_acara.services.paket import _items
    from berita_acara.services.siap_cetak import prepare_papers

    results = []
    for what in ("nothing kept from before", "nothing changed since", "parts laid out ahead by the job"):
        if what != "nothing changed since":
            caches["cetak"].clear()
        if what == "parts laid out ahead by the job":
            call_command("create_demo", reset=True, tahap="finalisasi", usulan=300)
            acara = Musrenbang.objects.get()
            prepare_papers(acara)
        paket = Paket.objects.create(musrenbang=acara, dibuat_oleh=Pengguna.objects.get(username="sekcam"))
        paket.butir.bulk_create(_items(paket))
        start = time.perf_counter()
        build_paket(paket.pk)
        old = time.perf_counter() - start
        finished = paket.butir.exclude(dokumen=None).count()
        results.append(f"| {what} | {finished} | {old:.1f} s |")
    return [
        "## The whole set of an event of 300 proposals",
        "",
        "| | documents | time |",
        "|---|---|---|",
        *results,
        "",
    ]


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _longer(context: dict[str, Any], times: int) -> dict[str, Any]:
    content = copy.deepcopy(context)
    for k in content["prioritas_skpd"]["kelompok"]:
        k["baris"] *= times
    for kunci in ("belum", "cadangan"):
        content["belum"][kunci] *= times
    for p in content["program"]["program"]:
        p["gugur"] *= times
        for d in p["daftar"]:
            d["urutan"] *= times
    return content


def _rows(content: dict[str, Any]) -> int:
    program = content["program"]["program"]
    return (
        sum(len(k["baris"]) for k in content["prioritas_skpd"]["kelompok"])
        + sum(len(content["belum"][k]) for k in ("belum", "cadangan"))
        + sum(len(p["gugur"]) + sum(len(d["urutan"]) for d in p["daftar"]) for p in program)
    )


def _chromium(context: dict[str, Any]) -> None:
    style = (settings.BASE_DIR / "static/css/cetak.css").read_text()
    style = style.replace("../vendor", (settings.BASE_DIR / "static/vendor").as_uri())
    html = render_to_string(TEMPLATE, context).replace("</head>", f"<style>{style}</style></head>")
    (KERJA / "ba.html").write_text(html)
    commands = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--user-data-dir={KERJA / 'chromium'}",
        "--no-pdf-header-footer",
        f"--print-to-pdf={KERJA / 'chromium.pdf'}",
        (KERJA / "ba.html").as_uri(),
    ]
    subprocess.run(commands, check=True, capture_output=True)


class _Memory:
    """The largest resident memory, in MB, of any process below this one while it is open."""

    puncak = 0

    def __enter__(self) -> "_Memory":
        self._selesai = threading.Event()
        self._utas = threading.Thread(target=self._watch)
        self._utas.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._selesai.set()
        self._utas.join()

    def _watch(self) -> None:
        while not self._selesai.wait(0.05):
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    content = dict(b.split(":\t", 1) for b in status.read_text().splitlines() if ":\t" in b)
                    command = (status.parent / "cmdline").read_text()
                except OSError:
                    continue
                if "musrenbang.infra.pdf.pekerja" in command and "VmHWM" in content:
                    self.puncak = max(self.puncak, int(content["VmHWM"].split()[0]) // 1024)
