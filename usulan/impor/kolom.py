"""Finding the tables of a sheet: every row that may be a heading is read to the end, the best explained one wins."""

import re
from copy import deepcopy
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from usulan.impor.angka import parse_rupiah
from usulan.impor.ejaan import DANA, match_field, rank
from usulan.impor.grid import Grid
from usulan.impor.hasil import Rujukan
from usulan.impor.isi import KERJA, TEMPAT, fit, guess_field
from usulan.impor.saingan import CONTOH, factor, sample, settle
from usulan.impor.tabel import Pola, Tabel

BARIS_DICARI = 60
BARIS_JUDUL = 4
KOLOM_TABEL = 4
DIADU = 8  # readings of a sheet that are worth comparing by their content
TAHUN = re.compile(r"^\W*(?:t\.?a\.?|th|thn|tahun)?\W*(20\d\d)\W*$", re.I)
UKURAN = re.compile(r"^(?:p|l|t|panjang|lebar|tinggi|tebal)\b", re.I)
BATAS_UANG = re.compile(r"\b(?:min(?:imal|imum)?|ma(?:ks|x)(?:imal|imum)?|terendah|tertinggi)\b", re.I)
UJUNG = re.compile(r"^\W*(?:dari|sampai|s\.?\s?/?d\.?|hingga)\W*$", re.I)
JUDUL_DESA = re.compile(r"^\W*(?:desa|kelurahan|ds\.|kel\.)\s*:?\s*(?!pengusul|kelurahan|kel\b)\w{3,}", re.I)
BERNOMOR = re.compile(
    r"^\W*(?:[IVX]{1,5}|[A-H]|\d{1,2})[.)]\s*\S|^\W*(?:sub\s*)?bidang\s*[:\dIVX]|^\W*program\s+\w", re.I
)
BOBOT = {"kegiatan": 2.0, "biaya": 1.5, "lokasi": 1.2, "volume": 1.2}


def find_tables(grid: Grid, rujukan: Rujukan, pola: Pola | None = None) -> list[Tabel]:
    """Return the tables of a sheet from top to bottom, each with its own heading; [] when no row looks like one.

    ``pola`` maps the shape of a heading to the columns that a person chose for it before.
    """
    utama = _best(grid, rujukan, pola or {})
    if utama is None:
        return []
    tabel = [utama]
    judul_utama = {k: match_field(v) for k, v in utama.sendiri.items()}
    for nomor in [n for n in grid.baris if n > utama.judul[-1]]:
        sel = grid.baris[nomor]
        if nomor <= tabel[-1].judul[-1] or not _looks_like_heading(sel):
            continue
        if {k: nama for k, v in sel.items() if (nama := match_field(v))}.items() <= judul_utama.items():
            continue  # the same heading on the next page
        calon = _settled(grid, _deepest(grid, nomor), rujukan, pola or {})
        if calon is not None and "kegiatan" in calon.kolom and len(calon.kolom) >= 3:
            tabel.append(calon)
    return tabel


def _looks_like_heading(sel: dict[int, Any]) -> bool:
    """A row of at least three words of different fields, the work among them, and no amount."""
    if len(sel) < 3 or any(not isinstance(v, str) or len(v) > 60 or v[0].isdigit() for v in sel.values()):
        return False
    nama = [n for v in sel.values() if (n := match_field(v)) and n != "lain"]
    return len(set(nama)) >= 3 and "kegiatan" in nama and len(nama) * 3 >= len(sel) * 2


def _deepest(grid: Grid, atas: int) -> Tabel:
    judul = [atas]
    while (lanjut := _next_heading(grid, judul)) is not None:
        judul = [*judul, lanjut]
    return _map_headings(grid, judul)


def _best(grid: Grid, rujukan: Rujukan, pola: Pola) -> Tabel | None:
    """The reading that explains most: more fields, and cells below that are what their heading says."""
    semua: list[Tabel] = []
    for atas in sorted(grid.baris)[:BARIS_DICARI]:
        sel = grid.baris[atas]
        dikenal = {match_field(nilai) for nilai in sel.values()} - {None}
        if any(isinstance(v, int | float) and not TAHUN.match(str(v)) for v in sel.values()):
            continue  # a heading holds words, and years at most
        judul: list[int] | None = [atas] if len(dikenal) >= 2 or (dikenal and len(sel) >= 3) else None
        while judul:
            tabel = _map_headings(grid, judul)
            if tabel.explained() >= 2:
                semua.append(tabel)
            lanjut = _next_heading(grid, judul)
            judul = [*judul, lanjut] if lanjut is not None else None
    pertama = {tuple(sorted(t.label.items())): t for t in reversed(semua)}  # not the heading printed again below
    semua = sorted(pertama.values(), key=lambda t: (-t.explained(), t.judul[0], -len(t.judul)))
    terbaik: tuple[float, Tabel] | None = None
    for mentah in semua[:DIADU]:
        calon = _settled(grid, mentah, rujukan, pola)
        if calon is None:
            continue
        nilai = _quality(grid, calon, rujukan)
        if (
            terbaik is None
            or nilai > terbaik[0] + 0.01
            or (nilai > terbaik[0] - 0.01 and _is_better(calon, terbaik[1]))
        ):
            terbaik = (nilai, calon)
    return terbaik[1] if terbaik else _by_content(grid, rujukan, pola)


