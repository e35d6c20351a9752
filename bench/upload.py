"""Reading at size: ``python bench/upload.py``. All figures are ratios to openpyxl alone on 10,000 rows, in one run.

An .xlsx of 10,000 rows through the reader, and a CSV of 20,000 rows from the upload to the preview page in a real request.
Exit 1 when the reader takes over 3 times, or the upload over 8 times, what openpyxl takes.
"""

import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import own_database  # noqa: F401 - first: it sets Django up on a database of its own
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import Workbook, load_workbook

from musrenbang.models import Musrenbang, Pengguna
from usulan.impor.read import read_workbook
from usulan.queries.acuan import reference_for

JUDUL = ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)", "Sumber Dana", "Penerima Manfaat"]
KARYA = ["Rabat beton gang", "Rehab posyandu", "Pembangunan talud", "Drainase jalan", "Sumur bor", "Jalan usaha tani"]
XLSX, CSV = 10_000, 20_000


def rows(count: int, desa: list[str]) -> Iterator[list[object]]:
    """Yield invented proposals, ordered by desa."""
    dice = random.Random(1)
    for i in range(count):
        yield [
            i + 1,
            desa[i * len(desa) // count],
            f"{dice.choice(KARYA)} {i}",
            f"Dusun {dice.choice('ABCD')} RT {i % 9 + 1}",
            dice.randint(1, 900),
            dice.choice(["m", "unit", "paket"]),
            dice.randint(10, 900) * 500_000,
            "DAK",
            "12 KK",
        ]


def seconds(work: Callable[[], object], again: int = 3) -> float:
    """Return the shortest of several runs, in seconds of processor time: other work on the machine does not count."""
    results = []
    for _ in range(again):
        start = time.process_time()
        work()
        results.append(time.process_time() - start)
    return min(results)


def bare(path: Path) -> int:
    """Read every cell with openpyxl alone."""
    workbook = load_workbook(path, read_only=True, data_only=True)
    return sum(1 for lembar in workbook.worksheets for _ in lembar.iter_rows(values_only=True))


def main() -> int:
    """Print the ratios."""
    call_command("migrate", verbosity=0)
    call_command("create_demo", tahap="persiapan", verbosity=0)
    acara = Musrenbang.objects.get(slug="sikur-2027")
    desa = list(acara.kecamatan.desa_set.values_list("nama", flat=True))
    person = Client(headers={"host": "localhost"})
    person.force_login(Pengguna.objects.get(username="sekcam"))
    with tempfile.TemporaryDirectory() as folder:
        xlsx, text = Path(folder) / "u.xlsx", Path(folder) / "u.csv"
        workbook = Workbook(write_only=True)
        lembar = workbook.create_sheet()
        for content in (JUDUL, *rows(XLSX, desa)):
            lembar.append(content)
        workbook.save(xlsx)
        with text.open("w", newline="", encoding="utf-8") as leaving:
            csv.writer(leaving, delimiter=";").writerows([JUDUL, *rows(CSV, desa)])
        base = seconds(lambda: bare(xlsx))
        reference = reference_for(acara)
        read = seconds(lambda: read_workbook(xlsx, reference))
        large = to = 0

        def upload() -> None:
            nonlocal large, to
            to += 1  # another file each time: the same one is recognised and not read again
            file = SimpleUploadedFile("u.csv", text.read_bytes() + b"\n" * to)
            response = person.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": file})
            large = len(person.get(response.headers["Location"]).content)

        uploaded = seconds(upload, 2)
    print(f"openpyxl alone, {XLSX:,} rows: {base:.2f} s = 1")
    print(f"our reader, the same file: {read / base:.2f}")
    print(f"CSV of {CSV:,} rows, upload to preview page ({large / 1024:.0f} KiB): {uploaded / base:.2f}")
    return 0 if read <= 3 * base and uploaded <= 8 * base else 1


if __name__ == "__main__":
    sys.exit(main())
