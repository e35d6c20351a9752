"""Tables of many cells: read from the names of their fields, for a form object per cell would be slow."""

import re
from collections.abc import Mapping
from decimal import Decimal

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
        if len(bagian) != 3 or bagian[0] != "n" or not bagian[1].isdigit():
            continue
        baru = teks.strip()
        if baru and not _ANGKA.fullmatch(baru):
            salah.append(f"Skor “{baru}” bukan angka.")
            continue
        lama = data.get(f"l-{bagian[1]}-{bagian[2]}", "").strip()
        sel[int(bagian[1]), bagian[2]] = (_decimal(lama), _decimal(baru))
    return sel, salah


def _decimal(teks: str) -> Decimal | None:
    return Decimal(teks.replace(",", ".")) if _ANGKA.fullmatch(teks) else None


def parse_kertas(data: Mapping[str, str]) -> tuple[dict[str, int], dict[int, int], list[str]]:
    """Return the control totals (edar, masuk, sah), the votes {row key: votes}, and what is no whole number."""
    jumlah, suara, salah = {}, {}, []
    for nama, teks in data.items():
        isi = teks.strip() or "0"
        if nama not in {"edar", "masuk", "sah"} and not re.fullmatch(r"s-\d+", nama):
            continue
        if not re.fullmatch(r"\d{1,5}", isi):
            salah.append(f"“{teks}” bukan bilangan bulat.")
        elif nama.startswith("s-"):
            suara[int(nama[2:])] = int(isi)
        else:
            jumlah[nama] = int(isi)
    return {k: jumlah.get(k, 0) for k in ("edar", "masuk", "sah")}, suara, salah
