"""Finding the table: which rows are its heading and which column holds what."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from usulan.impor.angka import parse_rupiah
from usulan.impor.ejaan import DANA, match_field, rank
from usulan.impor.grid import Grid
from usulan.impor.hasil import Rujukan, normal
from usulan.impor.isi import SATUAN, guess_field

BARIS_DICARI = 60
BARIS_JUDUL = 3
CONTOH = 200
KOLOM_TABEL = 4
SEPERTI_UANG = 100_000
SAMBUNG = {"lokasi", "manfaat"}  # several columns may make up one text: dusun, RT, RW
JUDUL_DESA = re.compile(r"^\W*(?:desa|kelurahan|ds\.|kel\.)\s*:?\s*(?!pengusul|kelurahan|kel\b)\w{3,}", re.I)
Pola = dict[str, dict[str, str]]  # shape of a heading -> column letter -> field, or "dana" for a funding source
MENENTUKAN = {"kegiatan", "lokasi", "volume", "biaya"}


@dataclass
class Tabel:
    """Where the table is: heading rows, field -> column, funding columns (name by column), factor of the amounts.

    ``sambung`` holds further columns of one text as (column, heading); ``label`` the heading of every column with what
    stands above it, ``sendiri`` without.
    """

    judul: list[int]
    kolom: dict[str, int] = field(default_factory=dict)
    label: dict[int, str] = field(default_factory=dict)
    sendiri: dict[int, str] = field(default_factory=dict)
    sambung: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    dana: dict[int, str] = field(default_factory=dict)
    tak_dikenal: list[str] = field(default_factory=list)
    kali: int = 1
    kali_dana: int = 1
    bukan: set[int] = field(default_factory=set)
    batas: int = 16_384
    diingat: bool = False

    def letters(self) -> dict[str, str]:
        """Return the mapping with Excel's column letters; a text of several columns as ``C+D``."""
        return {
            nama: "+".join(map(get_column_letter, [nomor, *(k for k, _ in self.sambung.get(nama, []))]))
            for nama, nomor in self.kolom.items()
        }

    def roles(self) -> dict[int, str]:
        """Return column -> field; a column of a funding source is ``dana``."""
        peran = {k: nama for nama, k in self.kolom.items()} | dict.fromkeys(self.dana, "dana")
        return peran | {k: nama for nama, lain in self.sambung.items() for k, _ in lain}

    def unit_in_heading(self) -> str | None:
        """The unit that a heading like "Volume (m)" or "Panjang (m)" gives to every row."""
        cocok = re.search(r"\(\s*([A-Za-z]{1,5}[23²³]?)\s*\)", self.label.get(self.kolom.get("volume", 0), ""))
        return cocok[1] if cocok and normal(cocok[1]) in SATUAN else None

    def explained(self) -> int:
        """Number of fields that the heading names; all funding sources count as one."""
        return len(self.kolom) + bool(self.dana)

    def sidik(self) -> str:
        """The shape of this heading: the same for every file that has the same headings in the same columns."""
        teks = "|".join(f"{k}:{normal(v)}" for k, v in sorted(self.label.items()))
        return hashlib.sha256(teks.encode()).hexdigest()[:32]


def find_table(grid: Grid, rujukan: Rujukan, pola: Pola | None = None) -> Tabel | None:
    """Return the heading that explains most columns, or None when no row looks like one.

    ``pola`` maps the shape of a heading to the columns that a person chose for it before.
    """
    terbaik: Tabel | None = None
    for atas in sorted(grid.baris)[:BARIS_DICARI]:
        sel = grid.baris[atas]
        dikenal = {match_field(nilai) for nilai in sel.values()} - {None}
        judul = [atas] if len(dikenal) >= 2 or (dikenal and len(sel) >= 3) else []
        while judul:
            tabel = _map_headings(grid, judul)
            if tabel.explained() >= 2 and (terbaik is None or _is_better(tabel, terbaik)):
                terbaik = tabel
            lanjut = judul[-1] + 1
            judul = [*judul, lanjut] if len(judul) < BARIS_JUDUL and _is_subheading(grid, lanjut) else []
    for calon in (terbaik, _by_content(grid, rujukan)):
        if calon is None:
            continue
        _extend_heading(grid, calon)
        if pilihan := (pola or {}).get(calon.sidik()):
            _follow(calon, pilihan)
            return calon
        _settle(grid, calon, rujukan)
        cukup = "kegiatan" in calon.kolom or {"bidang", "biaya"} <= set(calon.kolom)
        if cukup and len(calon.kolom) >= 3:
            return calon
    return None