def _settled(grid: Grid, tabel: Tabel, rujukan: Rujukan, pola: Pola) -> Tabel | None:
    """Return a copy of the reading with its columns settled by their content; None when too little is left of it."""
    tabel = deepcopy(tabel)
    _extend_heading(grid, tabel)
    if pilihan := pola.get(tabel.sidik()):
        _follow(tabel, pilihan)
        return tabel
    settle(grid, tabel, rujukan)
    cukup = "kegiatan" in tabel.kolom or {"bidang", "biaya"} <= set(tabel.kolom)
    return tabel if cukup and len(tabel.kolom) >= 3 else None


def _quality(grid: Grid, tabel: Tabel, rujukan: Rujukan) -> float:
    """How well a reading explains the sheet: each field counts by how much of its column is what the field holds."""
    isi = sample(grid, tabel)
    nilai = sum(n >= tabel.judul[0] for n in grid.baris) / len(grid.baris)  # what stands above is left unexplained
    for nama, kolom in tabel.kolom.items():
        terisi = [sel[kolom] for sel in isi if kolom in sel]
        nilai += BOBOT.get(nama, 1.0) * (0.6 + 0.4 * fit(nama, terisi, rujukan))
    if _next_heading(grid, tabel.judul) is not None:
        nilai -= 1.0  # a part of the heading is left among the rows
    if tabel.dana:
        uang = any(parse_rupiah(sel.get(k)) for sel in isi for k in tabel.dana)
        nilai += 1.0 + (BOBOT["biaya"] if uang and "biaya" not in tabel.kolom else 0)
    return nilai + (1.3 if tabel.ukuran else 0) + (1.6 if tabel.rentang else 0)


def _by_content(grid: Grid, rujukan: Rujukan, pola: Pola) -> Tabel | None:
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
            return _settled(grid, tabel, rujukan, pola)
    return None


def _follow(tabel: Tabel, pilihan: dict[str, str]) -> None:
    """Use the columns that a person chose; of several for one field the first leads."""
    tabel.kolom, tabel.dana, tabel.sambung, tabel.diingat = {}, {}, {}, True
    tabel.ukuran, tabel.rentang = [], None
    for huruf, nama in sorted(pilihan.items(), key=lambda p: column_index_from_string(p[0])):
        kolom = column_index_from_string(huruf)
        judul = tabel.label.get(kolom, "")
        if nama == "dana":
            tabel.dana[kolom], tabel.kali_dana = tabel.sendiri.get(kolom, judul), factor(judul)
        elif nama in tabel.kolom:
            tabel.sambung.setdefault(nama, []).append((kolom, tabel.sendiri.get(kolom, judul)))
        else:
            tabel.kolom[nama] = kolom
    tabel.kali = factor(tabel.label.get(tabel.kolom.get("biaya", 0), ""))
    tabel.tak_dikenal = [v for k, v in tabel.label.items() if k not in tabel.roles()]


def _is_better(tabel: Tabel, terbaik: Tabel) -> bool:
    """Of two that explain the same: the deeper heading, and the one that leaves a title above out."""
    sama = tabel.judul[0] == terbaik.judul[0]
    return len(tabel.judul) > len(terbaik.judul) if sama else tabel.judul[0] in terbaik.judul


def _extend_heading(grid: Grid, tabel: Tabel) -> None:
    """Rows of a heading cell that is merged downwards belong to the heading even when they add no column."""
    bawah = max((b for a, _, b, _ in grid.gabung if a == tabel.judul[0] and b - a < BARIS_JUDUL), default=0)
    tabel.judul += [n for n in range(tabel.judul[-1] + 1, bawah + 1) if n in grid.baris]


def _next_heading(grid: Grid, judul: list[int]) -> int | None:
    """The row that continues a heading: the next one, or below blank rows that a merged heading cell covers."""
    if len(judul) >= BARIS_JUDUL:
        return None
    bawah = max([judul[-1], *(b for a, _, b, _ in grid.gabung if a in judul and b - a < BARIS_JUDUL + 2)])
    lanjut = next((n for n in range(judul[-1] + 1, max(bawah, judul[-1] + 1) + 1) if n in grid.baris), None)
    return lanjut if lanjut is not None and _is_subheading(grid, lanjut, judul, lanjut <= bawah) else None


