"""Rows that are headings though they look like works."""

import re
from typing import Any

from usulan.impor.baris import (
    cells,
)
from usulan.impor.ejaan import match_field
from usulan.impor.jumlah import style
from usulan.impor.tabel import Tabel


def stands_alone(sel: dict[int, Any], tabel: Tabel, berikut: dict[int, Any]) -> bool:
    """A place alone is a heading when it has no number of the list's own style, or rows below that begin anew."""
    isi = cells(sel, tabel)
    nomor = style(isi.get("no"))
    return nomor in {"kosong", "romawi", "huruf"} or str(berikut.get(tabel.kolom.get("no", 0), "")).strip(" .)") == "1"


def is_repeated_heading(sel: dict[int, Any], tabel: Tabel) -> bool:
    """The heading printed again on a later page of the list."""
    kolom = tabel.kolom
    if any(not isinstance(v, str) or v[0].isdigit() for v in sel.values()):
        return False
    if match_field(sel.get(kolom.get("kegiatan", 0))) != "kegiatan":
        return False
    cocok = [n for n, k in kolom.items() if not re.search(r"\d", str(sel.get(k))) and match_field(sel.get(k)) == n]
    return len(cocok) >= 3 and len(cocok) * 2 > len(kolom)
