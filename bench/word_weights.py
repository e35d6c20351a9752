"""Build the frozen weights of words, fixtures/teks/bobot_kata.csv: python bench/word_weights.py DIR (the shared data).

Counts in how many works of many lists a word stands and turns that into a weight of 1 (in every list) to 9 (rare).
Only words that lists of many kecamatan share are kept, so no name of a place or a person can come in; texts of
regulations and our own keywords add words that no list had, with the usual weight.
"""

import csv
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from usulan.words import BOBOT_BIASA, SINGKAT, TEKS, canonical  # noqa: E402

KECAMATAN, BARIS = 5, 6  # a word is kept when so many kecamatan and so many rows have it
ATURAN = 3  # or so many names of a regulation
SALAH = frozenset(
    ["pengadaaan", "diwilayah", "yangdibutuhkan", "dibagun", "dibeliu", "jumah", "lingkugan", "puskemas"]
)  # their slips


def main(folder: Path) -> None:
    """Write the table."""
    count, at = Counter[str](), defaultdict(set)
    list_rows = [b for nama in ("kecamatan", "desa") for b in _rows(folder / f"usulan/sukabumi_2019_{nama}.csv")]
    for b in list_rows:
        for words in set(_words(f"{b['kegiatan']} {b['tolok_ukur']}")):
            count[words] += 1
            at[words].add(b["kode_kecamatan"])
    bobot = {k: _weight(n, len(list_rows)) for k, n in count.items() if n >= BARIS and len(at[k]) >= KECAMATAN}
    rules = Counter(w for nama in _rule_names(folder) for w in set(_words(nama)))
    acuan = json.loads((ROOT / "fixtures/acuan.json").read_text())
    kunci = {w for s in acuan["skpd"] for k in s["kata_kunci"] for w in _words(k["kata"])}
    for words in sorted(kunci | {k for k, n in rules.items() if n >= ATURAN}):
        bobot.setdefault(words, BOBOT_BIASA)
    with (TEKS / "bobot_kata.csv").open("w", encoding="utf-8", newline="") as content:
        write = csv.writer(content, lineterminator="\n")
        write.writerow(["kata", "bobot"])
        write.writerows((k, f"{v:g}") for k, v in sorted(bobot.items()) if len(k) > 1 and k not in SALAH)
    print(f"{len(bobot)} words of {len(list_rows):,} works and {sum(rules.values()):,} words of rules")


def _weight(n: int, everything: int) -> float:
    return float(min(9, max(1, round(math.log(everything / n) * 1.1))))


def _words(text: str) -> list[str]:
    words = " ".join(SINGKAT.get(w, w) for w in re.findall(r"[a-z]+", text.lower()))
    return canonical(words).split()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as content:
        yield from csv.DictReader(content)


def _rule_names(folder: Path) -> Iterator[str]:
    for nama in ("program", "kegiatan", "sub_kegiatan"):
        for b in _rows(folder / f"kode/{nama}_2027.csv"):
            yield b.get("nama") or b.get("uraian") or next(v for v in reversed(b.values()) if v)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
