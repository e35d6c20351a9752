"""Totals known by arithmetic: a row that sums a run of rows above it, or carries the sum of those below. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

TERLETAK = re.compile(r"^[IVXLC]{1,6}$")


@dataclass
class BarisAngka:
    """The amounts of one row by column, and what speaks for or against its being a total.

    ``boleh``: it lacks what makes a work (number, place). ``berlabel``: its words say total; ``sebagian``: of a part.
    ``polos``: it holds nothing but amounts. ``induk``: it has a title and no place or volume, so that the rows below
    may be its parts. ``gaya``: style of its number.
    """

    nomor: int
    nilai: dict[int, int]
    boleh: bool = False
    berlabel: bool = False
    sebagian: bool = False
    induk: bool = False
    polos: bool = False
    gaya: str = ""


@dataclass
class Jumlah:
    """What the arithmetic found: totals with the rows they sum, and parents with their children."""

    jumlah: dict[int, list[int]] = field(default_factory=dict)
    induk: dict[int, list[int]] = field(default_factory=dict)


@dataclass
class _Butir:
    """A row, or a run already summed: its rows, their sum by column, and the sum as printed."""

    baris: list[int]
    nilai: dict[int, int]
    cetak: dict[int, int]
    total: bool = False


def find_totals(baris: Sequence[BarisAngka], kelipatan: int = 1) -> Jumlah:
    """Return which rows are totals of what; ``kelipatan`` is the unit (rupiah) that printed totals are rounded to."""
    result = Jumlah()
    open_ones: list[_Butir] = []
    induk = _find_parents([b for b in baris if not b.boleh], result, kelipatan)  # they would count their children twice
    for one in baris:
        if not one.nilai or one.nomor in induk:
            continue
        start = _run(one, open_ones, kelipatan) if one.boleh or one.berlabel else None
        if start is None and one.berlabel:
            start = _group(open_ones, one.sebagian)
        if start is None:
            open_ones.append(_Butir([one.nomor], one.nilai, one.nilai))
            continue
        part, open_ones = open_ones[start:], open_ones[:start]
        result.jumlah[one.nomor] = [n for b in part for n in b.baris]
        nilai: dict[int, int] = {}
        for b in part:
            for k, v in b.nilai.items():
                nilai[k] = nilai.get(k, 0) + v
        if part:
            open_ones.append(_Butir(result.jumlah[one.nomor], nilai, one.nilai, total=True))
    result.induk = _find_parents(baris, result, kelipatan)
    return result


def _run(satu: BarisAngka, terbuka: list[_Butir], kelipatan: int) -> int | None:
    """Where the run of open rows begins whose sum this row is, in most of its columns; None when there is none."""
    for print_it in (False, True):
        for column in satu.nilai:
            start = _suffix(satu.nilai[column], terbuka, column, print_it, kelipatan)
            if start is None:
                continue
            length = len(terbuka) - start
            enough = length >= 2 or (
                length == 1 and (satu.berlabel or satu.polos or terbuka[start].total or len(terbuka[start].baris) > 1)
            )
            if enough and _agrees(satu, terbuka[start:], print_it, kelipatan):
                return start
    return None


def _suffix(jumlah: int, terbuka: list[_Butir], kolom: int, cetak: bool, kelipatan: int) -> int | None:
    """Position from which the values add up to the sum, walking up from the last; amounts are never negative."""
    missing = jumlah
    for i in range(len(terbuka) - 1, -1, -1):
        nilai = (terbuka[i].cetak if cetak else terbuka[i].nilai).get(kolom, 0)
        missing -= nilai
        loose = _slack(jumlah, len(terbuka) - i, kelipatan)
        if nilai and abs(missing) <= loose:
            return i
        if missing < -loose:
            return None
    return None


def _slack(jumlah: int, banyak: int, kelipatan: int) -> int:
    """How far a printed total may lie from the sum through rounding alone."""
    round_number = next((b for b in (10**6, 10**5, 10**4, 1000) if jumlah % b == 0), 1)
    return max(
        banyak * kelipatan // 2 if kelipatan > 1 else 0,
        banyak,
        min(round_number, 1000) - 1 if round_number >= 1000 else 0,
    )


def _agrees(satu: BarisAngka, bagian: list[_Butir], cetak: bool, kelipatan: int) -> bool:
    matching = 0
    for column, written in satu.nilai.items():
        count = sum((b.cetak if cetak else b.nilai).get(column, 0) for b in bagian)
        matching += abs(count - written) <= _slack(written, len(bagian), kelipatan)
    return matching * 2 > len(satu.nilai) or (len(satu.nilai) == 2 and matching == 1)


def _group(terbuka: list[_Butir], sebagian: bool) -> int:
    """What a labelled total that does not add up must mean: its part since the last total, or everything."""
    if not sebagian:
        return 0
    return next((i + 1 for i in range(len(terbuka) - 1, -1, -1) if terbuka[i].total), 0)


def _find_parents(baris: Sequence[BarisAngka], hasil: Jumlah, kelipatan: int) -> dict[int, list[int]]:
    """From the bottom up: a titled row whose amount is the sum of the rows below, up to the next of its own style."""
    style_until: dict[str, int] = {}
    induk: dict[int, list[int]] = {}
    for i in range(len(baris) - 1, -1, -1):
        one = baris[i]
        end = style_until.get(one.gaya, len(baris))
        style_until[one.gaya] = i
        if not one.induk or not one.nilai or one.nomor in hasil.jumlah:
            continue
        child = [
            b
            for b in baris[i + 1 : end]
            if b.nilai and b.nomor not in hasil.jumlah and b.nomor not in induk and b.gaya != one.gaya
        ]
        column = next(iter(one.nilai))
        jumlah = sum(b.nilai.get(column, 0) for b in child)
        if child and abs(jumlah - one.nilai[column]) <= _slack(one.nilai[column], len(child), kelipatan):
            induk[one.nomor] = [b.nomor for b in child]
    return induk


def style(nomor: object) -> str:
    """Return the style of a row's number: roman, letter, small letter, depth of a dotted one, or none."""
    text = str(nomor if nomor is not None else "").strip(" .)(")
    if not text:
        return "kosong"
    if TERLETAK.match(text):
        return "romawi"
    if re.fullmatch(r"[A-Z]", text):
        return "huruf"
    if re.fullmatch(r"[a-z]", text):
        return "huruf_kecil"
    if re.fullmatch(r"\d+([.\-]\d+)*", text):
        return f"angka{len(re.split(r'[.-]', text))}"
    return "lain"
