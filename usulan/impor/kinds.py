"""What a sheet is: a list of proposals, or one of the other papers that villages keep in the same workbook."""

import re
from dataclasses import dataclass
from typing import Any

from usulan.impor.grid import Grid
from usulan.impor.results import Reference, normal
from usulan.impor.tabel import Tabel

NAMA = {
    "durkp": "DU-RKP",
    "rkp": "RKP Desa",
    "rpjm": "RPJM Desa",
    "usulan": "daftar usulan",
    "rab": "RAB",
    "apbdes": "APBDes",
    "harga": "daftar harga satuan",
    "hadir": "daftar hadir",
    "kosong": "lembar kerja kosong",
    "lain": "lain",
}
DAFTAR = {"durkp", "rkp", "rpjm", "usulan"}
CONTOH = 150
KODE_REKENING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,3}){2,}\.?\s*$")
JUDUL_USULAN = re.compile(r"\bdu[\s-]*rkp|daftar\s+usulan|\busulan\b|\bmusren", re.I)
JUDUL_RPJM = re.compile(r"\brpjm", re.I)
JUDUL_RKP = re.compile(r"\brkp\b|rencana kerja pem", re.I)
JUDUL_RAB = re.compile(r"rencana\s+anggaran\s+biaya|\br\.?a\.?b\b|analisa\s+harga|rincian\s+anggaran", re.I)
JUDUL_APBDES = re.compile(r"\bapb\s?-?des|anggaran\s+pendapatan\s+dan\s+belanja|kode\s+rek|rekening", re.I)
JUDUL_HARGA = re.compile(
    r"(?:daftar|standar|patokan|survei|survey)\s+(?:satuan\s+)?harga|\bssh\b|\bsbu\b|harga\s+(?:bahan|upah)", re.I
)
JUDUL_HADIR = re.compile(r"daftar\s+hadir|presensi|absensi|absen\b", re.I)
HARGA_SATUAN = re.compile(r"(?:harga|biaya|hrg\.?)\s*(?:per\s*)?sat(?:uan)?\b|\bharsat|satuan\s+harga", re.I)
ORANG = re.compile(
    r"\bnik\b|no\.?\s*kk\b|nomor\s+kk|tempat\s+lahir|tanggal\s+lahir|jenis\s+kelamin|\bumur\b|\busia\b", re.I
)
TANDA = re.compile(r"tanda\s*tangan|\bttd\b|\bparaf\b", re.I)
SATUAN_KERJA = re.compile(r"^\s*(?:hok|oh|oj|zak|sak|kg|m3|m³|lbr|lembar|batang|btg|dus|rim)\s*$", re.I)
REALISASI = re.compile(r"\brealisasi\b|sisa\s+(?:anggaran|lebih)|lebih\s*/?\s*\(?kurang", re.I)


@dataclass(frozen=True)
class Guess:
    """The kind of a sheet (a key of NAMA) and, when it is no list of proposals, how that is known."""

    jenis: str
    alasan: str | None = None

    @property
    def daftar(self) -> bool:
        """Whether proposals may be taken from it."""
        return self.jenis in DAFTAR and self.alasan is None


def guess_sheet(grid: Grid, tabel: list[Tabel], reference: Reference) -> Guess:
    """Say what a sheet is by its title, its columns and its codes, whatever its name."""
    if not grid.baris:
        return Guess("kosong", "lembar kerja kosong")
    if grid.tersembunyi:
        return Guess("lain", "lembar kerja tersembunyi")
    cell = list(grid.baris.items())[:CONTOH]
    start = tabel[0].judul[0] if tabel else cell[min(7, len(cell) - 1)][0] + 1
    judul = " | ".join([grid.nama, *(str(v) for n, s in cell if n < start for v in s.values())])
    head = (
        " | ".join(tabel[0].label.values())
        if tabel
        else judul + " | ".join(str(v) for _, s in cell[:15] for v in s.values())
    )
    other = _other_paper(judul, head, cell, tabel)
    if other is not None:
        return other
    if not tabel:
        return Guess("lain", "tidak ada baris judul tabel yang dikenal")
    if alasan := _no_works(grid, tabel, reference):
        return Guess("lain", alasan)
    if JUDUL_RPJM.search(judul) and not re.search(r"usulan", judul, re.I):
        return Guess("rpjm")
    if re.search(r"\bdu[\s-]*rkp|daftar\s+usulan\s+(?:rencana|rkp)", judul, re.I):
        return Guess("durkp")
    if JUDUL_RKP.search(judul) and not JUDUL_USULAN.search(judul):
        return Guess("rkp")
    return Guess("usulan")


