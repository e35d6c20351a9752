"""Take a proposal apart: the work it is about, and the place where that is done. Pure.

Most desa write the place into the title ("Rabat beton Kp. Mawar RT 03/01 menuju SDN 2"). What is no word of works, by
the frozen table, is a name; what follows a word of place is a name too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from usulan.words import (
    BOBOT_BIASA,
    BUKAN_TEMPAT,
    EKOR_NAMA,
    KOSONG,
    LEMBAGA,
    LETAK,
    PERMUKIMAN,
    SATUAN,
    SEMUA,
    SINGKAT,
    TINDAKAN,
    canonical,
    weights,
    works_words,
)

PANJANG_EJAAN = 6
"""A word of this many letters may be a slip of any known word; a shorter one only of a word that names works."""
ROMAWI = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
NOMOR_BAGIAN = 20
"""A number behind a name, up to this one, is part of the name and not a measure."""
BERNOMOR = PERMUKIMAN | LEMBAGA
BERDIRI_SENDIRI = frozenset({"gang", "blok", "ruas", "subak", "orong"})
"""Words of place that are no other word for a hamlet; only the first two lie in one desa for sure."""
MENETAP = frozenset({"dusun", "gang", "blok"})
RT = re.compile(r"\b(?:(?P<jenis>r[tw])s?)\s*[.:]?\s*(?P<isi>\d{1,3}(?:\s*(?:,|&|-|dan|s/d|/)\s*\d{1,3}\b(?!\s*/))*)")
GARIS = re.compile(r"\b(?P<rt>\d{1,3})\s*/\s*(?P<rw>\d{1,3})\b")


@dataclass(frozen=True)
class Description:
    """A proposal taken apart.

    ``karya``: what is done, in compared words; ``inti``: the first thing it names; ``nama``: names of places, each as
    its words; ``menetap``: those of hamlets and lanes, which lie in one desa; ``nomor``: "rt3", "rw1", "dusun2", "sd2";
    ``lembaga``: kinds of institution that are named; ``benda``: known things that tell the place ("pasar", "makam").
    """

    karya: frozenset[str]
    nama: tuple[tuple[str, ...], ...] = ()
    nomor: frozenset[str] = frozenset()
    lembaga: frozenset[str] = frozenset()
    benda: frozenset[str] = frozenset()
    menetap: frozenset[tuple[str, ...]] = frozenset()
    inti: str = ""

    @property
    def made_thing(self) -> frozenset[str]:
        """The things that are built or bought, without what is done to them."""
        return self.karya - TINDAKAN

    @property
    def has_place(self) -> bool:
        """Whether it says where, more than a thing that every desa has."""
        return bool(self.nama or self.nomor)


@dataclass
class _Gathering:
    """What is gathered while the words are read."""

    karya: set[str] = field(default_factory=set)
    nama: dict[tuple[str, ...], None] = field(default_factory=dict)
    nomor: set[str] = field(default_factory=set)
    lembaga: set[str] = field(default_factory=set)
    benda: set[str] = field(default_factory=set)
    menetap: set[tuple[str, ...]] = field(default_factory=set)
    inti: str = ""


@lru_cache(maxsize=20_000)
def describe(kegiatan: str, lokasi: str, desa: str = "") -> Description:
    """Take a title and its place apart; ``desa`` is the name of its desa, which tells nothing within it."""
    k = _Gathering()
    _Reader(k, judul=True).read(_plain(kegiatan, desa, k, judul=True))
    _Reader(k, judul=False).read(_plain(lokasi, desa, k, judul=False))
    own = tuple(_name_words(desa))
    nama = tuple(n for n in k.nama if n != own)
    return Description(
        frozenset(k.karya),
        nama,
        frozenset(k.nomor),
        frozenset(k.lembaga),
        frozenset(k.benda - k.karya),
        frozenset(k.menetap),
        k.inti,
    )


def _plain(text: str, desa: str, k: _Gathering, *, judul: bool) -> list[str]:
    """Return the words and signs in one spelling; RT and RW are taken out, and the desa's own name after "desa"."""
    text = re.sub(r"\bno(?:mor)?\b\s*[.:]?\s*(?=\d)", " ", text.lower())
    text = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", text)
    text = re.sub(r"\b(m|km) ([23])\b", r"\1", text)
    text = re.sub(r"(?<=[a-z]{3})(?=r[tw]\s*\.?\s*\d)", " ", text)
    text = re.sub(r"\br\s*\.?\s*([tw])\b(?=\s*[.:]?\s*\d)", r"r\1", text)
    text = re.sub(r"\bs\s*[./]\s*d\b|\bsd\b(?=\s*(?:kp|kampung|rt|dusun|km)\b)", " sampai ", text)
    for matching in RT.finditer(text):
        _numbers(matching["jenis"], matching["isi"], k)
    text = RT.sub(" , ", text)
    for matching in GARIS.finditer(text):
        k.nomor |= {f"rt{int(matching['rt'])}", f"rw{int(matching['rw'])}"}
    text = GARIS.sub(" , ", text)
    text = re.sub(r"\b([a-z]{2,})-\1\b", r"\1", text)
    words = [SINGKAT.get(w, w) for w in re.findall(r"[a-z]+|\d+|[,;/()+.–-]", text)]
    words = [w for w in words if w != "."]
    text = " ".join(_spelled(words) if judul else words)
    if desa:
        text = re.sub(rf"\b(?:desa|kelurahan) {re.escape(' '.join(_name_words(desa)))}\b", " , ", text)
    return canonical(text).split()


