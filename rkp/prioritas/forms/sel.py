"""Tables of many cells: read from the names of their fields, for a form object per cell would be slow."""

import re
from collections.abc import Mapping
from decimal import Decimal

from musrenbang.forms.angka import whole
from rkp.prioritas.services.calon import Sel

_ANGKA = re.compile(r"\d{1,11}([.,]\d{1,3})?")


def parse_sel(data: Mapping[str, str]) -> tuple[Sel, list[str]]:
    """Return the score cells of a POST as ``save_nilai`` takes them, and sentences for values that are no number.

    Field ``n-<candidate>-<criterion>`` holds the new score, ``l-<candidate>-<criterion>`` the one the page showed.
    """
    sel: Sel = {}
    salah = []
    for nama, teks in data.items():
        bagian = nama.split("-", 2)
        calon = whole(bagian[1]) if len(bagian) == 3 and bagian[0] == "n" else None
        if calon is None:
            continue
        baru = teks.strip()
        if baru and not _ANGKA.fullmatch(baru):
            salah.append(f"Skor “{baru}” bukan angka.")
            continue
        lama = data.get(f"l-{bagian[1]}-{bagian[2]}", "").strip()
        sel[calon, bagian[2]] = (_decimal(lama), _decimal(baru))
    return sel, salah


def _decimal(teks: str) -> Decimal | None:
    return Decimal(teks.replace(",", ".")) if _ANGKA.fullmatch(teks) else None


def parse_kertas(data: Mapping[str, str]) -> tuple[dict[str, int], dict[int, int], list[str]]:
    """Return the control totals (edar, masuk, sah), the votes {row key: votes}, and what is no whole number."""
    jumlah, suara, salah = {}, {}, []
    for nama, teks in data.items():
        isi = teks.strip() or "0"
        baris = whole(nama[2:]) if nama.startswith("s-") else None
        if nama not in {"edar", "masuk", "sah"} and baris is None:
            continue
        angka = whole(isi) if len(isi) <= 5 else None
        if angka is None:
            salah.append(f"“{teks}” bukan bilangan bulat.")
        elif baris is not None:
            suara[baris] = angka
        else:
            jumlah[nama] = angka
    return {k: jumlah.get(k, 0) for k in ("edar", "masuk", "sah")}, suara, salah
