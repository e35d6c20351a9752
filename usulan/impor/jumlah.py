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
    hasil = Jumlah()
    terbuka: list[_Butir] = []
    induk = _find_parents([b for b in baris if not b.boleh], hasil, kelipatan)  # they would count their children twice
    for satu in baris:
        if not satu.nilai or satu.nomor in induk:
            continue
        mulai = _run(satu, terbuka, kelipatan) if satu.boleh or satu.berlabel else None
        if mulai is None and satu.berlabel:
            mulai = _group(terbuka, satu.sebagian)
        if mulai is None:
            terbuka.append(_Butir([satu.nomor], satu.nilai, satu.nilai))
            continue
        bagian, terbuka = terbuka[mulai:], terbuka[:mulai]
        hasil.jumlah[satu.nomor] = [n for b in bagian for n in b.baris]
        nilai: dict[int, int] = {}
        for b in bagian:
            for k, v in b.nilai.items():
                nilai[k] = nilai.get(k, 0) + v
        if bagian:
            terbuka.append(_Butir(hasil.jumlah[satu.nomor], nilai, satu.nilai, total=True))
    hasil.induk = _find_parents(baris, hasil, kelipatan)
    return hasil


def _run(satu: BarisAngka, terbuka: list[_Butir], kelipatan: int) -> int | None:
    """Where the run of open rows begins whose sum this row is, in most of its columns; None when there is none."""
    for cetak in (False, True):
        for kolom in satu.nilai:
            mulai = _suffix(satu.nilai[kolom], terbuka, kolom, cetak, kelipatan)
            if mulai is None:
                continue
            panjang = len(terbuka) - mulai
            cukup = panjang >= 2 or (
                panjang == 1 and (satu.berlabel or satu.polos or terbuka[mulai].total or len(terbuka[mulai].baris) > 1)
            )
            if cukup and _agrees(satu, terbuka[mulai:], cetak, kelipatan):
                return mulai
    return None


def _suffix(jumlah: int, terbuka: list[_Butir], kolom: int, cetak: bool, kelipatan: int) -> int | None:
    """Position from which the values add up to the sum, walking up from the last; amounts are never negative."""
    kurang = jumlah
    for i in range(len(terbuka) - 1, -1, -1):
        nilai = (terbuka[i].cetak if cetak else terbuka[i].nilai).get(kolom, 0)
        kurang -= nilai
        longgar = _slack(jumlah, len(terbuka) - i, kelipatan)
        if nilai and abs(kurang) <= longgar:
            return i
        if kurang < -longgar:
            return None
    return None


def _slack(jumlah: int, banyak: int, kelipatan: int) -> int:
    """How far a printed total may lie from the sum through rounding alone."""
    bulat = next((b for b in (10**6, 10**5, 10**4, 1000) if jumlah % b == 0), 1)
    return max(banyak * kelipatan // 2 if kelipatan > 1 else 0, banyak, min(bulat, 1000) - 1 if bulat >= 1000 else 0)


def _agrees(satu: BarisAngka, bagian: list[_Butir], cetak: bool, kelipatan: int) -> bool:
    cocok = 0
    for kolom, tertulis in satu.nilai.items():
        hitung = sum((b.cetak if cetak else b.nilai).get(kolom, 0) for b in bagian)
        cocok += abs(hitung - tertulis) <= _slack(tertulis, len(bagian), kelipatan)
    return cocok * 2 > len(satu.nilai) or (len(satu.nilai) == 2 and cocok == 1)


def _group(terbuka: list[_Butir], sebagian: bool) -> int:
    """What a labelled total that does not add up must mean: its part since the last total, or everything."""
    if not sebagian:
        return 0
    return next((i + 1 for i in range(len(terbuka) - 1, -1, -1) if terbuka[i].total), 0)


def _find_parents(baris: Sequence[BarisAngka], hasil: Jumlah, kelipatan: int) -> dict[int, list[int]]:
    """From the bottom up: a titled row whose amount is the sum of the rows below, up to the next of its own style."""
    gaya_sampai: dict[str, int] = {}
    induk: dict[int, list[int]] = {}
    for i in range(len(baris) - 1, -1, -1):
        satu = baris[i]
        akhir = gaya_sampai.get(satu.gaya, len(baris))
        gaya_sampai[satu.gaya] = i
        if not satu.induk or not satu.nilai or satu.nomor in hasil.jumlah:
            continue
        anak = [
            b
            for b in baris[i + 1 : akhir]
            if b.nilai and b.nomor not in hasil.jumlah and b.nomor not in induk and b.gaya != satu.gaya
        ]
        kolom = next(iter(satu.nilai))
        jumlah = sum(b.nilai.get(kolom, 0) for b in anak)
        if anak and abs(jumlah - satu.nilai[kolom]) <= _slack(satu.nilai[kolom], len(anak), kelipatan):
            induk[satu.nomor] = [b.nomor for b in anak]
    return induk


def style(nomor: object) -> str:
    """Return the style of a row's number: roman, letter, small letter, depth of a dotted one, or none."""
    teks = str(nomor if nomor is not None else "").strip(" .)(")
    if not teks:
        return "kosong"
    if TERLETAK.match(teks):
        return "romawi"
    if re.fullmatch(r"[A-Z]", teks):
        return "huruf"
    if re.fullmatch(r"[a-z]", teks):
        return "huruf_kecil"
    if re.fullmatch(r"\d+([.\-]\d+)*", teks):
        return f"angka{len(re.split(r'[.-]', teks))}"
    return "lain"