def _other_paper(judul: str, head: str, cell: list[tuple[int, dict[int, Any]]], tabel: list[Tabel]) -> Guess | None:
    """RAB, APBDes, price list, attendance or people: known by columns and codes, and only without a place of work."""
    placed = any({"lokasi", "desa"} & set(t.kolom) for t in tabel)
    if (TANDA.search(head) and re.search(r"\bnama\b", head, re.I)) or (
        JUDUL_HADIR.search(judul) and not JUDUL_USULAN.search(judul)
    ):
        return Guess("hadir", "daftar hadir: kolomnya nama dan tanda tangan")
    if ORANG.search(head) and not any("biaya" in t.kolom for t in tabel):
        return Guess("lain", "daftar orang: kolomnya data diri, bukan kegiatan")
    if placed:
        return None
    kode = sum(any(KODE_REKENING.match(str(v)) for k, v in s.items() if k <= 3) for _, s in cell)
    work_unit = sum(any(isinstance(v, str) and SATUAN_KERJA.match(v) for v in s.values()) for _, s in cell)
    price = bool(HARGA_SATUAN.search(head))
    description = bool(re.search(r"uraian|bahan|barang|komponen", head, re.I)) and not JUDUL_USULAN.search(judul)
    if (
        price
        and re.search(r"jumlah|total|volume|\bvol\b|kuantitas|qty", head, re.I)
        and (JUDUL_RAB.search(judul) or description or kode or work_unit)
    ):
        return Guess("rab", "RAB: kolomnya uraian, volume, dan harga satuan, tanpa lokasi")
    if JUDUL_HARGA.search(judul) or (price and not re.search(r"volume|\bvol\b|kegiatan|usulan", head, re.I)):
        return Guess("harga", "daftar harga satuan, bukan usulan")
    if REALISASI.search(head):
        return Guess("apbdes", "laporan realisasi anggaran, bukan usulan")
    if kode * 10 >= len(cell) * 3 or (JUDUL_APBDES.search(f"{judul} {head}") and kode):
        return Guess("apbdes", "APBDes: barisnya kode rekening dan uraian anggaran, tanpa lokasi")
    if JUDUL_RAB.search(judul) and not JUDUL_USULAN.search(judul):
        return Guess("rab", "RAB: judulnya rencana anggaran biaya")
    if JUDUL_APBDES.search(judul) and not JUDUL_USULAN.search(judul):
        return Guess("apbdes", "APBDes: judulnya anggaran pendapatan dan belanja")
    return None


def _no_works(grid: Grid, tabel: list[Tabel], reference: Reference) -> str | None:
    """Why a table that has the columns of a list holds no works: numbers for titles, or one line for each bidang."""
    one = tabel[0]
    content = [cell for n, cell in grid.baris.items() if n > one.judul[-1]][:CONTOH]
    if "kegiatan" in one.kolom:
        filled = [s[one.kolom["kegiatan"]] for s in content if one.kolom["kegiatan"] in s]
        figure = sum(not re.search(r"[^\W\d_]", str(v)) for v in filled)
        if len(filled) >= 2 and figure * 10 >= len(filled) * 7:
            return "kolom kegiatannya tidak berisi nama pekerjaan (tampaknya rekap angka)"
        return None
    filled = [str(s[one.kolom["bidang"]]) for s in content if one.kolom.get("bidang") in s]
    if filled and all(
        normal(v) in reference.bidang_normal or "bidang" in v.lower() or re.match(r"\W*(jumlah|total)", v, re.I)
        for v in filled
    ):
        return "rekap per bidang, bukan daftar kegiatan"
    return None
