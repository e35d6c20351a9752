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
    konteks = pdf_context(latest_berita_acara(acara))
    hasil = [
        "## Berita Acara",
        "",
        "| proposals | table rows | renderer | median | times chromium | largest process |",
        "|---|---|---|---|---|---|",
    ]
    for nama, isi in (("300", konteks), ("2,000", _longer(konteks, 7))):
        mereka = _median(lambda isi=isi: _chromium(isi))
        with _Memory() as memori:
            baru = _median(lambda isi=isi: (caches["cetak"].clear(), render_pdf(TEMPLATE, isi)))
        lagi = _median(lambda isi=isi: render_pdf(TEMPLATE, isi | {"nomor": "lain"}))
        n = _rows(isi)
        hasil += [
            f"| {nama} | {n:,} | chromium --print-to-pdf, process included | {mereka:.2f} s | 1.0 | |",
            f"| {nama} | {n:,} | ours, nothing kept from before, two processes | {baru:.2f} s | {baru / mereka:.1f} "
            f"| {memori.puncak} MB |",
            f"| {nama} | {n:,} | ours, issued after its draft was seen | {lagi:.2f} s | {lagi / mereka:.1f} | |",
        ]
    return [*hasil, "", *_set(acara)]


def _set(acara: Musrenbang) -> list[str]:
    from berita_acara.models import Paket
    from berita_acara.services.paket import _items

    hasil = []
    for apa in ("nothing kept from before", "nothing changed since"):
        if apa == "nothing kept from before":
            caches["cetak"].clear()
        paket = Paket.objects.create(musrenbang=acara, dibuat_oleh=Pengguna.objects.get(username="sekcam"))
        paket.butir.bulk_create(_items(paket))
        mulai = time.perf_counter()
        build_paket(paket.pk)
        lama = time.perf_counter() - mulai
        jadi = paket.butir.exclude(dokumen=None).count()
        hasil.append(f"| {apa} | {jadi} | {lama:.1f} s |")
    return ["## The whole set of an event of 300 proposals", "", "| | documents | time |", "|---|---|---|", *hasil, ""]


def _median(kerja: Callable[[], object]) -> float:
    waktu = []
    for _ in range(3):
        mulai = time.perf_counter()
        kerja()
        waktu.append(time.perf_counter() - mulai)
    return statistics.median(waktu)


def _longer(konteks: dict[str, Any], kali: int) -> dict[str, Any]:
    isi = copy.deepcopy(konteks)
    for k in isi["prioritas_skpd"]["kelompok"]:
        k["baris"] *= kali
    for kunci in ("belum", "cadangan"):
        isi["belum"][kunci] *= kali
    for p in isi["program"]["program"]:
        p["gugur"] *= kali
        for d in p["daftar"]:
            d["urutan"] *= kali
    return isi


def _rows(isi: dict[str, Any]) -> int:
    program = isi["program"]["program"]
    return (
        sum(len(k["baris"]) for k in isi["prioritas_skpd"]["kelompok"])
        + sum(len(isi["belum"][k]) for k in ("belum", "cadangan"))
        + sum(len(p["gugur"]) + sum(len(d["urutan"]) for d in p["daftar"]) for p in program)
    )


def _chromium(konteks: dict[str, Any]) -> None:
    gaya = (settings.BASE_DIR / "static/css/cetak.css").read_text()
    gaya = gaya.replace("../vendor", (settings.BASE_DIR / "static/vendor").as_uri())
    html = render_to_string(TEMPLATE, konteks).replace("</head>", f"<style>{gaya}</style></head>")
    (KERJA / "ba.html").write_text(html)
    perintah = [
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
    subprocess.run(perintah, check=True, capture_output=True)


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
                    isi = dict(b.split(":\t", 1) for b in status.read_text().splitlines() if ":\t" in b)
                    perintah = (status.parent / "cmdline").read_text()
                except OSError:
                    continue
                if "musrenbang.infra.pdf.pekerja" in perintah and "VmHWM" in isi:
                    self.puncak = max(self.puncak, int(isi["VmHWM"].split()[0]) // 1024)
