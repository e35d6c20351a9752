"""A clean village list drawn by seed, the workbook it is written to, and the score of what was read back.

``clean(seed)`` returns a ``Listing`` whose ``save`` writes the workbook and returns, per Excel row, what the reader must
find. ``score`` counts the cells that came back right, marked, asked, or silently wrong. The faults: ``faults.py``.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

DESA = {"52.03.04.2001": "Semaya", "52.03.04.2002": "Sikur", "52.03.04.2004": "Loyok", "52.03.04.2007": "Gelora"}
BIDANG = [
    "Penyelenggaraan Pemerintahan Desa",
    "Pelaksanaan Pembangunan Desa",
    "Pembinaan Kemasyarakatan",
    "Pemberdayaan Masyarakat",
]
KERJA = [
    "Rabat beton gang",
    "Rehab posyandu",
    "Pembangunan talud",
    "Drainase jalan lingkungan",
    "Sumur bor",
    "Jalan usaha tani",
    "Pelatihan menjahit",
    "Pengadaan mesin jahit",
    "Lapangan bola voli",
    "Jembatan plat beton",
    "Bantuan ternak kambing",
    "Pembangunan gapura",
    "Penerangan jalan umum",
    "Rehab kantor desa",
    "Irigasi tersier",
    "Pelatihan kader",
    "Talud sungai",
]
DUSUN = ["Dusun Melati", "Dusun Mawar", "Dusun Kenanga", "Dusun Anggrek"]
SATUAN = ["m", "unit", "paket", "orang", "buah"]
DANA = ["APBD Kab", "APBN", "Dana Desa", "DAK"]
JUDUL = {
    "no": "No",
    "desa": "Desa",
    "bidang": "Bidang",
    "kegiatan": "Kegiatan",
    "lokasi": "Lokasi",
    "volume": "Volume",
    "satuan": "Satuan",
    "biaya": "Biaya (Rp)",
    "sumber_dana": "Sumber Dana",
}
DINILAI = ["desa", "bidang", "kegiatan", "lokasi", "volume", "satuan", "biaya", "sumber_dana"]


@dataclass
class Baris:
    """One row below the heading: cells by column name, and its truth when it is a proposal."""

    sel: dict[str, Any]
    benar: dict[str, Any] | None = None
    total: bool = False


@dataclass
class Listing:
    """A list in the making: titles, columns, rows, what stands below and beside it, and further sheets."""

    rng: random.Random
    banyak_desa: bool
    kolom: list[str]
    judul: dict[str, str] = field(default_factory=lambda: dict(JUDUL))
    atas: list[list[Any]] = field(default_factory=list)
    baris: list[Baris] = field(default_factory=list)
    ekor: list[list[Any]] = field(default_factory=list)
    induk: dict[str, str] = field(default_factory=dict)  # column -> heading above it
    gabung: set[str] = field(default_factory=set)
    nomor_kolom: list[Any] | None = None
    samping: list[list[Any]] = field(default_factory=list)
    lembar: list[tuple[str, list[list[Any]]]] = field(default_factory=list)
    nama: str = "DU-RKP"

    def works(self) -> list[Baris]:
        """Return the rows that are proposals."""
        return [b for b in self.baris if b.benar is not None]

    def save(self, path: Path) -> dict[int, Baris]:
        """Write the workbook and return its rows by Excel row number."""
        workbook = Workbook()
        for order, (nama, content) in enumerate(self.lembar):
            other = workbook.create_sheet(nama, order)
            for one in content:
                other.append(one)
        lembar = workbook[workbook.sheetnames[-1]]
        lembar.title = self.nama
        n = 0

        def write(isi: list[Any]) -> None:
            nonlocal n
            n += 1
            for k, nilai in enumerate(isi, 1):
                if nilai is not None:
                    lembar.cell(n, k, nilai)

        for one in self.atas:
            write(one)
        start = n + 1
        if self.induk:
            write([self.induk.get(k, self.judul[k]) if self._first(k) else None for k in self.kolom])
            write([self.judul[k] if k in self.induk else None for k in self.kolom])
            self._merge_heading(lembar, start)
        else:
            write([self.judul[k] for k in self.kolom])
        if self.nomor_kolom:
            write(self.nomor_kolom)
        position = {}
        for baris in self.baris:
            write([baris.sel.get(k) for k in self.kolom])
            position[n] = baris
        self._merge(lembar, position)
        for one in self.ekor:
            write(one)
        for i, one in enumerate(self.samping):
            for j, nilai in enumerate(one):
                lembar.cell(start + i, len(self.kolom) + 2 + j, nilai)
        workbook.save(path)
        return position

    def _merge_heading(self, lembar: Any, awal: int) -> None:
        for i, k in enumerate(self.kolom, 1):
            if k not in self.induk:
                lembar.merge_cells(start_row=awal, end_row=awal + 1, start_column=i, end_column=i)
            elif self._first(k):
                width = sum(self.induk.get(x) == self.induk[k] for x in self.kolom)
                lembar.merge_cells(start_row=awal, end_row=awal, start_column=i, end_column=i + width - 1)

    def _first(self, kolom: str) -> bool:
        i = self.kolom.index(kolom)
        return kolom not in self.induk or i == 0 or self.induk.get(self.kolom[i - 1]) != self.induk[kolom]

    def _merge(self, lembar: Any, letak: dict[int, Baris]) -> None:
        for kolom in self.gabung & set(self.kolom):
            k, mulai = self.kolom.index(kolom) + 1, 0
            nilai: Any = None
            for nomor in [*letak, 0]:
                baru = letak[nomor].benar[kolom] if nomor and letak[nomor].benar else object()
                if baru == nilai and nomor:
                    lembar.cell(nomor, k).value = None
                    continue
                end = max((n for n in letak if n < (nomor or 10**9)), default=0)
                if mulai and end > mulai and nilai is not None:
                    lembar.merge_cells(start_row=mulai, end_row=end, start_column=k, end_column=k)
                nilai, mulai = (baru, nomor) if nomor and letak[nomor].benar else (None, 0)


def clean(seed: int) -> Listing:
    """Return the list without a fault: of one desa, or of several in a column."""
    rng = random.Random(seed)
    count = rng.random() < 0.5
    kolom = [
        "no",
        *(["desa"] if count else []),
        "bidang",
        "kegiatan",
        "lokasi",
        "volume",
        "satuan",
        "biaya",
        "sumber_dana",
    ]
    result = Listing(rng, count, kolom)
    one = rng.choice(list(DESA))
    if not count:
        result.atas = [[f"DAFTAR USULAN RKP DESA {DESA[one].upper()} TAHUN 2027"], ["Kecamatan Sikur"], []]
    for desa in sorted(rng.sample(list(DESA), 3)) if count else [one]:
        for bidang in BIDANG:
            for _ in range(rng.randint(1, 2) if count else rng.randint(2, 4)):
                _add(result, desa, bidang)
    return result


def _add(daftar: Listing, desa: str, bidang: str) -> None:
    rng, n = daftar.rng, len(daftar.baris) + 1
    right = {
        "desa": desa,
        "bidang": bidang,
        "kegiatan": f"{rng.choice(KERJA)} {rng.choice('ABCDEFGH')}",
        "lokasi": rng.choice(DUSUN),
        "volume": Decimal(rng.randint(1, 900)),
        "satuan": rng.choice(SATUAN),
        "biaya": rng.randint(16, 1600) * 250_000,
        "sumber_dana": rng.choice(DANA),
    }
    sel = right | {"no": n, "desa": DESA[desa], "volume": int(right["volume"])}
    daftar.baris.append(Baris(sel, right))


def groups(daftar: Listing, nama: str) -> list[list[Baris]]:
    """Return the runs of proposals that share a value and a desa."""
    result: list[list[Baris]] = []
    for b in daftar.baris:
        if b.benar is None:
            continue
        if result and result[-1][-1].benar[nama] == b.benar[nama] and result[-1][-1].benar["desa"] == b.benar["desa"]:
            result[-1].append(b)
        else:
            result.append([b])
    return result


def after(daftar: Listing, b: Baris, baru: Baris) -> None:
    """Put a row below another."""
    daftar.baris.insert(next(i for i, x in enumerate(daftar.baris) if x is b) + 1, baru)


def before(daftar: Listing, b: Baris, baru: Baris) -> None:
    """Put a row above another."""
    daftar.baris.insert(next(i for i, x in enumerate(daftar.baris) if x is b), baru)


def written(b: Baris) -> int:
    """Return the amount as the file shows it: totals add up what is printed."""
    return b.sel["biaya"] if isinstance(b.sel.get("biaya"), int) else b.benar["biaya"] or 0


def score(hasil: Any, position: dict[int, Baris], nama: str) -> tuple[Counter[str], list[str]]:
    """Return how many cells were right, marked, asked or silently wrong, and the wrong ones in words."""
    compute: Counter[str] = Counter()
    wrong: list[str] = []
    for lembar in hasil.lembar:
        if lembar.nama != nama:
            compute["salah"] += 3 * len(lembar.usulan)
            wrong += [f"{lembar.nama} row {u.baris}: {u.kegiatan}" for u in lembar.usulan]
    lembar = next(s for s in hasil.lembar if s.nama == nama)
    readable = {u.baris: u for u in lembar.usulan}
    for nomor, b in position.items():
        u = readable.pop(nomor, None)
        if b.benar is None and u is None:
            continue
        if b.benar is None or u is None:
            compute["salah"] += len(DINILAI) if u is None else sum(getattr(u, n) is not None for n in DINILAI)
            wrong.append(f"row {nomor}: {'read' if u else 'lost'} {b.sel}")
            continue
        for one in DINILAI:
            nilai = _judge(u, one, b.benar[one])
            compute[nilai] += 1
            if nilai == "salah":
                wrong.append(f"row {nomor} {one}: {getattr(u, one)!r}, should be {b.benar[one]!r}")
    for nomor, u in readable.items():
        compute["salah"] += 3
        wrong.append(f"row {nomor}: read {u.kegiatan!r}")
    return compute, wrong


def _judge(u: Any, nama: str, right: Any) -> str:
    nilai = getattr(u, nama)
    if nilai == right:
        return "benar"
    if nilai is None:
        return "ditanya" if nama in u.perlu_dilengkapi or (nama == "desa" and u.galat) else "salah"
    return "ditandai" if nama in u.turunan or any(nama in p.lower() for p in u.peringatan) else "salah"


def score_totals(result: Any, position: dict[int, Baris], nama: str) -> tuple[int, int, int]:
    """Return (totals found, rows called totals, totals there are)."""
    lembar = next(s for s in result.lembar if s.nama == nama)
    mentioned = {d.baris for d in lembar.dilewati if d.alasan == "jumlah"}
    existing = {n for n, b in position.items() if b.total}
    return len(mentioned & existing), len(mentioned), len(existing)
