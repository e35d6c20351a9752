"""Words of proposals: short forms, sayings that mean one thing, words of place.

The words stand in ``fixtures/teks``: ``sebutan.txt`` (sayings), ``golongan_kata.txt`` (kinds of words) and
``bobot_kata.csv`` (weights, which ``bench/word_weights.py`` builds from many lists). All are frozen: what the list at
hand holds never changes how much a word says.
"""

import csv
import re
from functools import cache
from pathlib import Path

TEKS = Path(__file__).parents[1] / "fixtures/teks"
BOBOT_TINDAKAN, BOBOT_BIASA = 0.5, 4.0


def _lines(nama: str) -> dict[str, str]:
    baris = (TEKS / nama).read_text(encoding="utf-8").splitlines()
    return dict(b.split(": ", 1) for b in baris if b and not b.startswith("#"))


_GOLONGAN = {nama: frozenset(content.split()) for nama, content in _lines("golongan_kata.txt").items()}
PERMUKIMAN = _GOLONGAN["permukiman"]
"""What follows one of these is a name, whatever word it is."""
LEMBAGA = _GOLONGAN["lembaga"]
"""Institutions: their kind, number and name together say which one; so SDN 2 is not SMPN 2."""
LINTAS = _GOLONGAN["lintas"]
"""Works that may be of two desa: a road, a river, a canal runs on; a hut of the watch does not."""
LETAK = _GOLONGAN["letak"]
"""Behind these a thing tells the place: "menuju pasar"."""
BUKAN_TEMPAT = _GOLONGAN["bukan_tempat"]
"""What is named after one of these is too large to tell a place."""
SEMUA = _GOLONGAN["semua"]
EKOR_NAMA = _GOLONGAN["ekor_nama"]
"""Words that end a name of a place: known ones that stay in it."""
ARAH = _GOLONGAN["arah"]
"""Of two names that differ in one of these each is another place."""
KOSONG = _GOLONGAN["kosong"]
"""Words that say nothing about which work it is."""
SATUAN = _GOLONGAN["satuan"]
TUNGGAL = _GOLONGAN["tunggal"]
"""What a desa has once."""
PERMUKAAN = _GOLONGAN["permukaan"]
"""Roads, and what their surface is made of."""

_SEBUTAN = [(standard, [s.strip() for s in content.split(",")]) for standard, content in _lines("sebutan.txt").items()]
TINDAKAN = frozenset(standard[1:] for standard, _ in _SEBUTAN if standard[0] == "*")
"""What is done to a thing. Which of these words somebody writes is chance, so they weigh little."""
SINGKAT = {s: standard[1:] for standard, content in _SEBUTAN if standard[0] == "=" for s in content}
_BAKU = {s: standard.lstrip("*") for standard, content in _SEBUTAN if standard[0] != "=" for s in content}


@cache
def weights() -> dict[str, float]:
    """Return how much each known word says about a work; words that are not in it are names or slips of the pen."""
    with (TEKS / "bobot_kata.csv").open(encoding="utf-8") as content:
        bobot = {b["kata"]: float(b["bobot"]) for b in csv.DictReader(content)}
    recognised = LEMBAGA | PERMUKIMAN | LINTAS | LETAK | SEMUA | KOSONG | works_words() | {*_BAKU.values()}
    recognised |= {w for phrase in SINGKAT.values() for w in phrase.split()}
    bobot = dict.fromkeys(recognised, BOBOT_BIASA) | bobot
    return bobot | dict.fromkeys(KOSONG | stop_words(), 0.0) | dict.fromkeys(TINDAKAN, BOBOT_TINDAKAN)


@cache
def stop_words() -> frozenset[str]:
    """Return words of the language that say nothing."""
    return frozenset((TEKS / "stopword.txt").read_text().split())


@cache
def works_words() -> frozenset[str]:
    """Return the words that name works, in all their spellings."""
    return frozenset(w for phrase in _BAKU for w in phrase.split())


@cache
def _phrases() -> re.Pattern[str]:
    longest_first = sorted(_BAKU, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(re.escape(f).replace(r"\ ", r"[ -]+") for f in longest_first) + r")\b")


def canonical(text: str) -> str:
    """Write each saying of a work in the one way that is compared ("betonisasi" as "rabat")."""
    return _phrases().sub(lambda m: _BAKU[re.sub(r"[ -]+", " ", m[1])], text)
