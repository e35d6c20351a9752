"""What a place and its offices are called: kecamatan or distrik, Camat or Panewu, desa, kelurahan, gampong or nagari.

Sentences of ours are written in the words of most places ("Camat", "kepala desa"). What is active while an event is
worked on (``activate``, ``use``) decides what people read: a template is compiled so that these words of its own text
are looked up (``infra/templates.py``), and Python writes ``{sebutan.camat}`` or asks ``translate``. Data that somebody
typed is never touched. Pure: it knows neither Django nor the database.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path

TABEL = Path(__file__).resolve().parent.parent / "fixtures" / "sebutan" / "bawaan.csv"
DESA, KELURAHAN = "desa", "kelurahan"
"""The two kinds of village that a code tells apart."""
KOTA_MULAI = 71
"""The code of a kota within its province begins here, the one of a kabupaten lies below."""
PERANGKAT_DAERAH_SEJAK = 2017
"""Agencies are called SKPD in documents until this year (musrenbang.md section 1)."""
DESA_LAIN = "gampong|kampung|kampong|nagari|pekon|tiyuh|lembang|kalurahan|kepenghuluan|kute"
"""Other words for a desa, as lists of villages write them."""
DAPAT_DIUBAH = (
    "kecamatan",
    "camat",
    "sekcam",
    "kantor",
    "desa",
    "kepala_desa",
    "bpd",
    "lpm",
    "bappeda",
)
"""The words that a kabupaten may change."""


@dataclass(frozen=True)
class Sebutan:
    """The words of one place, as they stand within a sentence.

    ``desa``, ``kepala_desa`` and ``bpd`` speak of the villages of the place in general and name both kinds where it
    has both; ``desa_saja`` and ``kepala_desa_saja`` are those of a village that is no kelurahan. ``daftar_desa`` is
    the list that a village sends: a kelurahan has no DU-RKP.
    """

    kecamatan: str = "kecamatan"
    camat: str = "Camat"
    sekcam: str = "Sekretaris Camat"
    sekcam_pendek: str = "Sekcam"
    kantor: str = "Kantor Camat"
    desa: str = "desa"
    kepala_desa: str = "Kepala Desa"
    bpd: str = "BPD"
    desa_saja: str = "desa"
    kepala_desa_saja: str = "Kepala Desa"
    lpm: str = "LPM"
    kabupaten: str = "kabupaten"
    bupati: str = "Bupati"
    bappeda: str = "Bappeda"
    daftar_desa: str = "DU-RKP Desa"
    musrenbang: str = "Musrenbang Kecamatan"
    skpd: str = "SKPD"
    skpd_nya: str = "SKPD-nya"

    def of_village(self, kode: str) -> str:
        """Return the word for one village by its code, with a capital: "Desa", "Kelurahan", "Gampong"."""
        return capital(KELURAHAN if is_kelurahan(kode) else self.desa_saja)

    def list_of(self, kode: str) -> str:
        """Return what the list of one village is called: a kelurahan has no DU-RKP."""
        return "Usulan Musrenbang Kelurahan" if is_kelurahan(kode) else f"DU-RKP {self.of_village(kode)}"

    def head_of_village(self, kode: str) -> str:
        """Return what the head of one village is called."""
        return "Lurah" if is_kelurahan(kode) else self.kepala_desa_saja


BAKU = Sebutan()
"""The words in which our sentences are written: where no place is active they stay as they are."""


def capital(words: str) -> str:
    """Return a word with a capital, as in a name or at the beginning of a sentence."""
    return re.sub(r"(^|/)(\w)", lambda m: m[0].upper(), words)


def is_kelurahan(kode: str) -> bool:
    """Tell a kelurahan by its Kemendagri code: the last part begins with 1."""
    return kode.rpartition(".")[2].startswith("1")


@cache
def _table() -> list[dict[str, str]]:
    with TABEL.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def defaults(kode: str, tahun: int) -> dict[str, str]:
    """Return the words that follow from a region's code and the year of the meeting, by field."""
    fits = [b for b in _table() if kode.startswith(b["awalan"]) and int(b["sejak"]) <= tahun]
    result: dict[str, str] = {}
    for baris in sorted(fits, key=lambda b: (len(b["awalan"]), int(b["sejak"]))):
        result |= {k: v for k, v in baris.items() if v and k not in {"awalan", "sejak"}}
    return result


