"""How well repeats among proposals are found: python bench/similar.py [PAIRS] [DIR] [--salah].

Pairs are composed in the wording of village lists, with names of real villages as hamlets, so that it is known which
two are one work. A third, told by a hash, was never looked at while the rules were made. Exit 1 below the marks.
DIR holds real lists that may not be committed (see ``real_lists.py``): their rows are then written in other ways, and set beside other rows of their desa.
"""

import csv
import hashlib
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.similar_words import KARYA, PENDEK, SEKOLAH, TETANGGA, UMUM  # noqa: E402
from usulan.similar import AMBANG, Script, compare, find_similar  # noqa: E402

BIASA = ("sama", "singkatan", "tempat di judul")
SULIT = ("salah ketik", "sinonim")
TARGET = {"recall": 0.90, "precision": 0.90, "recall_sulit": 0.70}


@dataclass(frozen=True)
class Exercise:
    """Two proposals, whether they are one work, and of which class."""

    kelas: str
    sama: bool
    a: Script
    b: Script

    @property
    def disimpan(self) -> bool:
        """Whether it belongs to the part that rules were never made on."""
        text = "|".join((self.kelas, self.a.kegiatan, self.a.lokasi, self.b.kegiatan, self.b.lokasi))
        return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


@cache
def village_names() -> tuple[str, ...]:
    """Names of real villages, which stand for hamlets here."""
    with (ROOT / "fixtures/wilayah/desa_kelurahan.csv").open(encoding="utf-8") as content:
        nama = {b["nama"].title() for b in csv.DictReader(content)}
    return tuple(sorted(n for n in nama if re.fullmatch(r"[A-Z][a-z]{3,9}( [A-Z][a-z]{3,8})?", n)))