def _numbers(jenis: str, content: str, k: _Gathering) -> None:
    """Note "rt 01, 02" as two numbers and "rt 003/001" as an RT and its RW."""
    line = GARIS.fullmatch(content.strip())
    if line and jenis == "rt":
        k.nomor |= {f"rt{int(line['rt'])}", f"rw{int(line['rw'])}"}
        return
    figures = [int(a) for a in re.findall(r"\d+", content)]
    if len(figures) == 2 and re.search(r"-|s/d", content) and 0 < figures[1] - figures[0] < 30:
        figures = list(range(figures[0], figures[1] + 1))
    k.nomor |= {f"{jenis}{a}" for a in figures}


def _name_words(nama: str) -> list[str]:
    return re.findall(r"[a-z]+", nama.lower())


class _Reader:
    """Reads words one after another: each is a work, a name, a number, or a thing by which a place is told."""

    def __init__(self, k: _Gathering, *, judul: bool) -> None:
        self.k, self.judul = k, judul
        self.frasa: list[str] = []
        self.penanda = ""  # the word of place or institution that stands before
        self.deret = ""  # "dusun 1, 2 dan 3": the numbers that go on are of dusun too
        self.letak = not judul  # after "menuju", "di" things tell the place, not the work

    def read(self, kata: list[str]) -> None:
        """Sort all words into what they are."""
        for i, w in enumerate(kata):
            after = kata[i + 1] if i + 1 < len(kata) else ""
            if w.isdigit() or (w in ROMAWI and (self.penanda or self.frasa) and not _is_name(after)):
                self._number(w, after)
            elif not w.isalpha() or w == "dan":
                self._close()
            else:
                self._word(w, after)
        self._close()

    def _close(self) -> None:
        if self.frasa and self.penanda not in BUKAN_TEMPAT:
            self.k.nama[tuple(self.frasa)] = None
            if self.penanda in MENETAP:
                self.k.menetap.add(tuple(self.frasa))
        self.frasa, self.penanda = [], ""

    def _number(self, w: str, after: str) -> None:
        figure = ROMAWI.get(w) or int(w)
        jenis = self.penanda or self.deret
        if self.frasa and self.penanda not in LEMBAGA:
            jenis = "bagian" if figure <= NOMOR_BAGIAN else ""  # "Mawar II" is not "Mawar I"
        if after not in SATUAN and jenis:
            self.k.nomor.add(f"{jenis}{figure}")
            self.deret = jenis

    def _word(self, w: str, after: str) -> None:
        self.deret = ""
        if w in LETAK:
            self._close()
            self.letak = True
        elif w in SEMUA:
            self._close()
        elif w in BUKAN_TEMPAT - LEMBAGA:
            self._close()
            self.penanda = w
        elif w in LEMBAGA:
            self._close()
            self.k.lembaga.add(w)
            if self.k.inti:
                self.k.benda.add(w)  # the road of a puskesmas is a road
            else:
                self._thing(w)
            self.penanda = w
        elif w in PERMUKIMAN and (w not in {"lingkungan", "kelompok", "gang", "subak"} or _is_name(after)):
            self._close()
            self.penanda = w if w in BERDIRI_SENDIRI else "dusun"
        else:
            self._plain_word(w)

    def _plain_word(self, w: str) -> None:
        if self.penanda and not self.frasa and w not in KOSONG and (w in EKOR_NAMA or self.penanda not in LEMBAGA):
            self.frasa.append(w)  # whatever follows a word of place is its name
        elif (self.frasa and w in EKOR_NAMA) or _is_name(w):
            self.frasa.append(w)
        else:
            self._known(w)

    def _known(self, w: str) -> None:
        self._close()
        if weights().get(w):
            self._thing(w)

    def _thing(self, w: str) -> None:
        if self.letak:
            self.k.benda.add(w)
            return
        self.k.karya.add(w)
        if w not in TINDAKAN:
            self.k.inti = self.k.inti or w


def _is_name(w: str) -> bool:
    return len(w) > 2 and w.isalpha() and w not in weights() and w not in ROMAWI


def _spelled(words: list[str]) -> list[str]:
    """Put slips of the pen in a title right, up to the first word of place: behind it stand names."""
    result, place = [], False
    for w in words:
        place = place or w in BERNOMOR or w in LETAK
        result.append(w if place or not w.isalpha() or w in weights() else _meant(w))
    return result


@lru_cache(maxsize=50_000)
def _meant(w: str) -> str:
    """Return the known word that is one slip away; the word itself when none is or several are as common."""
    if len(w) < 4:
        return w
    known = _long_words() if len(w) >= PANJANG_EJAAN else tuple(works_words())
    similar = [k for k, _, _ in process.extract(w, known, scorer=OSA.distance, score_cutoff=1, limit=5)]
    same_start = [k for k in similar if k[0] == w[0]] or similar
    if len({canonical(k) for k in same_start}) > 1:
        bobot = sorted((weights().get(k, BOBOT_BIASA), k) for k in same_start)
        return bobot[0][1] if bobot[0][0] < bobot[1][0] else w  # the commoner of two
    return same_start[0] if same_start else w


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(k for k in weights().keys() | works_words() if len(k) >= PANJANG_EJAAN - 1))


def spellings(nama: tuple[str, ...]) -> Iterator[str]:
    """Return keys of which names that differ by one slip share at least one: whole, and with one letter left out."""
    for w in {"".join(nama), *nama}:
        yield w
        if len(w) >= 5:
            for i in range(len(w)):
                yield w[:i] + w[i + 1 :]