def _by_content(grid: Grid, rujukan: Rujukan) -> Tabel | None:
    """A heading in words that nobody knows: a row of short texts over columns whose content tells what they are."""
    for atas in sorted(grid.baris)[:BARIS_DICARI]:
        sel = grid.baris[atas]
        if len(sel) < KOLOM_TABEL or not all(isinstance(v, str) and len(v) <= 60 for v in sel.values()):
            continue
        label = {k: str(v) for k, v in sel.items() if k not in grid.kolom_tersembunyi}
        tabel = Tabel([atas], label=label, sendiri=dict(label))
        isi = [baris for n, baris in grid.baris.items() if n > atas][:CONTOH]
        for kolom in label:
            nama = guess_field([baris[kolom] for baris in isi if kolom in baris], rujukan)
            if nama and nama not in tabel.kolom:
                tabel.kolom[nama] = kolom
        if "kegiatan" in tabel.kolom and len(tabel.kolom) >= 3:
            tabel.tak_dikenal = [v for k, v in label.items() if k not in tabel.kolom.values()]
            return tabel
    return None


def _follow(tabel: Tabel, pilihan: dict[str, str]) -> None:
    """Use the columns that a person chose; of several for one field the first leads."""
    tabel.kolom, tabel.dana, tabel.sambung, tabel.diingat = {}, {}, {}, True
    for huruf, nama in sorted(pilihan.items(), key=lambda p: column_index_from_string(p[0])):
        kolom = column_index_from_string(huruf)
        judul = tabel.label.get(kolom, "")
        if nama == "dana":
            tabel.dana[kolom], tabel.kali_dana = tabel.sendiri.get(kolom, judul), _factor(judul)
        elif nama in tabel.kolom:
            tabel.sambung.setdefault(nama, []).append((kolom, tabel.sendiri.get(kolom, judul)))
        else:
            tabel.kolom[nama] = kolom
    tabel.kali = _factor(tabel.label.get(tabel.kolom.get("biaya", 0), ""))
    tabel.tak_dikenal = [v for k, v in tabel.label.items() if k not in tabel.roles()]


def _is_better(tabel: Tabel, terbaik: Tabel) -> bool:
    """More fields win. Of the same, the deeper heading, and the one that leaves a title above out."""
    if tabel.explained() != terbaik.explained():
        return tabel.explained() > terbaik.explained()
    sama = tabel.judul[0] == terbaik.judul[0]
    return len(tabel.judul) > len(terbaik.judul) if sama else tabel.judul[0] in terbaik.judul


def _extend_heading(grid: Grid, tabel: Tabel) -> None:
    """Rows of a heading cell that is merged downwards belong to the heading even when they add no column."""
    bawah = max((b for a, _, b, _ in grid.gabung if a == tabel.judul[0] and b - a < BARIS_JUDUL), default=0)
    tabel.judul += [n for n in range(tabel.judul[-1] + 1, bawah + 1) if n in grid.baris]


def _is_subheading(grid: Grid, nomor: int) -> bool:
    """A further heading row: only short words, at least half of them a field or a funding source, no amounts."""
    sel = grid.baris.get(nomor)
    if not sel:
        return False
    teks = [str(v) for v in sel.values()]
    if any(JUDUL_DESA.match(t) for t in teks):
        return False
    if any(len(t) > 40 or (re.fullmatch(r"[\d.,\s]*\d[\d.,]*", t) and not re.fullmatch(r"20\d\d", t)) for t in teks):
        return False
    dikenal = [t for t in teks if match_field(t) or DANA.match(t) or re.fullmatch(r"(?i)r[tw]|l|p|20\d\d", t)]
    return bool(dikenal) and len(dikenal) * 2 >= len(teks)