class Composer:
    """Composes pairs; the same seed gives the same pairs."""

    def __init__(self, seed: int = 20) -> None:
        self.acak = random.Random(seed)

    def pairs(self, per_class: int) -> Iterator[Exercise]:
        """Compose so many pairs of every class."""
        for build in (*self._positives(), *self._negatives()):
            for _ in range(per_class):
                yield build()

    def _positives(self) -> list[Callable[[], Exercise]]:
        return [self._exact, self._short, self._in_title, self._in_title, self._slip, self._synonym]

    def _negatives(self) -> list[Callable[[], Exercise]]:
        return [
            self._next_rt,
            self._other_hamlet,
            self._other_work,
            self._school,
            self._no_place,
            self._non_place,
            self._other_village,
        ]

    def _name(self) -> str:
        return self.acak.choice(village_names())

    def _place(self) -> tuple[str, int, int]:
        return self._name(), self.acak.randint(1, 9), self.acak.randint(1, 6)

    def _write(self, tempat: tuple[str, int, int], *, rt: bool = True) -> str:
        nama, r, w = tempat
        jenis = self.acak.choice(["Dusun", "Dsn.", "Kp.", "Kampung", "Dusun", "Lingkungan"])
        tail = self.acak.choice(
            [f"RT {r:02} RW {w:02}", f"RT. {r:03}/{w:03}", f"Rt.{r} Rw.{w}", f"{r:02}/{w:02}", f"RT {r} / RW {w}"]
        )
        return f"{jenis} {nama} {tail}" if rt else f"{jenis} {nama}"

    def _soal(self, css_class: str, same: bool, a: tuple[str, str], b: tuple[str, str], desa_b: int = 1) -> Exercise:
        return Exercise(css_class, same, Script(1, 1, *a), Script(2, desa_b, *b))

    def _exact(self) -> Exercise:
        content = (self.acak.choice(self.acak.choice(KARYA)), self._write(self._place()))
        return self._soal("sama", True, content, content)

    def _short(self) -> Exercise:
        place = self._place()
        a = (self.acak.choice(KARYA)[0], self._write(place))
        b = (" ".join(PENDEK.get(w.lower(), w) for w in a[0].split()), self._write(place))
        return self._soal("singkatan", True, a, b)

    def _in_title(self) -> Exercise:
        place, work = self._place(), self.acak.choice(KARYA)[0]
        a = (f"{work} {self._write(place)}", self.acak.choice(["", "", "Desa"]))
        b = a
        if self.acak.random() >= 0.3:
            in_title = (f"{work} {self._write(place)}", "")
            separate = (work, self._write(place))
            both = (f"{work} di {self._write(place)}", place[0])
            b = self.acak.choice([in_title, separate, both])
        return self._soal("tempat di judul", True, a, b)

    def _slip(self) -> Exercise:
        place, work = self._place(), self.acak.choice(KARYA)[0]
        if self.acak.random() < 0.5:
            b = (f"{work} {self._write((self._mistyped(place[0]), *place[1:]))}", "")
        else:
            b = (f"{self._mistyped(work)} {self._write(place)}", "")
        return self._soal("salah ketik", True, (f"{work} {self._write(place)}", ""), b)

    def _synonym(self) -> Exercise:
        place = self._place()
        one, two = self.acak.sample(self.acak.choice([k for k in KARYA if len(k) > 1]), 2)
        return self._soal("sinonim", True, (f"{one} {self._write(place)}", ""), (two, self._write(place)))

    def _mistyped(self, text: str) -> str:
        words = text.split()
        choose = max(range(len(words)), key=lambda i: (len(words[i]) > 4, self.acak.random()))
        w, i = words[choose], self.acak.randint(1, len(words[choose]) - 2)
        words[choose] = self.acak.choice(
            [
                w[:i] + w[i + 1 :],
                w[:i] + w[i + 1] + w[i] + w[i + 2 :],
                w[:i] + w[i] + w[i:],
                w[:i] + "aiueo"[i % 5] + w[i + 1 :],
            ]
        )
        return " ".join(words)

    def _spread(self, work: str, tempat: str) -> tuple[str, str]:
        return (f"{work} {tempat}", "") if self.acak.random() < 0.7 else (work, tempat)

    def _next_rt(self) -> Exercise:
        (nama, r, w), work = self._place(), self.acak.choice(KARYA)[0]
        return self._soal(
            "RT sebelah",
            False,
            self._spread(work, self._write((nama, r, w))),
            self._spread(work, self._write((nama, r + 1, w))),
        )

    def _other_hamlet(self) -> Exercise:
        (nama, r, w), work = self._place(), self.acak.choice(KARYA)[0]
        other, rt = self._name(), self.acak.random() < 0.5
        if " " in nama and self.acak.random() < 0.5:
            other = f"{nama.split()[0]} {self.acak.choice(['Timur', 'Anyar', 'Lama', 'Jaya'])}"
        return self._soal(
            "dusun lain",
            other == nama,
            self._spread(work, self._write((nama, r, w), rt=rt)),
            self._spread(work, self._write((other, r, w), rt=rt)),
        )

    def _other_work(self) -> Exercise:
        place, (one, two) = self._place(), self.acak.choice(TETANGGA)
        return self._soal(
            "pekerjaan lain", False, self._spread(one, self._write(place)), self._spread(two, self._write(place))
        )

    def _school(self) -> Exercise:
        work, nama, n = self.acak.choice(SEKOLAH), self._name(), self.acak.randint(1, 4)
        one, two = f"SDN {n} {nama}", self.acak.choice([f"SMPN {n} {nama}", f"SDN {n + 1} {nama}", f"MTs {nama}"])
        return self._soal("sekolah lain", False, self._spread(work, one), self._spread(work, two))

    def _no_place(self) -> Exercise:
        work = self.acak.choice(UMUM)
        b = self.acak.choice([("", ""), ("", self._write(self._place())), (f" {self._write(self._place())}", "")])
        return self._soal("tanpa tempat", False, (work, ""), (work + b[0], b[1]))

    def _non_place(self) -> Exercise:
        one, two = (
            self.acak.choice(list(TETANGGA)) if self.acak.random() < 0.6 else self.acak.sample([k[0] for k in KARYA], 2)
        )
        place = self.acak.choice(
            ["Semua RW", "Seluruh dusun", "Desa", f"Puskesmas {self._name()}", "Kantor desa", "Tersebar"]
        )
        return self._soal("bukan tempat", False, self._spread(one, place), self._spread(two, place))

    def _other_village(self) -> Exercise:
        place, work = (
            self._place(),
            self.acak.choice(
                [
                    "Pembangunan MCK",
                    "Rehab mushola",
                    "Pembangunan poskamling",
                    "Pembangunan drainase",
                    "Rabat beton jalan",
                ]
            ),
        )
        b = self._write(place, rt=self.acak.random() < 0.5)
        return self._soal("desa lain", False, self._spread(work, self._write(place)), self._spread(work, b), desa_b=2)


