"""Whose a row is, read from the words of its desa cell. Pure.

One text says it everywhere in the reader, in answers and corrections: the code of a desa; the codes of several, joined
by ";", for a work that they have together; or ``KECAMATAN`` for one of the whole kecamatan.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from usulan.impor.results import Reference

KECAMATAN = "kecamatan"
PERSEN = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")
RASIO = re.compile(r"[\s=(:]*\b(\d{1,12}(?:\s*:\s*\d{1,12})+)\s*\)?\s*$")
TULIS_BAGIAN = re.compile(r"\d\s*%|\d\s*:|[:=]\s*\d")
SERATUS = Fraction(1, 2)  # three thirds (33,3%) may miss a hundred by this much
PISAH_DESA = re.compile(r"\s*(?:[,;/&\n+]|\bdan\b|\bserta\b|\bdengan\b|\s[-–]\s)\s*", re.I)
NAMA_DESA = re.compile(r"\b(?:desa|kelurahan)\b", re.I)
BERSAMA = re.compile(
    r"^\W*(?:usulan\s+)?(?:lintas|antar|beberapa|gabungan|bersama)[\s-]*(?:desa|kelurahan|wilayah)\b", re.I
)
SEMUA, BAGIAN, TINGKAT = {"seluruh", "semua", "se"}, {"desa", "kelurahan"}, {"kecamatan", "kec", "sekecamatan"}
BIASA = {"wilayah", "tingkat", "skala", "usulan", "di", "dan"}


def join_codes(kode: Iterable[str]) -> str:
    """Return several codes as one text, each once and in their order."""
    return ";".join(sorted(set(kode)))


def is_joint(text: str) -> bool:
    """Whether a text says that several desa are meant ("Lintas Desa") and perhaps not which."""
    return BERSAMA.match(text) is not None


def is_whole(text: str, kecamatan: str) -> bool:
    """Whether a text means the whole kecamatan: "Kecamatan Sikur", "Seluruh kecamatan", "Semua desa"."""
    remainder = re.sub(rf"\b{re.escape(kecamatan)}\b", " ", text, flags=re.I)
    word = set(re.findall(r"[^\W\d_]+", remainder.lower()))
    level = bool(word & TINGKAT) or bool(word & SEMUA and word & BAGIAN)
    return level and word <= SEMUA | BAGIAN | TINGKAT | BIASA


def several(text: str, search: Callable[[str], str | None]) -> str | None:
    """Return the codes of the several desa that a text names, all of them known; None otherwise."""
    clean = NAMA_DESA.sub(" ", BERSAMA.sub(" ", text)).replace("(", " ").replace(")", " ")
    pieces = [p.strip(" :.") for p in PISAH_DESA.split(clean) if re.search(r"\w", p)]
    kode = [k for p in pieces if (k := search(p)) and k[0].isdigit()]  # an answer may be no code
    return join_codes(kode) if len(pieces) > 1 and len(kode) == len(pieces) else None


def shares(text: str, cari: Callable[[str], str | None]) -> tuple[dict[str, int] | None, bool]:
    """Return ({code: weight} as a text says it, whether it speaks of shares); None while they cannot be read.

    "Semaya 60%, Loyok 40%" and "Semaya dan Loyok (60 : 40)" are read; percentages must add up to a hundred.
    """
    text = re.sub(r"(\d),(\d+)\s*%", r"\1.\2%", text)
    ratio = RASIO.search(text)
    if ratio is None and "%" not in text:
        return None, False
    names = _pieces(text[: ratio.start()].replace(":", ",") if ratio else PERSEN.sub(" ", text))
    found = re.split(r"\s*:\s*", ratio[1]) if ratio else PERSEN.findall(text)
    numbers = [Fraction(n) for n in found]
    kode = [cari(p) or "" for p in names]
    known = len(names) > 1 and all(k[:1].isdigit() for k in kode) and len(set(kode)) == len(kode)
    whole = ratio is not None or abs(sum(numbers, Fraction(-100))) <= SERATUS
    if not known or not whole or len(numbers) != len(kode) or any(n <= 0 for n in numbers):
        return None, True
    unit = reduce(lcm, (n.denominator for n in numbers))
    weights = [int(n * unit) for n in numbers]
    return {k: w // gcd(*weights) for k, w in zip(kode, weights, strict=True)}, True


def unread_shares(owner: str | None, bobot: Mapping[str, int], text: str | None) -> list[str]:
    """Return the remark on shares that a text says and that a person's answer to it could not keep; none otherwise."""
    if ";" not in (owner or "") or bobot or not TULIS_BAGIAN.search(text or ""):
        return []
    return [f"Bagian tiap desa di “{text}” tidak terbaca, jadi dibuat sama rata; ubah sesudah disimpan bila berbeda."]


def _pieces(text: str) -> list[str]:
    clean = NAMA_DESA.sub(" ", BERSAMA.sub(" ", text)).replace("(", " ").replace(")", " ")
    return [p.strip(" :.=") for p in PISAH_DESA.split(clean) if re.search(r"[^\W\d_]", p)]


def words(owner: str | None, nama: Mapping[str, str]) -> str | None:
    """Return whose it is in words; None when it is unknown or names a desa that is not ours."""
    if owner is None or owner == KECAMATAN:
        return owner and "Seluruh kecamatan"
    kode = owner.split(";")
    return ", ".join(nama[k] for k in kode) if all(k in nama for k in kode) else None


def owned(text: str, reference: Reference) -> bool:
    """Whether a text can stand in a column that says whose each row is."""
    if reference.find_desa(text):
        return True
    if shares(text, reference.find_desa)[0]:
        return True
    return bool(several(text, reference.find_desa)) or is_joint(text) or is_whole(text, reference.kecamatan)
