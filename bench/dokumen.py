"""Documents against ``chromium --print-to-pdf`` of the same HTML, with the memory of each of our processes."""

import copy
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.template.loader import render_to_string
from naskah_typst import fonts, written
from own_database import KERJA

from berita_acara.queries import latest_berita_acara
from berita_acara.services.issue import pdf_context
from berita_acara.services.paket import build_paket
from musrenbang.infra.pdf.printing import render_pdf
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sebutan import use

TEMPLATE = "pdf/berita_acara.html"
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def document() -> list[str]:
    """The Berita Acara of 300 and of 2,000 proposals, and the whole set of an event of 300."""
    call_command("create_demo", reset=True, tahap="finalisasi", usulan=300)
    acara = Musrenbang.objects.get()
    with use(acara.sebutan):
        return [*berita_acara(pdf_context(latest_berita_acara(acara))), "", *_set(acara)]


def berita_acara(context: dict[str, Any]) -> list[str]:
    """One table: each renderer by turns, three times; processor and clock as ratios to Chromium of the same run."""
    results = [
        "## Berita Acara",
        "",
        "| proposals | table rows | renderer | processor | times chromium | clock | times chromium | largest process |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for nama, content in (("300", context), ("2,000", _longer(context, 7))):
        text = render_to_string(TEMPLATE, content)
        ways = {
            "chromium --print-to-pdf, process included": partial(_chromium, text),
            "ours, nothing kept from before, two processes": partial(_cold, content),
            "ours, issued after its parts were laid out": partial(_warm, content),
        }
        if find_spec("typst"):
            ways["typst, the same tables, process included"] = partial(_typst, text)
        they: list[_Used] = []
        for way, one in zip(ways, _by_turns(list(ways.values())), strict=True):
            they.append(one)
            results.append(
                f"| {nama} | {_rows(content):,} | {way} | {one.processor:.2f} s | {one.processor / they[0].processor:.1f} "
                f"| {one.clock:.2f} s | {one.clock / they[0].clock:.1f} | {one.memory} MB |"
            )
    return results


def _by_turns(ways: list[Callable[[], "_Used"]]) -> list["_Used"]:
    """Return the middle of each: what else the machine does falls on all of them alike."""
    rounds = [[way() for way in ways] for _ in range(ROUNDS)]
    return [_Used(*(statistics.median(part) for part in zip(*each, strict=True))) for each in zip(*rounds, strict=True)]


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
        used = _ours(partial(build_paket, paket.pk))
        finished = paket.butir.exclude(dokumen=None).count()
        results.append(f"| {what} | {finished} | {used.processor:.1f} s | {used.clock:.1f} s | {used.memory} MB |")
    return [
        "## The whole set of an event of 300 proposals",
        "",
        "| | documents | processor | clock | largest process |",
        "|---|---|---|---|---|",
        *results,
        "",
    ]


class _Used(NamedTuple):
    """Processor and clock in seconds, the resident memory of the largest process in MB."""

    processor: float
    clock: float
    memory: float


def _ours(work: Callable[[], object]) -> _Used:
    """Measure work of this process and of the PDF workers below it."""
    for worker in _workers():
        (worker / "clear_refs").write_text("5")  # the peak counts from here
    before, start = _processor(), time.perf_counter()
    work()
    clock = time.perf_counter() - start
    return _Used(_processor() - before, clock, max([_peak(w) for w in _workers()], default=0))


def _workers(*, ended: bool = False) -> list[Path]:
    """Return the PDF workers of this process; ``ended``: also those that nobody has asked about since they ended."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            state, parent = _stat(command.parent)[:2]
            ours = "musrenbang.infra.pdf.worker" in command.read_text() or (ended and state == "Z")
            if ours and parent == str(os.getpid()):
                found.append(command.parent)
        except OSError:  # it ended meanwhile
            continue
    return found


def _stat(process: Path) -> list[str]:
    return (process / "stat").read_text().rsplit(")", 1)[1].split()


def _processor() -> float:
    ticks = sum(int(n) for w in _workers(ended=True) for n in _stat(w)[11:13])
    gone = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK") + gone.ru_utime + gone.ru_stime


def _peak(process: Path) -> int:
    (line,) = [b for b in (process / "status").read_text().splitlines() if b.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def _cold(content: dict[str, Any]) -> _Used:
    caches["cetak"].clear()
    return _ours(lambda: render_pdf(TEMPLATE, content))


def _warm(content: dict[str, Any]) -> _Used:
    render_pdf(TEMPLATE, content)
    return _ours(lambda: render_pdf(TEMPLATE, content | {"nomor": "lain"}))


def _other(command: list[str]) -> _Used:
    """Measure a command with all that it starts."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("process.py")), *command],
        check=True,
        capture_output=True,
        text=True,
    )
    clock = time.perf_counter() - start
    processor, memory = done.stdout.split()
    return _Used(float(processor), clock, float(memory))


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


def _chromium(text: str) -> _Used:
    style = (settings.BASE_DIR / "static/css/cetak.css").read_text()
    style = style.replace("../vendor", (settings.BASE_DIR / "static/vendor").as_uri())
    (KERJA / "ba.html").write_text(text.replace("</head>", f"<style>{style}</style></head>"))
    flags = ("headless", "no-sandbox", "disable-gpu", "disable-background-networking", "disable-component-update")
    flags += ("disable-sync", "no-first-run", "no-pdf-header-footer", f"user-data-dir={KERJA / 'chromium'}")
    out = f"--print-to-pdf={KERJA / 'chromium.pdf'}"
    return _other(["chromium", *(f"--{flag}" for flag in flags), out, (KERJA / "ba.html").as_uri()])


def _typst(text: str) -> _Used:
    (KERJA / "ba.typ").write_text(written(text))
    fonts(settings.BASE_DIR / "static/vendor/font", KERJA / "fonts")
    script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
    files = [str(KERJA / "ba.typ"), str(KERJA / "typst.pdf"), str(KERJA / "fonts")]
    return _other([sys.executable, "-c", script, *files])