class RealComposer(Composer):
    """Composes pairs from real rows: the same row in another form, or another row of the desa that names another place."""

    def __init__(self, folder: Path, seed: int = 20) -> None:
        super().__init__(seed)
        with next(folder.glob("*_kecamatan.csv")).open(encoding="utf-8") as content:
            self.baris = [b for b in csv.DictReader(content) if re.search(r"[A-Za-z]{4}", b["lokasi"])]
        self.desa: dict[str, list[dict[str, str]]] = defaultdict(list)
        for b in self.baris:
            self.desa[b["kode_desa"]].append(b)

    def _positives(self) -> list[Callable[[], Exercise]]:
        return [self._exact, self._short, self._in_title, self._slip]

    def _negatives(self) -> list[Callable[[], Exercise]]:
        return [self._next_rt, self._other_hamlet, self._other_work]

    def _row(self) -> tuple[str, str]:
        place = re.compile(r"(?i)\b(kp|kampung|dusun|dsn|blok|sdn|smpn|jl|jalan|ruas)\b")
        b = self.acak.choice([b for b in self.acak.sample(self.baris, 40) if place.search(b["lokasi"])])
        return b["kegiatan"], b["lokasi"]

    def _exact(self) -> Exercise:
        content = self._row()
        return self._soal("sama", True, content, content)

    def _short(self) -> Exercise:
        work, lokasi = self._row()
        b = (
            " ".join(PENDEK.get(w.lower(), w) for w in work.split()),
            " ".join(PENDEK.get(w.lower(), w) for w in lokasi.split()),
        )
        return self._soal("singkatan", True, (work, lokasi), b)

    def _in_title(self) -> Exercise:
        work, lokasi = self._row()
        one = (f"{work} {lokasi}", "")
        return self._soal(
            "tempat di judul", True, one, self.acak.choice([one, (work, lokasi), (f"{work} di {lokasi}", "Desa")])
        )

    def _slip(self) -> Exercise:
        work, lokasi = self._row()
        b = (
            (f"{self._mistyped(work)} {lokasi}", "")
            if self.acak.random() < 0.5
            else (f"{work} {self._mistyped(lokasi)}", "")
        )
        return self._soal("salah ketik", True, (f"{work} {lokasi}", ""), b)

    def _next_rt(self) -> Exercise:
        while not (m := re.search(r"(?i)\brt\.? ?0*(\d+)", (content := self._row())[1])):
            pass
        other = content[1][: m.start(1)] + str(int(m[1]) + 1) + content[1][m.end(1) :]
        return self._soal("RT sebelah", False, self._spread(*content), self._spread(content[0], other))

    def _other_hamlet(self) -> Exercise:
        """Two rows of one title and desa whose places share no word of more than three letters."""
        while True:
            a = self.acak.choice(self.baris)
            b = self.acak.choice(self.desa[a["kode_desa"]])
            words = [set(re.findall(r"[a-z]{4,}", x["lokasi"].lower())) for x in (a, b)]
            if a["kegiatan"] == b["kegiatan"] and words[0].isdisjoint(words[1]):
                return self._soal(
                    "tempat lain",
                    False,
                    self._spread(a["kegiatan"], a["lokasi"]),
                    self._spread(b["kegiatan"], b["lokasi"]),
                )

    def _other_work(self) -> Exercise:
        """A row and another one's work at its place."""
        while True:
            a, b = self.acak.sample(self.baris, 2)
            if a["opd_pelaksana"] != b["opd_pelaksana"]:
                return self._soal(
                    "pekerjaan lain",
                    False,
                    self._spread(a["kegiatan"], a["lokasi"]),
                    self._spread(b["kegiatan"], a["lokasi"]),
                )


def found(problem: Exercise) -> bool:
    """Whether the search shows the pair (candidates and comparison together)."""
    return bool(find_similar([problem.a, problem.b]))


def measure(everything: list[Exercise]) -> dict[str, tuple[int, int]]:
    """Return class -> (pairs, pairs shown)."""
    count: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for s in everything:
        count[f"{s.kelas} {'+' if s.sama else '-'}"][0] += 1
        count[f"{s.kelas} {'+' if s.sama else '-'}"][1] += found(s)
    return {k: (n, m) for k, (n, m) in count.items()}


def figures(count: dict[str, tuple[int, int]]) -> dict[str, float]:
    """Return recall and precision of the plain classes against all pairs that are two works, and recall of the hard ones."""

    def recall(css_class: tuple[str, ...]) -> float:
        n, m = (sum(count.get(f"{k} +", (0, 0))[i] for k in css_class) for i in (0, 1))
        return m / max(n, 1)

    right = sum(m for k, (_, m) in count.items() if k.removesuffix(" +") in BIASA)
    wrong = sum(m for k, (_, m) in count.items() if k.endswith("-"))
    return {"recall": recall(BIASA), "precision": right / max(right + wrong, 1), "recall_sulit": recall(SULIT)}


def main() -> int:
    """Print the figures by class, for the part that was tuned on and for the part that was kept aside."""
    digits = [a for a in sys.argv[1:] if a.isdigit()]
    folder = next((Path(a) for a in sys.argv[1:] if Path(a).is_dir()), None)
    builder = RealComposer(folder) if folder else Composer()
    all_rows = list(builder.pairs(int(digits[0]) if digits else 100))
    failed = 0
    for nama, choose in (("tuned on", False), ("kept aside", True)):
        parts = [s for s in all_rows if s.disimpan == choose]
        count = measure(parts)
        nilai = figures(count)
        above = sum(compare(s.a, s.b).nilai >= AMBANG for s in parts)
        print(
            f"\n{nama}: {len(parts)} pairs, {above} above the threshold; "
            + ", ".join(f"{k} {v:.1%}" for k, v in nilai.items())
        )
        print("| class | pairs | shown |\n|---|---|---|")
        print("\n".join(f"| {k} | {n} | {m / n:.1%} |" for k, (n, m) in count.items()))
        failed += any(nilai[k] < v for k, v in TARGET.items())
        if "--salah" in sys.argv and not choose:
            for s in parts:
                if found(s) != s.sama:
                    p = compare(s.a, s.b)
                    print(
                        "  ", s.kelas, s.sama, p.nilai, p.alasan, (s.a.kegiatan, s.a.lokasi), (s.b.kegiatan, s.b.lokasi)
                    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