def place_words(
    kode: str, tahun: int, changes: Mapping[str, str] | None = None, jenis: frozenset[str] = frozenset()
) -> Sebutan:
    """Return the words of a region.

    ``kode``: its Kemendagri code, ``tahun``: the year of the meeting, ``changes``: what its kabupaten says otherwise,
    ``jenis``: the kinds of village it has. Where these are unknown, a kota has kelurahan and a kabupaten desa.
    """
    return _compose(kode[:5], tahun, tuple(sorted((changes or {}).items())), jenis)


@lru_cache(maxsize=512)
def _compose(kode: str, tahun: int, changes: tuple[tuple[str, str], ...], jenis: frozenset[str]) -> Sebutan:
    kota = kode[3:5].isdigit() and int(kode[3:5]) >= KOTA_MULAI
    content = defaults(kode, tahun) | {k: v for k, v in changes if k in DAPAT_DIUBAH and v}
    base = replace(
        BAKU,
        **content,
        desa_saja=content["desa"],
        kepala_desa_saja=content["kepala_desa"],
        musrenbang=f"Musrenbang {capital(content['kecamatan'])}",
        skpd="perangkat daerah" if tahun >= PERANGKAT_DAERAH_SEJAK else "SKPD",
        skpd_nya="perangkat daerahnya" if tahun >= PERANGKAT_DAERAH_SEJAK else "SKPD-nya",
        kabupaten="kota" if kota else "kabupaten",
        bupati="Wali Kota" if kota else "Bupati",
    )
    if base.sekcam != BAKU.sekcam:
        base = replace(base, sekcam_pendek=base.sekcam)
    return _villages(base, jenis or frozenset({KELURAHAN if kota else DESA}))


def _villages(s: Sebutan, jenis: frozenset[str]) -> Sebutan:
    """Fill in the words for the villages of a place in general, by the kinds that it has."""
    desa = f"DU-RKP {capital(s.desa_saja)}"
    if KELURAHAN not in jenis:
        return replace(s, daftar_desa=desa)
    if DESA not in jenis:
        return replace(s, desa=KELURAHAN, kepala_desa="Lurah", bpd=s.lpm, daftar_desa="Usulan Musrenbang Kelurahan")
    head = s.kepala_desa if s.kepala_desa == "Lurah" else f"{s.kepala_desa}/Lurah"
    return replace(
        s,
        desa=f"{s.desa_saja}/{KELURAHAN}",
        kepala_desa=head,
        bpd=f"{s.bpd}/{s.lpm}",
        daftar_desa=f"{desa} atau Usulan Musrenbang Kelurahan",
    )


UMUM = place_words("", PERANGKAT_DAERAH_SEJAK)
"""For pages that belong to no place."""
_AKTIF: ContextVar[Sebutan] = ContextVar("sebutan", default=BAKU)


def active() -> Sebutan:
    """Return the words of the place that is worked on now."""
    return _AKTIF.get()


def activate(words: Sebutan) -> Token[Sebutan]:
    """Speak of this place from now on; the middleware takes it back at the end of a request."""
    return _AKTIF.set(words)


def reset(token: Token[Sebutan]) -> None:
    """Take an ``activate`` back."""
    _AKTIF.reset(token)


@contextmanager
def use(words: Sebutan) -> Iterator[None]:
    """Speak of this place within the block."""
    token = activate(words)
    try:
        yield
    finally:
        reset(token)


class _Active:
    """The active words by name: ``sebutan.camat``, with a capital ``sebutan.Kecamatan``."""

    def __getattr__(self, nama: str) -> str:
        words: str = getattr(_AKTIF.get(), nama[:1].lower() + nama[1:])
        return capital(words) if nama[:1].isupper() else words


sebutan = _Active()


def titled(label: str, kecamatan: str) -> str:
    """Return what a paper is called with its place; a label that ends in the word for it does not say it twice."""
    return f"{label.removesuffix(f' {sebutan.Kecamatan}')} {sebutan.Kecamatan} {kecamatan}"