def _map_headings(grid: Grid, judul: list[int]) -> Tabel:
    """Map columns by the words of the heading alone."""
    tabel = Tabel(judul=judul)
    induk_kiri = dict.fromkeys(judul, "")
    for kolom in sorted({k for n in judul for k in grid.baris[n]}):
        if kolom in grid.kolom_tersembunyi:
            tabel.tak_dikenal.append(f"kolom {get_column_letter(kolom)} yang tersembunyi")
            continue
        for n in judul:
            if kolom in grid.baris[n]:
                induk_kiri[n] = str(grid.baris[n][kolom])
                induk_kiri |= {lain: "" for lain in judul if lain > n and kolom not in grid.baris[lain]}
        bagian = [
            induk_kiri[n]
            for n in judul
            if kolom in grid.baris[n] or any(kolom in grid.baris[b] for b in judul if b > n)
        ]
        _place(tabel, kolom, [re.sub(r"\s+", " ", b).strip() for b in bagian if b])
    return tabel


def _place(tabel: Tabel, kolom: int, bagian: list[str]) -> None:
    """Give one column its field by its own heading, then together with what stands above it."""
    tabel.label[kolom] = teks = " ".join(bagian)
    tabel.sendiri[kolom] = anak = bagian[-1]
    induk = " ".join(bagian[:-1])
    if DANA.match(anak) and induk and match_field(induk) in {"sumber_dana", "biaya"}:
        tabel.dana[kolom] = anak
        tabel.kali_dana = _factor(teks)
        return
    nama = "lain" if induk and match_field(induk) == "lain" else match_field(anak)
    if induk and nama in {None, "jumlah", "satuan", "no"}:
        bersama = match_field(teks)
        if nama == "jumlah" and bersama in {"lain", "biaya", "volume"}:
            nama = bersama
        elif nama == "satuan" and bersama in {"lain", "biaya"}:
            nama = "lain"  # a unit price
        nama = nama or (match_field(induk) if not re.fullmatch(r"\d{4}", anak) else "lain")
    if nama in {None, "lain"}:
        tabel.tak_dikenal.append(teks)
        if nama:
            tabel.bukan.add(kolom)
        return
    assert nama is not None
    lama = tabel.kolom.get(nama)
    if lama is None or rank(nama, anak) < rank(nama, tabel.sendiri[lama]):
        if lama is not None:
            _give_way(tabel, nama, lama)
        tabel.kolom[nama] = kolom
        tabel.kali = _factor(teks) if nama == "biaya" else tabel.kali
    else:
        _give_way(tabel, nama, kolom)


def _give_way(tabel: Tabel, nama: str, kolom: int) -> None:
    """A second column for one field: more of the same text, the bidang ("Bidang Kegiatan"), or of no use."""
    if nama in SAMBUNG:
        tabel.sambung.setdefault(nama, []).append((kolom, tabel.sendiri[kolom]))
    elif nama == "kegiatan" and "bidang" in tabel.sendiri[kolom].lower() and "bidang" not in tabel.kolom:
        tabel.kolom["bidang"] = kolom
    else:
        tabel.tak_dikenal.append(tabel.label[kolom])
        tabel.bukan.add(kolom)


def _settle(grid: Grid, tabel: Tabel, rujukan: Rujukan) -> None:
    """Let the content decide what the words left open."""
    isi = [sel for n, sel in grid.baris.items() if n > tabel.judul[-1]][:CONTOH]
    _cut_side_table(grid, tabel, isi)
    _settle_jumlah(tabel, isi)
    _settle_prioritas(tabel, isi)
    for nama in ("kegiatan", "bidang", "lokasi"):
        _shift_off_numbering(grid, tabel, nama, isi)
    terpakai = {*tabel.kolom.values(), *tabel.dana, *tabel.bukan, *(k for s in tabel.sambung.values() for k, _ in s)}
    for kolom in _open_columns(isi, tabel):
        if kolom not in terpakai and kolom not in grid.kolom_tersembunyi:
            tebakan = guess_field([sel[kolom] for sel in isi if kolom in sel], rujukan)
            if tebakan and tebakan not in tabel.kolom:
                tabel.kolom[tebakan] = kolom
                if (label := tabel.label.get(kolom, "")) in tabel.tak_dikenal:
                    tabel.tak_dikenal.remove(label)


