"""Rows that are headings though they look like works."""

import re
from typing import Any

from usulan.impor.baris import (
    cells,
)
from usulan.impor.spelling import match_field
from usulan.impor.sums import style
from usulan.impor.tabel import Tabel


def stands_alone(cell: dict[int, Any], tabel: Tabel, following: dict[int, Any]) -> bool:
    """A place alone is a heading when it has no number of the list's own style, or rows below that begin anew."""
    content = cells(cell, tabel)
    nomor = style(content.get("no"))
    return (
        nomor in {"kosong", "romawi", "huruf"} or str(following.get(tabel.kolom.get("no", 0), "")).strip(" .)") == "1"
    )


def is_repeated_heading(cell: dict[int, Any], tabel: Tabel) -> bool:
    """The heading printed again on a later page of the list."""
    column = tabel.kolom
    if any(not isinstance(v, str) or v[0].isdigit() for v in cell.values()):
        return False
    if match_field(cell.get(column.get("kegiatan", 0))) != "kegiatan":
        return False
    fits = [n for n, k in column.items() if not re.search(r"\d", str(cell.get(k))) and match_field(cell.get(k)) == n]
    return len(fits) >= 3 and len(fits) * 2 > len(column)