# What never changes with the place: names of laws and of national programmes, and documents that only a desa has.
TETAP = (
    r"\b(?:Alokasi )?Dana Desa\b|\bBUM ?Desa\b|\bPendamping (?:Lokal )?Desa\b|\bKementerian (?:Desa|Dalam)\b"
    r"|\btentang (?:Desa|Kecamatan|Kelurahan|Perangkat Daerah|Pemerintahan Daerah)\b|\bRPJM Desa\b"
    r"|\bPedoman Pembangunan Desa\b|\bForum (?:SKPD|Perangkat Daerah)\b"
)
# Written word -> field. A longer one comes before those that it begins with.
KATA = {
    "musrenbang kecamatan": "musrenbang",
    "sekretaris camat": "sekcam",
    "sekcam": "sekcam_pendek",
    "kantor camat": "kantor",
    "kepala desa/lurah": "kepala_desa",
    "kepala desa": "kepala_desa",
    "kades": "kepala_desa",
    "desa/kelurahan": "desa",
    "desa atau kelurahan": "desa",
    "desa dan kelurahan": "desa",
    "du-rkp desa": "daftar_desa",
    "du-rkp": "daftar_desa",
    "kabupaten/kota": "kabupaten",
    "bupati/wali kota": "bupati",
    "kecamatan": "kecamatan",
    "camat": "camat",
    "desa": "desa",
    "bpd": "bpd",
    "kabupaten": "kabupaten",
    "bupati": "bupati",
    "bappeda": "bappeda",
    "skpd-nya": "skpd_nya",
    "skpd": "skpd",
}
_POLA = re.compile(
    rf"(?P<tetap>{TETAP})|(?<![\w-])(?P<awalan>antar)?(?P<kata>{'|'.join(map(re.escape, KATA))})(?=(?:-?nya)?(?!\w))",
    re.I,
)
_AKHIR_KALIMAT = re.compile(r"[.!?:“·•|]\s*$")


@dataclass(frozen=True)
class PlaceWord:
    """A word of a place within a sentence of ours: its field, and how it is written.

    ``tulis``: "awal" with a capital, "besar" in capitals, "mula" with a capital because a sentence begins, else "".
    """

    field: str
    tulis: str = ""

    def __str__(self) -> str:
        """Return it as the active place says it."""
        words: str = getattr(_AKTIF.get(), self.field)
        if self.tulis == "besar":
            return words.upper()
        if self.tulis == "mula":
            return words[:1].upper() + words[1:]
        return capital(words) if self.tulis == "awal" else words


@lru_cache(maxsize=4096)
def pieces(text: str, start: bool = True) -> tuple[str | PlaceWord, ...]:
    """Cut a text of ours at the words of a place; ``start``: a sentence begins where the text does."""
    results: list[str | PlaceWord] = []
    end = 0
    for m in _POLA.finditer(text):
        if m["kata"] is None:
            continue
        begin = m.start("kata")
        results += [text[end:begin], PlaceWord(KATA[m["kata"].lower()], _writing(m["kata"], text[:begin], start))]
        end = m.end()
    return tuple(p for p in (*results, text[end:]) if p)


def ends_sentence(text: str, start: bool) -> bool:
    """Tell whether a sentence begins after a text of which nothing, or something, was written before."""
    return bool(_AKHIR_KALIMAT.search(text)) if text.strip() else start


def _writing(words: str, sebelum: str, start: bool) -> str:
    """Tell how a word is written: an abbreviation that becomes a word gets a capital where a sentence begins."""
    if words.startswith("SKPD"):
        return "mula" if ends_sentence(sebelum, start) else ""
    if words.upper() == words and words not in {"BPD", "DU-RKP"}:
        return "besar"
    return "awal" if words[0].isupper() else ""


def translate(text: str) -> str:
    """Return a sentence of ours in the words of the active place. Never give it what somebody typed."""
    return _translate(text, _AKTIF.get())


@lru_cache(maxsize=8192)
def _translate(text: str, words: Sebutan) -> str:
    return text if words is BAKU else "".join(map(str, pieces(text)))


DANA_SETEMPAT = {
    "APBD Kabupaten": "APBD {kabupaten}",
    "Dana Desa": "Dana {desa}",
    "Alokasi Dana Desa": "Alokasi Dana {desa}",
    "APBDesa": "APB {desa}",
}
"""Sources of money of our own list that are called otherwise from place to place; what a kabupaten adds stays."""


def fund(nama: str) -> str:
    """Return what a source of money is called in the active place: APBD Kota, Dana Gampong. Others stay as they are.

    A kelurahan has none of the three that a desa has, so where there are only kelurahan they keep their names.
    """
    here = _AKTIF.get()
    if nama not in DANA_SETEMPAT or (here.desa_saja == BAKU.desa_saja and nama != "APBD Kabupaten"):
        return nama
    return DANA_SETEMPAT[nama].format(kabupaten=capital(here.kabupaten), desa=capital(here.desa_saja))


FIELDS = tuple(f.name for f in fields(Sebutan))
