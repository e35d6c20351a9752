"""Finding the table: which rows are its heading and which column holds what."""

import re
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from usulan.impor.angka import parse_rupiah
from usulan.impor.berkas import Grid
from usulan.impor.hasil import Rujukan

# First pattern that matches wins, so the narrow ones come first ("waktu pelaksanaan kegiatan" is a time).
SINONIM: list[tuple[str, str]] = [
    ("no", r"^(no|nomor|no urut|nomor urut|nmr)$"),
    ("lain", r"^(sumber|asal) usulan$|(harga|biaya|jumlah) satuan|swakelola|pihak ketiga"),
    ("lain", r"sdgs|keterangan|^ket$|catatan|data eksisting"),
    ("sumber_dana", r"\bsumber\b.*|\bpendanaan\b|\bpembiayaan\b$|^dana$"),
    ("waktu", r"\bwaktu\b|\bjadwal\b|\bdurasi\b|tahun pelaksanaan"),
    ("skpd", r"\b(skpd|opd|dinas|perangkat daerah|instansi|penanggung ?jawab)\b"),
    ("prioritas_desa", r"\b(prioritas|peringkat|ranking|rangking)\b"),
    ("permasalahan", r"\b(permasalahan|masalah)\b"),
    ("volume", r"\b(volume|vol|kuantitas)\b"),
    ("satuan", r"^(satuan|sat|unit)$"),
    ("jumlah", r"^(jumlah|jml)$"),
    ("biaya", r"\b(biaya|anggaran|pagu|harga|rab|nilai|nominal|dana)\b|\brp\b"),
    ("manfaat", r"\b(manfaat|sasaran|penerima|tujuan)\b"),
    ("lokasi", r"\b(lokasi|alamat|tempat|dusun|letak)\b"),
    ("kegiatan", r"\b(kegiatan|usulan|pekerjaan|uraian|program|nama paket|paket pekerjaan)\b"),
    ("bidang", r"\b(bidang|sektor)\b"),
    ("desa", r"\b(desa|kelurahan|pengusul)\b|^(ds|kel)$"),
    ("volume", r"^(target|banyaknya|ukuran)\b"),
]
DANA = re.compile(
    r"^(apbn|apbd|dak\b|dau\b|add\b|dana desa|dds\b|swadaya|csr|pnpm|bankeu|pihak ketiga|pad\b|bhp)", re.I
)
BARIS_DICARI = 60
SEPERTI_UANG = 100_000


@dataclass
class Tabel:
    """Where the table is: heading rows, field -> column, funding columns (name by column), factor of the amounts."""

    judul: list[int]
    kolom: dict[str, int]
    dana: dict[int, str] = field(default_factory=dict)
    tak_dikenal: list[str] = field(default_factory=list)
    kali: int = 1
    kali_dana: int = 1

    def letters(self) -> dict[str, str]:
        """Return the mapping with Excel's column letters."""
        return {nama: get_column_letter(nomor) for nama, nomor in self.kolom.items()}


def match_field(teks: Any) -> str | None:
    """Return the field that a heading cell names, or None."""
    if not isinstance(teks, str) or len(teks) > 80:
        return None
    bersih = re.sub(r"\(.*?\)|[^a-z ]", lambda m: " " + _dalam_kurung(m.group()) + " ", teks.lower())
    bersih = re.sub(r"\s+", " ", bersih).strip()
    for nama, pola in SINONIM:
        if re.search(pola, bersih):
            return None if nama == "lain" else nama
    return None


def _dalam_kurung(potongan: str) -> str:
    """Keep what brackets say only when it is about money; "Lokasi (desa)" is a place, not a village column."""
    return "rp" if "rp" in potongan else ""


def find_table(grid: Grid, rujukan: Rujukan) -> Tabel | None:
    """Return the heading with the most known columns, or None when no row looks like one."""
    terbaik: tuple[int, int] | None = None
    for nomor in sorted(grid.baris)[:BARIS_DICARI]:
        dikenal = {match_field(nilai) for nilai in grid.baris[nomor].values()} - {None}
        cukup = "kegiatan" in dikenal or {"bidang", "biaya"} <= dikenal
        if cukup and len(dikenal) >= 3 and (terbaik is None or len(dikenal) > terbaik[0]):
            terbaik = (len(dikenal), nomor)
    if terbaik is None:
        return None
    atas = terbaik[1]
    judul = [atas] + [n for n in (atas + 1, atas + 2) if n in grid.baris and _is_subheading(grid.baris[n])]
    return _map_columns(grid, judul)