def _open_columns(isi: Iterable[dict[int, Any]], tabel: Tabel) -> list[int]:
    return sorted({k for sel in isi for k in sel if k < tabel.batas})


def _cut_side_table(grid: Grid, tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """Leave out a second table that stands to the right behind an empty column."""
    tergabung = {k for a, kiri, _, kanan in grid.gabung if a in tabel.judul for k in range(kiri, kanan + 1)}
    berisi = {k for sel in isi for k in sel} | set(tabel.label) | tergabung
    for kolom in range(min(tabel.label), max(tabel.label)):
        if kolom in berisi:
            continue
        kiri = {nama for nama, k in tabel.kolom.items() if k < kolom}
        if "kegiatan" in kiri and len(kiri) >= 3 and not (MENENTUKAN - kiri) & set(tabel.kolom):
            tabel.batas = kolom
            kanan = [v for k, v in tabel.label.items() if k > kolom]
            tabel.kolom = {nama: k for nama, k in tabel.kolom.items() if k < kolom}
            tabel.sambung = {n: s for n, lain in tabel.sambung.items() if (s := [x for x in lain if x[0] < kolom])}
            tabel.dana = {k: v for k, v in tabel.dana.items() if k < kolom}
            tabel.tak_dikenal = [t for t in tabel.tak_dikenal if t not in kanan]
            tabel.tak_dikenal.append(f"tabel lain mulai kolom {get_column_letter(min(k for k in berisi if k > kolom))}")
            return


def _settle_jumlah(tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """A column headed only "Jumlah" is money when its numbers are, else a volume; never a second of either."""
    kolom = tabel.kolom.pop("jumlah", None)
    if kolom is None:
        return
    angka = sorted(nilai for s in isi if kolom in s and (nilai := parse_rupiah(s[kolom])))
    uang = bool(angka) and angka[len(angka) // 2] >= SEPERTI_UANG
    nama = "biaya" if uang else "volume"
    if nama in tabel.kolom or not angka:
        tabel.tak_dikenal.append("Jumlah")
        tabel.bukan.add(kolom)
    else:
        tabel.kolom[nama] = kolom


def _settle_prioritas(tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """A column headed "Prioritas Desa" that holds words instead of ranks names the works themselves."""
    kolom = tabel.kolom.get("prioritas_desa")
    nilai = [s[kolom] for s in isi if kolom in s]
    if kolom and sum(isinstance(v, str) and len(v) > 8 for v in nilai) * 2 > len(nilai):
        del tabel.kolom["prioritas_desa"]
        if "kegiatan" not in tabel.kolom:
            tabel.kolom["kegiatan"] = kolom
        else:
            tabel.tak_dikenal.append(tabel.label[kolom])
            tabel.bukan.add(kolom)


def _factor(judul: str) -> int:
    """Amounts under "(Rp juta)" count in millions, "(Rp ribu)" or "Rp 000" in thousands."""
    if re.search(r"\b(jt|juta|jutaan)\b", judul, re.I):
        return 10**6
    return 10**3 if re.search(r"\b(rb|ribu|ribuan)\b|\brp\.?\s*\.?000\b|\(000\)", judul, re.I) else 1


def _shift_off_numbering(grid: Grid, tabel: Tabel, nama: str, isi: list[dict[int, Any]]) -> None:
    """A heading merged over "running number | name" points at the number; take the column with the words instead."""
    kolom = tabel.kolom.get(nama)
    if kolom is None or kolom + 1 in tabel.label:
        return
    berangka = sum(kolom in s and (isinstance(s[kolom], int | float) or len(str(s[kolom])) <= 4) for s in isi)
    sebelah = sum(
        isinstance(s.get(kolom + 1), str) and len(s[kolom + 1]) > 4 and parse_rupiah(s[kolom + 1]) is None for s in isi
    )
    berisi = sum(kolom in s or kolom + 1 in s for s in isi)  # a short list ends in more totals and signatures than rows
    if sebelah > berisi / 3 and berangka >= sum(kolom in s for s in isi) / 2:
        tabel.kolom[nama] = kolom + 1
