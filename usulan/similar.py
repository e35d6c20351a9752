"""Which proposals are about the same work: work is compared with work, place with place. Pure.

Both must agree: the same work elsewhere is another work, and so is another work at the same place. Words weigh what the
frozen table says (``usulan.words``), whatever list they stand in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from rapidfuzz.distance import OSA

from usulan.description import Description, describe, spellings
from usulan.words import ARAH, BOBOT_BIASA, LINTAS, PERMUKAAN, TINDAKAN, TUNGGAL, weights

AMBANG = 0.66  # of 1: from here on two proposals are shown as similar
TEMPAT_SAMA, TEMPAT_SEBAGIAN, TEMPAT_LAIN = 1.0, 0.85, 0.3
HANYA_RT = 0.75  # the same number of RT, the rest not said
SEKALI, TANPA_TEMPAT, PASTI_BEDA = 0.7, 0.5, 0.2  # no place: of a thing that a desa has once, of any other; told apart
BEDA_BENDA = 0.6  # they name other things near the place, or only some of the same RT
BEDA_TINDAKAN, BEDA_INTI = 0.93, 0.65  # other thing done to it; its first thing is not in the other title
TAMPIL = {
    "airbersih": "air bersih",
    "sumurbor": "sumur bor",
    "jut": "jalan usaha tani",
    "jalansetapak": "jalan setapak",
    "handtraktor": "traktor tangan",
    "sepakbola": "sepak bola",
}


@dataclass(frozen=True)
class Script:
    """What is compared of one proposal. ``desa`` 0: of no single desa; ``nama_desa``: taken out of its place."""

    kunci: int
    desa: int
    kegiatan: str
    lokasi: str
    nama_desa: str = ""
    volume: Decimal | None = None
    biaya: int | None = None


@dataclass(frozen=True)
class Pair:
    """Two similar proposals: how alike (0 to 1) and why, in words."""

    a: int
    b: int
    nilai: float
    alasan: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """How well two places agree, and the words for it."""

    nilai: float
    kata: str


def find_similar(daftar: list[Script], threshold: float = AMBANG) -> list[Pair]:
    """Return the pairs that are at least ``threshold`` alike, the most alike first."""
    details = [describe(n.kegiatan, n.lokasi, n.nama_desa) for n in daftar]
    results = []
    for i, j in _candidates(daftar, details):
        pair = compare(daftar[i], daftar[j])
        if pair.nilai >= threshold:
            results.append(pair)
    return sorted(results, key=lambda p: (-p.nilai, p.a, p.b))


def compare(a: Script, b: Script) -> Pair:
    """Compare two proposals; both the work and the place have to agree."""
    one, two = describe(a.kegiatan, a.lokasi, a.nama_desa), describe(b.kegiatan, b.lokasi, b.nama_desa)
    same_desa = a.desa == b.desa or not (a.desa and b.desa)
    work = _work(one, two)
    place = _place(one, two) if same_desa else _border(describe(a.kegiatan, a.lokasi), describe(b.kegiatan, b.lokasi))
    if same_desa and not (one.has_place and two.has_place):
        place = _nowhere(a, b, one, two)
    nilai = min(work, place.nilai) ** 0.7 * max(work, place.nilai) ** 0.3
    desa = "satu desa" if a.desa == b.desa else "desa berbeda"
    return Pair(a.kunci, b.kunci, round(nilai, 3), tuple(k for k in (_work_words(one, two), place.kata, desa) if k))


def _candidates(daftar: list[Script], description: list[Description]) -> Iterator[tuple[int, int]]:
    """Pairs that share a thing and a name (or a slip of it) or number, or a whole title without a place."""
    without_desa = any(not n.desa for n in daftar)
    container: dict[tuple[object, ...], list[int]] = defaultdict(list)
    judul: dict[tuple[object, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i, (n, u) in enumerate(zip(daftar, description, strict=True)):
        thing = u.made_thing or {""}
        spelling = {s for nama in u.nama for s in spellings(nama)}
        if without_desa or LINTAS & (u.karya | u.benda):
            loose = (
                spelling if without_desa else {s for nama in u.nama if nama not in u.menetap for s in spellings(nama)}
            )
            _put(container, ("lintas",), thing, loose, i)
        _put(container, (n.desa,), thing, spelling | u.nomor, i)
        judul[n.desa, frozenset(thing)][u.has_place].append(i)
    already: set[int] = set()
    for i, j in _pairs(container, judul):
        mark = min(i, j) * len(daftar) + max(i, j)
        if mark not in already:
            already.add(mark)
            yield i, j


def _put(
    container: dict[tuple[object, ...], list[int]],
    start: tuple[object, ...],
    thing: Iterable[str],
    tempat: set[str],
    i: int,
) -> None:
    for b in thing:
        for t in tempat:
            container[*start, b, t].append(i)


def _pairs(
    container: dict[tuple[object, ...], list[int]], judul: dict[tuple[object, ...], tuple[list[int], list[int]]]
) -> Iterator[tuple[int, int]]:
    for anggota in container.values():
        yield from combinations(anggota, 2)
    for without, having in judul.values():
        yield from combinations(without, 2)
        yield from product(without, having)


def _work(a: Description, b: Description) -> float:
    """How much of the weight of the things two titles name is shared; what is done to them counts a little."""
    one, two, bobot = a.made_thing, b.made_thing, weights()
    action = 1.0 if a.karya & b.karya & TINDAKAN or not (a.karya - one and b.karya - two) else BEDA_TINDAKAN
    if not one and not two:
        return action
    same = _sum(one & two, bobot)
    small = min(_sum(one, bobot), _sum(two, bobot))
    if not same or not small:
        return 0.0
    nilai = (same / _sum(one | two, bobot) + same / small) / 2
    return nilai * action * (1.0 if _same_head(a, b) else BEDA_INTI)


def _sum(words: Iterable[str], bobot: dict[str, float]) -> float:
    return sum(bobot.get(k, BOBOT_BIASA) for k in words)


def _same_head(a: Description, b: Description) -> bool:
    """Whether the first thing of each stands in the other too: a drain along a road is no road."""
    if a.inti in b.karya and b.inti in a.karya:
        return True
    return {a.inti, b.inti} <= PERMUKAAN and "jalan" in {a.inti, b.inti}


def _place(a: Description, b: Description) -> _Place:
    """Compare the places of two works of one desa that both say where."""
    if difference := _conflict(a, b):
        return _Place(PASTI_BEDA, f"tempat berbeda: {difference}")
    nomor = a.nomor & b.nomor
    if a.nama and b.nama:
        return _names(a, b, nomor)
    rt = any(n.startswith("rt") for n in nomor)
    if not nomor or ((a.nama or b.nama) and not rt):
        return _Place(TEMPAT_LAIN, "tempat berbeda")
    if a.nomor - b.nomor and b.nomor - a.nomor:
        return _Place(BEDA_BENDA * TEMPAT_SEBAGIAN, f"tempat sebagian sama: {_say((), nomor)}")
    full = a.nomor == b.nomor and not (a.nama or b.nama)
    complete = rt and any(n.startswith("rw") for n in nomor)
    return _Place(TEMPAT_SAMA if full else TEMPAT_SEBAGIAN if complete else HANYA_RT, f"tempat sama: {_say((), nomor)}")


def _names(a: Description, b: Description, nomor: frozenset[str]) -> _Place:
    """Compare two places by their names; one that only says more than the other is nearly the same."""
    same: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    spelling: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    remainder = list(b.nama)
    exact = len(nomor) > 1 and a.nomor == b.nomor
    for nama in a.nama:
        matching = max(remainder, key=lambda other: _same_name(nama, other, exact), default=None)
        nilai = _same_name(nama, matching, exact) if matching else 0.0
        if matching and nilai:
            remainder.remove(matching)
            (same if nilai == 1 else spelling).append((nama, matching))
    affected = len(same) + len(spelling)
    more = min(len(a.nama) - affected, len(remainder))
    if not affected:
        return _Place(TEMPAT_LAIN, "tempat berbeda")
    nilai = affected / (affected + more) * (BEDA_BENDA if a.benda and b.benda and not a.benda & b.benda else 1.0)
    if a.nomor - b.nomor and b.nomor - a.nomor and nomor:
        nilai *= BEDA_BENDA  # "RW 1, 2" and "RW 2, 3"
    if len(a.nama) != len(b.nama) or a.nomor != b.nomor or spelling:
        nilai *= TEMPAT_SEBAGIAN
    words = f"tempat sama: {_say(tuple(n for n, _ in same), nomor)}" if same or nomor else ""
    similar = "; ".join(f"nama tempat mirip: {' '.join(x).title()} dan {' '.join(y).title()}" for x, y in spelling)
    return _Place(nilai, "; ".join(k for k in (words, similar) if k))


def _same_name(a: tuple[str, ...], b: tuple[str, ...], exact: bool) -> float:
    """1 for one name however it is spaced, less for a slip of the pen or a name within a longer one, 0 for another.

    ``exact``: RT and RW are the same, so that a slip is believed in a short name too.
    """
    one, two = "".join(a), "".join(b)
    if one == two:
        return 1.0
    short = min(len(one), len(two))
    direction = a[-1] != b[-1] and a[-1] in ARAH and b[-1] in ARAH
    if short >= (4 if exact else 5) and not direction and OSA.distance(one, two) <= (1 if short < 9 else 2):
        return 0.9
    small, large = sorted((a, b), key=len)
    within = len(small) < len(large) and set(small) <= set(large) and not set(small) <= ARAH
    return 0.8 if within and len("".join(small)) * 2 > len("".join(large)) else 0.0


def _conflict(a: Description, b: Description) -> str:
    """Name the number or institution that tells two places apart; "" when none does."""
    if a.lembaga and b.lembaga and not a.lembaga & b.lembaga:
        return f"{', '.join(sorted(a.lembaga)).upper()} dan {', '.join(sorted(b.lembaga)).upper()}"
    for jenis in sorted({_kind(n) for n in a.nomor} & {_kind(n) for n in b.nomor}):
        one, two = ({n for n in u.nomor if _kind(n) == jenis} for u in (a, b))
        if not one & two:
            return f"{_say((), one)} dan {_say((), two)}"
    return ""


def _kind(nomor: str) -> str:
    return nomor.rstrip("0123456789")


def _border(a: Description, b: Description) -> _Place:
    """Compare the places of works of two desa: only what runs on across a border can be one work."""
    crossing = LINTAS & (a.karya | a.benda) and LINTAS & (b.karya | b.benda)
    if not crossing or a.menetap or b.menetap or not (a.nama and b.nama):
        return _Place(PASTI_BEDA, "tempat berbeda")
    if _conflict(a, b):
        return _Place(PASTI_BEDA, "tempat berbeda")
    return _names(a, b, frozenset())


def _nowhere(a: Script, b: Script, one: Description, two: Description) -> _Place:
    """Judge two works of one desa of which one at least does not say where."""
    if difference := _conflict(one, two):
        return _Place(PASTI_BEDA, f"tempat berbeda: {difference}")
    same_title = one.made_thing == two.made_thing
    lokasi = [" ".join(n.lokasi.lower().split()) for n in (a, b)]
    figure = a.volume is not None and (a.volume, a.biaya) == (b.volume, b.biaya)
    if same_title and figure and lokasi[0] == lokasi[1]:
        return _Place(TEMPAT_SEBAGIAN, "semua isinya sama, tempat tidak disebut")
    if same_title and one.benda and lokasi[0] == lokasi[1]:
        return _Place(TEMPAT_SAMA, f"lokasi ditulis sama: {a.lokasi.strip()}")
    words = "tempat tidak disebut" + ("" if one.has_place or two.has_place else " pada keduanya")
    return _Place(SEKALI if same_title and one.made_thing & TUNGGAL else TANPA_TEMPAT, words)


def _work_words(a: Description, b: Description) -> str:
    same = a.made_thing & b.made_thing
    difference = a.made_thing ^ b.made_thing
    if not same:
        return ""
    words = f"pekerjaan {'mirip' if difference else 'sama'}: {', '.join(sorted(TAMPIL.get(k, k) for k in same))}"
    return f"{words} (beda: {', '.join(sorted(TAMPIL.get(k, k) for k in difference))})" if difference else words


def _say(nama: Iterable[tuple[str, ...]], nomor: Iterable[str]) -> str:
    """Write names and numbers as people do: "Mawar, RT 3"."""
    figures = sorted(nomor, key=lambda n: (_kind(n), int(n[len(_kind(n)) :])))
    write = [f"{_kind(n).upper() if len(_kind(n)) < 4 else _kind(n).title()} {n[len(_kind(n)) :]}" for n in figures]
    return ", ".join([*(" ".join(n).title() for n in nama), *write])
