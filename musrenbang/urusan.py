"""Bidang urusan of the national nomenclature: what the first two parts of a programme code mean."""

import csv
import re
from functools import cache
from pathlib import Path

BERKAS = Path(__file__).resolve().parent.parent / "fixtures/kode/bidang_urusan.csv"


@cache
def _names() -> dict[str, str]:
    with BERKAS.open(encoding="utf-8", newline="") as content:
        return {b["kode"]: b["nama"] for b in csv.DictReader(content)}


def affair_of(program: str) -> str:
    """Return "1.03 Pekerjaan Umum dan Penataan Ruang" for a programme "1.03.10 ..."; blank without a known code."""
    kode = re.match(r"\d\.\d\d", program)
    return f"{kode[0]} {_names()[kode[0]]}" if kode and kode[0] in _names() else ""