def _is_subheading(grid: Grid, nomor: int, judul: list[int], tercakup: bool) -> bool:
    """A further heading row: short words, half of them a field, a source or a year; no work, amount or group title."""
    sel = _beside(grid, judul, grid.baris[nomor])
    teks = [str(v) for v in sel.values()]
    if any(JUDUL_DESA.match(t) or (KERJA.match(t) and len(t) > 24) or BERNOMOR.match(t) for t in teks):
        return False
    if any(len(t) > 40 or (re.fullmatch(r"[\d.,\s]*\d[\d.,]*", t) and not TAHUN.match(t)) for t in teks):
        return False
    if any(TEMPAT.search(t) and match_field(t) != "lokasi" for t in teks):
        return False
    if not tercakup and sum(not _below_blank(grid, k, judul) for k in sel) * 2 > len(sel) and len(sel) <= 2:
        return all(_runs_on(grid, k, str(v), judul) for k, v in sel.items())  # else the title of the first group
    tanda = (DANA, TAHUN, BATAS_UANG, UJUNG, re.compile(r"(?i)(?:r[tw]|[plt])$"))
    dikenal = [t for t in teks if match_field(t) or any(p.match(t) for p in tanda)]
    return bool(dikenal) and len(dikenal) * 2 >= len(teks)


def _runs_on(grid: Grid, kolom: int, teks: str, judul: list[int]) -> bool:
    """Whether a short word ends the heading above it by hand ("Sumber" / "Dana"), where no title of a group stands."""
    atas = match_field(next((grid.baris[n][kolom] for n in reversed(judul) if kolom in grid.baris[n]), None))
    return teks.startswith("(") or (len(teks) <= 15 and atas not in {"no", "kegiatan", "bidang", "desa", "lokasi"})


def _beside(grid: Grid, judul: list[int], sel: dict[int, Any]) -> dict[int, Any]:
    """The cells of a row up to the first column that neither it nor the heading fills: another table begins there."""
    terisi = set(sel).union(*(grid.baris[n] for n in judul))
    terisi |= {k for a, kiri, _, kanan in grid.gabung if a in judul for k in range(kiri, kanan + 1)}
    batas = min(terisi, default=0)
    while batas in terisi:
        batas += 1
    utama = {k: v for k, v in sel.items() if k < batas}
    return utama if utama and sum(k < batas for k in terisi) >= KOLOM_TABEL else sel


def _below_blank(grid: Grid, kolom: int, judul: list[int]) -> bool:
    """Whether a cell stands below a heading that is merged to the right, or below none at all."""
    lebar = any(a in judul and kiri <= kolom <= kanan and kanan > kiri for a, kiri, _, kanan in grid.gabung)
    return lebar or not any(kolom in grid.baris[n] for n in judul)


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
    tabel.sendiri[kolom] = anak = bagian[-1] if bagian else ""
    induk = " ".join(bagian[:-1])
    if DANA.match(anak) and induk and match_field(induk) in {"sumber_dana", "biaya"}:
        tabel.dana[kolom] = anak
        tabel.kali_dana = factor(teks)
        return
    if _special(tabel, kolom, anak, induk):
        return
    nama = "lain" if induk and match_field(induk) == "lain" else match_field(anak)
    if induk and nama in {None, "jumlah", "satuan", "no"}:
        bersama = match_field(teks)
        if nama == "jumlah" and bersama in {"lain", "biaya", "volume"}:
            nama = bersama
        elif nama == "satuan" and bersama in {"lain", "biaya"}:
            nama = "lain"  # a unit price
        nama = nama or match_field(induk)
    if nama in {None, "lain"}:
        tabel.tak_dikenal.append(teks)
        if nama:
            tabel.bukan.add(kolom)
        return
    assert nama is not None
    tabel.saingan.setdefault(nama, []).append(kolom)
    lama = tabel.kolom.get(nama)
    if lama is None or rank(nama, anak) < rank(nama, tabel.sendiri[lama]):
        tabel.kolom[nama] = kolom


def _special(tabel: Tabel, kolom: int, anak: str, induk: str) -> bool:
    """Note a column that is one year's, one side's or one end's share of a field rather than the field itself."""
    atas = match_field(induk) if induk else None
    if tahun := TAHUN.match(anak):
        if atas in {"biaya", "volume", "sumber_dana"}:
            nama = "biaya" if atas == "sumber_dana" else atas
            tabel.tahunan.setdefault(nama, {})[kolom] = int(tahun[1])
        else:
            tabel.tak_dikenal.append(tabel.label[kolom])
        return True
    if UKURAN.match(anak) and (len(anak) == 1 or match_field(anak) == "volume") and atas in {"volume", None}:
        tabel.ukuran.append((kolom, anak))
        return len(anak) == 1
    ujung = BATAS_UANG.search(anak) or UJUNG.match(anak)
    return bool(ujung and (atas == "biaya" or match_field(anak) == "biaya") and _end(tabel, kolom))


def _end(tabel: Tabel, kolom: int) -> bool:
    """One end of a cost given as a range in two columns."""
    dari = tabel.rentang[0] if tabel.rentang else kolom
    tabel.rentang = (dari, kolom)
    return True
