"""How well repeats among proposals are found: python bench/mirip.py [PAIRS] [DIR] [--salah].

Pairs are composed in the wording of village lists, with names of real villages as hamlets, so that it is known which
two are one work. A third, told by a hash, was never looked at while the rules were made. Exit 1 below the marks.
DIR holds real lists that may not be committed (see ``nyata.py``): their rows are then written in other ways, and set beside other rows of their desa.
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

from bench.mirip_kata import KARYA, PENDEK, SEKOLAH, TETANGGA, UMUM  # noqa: E402
from usulan.serupa import AMBANG, Naskah, compare, find_similar  # noqa: E402

BIASA = ("sama", "singkatan", "tempat di judul")
SULIT = ("salah ketik", "sinonim")
TARGET = {"recall": 0.90, "precision": 0.90, "recall_sulit": 0.70}


@dataclass(frozen=True)
class Soal:
    """Two proposals, whether they are one work, and of which class."""

    kelas: str
    sama: bool
    a: Naskah
    b: Naskah

    @property
    def disimpan(self) -> bool:
        """Whether it belongs to the part that rules were never made on."""
        teks = "|".join((self.kelas, self.a.kegiatan, self.a.lokasi, self.b.kegiatan, self.b.lokasi))
        return int(hashlib.sha256(teks.encode()).hexdigest(), 16) % 3 == 0


@cache
def village_names() -> tuple[str, ...]:
    """Names of real villages, which stand for hamlets here."""
    with (ROOT / "fixtures/wilayah/desa_kelurahan.csv").open(encoding="utf-8") as isi:
        nama = {b["nama"].title() for b in csv.DictReader(isi)}
    return tuple(sorted(n for n in nama if re.fullmatch(r"[A-Z][a-z]{3,9}( [A-Z][a-z]{3,8})?", n)))


class Penyusun:
    """Composes pairs; the same seed gives the same pairs."""

    def __init__(self, benih: int = 20) -> None:
        self.acak = random.Random(benih)

    def pairs(self, per_kelas: int) -> Iterator[Soal]:
        """Compose so many pairs of every class."""
        for buat in (*self._positives(), *self._negatives()):
            for _ in range(per_kelas):
                yield buat()

    def _positives(self) -> list[Callable[[], Soal]]:
        return [self._exact, self._short, self._in_title, self._in_title, self._slip, self._synonym]

    def _negatives(self) -> list[Callable[[], Soal]]:
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
        ekor = self.acak.choice(
            [f"RT {r:02} RW {w:02}", f"RT. {r:03}/{w:03}", f"Rt.{r} Rw.{w}", f"{r:02}/{w:02}", f"RT {r} / RW {w}"]
        )
        return f"{jenis} {nama} {ekor}" if rt else f"{jenis} {nama}"

    def _soal(self, kelas: str, sama: bool, a: tuple[str, str], b: tuple[str, str], desa_b: int = 1) -> Soal:
        return Soal(kelas, sama, Naskah(1, 1, *a), Naskah(2, desa_b, *b))

    def _exact(self) -> Soal:
        isi = (self.acak.choice(self.acak.choice(KARYA)), self._write(self._place()))
        return self._soal("sama", True, isi, isi)

    def _short(self) -> Soal:
        tempat = self._place()
        a = (self.acak.choice(KARYA)[0], self._write(tempat))
        b = (" ".join(PENDEK.get(w.lower(), w) for w in a[0].split()), self._write(tempat))
        return self._soal("singkatan", True, a, b)

    def _in_title(self) -> Soal:
        tempat, karya = self._place(), self.acak.choice(KARYA)[0]
        a = (f"{karya} {self._write(tempat)}", self.acak.choice(["", "", "Desa"]))
        b = a
        if self.acak.random() >= 0.3:
            di_judul = (f"{karya} {self._write(tempat)}", "")
            terpisah = (karya, self._write(tempat))
            keduanya = (f"{karya} di {self._write(tempat)}", tempat[0])
            b = self.acak.choice([di_judul, terpisah, keduanya])
        return self._soal("tempat di judul", True, a, b)

    def _slip(self) -> Soal:
        tempat, karya = self._place(), self.acak.choice(KARYA)[0]
        if self.acak.random() < 0.5:
            b = (f"{karya} {self._write((self._mistyped(tempat[0]), *tempat[1:]))}", "")
        else:
            b = (f"{self._mistyped(karya)} {self._write(tempat)}", "")
        return self._soal("salah ketik", True, (f"{karya} {self._write(tempat)}", ""), b)

    def _synonym(self) -> Soal:
        tempat = self._place()
        satu, dua = self.acak.sample(self.acak.choice([k for k in KARYA if len(k) > 1]), 2)
        return self._soal("sinonim", True, (f"{satu} {self._write(tempat)}", ""), (dua, self._write(tempat)))

    def _mistyped(self, teks: str) -> str:
        kata = teks.split()
        pilih = max(range(len(kata)), key=lambda i: (len(kata[i]) > 4, self.acak.random()))
        w, i = kata[pilih], self.acak.randint(1, len(kata[pilih]) - 2)
        kata[pilih] = self.acak.choice(
            [
                w[:i] + w[i + 1 :],
                w[:i] + w[i + 1] + w[i] + w[i + 2 :],
                w[:i] + w[i] + w[i:],
                w[:i] + "aiueo"[i % 5] + w[i + 1 :],
            ]
        )
        return " ".join(kata)

    def _spread(self, karya: str, tempat: str) -> tuple[str, str]:
        return (f"{karya} {tempat}", "") if self.acak.random() < 0.7 else (karya, tempat)

    def _next_rt(self) -> Soal:
        (nama, r, w), karya = self._place(), self.acak.choice(KARYA)[0]
        return self._soal(
            "RT sebelah",
            False,
            self._spread(karya, self._write((nama, r, w))),
            self._spread(karya, self._write((nama, r + 1, w))),
        )

    def _other_hamlet(self) -> Soal:
        (nama, r, w), karya = self._place(), self.acak.choice(KARYA)[0]
        lain, rt = self._name(), self.acak.random() < 0.5
        if " " in nama and self.acak.random() < 0.5:
            lain = f"{nama.split()[0]} {self.acak.choice(['Timur', 'Anyar', 'Lama', 'Jaya'])}"
        return self._soal(
            "dusun lain",
            lain == nama,
            self._spread(karya, self._write((nama, r, w), rt=rt)),
            self._spread(karya, self._write((lain, r, w), rt=rt)),
        )

    def _other_work(self) -> Soal:
        tempat, (satu, dua) = self._place(), self.acak.choice(TETANGGA)
        return self._soal(
            "pekerjaan lain", False, self._spread(satu, self._write(tempat)), self._spread(dua, self._write(tempat))
        )

    def _school(self) -> Soal:
        karya, nama, n = self.acak.choice(SEKOLAH), self._name(), self.acak.randint(1, 4)
        satu, dua = f"SDN {n} {nama}", self.acak.choice([f"SMPN {n} {nama}", f"SDN {n + 1} {nama}", f"MTs {nama}"])
        return self._soal("sekolah lain", False, self._spread(karya, satu), self._spread(karya, dua))

    def _no_place(self) -> Soal:
        karya = self.acak.choice(UMUM)
        b = self.acak.choice([("", ""), ("", self._write(self._place())), (f" {self._write(self._place())}", "")])
        return self._soal("tanpa tempat", False, (karya, ""), (karya + b[0], b[1]))

    def _non_place(self) -> Soal:
        satu, dua = (
            self.acak.choice(list(TETANGGA)) if self.acak.random() < 0.6 else self.acak.sample([k[0] for k in KARYA], 2)
        )
        tempat = self.acak.choice(
            ["Semua RW", "Seluruh dusun", "Desa", f"Puskesmas {self._name()}", "Kantor desa", "Tersebar"]
        )
        return self._soal("bukan tempat", False, self._spread(satu, tempat), self._spread(dua, tempat))

    def _other_village(self) -> Soal:
        tempat, karya = (
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
        b = self._write(tempat, rt=self.acak.random() < 0.5)
        return self._soal(
            "desa lain", False, self._spread(karya, self._write(tempat)), self._spread(karya, b), desa_b=2
        )


class PenyusunNyata(Penyusun):
    """Composes pairs from real rows: the same row in another form, or another row of the desa that names another place."""

    def __init__(self, folder: Path, benih: int = 20) -> None:
        super().__init__(benih)
        with next(folder.glob("*_kecamatan.csv")).open(encoding="utf-8") as isi:
            self.baris = [b for b in csv.DictReader(isi) if re.search(r"[A-Za-z]{4}", b["lokasi"])]
        self.desa: dict[str, list[dict[str, str]]] = defaultdict(list)
        for b in self.baris:
            self.desa[b["kode_desa"]].append(b)

    def _positives(self) -> list[Callable[[], Soal]]:
        return [self._exact, self._short, self._in_title, self._slip]

    def _negatives(self) -> list[Callable[[], Soal]]:
        return [self._next_rt, self._other_hamlet, self._other_work]

    def _row(self) -> tuple[str, str]:
        tempat = re.compile(r"(?i)\b(kp|kampung|dusun|dsn|blok|sdn|smpn|jl|jalan|ruas)\b")
        b = self.acak.choice([b for b in self.acak.sample(self.baris, 40) if tempat.search(b["lokasi"])])
        return b["kegiatan"], b["lokasi"]

    def _exact(self) -> Soal:
        isi = self._row()
        return self._soal("sama", True, isi, isi)

    def _short(self) -> Soal:
        karya, lokasi = self._row()
        b = (
            " ".join(PENDEK.get(w.lower(), w) for w in karya.split()),
            " ".join(PENDEK.get(w.lower(), w) for w in lokasi.split()),
        )
        return self._soal("singkatan", True, (karya, lokasi), b)

    def _in_title(self) -> Soal:
        karya, lokasi = self._row()
        satu = (f"{karya} {lokasi}", "")
        return self._soal(
            "tempat di judul", True, satu, self.acak.choice([satu, (karya, lokasi), (f"{karya} di {lokasi}", "Desa")])
        )

    def _slip(self) -> Soal:
        karya, lokasi = self._row()
        b = (
            (f"{self._mistyped(karya)} {lokasi}", "")
            if self.acak.random() < 0.5
            else (f"{karya} {self._mistyped(lokasi)}", "")
        )
        return self._soal("salah ketik", True, (f"{karya} {lokasi}", ""), b)

    def _next_rt(self) -> Soal:
        while not (m := re.search(r"(?i)\brt\.? ?0*(\d+)", (isi := self._row())[1])):
            pass
        lain = isi[1][: m.start(1)] + str(int(m[1]) + 1) + isi[1][m.end(1) :]
        return self._soal("RT sebelah", False, self._spread(*isi), self._spread(isi[0], lain))

    def _other_hamlet(self) -> Soal:
        """Two rows of one title and desa whose places share no word of more than three letters."""
        while True:
            a = self.acak.choice(self.baris)
            b = self.acak.choice(self.desa[a["kode_desa"]])
            kata = [set(re.findall(r"[a-z]{4,}", x["lokasi"].lower())) for x in (a, b)]
            if a["kegiatan"] == b["kegiatan"] and kata[0].isdisjoint(kata[1]):
                return self._soal(
                    "tempat lain",
                    False,
                    self._spread(a["kegiatan"], a["lokasi"]),
                    self._spread(b["kegiatan"], b["lokasi"]),
                )

    def _other_work(self) -> Soal:
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


def found(soal: Soal) -> bool:
    """Whether the search shows the pair (candidates and comparison together)."""
    return bool(find_similar([soal.a, soal.b]))


def measure(semua: list[Soal]) -> dict[str, tuple[int, int]]:
    """Return class -> (pairs, pairs shown)."""
    hitung: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for s in semua:
        hitung[f"{s.kelas} {'+' if s.sama else '-'}"][0] += 1
        hitung[f"{s.kelas} {'+' if s.sama else '-'}"][1] += found(s)
    return {k: (n, m) for k, (n, m) in hitung.items()}


def figures(hitung: dict[str, tuple[int, int]]) -> dict[str, float]:
    """Return recall and precision of the plain classes against all pairs that are two works, and recall of the hard ones."""

    def recall(kelas: tuple[str, ...]) -> float:
        n, m = (sum(hitung.get(f"{k} +", (0, 0))[i] for k in kelas) for i in (0, 1))
        return m / max(n, 1)

    benar = sum(m for k, (_, m) in hitung.items() if k.removesuffix(" +") in BIASA)
    salah = sum(m for k, (_, m) in hitung.items() if k.endswith("-"))
    return {"recall": recall(BIASA), "precision": benar / max(benar + salah, 1), "recall_sulit": recall(SULIT)}


def main() -> int:
    """Print the figures by class, for the part that was tuned on and for the part that was kept aside."""
    angka = [a for a in sys.argv[1:] if a.isdigit()]
    folder = next((Path(a) for a in sys.argv[1:] if Path(a).is_dir()), None)
    penyusun = PenyusunNyata(folder) if folder else Penyusun()
    semua = list(penyusun.pairs(int(angka[0]) if angka else 100))
    gagal = 0
    for nama, pilih in (("tuned on", False), ("kept aside", True)):
        bagian = [s for s in semua if s.disimpan == pilih]
        hitung = measure(bagian)
        nilai = figures(hitung)
        atas = sum(compare(s.a, s.b).nilai >= AMBANG for s in bagian)
        print(
            f"\n{nama}: {len(bagian)} pairs, {atas} above the threshold; "
            + ", ".join(f"{k} {v:.1%}" for k, v in nilai.items())
        )
        print("| class | pairs | shown |\n|---|---|---|")
        print("\n".join(f"| {k} | {n} | {m / n:.1%} |" for k, (n, m) in hitung.items()))
        gagal += any(nilai[k] < v for k, v in TARGET.items())
        if "--salah" in sys.argv and not pilih:
            for s in bagian:
                if found(s) != s.sama:
                    p = compare(s.a, s.b)
                    print(
                        "  ", s.kelas, s.sama, p.nilai, p.alasan, (s.a.kegiatan, s.a.lokasi), (s.b.kegiatan, s.b.lokasi)
                    )
    return 1 if gagal else 0


if __name__ == "__main__":
    sys.exit(main())
