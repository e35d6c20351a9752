"""A clean village list drawn by seed, the workbook it is written to, and the score of what was read back.

``clean(seed)`` returns a ``Daftar`` whose ``save`` writes the workbook and returns, per Excel row, what the reader must
find. ``score`` counts the cells that came back right, marked, asked, or silently wrong. The faults: ``cemaran.py``.
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
class Daftar:
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
        buku = Workbook()
        for urut, (nama, isi) in enumerate(self.lembar):
            lain = buku.create_sheet(nama, urut)
            for satu in isi:
                lain.append(satu)
        lembar = buku[buku.sheetnames[-1]]
        lembar.title = self.nama
        n = 0

        def write(isi: list[Any]) -> None:
            nonlocal n
            n += 1
            for k, nilai in enumerate(isi, 1):
                if nilai is not None:
                    lembar.cell(n, k, nilai)

        for satu in self.atas:
            write(satu)
        awal = n + 1
        if self.induk:
            write([self.induk.get(k, self.judul[k]) if self._first(k) else None for k in self.kolom])
            write([self.judul[k] if k in self.induk else None for k in self.kolom])
            self._merge_heading(lembar, awal)
        else:
            write([self.judul[k] for k in self.kolom])
        if self.nomor_kolom:
            write(self.nomor_kolom)
        letak = {}
        for baris in self.baris:
            write([baris.sel.get(k) for k in self.kolom])
            letak[n] = baris
        self._merge(lembar, letak)
        for satu in self.ekor:
            write(satu)
        for i, satu in enumerate(self.samping):
            for j, nilai in enumerate(satu):
                lembar.cell(awal + i, len(self.kolom) + 2 + j, nilai)
        buku.save(path)
        return letak

    def _merge_heading(self, lembar: Any, awal: int) -> None:
        for i, k in enumerate(self.kolom, 1):
            if k not in self.induk:
                lembar.merge_cells(start_row=awal, end_row=awal + 1, start_column=i, end_column=i)
            elif self._first(k):
                lebar = sum(self.induk.get(x) == self.induk[k] for x in self.kolom)
                lembar.merge_cells(start_row=awal, end_row=awal, start_column=i, end_column=i + lebar - 1)

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
                akhir = max((n for n in letak if n < (nomor or 10**9)), default=0)
                if mulai and akhir > mulai and nilai is not None:
                    lembar.merge_cells(start_row=mulai, end_row=akhir, start_column=k, end_column=k)
                nilai, mulai = (baru, nomor) if nomor and letak[nomor].benar else (None, 0)


def clean(seed: int) -> Daftar:
    """Return the list without a fault: of one desa, or of several in a column."""
    rng = random.Random(seed)
    banyak = rng.random() < 0.5
    kolom = [
        "no",
        *(["desa"] if banyak else []),
        "bidang",
        "kegiatan",
        "lokasi",
        "volume",
        "satuan",
        "biaya",
        "sumber_dana",
    ]
    hasil = Daftar(rng, banyak, kolom)
    satu = rng.choice(list(DESA))
    if not banyak:
        hasil.atas = [[f"DAFTAR USULAN RKP DESA {DESA[satu].upper()} TAHUN 2027"], ["Kecamatan Sikur"], []]
    for desa in sorted(rng.sample(list(DESA), 3)) if banyak else [satu]:
        for bidang in BIDANG:
            for _ in range(rng.randint(1, 2) if banyak else rng.randint(2, 4)):
                _add(hasil, desa, bidang)
    return hasil


def _add(daftar: Daftar, desa: str, bidang: str) -> None:
    rng, n = daftar.rng, len(daftar.baris) + 1
    benar = {
        "desa": desa,
        "bidang": bidang,
        "kegiatan": f"{rng.choice(KERJA)} {rng.choice('ABCDEFGH')}",
        "lokasi": rng.choice(DUSUN),
        "volume": Decimal(rng.randint(1, 900)),
        "satuan": rng.choice(SATUAN),
        "biaya": rng.randint(16, 1600) * 250_000,
        "sumber_dana": rng.choice(DANA),
    }
    sel = benar | {"no": n, "desa": DESA[desa], "volume": int(benar["volume"])}
    daftar.baris.append(Baris(sel, benar))


def groups(daftar: Daftar, nama: str) -> list[list[Baris]]:
    """Return the runs of proposals that share a value and a desa."""
    hasil: list[list[Baris]] = []
    for b in daftar.baris:
        if b.benar is None:
            continue
        if hasil and hasil[-1][-1].benar[nama] == b.benar[nama] and hasil[-1][-1].benar["desa"] == b.benar["desa"]:
            hasil[-1].append(b)
        else:
            hasil.append([b])
    return hasil


def after(daftar: Daftar, b: Baris, baru: Baris) -> None:
    """Put a row below another."""
    daftar.baris.insert(next(i for i, x in enumerate(daftar.baris) if x is b) + 1, baru)


def before(daftar: Daftar, b: Baris, baru: Baris) -> None:
    """Put a row above another."""
    daftar.baris.insert(next(i for i, x in enumerate(daftar.baris) if x is b), baru)


def written(b: Baris) -> int:
    """Return the amount as the file shows it: totals add up what is printed."""
    return b.sel["biaya"] if isinstance(b.sel.get("biaya"), int) else b.benar["biaya"] or 0


def score(hasil: Any, letak: dict[int, Baris], nama: str) -> tuple[Counter[str], list[str]]:
    """Return how many cells were right, marked, asked or silently wrong, and the wrong ones in words."""
    hitung: Counter[str] = Counter()
    salah: list[str] = []
    for lembar in hasil.lembar:
        if lembar.nama != nama:
            hitung["salah"] += 3 * len(lembar.usulan)
            salah += [f"{lembar.nama} row {u.baris}: {u.kegiatan}" for u in lembar.usulan]
    lembar = next(s for s in hasil.lembar if s.nama == nama)
    terbaca = {u.baris: u for u in lembar.usulan}
    for nomor, b in letak.items():
        u = terbaca.pop(nomor, None)
        if b.benar is None and u is None:
            continue
        if b.benar is None or u is None:
            hitung["salah"] += len(DINILAI) if u is None else sum(getattr(u, n) is not None for n in DINILAI)
            salah.append(f"row {nomor}: {'read' if u else 'lost'} {b.sel}")
            continue
        for satu in DINILAI:
            nilai = _judge(u, satu, b.benar[satu])
            hitung[nilai] += 1
            if nilai == "salah":
                salah.append(f"row {nomor} {satu}: {getattr(u, satu)!r}, should be {b.benar[satu]!r}")
    for nomor, u in terbaca.items():
        hitung["salah"] += 3
        salah.append(f"row {nomor}: read {u.kegiatan!r}")
    return hitung, salah


def _judge(u: Any, nama: str, benar: Any) -> str:
    nilai = getattr(u, nama)
    if nilai == benar:
        return "benar"
    if nilai is None:
        return "ditanya" if nama in u.perlu_dilengkapi or (nama == "desa" and u.galat) else "salah"
    return "ditandai" if nama in u.turunan or any(nama in p.lower() for p in u.peringatan) else "salah"


def score_totals(hasil: Any, letak: dict[int, Baris], nama: str) -> tuple[int, int, int]:
    """Return (totals found, rows called totals, totals there are)."""
    lembar = next(s for s in hasil.lembar if s.nama == nama)
    disebut = {d.baris for d in lembar.dilewati if d.alasan == "jumlah"}
    ada = {n for n, b in letak.items() if b.total}
    return len(disebut & ada), len(disebut), len(ada)