def _is_subheading(sel: dict[int, Any]) -> bool:
    """A second heading row: only short words, at least one of them a field or a funding source, no amounts."""
    teks = [str(v) for v in sel.values()]
    dikenal = [t for t in teks if match_field(t) or DANA.match(t)]
    return (
        bool(dikenal)
        and len(dikenal) * 2 >= len(teks)
        and not any(isinstance(v, int | float) or len(str(v)) > 40 for v in sel.values())
    )


def _map_columns(grid: Grid, judul: list[int]) -> Tabel:
    tabel = Tabel(judul=judul, kolom={})
    atas, bawah = grid.baris[judul[0]], [grid.baris[n] for n in judul[1:]]
    kolom_judul = sorted({k for n in judul for k in grid.baris[n]})
    induk = ""
    for kolom in kolom_judul:
        induk = str(atas[kolom]) if kolom in atas else induk
        anak = next((str(b[kolom]) for b in reversed(bawah) if kolom in b), None)
        if anak and DANA.match(anak) and match_field(induk) in {"sumber_dana", "biaya"}:
            tabel.dana[kolom] = anak
            tabel.kali_dana = _factor(induk + anak)
            continue
        teks = anak or (str(atas[kolom]) if kolom in atas else "")
        nama = match_field(teks)
        if nama and nama not in tabel.kolom:
            tabel.kolom[nama] = kolom
            if nama == "biaya":
                tabel.kali = _factor(f"{induk} {teks}")
        elif teks:
            tabel.tak_dikenal.append(teks)
    _settle_jumlah(grid, tabel)
    for nama in ("kegiatan", "bidang", "lokasi"):
        _shift_off_numbering(grid, tabel, nama, kolom_judul)
    return tabel


def _settle_jumlah(grid: Grid, tabel: Tabel) -> None:
    """A column headed only "Jumlah" is money when its numbers are, else a volume; never a second of either."""
    kolom = tabel.kolom.pop("jumlah", None)
    if kolom is None:
        return
    isi = [parse_rupiah(s[kolom]) for n, s in grid.baris.items() if n > tabel.judul[-1] and kolom in s]
    angka = sorted(nilai for nilai in isi if nilai)
    uang = bool(angka) and angka[len(angka) // 2] >= SEPERTI_UANG
    nama = "biaya" if uang else "volume"
    if nama in tabel.kolom or not angka:
        tabel.tak_dikenal.append("Jumlah")
    else:
        tabel.kolom[nama] = kolom


def _factor(judul: str) -> int:
    """Amounts under "(Rp juta)" count in millions, "(Rp ribu)" in thousands."""
    if re.search(r"\b(jt|juta)\b", judul, re.I):
        return 10**6
    return 10**3 if re.search(r"\b(rb|ribu|ribuan)\b", judul, re.I) else 1


def _shift_off_numbering(grid: Grid, tabel: Tabel, nama: str, kolom_judul: list[int]) -> None:
    """A heading merged over "running number | name" points at the number; take the column with the words instead."""
    kolom = tabel.kolom.get(nama)
    if kolom is None or kolom + 1 in kolom_judul:
        return
    isi = [grid.baris[n] for n in grid.baris if n > tabel.judul[-1]]
    berangka = sum(kolom in s and (isinstance(s[kolom], int | float) or len(str(s[kolom])) <= 4) for s in isi)
    sebelah = sum(
        isinstance(s.get(kolom + 1), str) and len(s[kolom + 1]) > 4 and parse_rupiah(s[kolom + 1]) is None for s in isi
    )
    if sebelah > len(isi) / 3 and berangka >= sum(kolom in s for s in isi) / 2:
        tabel.kolom[nama] = kolom + 1
