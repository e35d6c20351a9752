"""Tables of many cells: read from the names of their fields, for a form object per cell would be slow."""

import re
from collections.abc import Mapping
from decimal import Decimal

from musrenbang.forms.numbers import whole
from rkp.prioritas.services.candidates import Sel

_ANGKA = re.compile(r"\d{1,11}([.,]\d{1,3})?")


def parse_cells(data: Mapping[str, str]) -> tuple[Sel, list[str]]:
    """Return the score cells of a POST as the service takes them, and sentences for values that are no number.

    Field ``n-<candidate>-<criterion>`` holds the new score, ``l-<candidate>-<criterion>`` the one the page showed.
    """
    cell: Sel = {}
    mistakes = []
    for nama, text in data.items():
        part = nama.split("-", 2)
        calon = whole(part[1]) if len(part) == 3 and part[0] == "n" else None
        if calon is None:
            continue
        new = text.strip()
        if new and not _ANGKA.fullmatch(new):
            mistakes.append(f"Skor “{new}” bukan angka.")
            continue
        old = data.get(f"l-{part[1]}-{part[2]}", "").strip()
        cell[calon, part[2]] = (_decimal(old), _decimal(new))
    return cell, mistakes


def _decimal(teks: str) -> Decimal | None:
    return Decimal(teks.replace(",", ".")) if _ANGKA.fullmatch(teks) else None


def parse_paper(data: Mapping[str, str]) -> tuple[dict[str, int], dict[int, int], list[str]]:
    """Return the control totals (edar, masuk, sah), the votes {row key: votes}, and what is no whole number."""
    jumlah, suara, wrong = {}, {}, []
    for nama, text in data.items():
        content = text.strip() or "0"
        baris = whole(nama[2:]) if nama.startswith("s-") else None
        if nama not in {"edar", "masuk", "sah"} and baris is None:
            continue
        figure = whole(content) if len(content) <= 5 else None
        if figure is None:
            wrong.append(f"“{text}” bukan bilangan bulat.")
        elif baris is not None:
            suara[baris] = figure
        else:
            jumlah[nama] = figure
    return {k: jumlah.get(k, 0) for k in ("edar", "masuk", "sah")}, suara, wrong
