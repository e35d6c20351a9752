"""Totals known by arithmetic: a row that sums a run of rows above it, or carries the sum of those below. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

TERLETAK = re.compile(r"^[IVXLC]{1,6}$")


@dataclass
class NumericRow:
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
class Total:
    """What the arithmetic found: totals with the rows they sum, and parents with their children."""

    jumlah: dict[int, list[int]] = field(default_factory=dict)
    induk: dict[int, list[int]] = field(default_factory=dict)


@dataclass
class _Item:
    """A row, or a run already summed: its rows, their sum by column, and the sum as printed."""

    baris: list[int]
    nilai: dict[int, int]
    cetak: dict[int, int]
    total: bool = False


def find_totals(baris: Sequence[NumericRow], multiple: int = 1) -> Total:
    """Return which rows are totals of what; ``multiple`` is the unit (rupiah) that printed totals are rounded to."""
    result = Total()
    open_ones: list[_Item] = []
    induk = _find_parents([b for b in baris if not b.boleh], result, multiple)  # else a parent counts as well
    for one in baris:
        if not one.nilai or one.nomor in induk:
            continue
        start = _run(one, open_ones, multiple) if one.boleh or one.berlabel else None
        if start is None and one.berlabel:
            start = _group(open_ones, one.sebagian)
        if start is None:
            open_ones.append(_Item([one.nomor], one.nilai, one.nilai))
            continue
        part, open_ones = open_ones[start:], open_ones[:start]
        result.jumlah[one.nomor] = [n for b in part for n in b.baris]
        nilai: dict[int, int] = {}
        for b in part:
            for k, v in b.nilai.items():
                nilai[k] = nilai.get(k, 0) + v
        if part:
            open_ones.append(_Item(result.jumlah[one.nomor], nilai, one.nilai, total=True))
    result.induk = _find_parents(baris, result, multiple)
    return result


def _run(one: NumericRow, opened: list[_Item], multiple: int) -> int | None:
    """Where the run of open rows begins whose sum this row is, in most of its columns; None when there is none."""
    for print_it in (False, True):
        for column in one.nilai:
            start = _suffix(one.nilai[column], opened, column, print_it, multiple)
            if start is None:
                continue
            length = len(opened) - start
            enough = length >= 2 or (
                length == 1 and (one.berlabel or one.polos or opened[start].total or len(opened[start].baris) > 1)
            )
            if enough and _agrees(one, opened[start:], print_it, multiple):
                return start
    return None


def _suffix(jumlah: int, opened: list[_Item], kolom: int, print_it: bool, multiple: int) -> int | None:
    """Position from which the values add up to the sum, walking up from the last; amounts are never negative."""
    missing = jumlah
    for i in range(len(opened) - 1, -1, -1):
        nilai = (opened[i].cetak if print_it else opened[i].nilai).get(kolom, 0)
        missing -= nilai
        loose = _slack(jumlah, len(opened) - i, multiple)
        if nilai and abs(missing) <= loose:
            return i
        if missing < -loose:
            return None
    return None


def _slack(jumlah: int, count: int, multiple: int) -> int:
    """How far a printed total may lie from the sum through rounding alone."""
    round_number = next((b for b in (10**6, 10**5, 10**4, 1000) if jumlah % b == 0), 1)
    return max(
        count * multiple // 2 if multiple > 1 else 0,
        count,
        min(round_number, 1000) - 1 if round_number >= 1000 else 0,
    )


def _agrees(one: NumericRow, part: list[_Item], print_it: bool, multiple: int) -> bool:
    matching = 0
    for column, written in one.nilai.items():
        count = sum((b.cetak if print_it else b.nilai).get(column, 0) for b in part)
        matching += abs(count - written) <= _slack(written, len(part), multiple)
    return matching * 2 > len(one.nilai) or (len(one.nilai) == 2 and matching == 1)


def _group(opened: list[_Item], some: bool) -> int:
    """What a labelled total that does not add up must mean: its part since the last total, or everything."""
    if not some:
        return 0
    return next((i + 1 for i in range(len(opened) - 1, -1, -1) if opened[i].total), 0)


def _find_parents(baris: Sequence[NumericRow], result: Total, multiple: int) -> dict[int, list[int]]:
    """From the bottom up: a titled row whose amount is the sum of the rows below, up to the next of its own style."""
    style_until: dict[str, int] = {}
    induk: dict[int, list[int]] = {}
    for i in range(len(baris) - 1, -1, -1):
        one = baris[i]
        end = style_until.get(one.gaya, len(baris))
        style_until[one.gaya] = i
        if not one.induk or not one.nilai or one.nomor in result.jumlah:
            continue
        child = [
            b
            for b in baris[i + 1 : end]
            if b.nilai and b.nomor not in result.jumlah and b.nomor not in induk and b.gaya != one.gaya
        ]
        column = next(iter(one.nilai))
        jumlah = sum(b.nilai.get(column, 0) for b in child)
        if child and abs(jumlah - one.nilai[column]) <= _slack(one.nilai[column], len(child), multiple):
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
