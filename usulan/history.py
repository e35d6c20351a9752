"""Words of titles for sorting, and what was sorted before as a model. Pure."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

UMUM = frozenset(
    {
        "pembangunan",
        "pengadaan",
        "rehabilitasi",
        "rehab",
        "peningkatan",
        "penyediaan",
        "pemeliharaan",
        "perbaikan",
        "pembuatan",
        "pengembangan",
        "kegiatan",
        "program",
        "sarana",
        "prasarana",
        "dan",
        "yang",
        "dengan",
        "untuk",
        "di",
        "ke",
        "dari",
        "desa",
        "kelurahan",
        "kecamatan",
        "dusun",
        "rt",
        "rw",
        "kp",
        "jumlah",
        "bantuan",
        "penataan",
        "pemasangan",
        "renovasi",
        "lanjutan",
        "paket",
        "unit",
        "baru",
    }
)
UKURAN = frozenset(
    {
        "panjang",
        "luas",
        "dibangun",
        "bangun",
        "terbangun",
        "diperbaiki",
        "direhab",
        "direhabilitasi",
        "tersedianya",
        "m",
    }
)
"""Words of a measure, which say no more about the work."""
SINGKATAN = {
    "jln": "jalan",
    "jl": "jalan",
    "jbt": "jembatan",
    "jmbt": "jembatan",
    "pemb": "pembangunan",
    "pmb": "pembangunan",
    "pembgn": "pembangunan",
    "rehap": "rehab",
    "rehabilitas": "rehabilitasi",
    "sal": "saluran",
    "lap": "lapangan",
    "dsn": "dusun",
    "kel": "kelompok",
    "klp": "kelompok",
    "lingk": "lingkungan",
    "utk": "untuk",
    "unt": "untuk",
    "dgn": "dengan",
    "tdk": "tidak",
    "masy": "masyarakat",
    "ds": "desa",
    "kec": "kecamatan",
    "dr": "dari",
    "pelat": "plat",
}
"""How desa shorten words, so that they are found in full."""


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without signs; usual short forms in full."""
    return [SINGKATAN.get(w, w) for w in re.findall(r"[a-z0-9]+", text.lower())]


@lru_cache(maxsize=10_000)
def plain(word: str) -> str:
    """Return a keyword as its words stand in a title."""
    return " ".join(words(word))


class History:
    """What was sorted before, as a naive Bayes model over words and pairs of words."""

    def __init__(self, riwayat: Iterable[tuple[str, int]]) -> None:
        self._ciri: dict[int, Counter[str]] = defaultdict(Counter)
        self._banyak: Counter[int] = Counter()
        for text, skpd in riwayat:
            self._banyak[skpd] += 1
            self._ciri[skpd].update(_features(words(text)))
        self._kenal = {c for features in self._ciri.values() for c in features}
        self._jumlah = {s: sum(features.values()) for s, features in self._ciri.items()}
        self.words = {c for c in self._kenal if " " not in c}

    def chances(self, words: list[str], bukan: frozenset[int]) -> tuple[dict[int, float], float]:
        """Return {SKPD: probability} and how much that may count beside the keywords (0 to 1)."""
        features = _features(words)
        recognised_ones = [c for c in features if c in self._kenal]
        pilihan = [s for s in self._banyak if s not in bukan]
        if not recognised_ones or not pilihan:
            return {}, 0.0
        total, variant = sum(self._banyak.values()), len(self._kenal)
        log = {
            s: math.log(self._banyak[s] / total)
            + sum(math.log((self._ciri[s][c] + 0.1) / (self._jumlah[s] + 0.1 * variant)) for c in recognised_ones)
            for s in pilihan
        }
        peak = max(log.values())
        odds = {s: math.exp(v - peak) for s, v in log.items()}
        jumlah = sum(odds.values())
        knows = math.sqrt(len(recognised_ones) / len(features))  # names of places are new in every title
        return {s: p / jumlah for s, p in odds.items()}, 0.97 * knows * total / (total + 60)


def _features(words: list[str]) -> list[str]:
    contents = [w for w in words if w not in UMUM and not w.isdigit()]
    return contents + [f"{a} {b}" for a, b in pairwise(contents)]
