"""Finding the tables of a sheet: every row that may be a heading is read to the end, the best explained one wins."""

import re
from copy import deepcopy
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from musrenbang.reading import parse_rupiah
from usulan.impor.content import KERJA, TEMPAT, fit, guess_field
from usulan.impor.grid import Grid
from usulan.impor.last_year import NAMA_HASIL, place_result
from usulan.impor.results import Reference
from usulan.impor.rivals import CONTOH, factor, sample, settle
from usulan.impor.spelling import DANA, match_field, rank
from usulan.impor.tabel import Pola, Tabel

BARIS_DICARI = 60
BARIS_JUDUL = 4
KOLOM_TABEL = 4
DIADU = 8  # how many readings of a sheet are compared by their content
TAHUN = re.compile(r"^\W*(?:t\.?a\.?|th|thn|tahun)?\W*(20\d\d)\W*$", re.I)
UKURAN = re.compile(r"^(?:p|l|t|panjang|lebar|tinggi|tebal)\b", re.I)
BATAS_UANG = re.compile(r"\b(?:min(?:imal|imum)?|ma(?:ks|x)(?:imal|imum)?|terendah|tertinggi)\b", re.I)
UJUNG = re.compile(r"^\W*(?:dari|sampai|s\.?\s?/?d\.?|hingga)\W*$", re.I)
JUDUL_DESA = re.compile(r"^\W*(?:desa|kelurahan|ds\.|kel\.)\s*:?\s*(?!pengusul|kelurahan|kel\b)\w{3,}", re.I)
BERNOMOR = re.compile(
    r"^\W*(?:[IVX]{1,5}|[A-H]|\d{1,2})[.)]\s*\S|^\W*(?:sub\s*)?bidang\s*[:\dIVX]|^\W*program\s+\w", re.I
)
BOBOT = {"kegiatan": 2.0, "biaya": 1.5, "lokasi": 1.2, "volume": 1.2}


def find_tables(grid: Grid, reference: Reference, pattern: Pola | None = None) -> list[Tabel]:
    """Return the tables of a sheet from top to bottom, each with its own heading; [] when no row looks like one.

    ``pattern`` maps the shape of a heading to the columns that a person chose for it before.
    """
    main = _best(grid, reference, pattern or {})
    if main is None:
        return []
    tabel = [main]
    main_title = {k: match_field(v) for k, v in main.sendiri.items()}
    for nomor in [n for n in grid.baris if n > main.judul[-1]]:
        cell = grid.baris[nomor]
        if nomor <= tabel[-1].judul[-1] or not _looks_like_heading(cell):
            continue
        if {k: nama for k, v in cell.items() if (nama := match_field(v))}.items() <= main_title.items():
            continue  # the same heading on the next page
        calon = _settled(grid, _deepest(grid, nomor, reference), reference, pattern or {})
        if calon is not None and "kegiatan" in calon.kolom and len(calon.kolom) >= 3:
            tabel.append(calon)
    return tabel


def _looks_like_heading(cell: dict[int, Any]) -> bool:
    """A row of at least three words of different fields, the work among them, and no amount."""
    if len(cell) < 3 or any(not isinstance(v, str) or len(v) > 60 or v[0].isdigit() for v in cell.values()):
        return False
    nama = [n for v in cell.values() if (n := match_field(v)) and n != "lain"]
    return len(set(nama)) >= 3 and "kegiatan" in nama and len(nama) * 3 >= len(cell) * 2


def _deepest(grid: Grid, above: int, reference: Reference) -> Tabel:
    judul = [above]
    while (lanjut := _next_heading(grid, judul)) is not None:
        judul = [*judul, lanjut]
    return _map_headings(grid, judul, past=reference.lalu)


def _best(grid: Grid, reference: Reference, pattern: Pola) -> Tabel | None:
    """The reading that explains most: more fields, and cells below that are what their heading says."""
    all_rows: list[Tabel] = []
    for above in sorted(grid.baris)[:BARIS_DICARI]:
        cell = grid.baris[above]
        recognised = {match_field(nilai) for nilai in cell.values()} - {None}
        if any(isinstance(v, int | float) and not TAHUN.match(str(v)) for v in cell.values()):
            continue  # a heading holds words, and years at most
        judul: list[int] | None = [above] if len(recognised) >= 2 or (recognised and len(cell) >= 3) else None
        while judul:
            tabel = _map_headings(grid, judul, past=reference.lalu)
            if tabel.explained() >= 2:
                all_rows.append(tabel)
            lanjut = _next_heading(grid, judul)
            judul = [*judul, lanjut] if lanjut is not None else None
    first = {tuple(sorted(t.label.items())): t for t in reversed(all_rows)}  # not the heading printed again below
    all_rows = sorted(first.values(), key=lambda t: (-t.explained(), t.judul[0], -len(t.judul)))
    best: tuple[float, Tabel] | None = None
    for raw in all_rows[:DIADU]:
        calon = _settled(grid, raw, reference, pattern)
        if calon is None:
            continue
        nilai = _quality(grid, calon, reference)
        if best is None or nilai > best[0] + 0.01 or (nilai > best[0] - 0.01 and _is_better(calon, best[1])):
            best = (nilai, calon)
    return best[1] if best else _by_content(grid, reference, pattern)


def _settled(grid: Grid, tabel: Tabel, reference: Reference, pattern: Pola) -> Tabel | None:
    """Return a copy of the reading with its columns settled by their content; None when too little is left of it."""
    tabel = deepcopy(tabel)
    _extend_heading(grid, tabel)
    if pilihan := pattern.get(tabel.sidik()):
        _follow(tabel, pilihan)
        return tabel
    settle(grid, tabel, reference)
    enough = "kegiatan" in tabel.kolom or {"bidang", "biaya"} <= set(tabel.kolom)
    return tabel if enough and len(tabel.kolom) >= 3 else None


def _quality(grid: Grid, tabel: Tabel, reference: Reference) -> float:
    """How well a reading explains the sheet: each field counts by how much of its column is what the field holds."""
    content = sample(grid, tabel)
    nilai = sum(n >= tabel.judul[0] for n in grid.baris) / len(grid.baris)  # what stands above is left unexplained
    for nama, column in tabel.kolom.items():
        filled = [cell[column] for cell in content if column in cell]
        nilai += BOBOT.get(nama, 1.0) * (0.6 + 0.4 * fit(nama, filled, reference))
    if _next_heading(grid, tabel.judul) is not None:
        nilai -= 1.0  # a part of the heading is left among the rows
    if tabel.dana:
        money = any(parse_rupiah(cell.get(k)) for cell in content for k in tabel.dana)
        nilai += 1.0 + (BOBOT["biaya"] if money and "biaya" not in tabel.kolom else 0)
    return nilai + (1.3 if tabel.ukuran else 0) + (1.6 if tabel.rentang else 0)


def _by_content(grid: Grid, reference: Reference, pattern: Pola) -> Tabel | None:
    """A heading in words that nobody knows: a row of short texts over columns whose content tells what they are."""
    for above in sorted(grid.baris)[:BARIS_DICARI]:
        cell = grid.baris[above]
        if len(cell) < KOLOM_TABEL or not all(isinstance(v, str) and len(v) <= 60 for v in cell.values()):
            continue
        label = {k: str(v) for k, v in cell.items() if k not in grid.kolom_tersembunyi}
        tabel = Tabel([above], label=label, sendiri=dict(label))
        content = [baris for n, baris in grid.baris.items() if n > above][:CONTOH]
        for column in label:
            nama = guess_field([baris[column] for baris in content if column in baris], reference)
            if nama and nama not in tabel.kolom:
                tabel.kolom[nama] = column
        if "kegiatan" in tabel.kolom and len(tabel.kolom) >= 3:
            tabel.tak_dikenal = [v for k, v in label.items() if k not in tabel.kolom.values()]
            return _settled(grid, tabel, reference, pattern)
    return None


def _follow(tabel: Tabel, pilihan: dict[str, str]) -> None:
    """Use the columns that a person chose; of several for one field the first leads."""
    tabel.kolom, tabel.dana, tabel.sambung, tabel.diingat = {}, {}, {}, True
    tabel.ukuran, tabel.rentang, tabel.hasil = [], None, {}
    for letter, nama in sorted(pilihan.items(), key=lambda p: column_index_from_string(p[0])):
        column = column_index_from_string(letter)
        judul = tabel.label.get(column, "")
        if nama in NAMA_HASIL:
            tabel.hasil.setdefault(nama, column)
        elif nama == "dana":
            tabel.dana[column], tabel.kali_dana = tabel.sendiri.get(column, judul), factor(judul)
        elif nama in tabel.kolom:
            tabel.sambung.setdefault(nama, []).append((column, tabel.sendiri.get(column, judul)))
        else:
            tabel.kolom[nama] = column
    tabel.kali = factor(tabel.label.get(tabel.kolom.get("biaya", 0), ""))
    tabel.tak_dikenal = [v for k, v in tabel.label.items() if k not in tabel.roles()]


def _is_better(tabel: Tabel, best: Tabel) -> bool:
    """Of two that explain the same: the deeper heading, and the one that leaves a title above out."""
    same = tabel.judul[0] == best.judul[0]
    return len(tabel.judul) > len(best.judul) if same else tabel.judul[0] in best.judul


def _extend_heading(grid: Grid, tabel: Tabel) -> None:
    """Rows of a heading cell that is merged downwards belong to the heading even when they add no column."""
    below = max((b for a, _, b, _ in grid.gabung if a == tabel.judul[0] and b - a < BARIS_JUDUL), default=0)
    tabel.judul += [n for n in range(tabel.judul[-1] + 1, below + 1) if n in grid.baris]


def _next_heading(grid: Grid, judul: list[int]) -> int | None:
    """The row that continues a heading: the next one, or below blank rows that a merged heading cell covers."""
    if len(judul) >= BARIS_JUDUL:
        return None
    below = max([judul[-1], *(b for a, _, b, _ in grid.gabung if a in judul and b - a < BARIS_JUDUL + 2)])
    lanjut = next((n for n in range(judul[-1] + 1, max(below, judul[-1] + 1) + 1) if n in grid.baris), None)
    return lanjut if lanjut is not None and _is_subheading(grid, lanjut, judul, lanjut <= below) else None


def _is_subheading(grid: Grid, nomor: int, judul: list[int], covered: bool) -> bool:
    """A further heading row: short words, half of them a field, a source or a year; no work, amount or group title."""
    cell = _beside(grid, judul, grid.baris[nomor])
    words = [str(v) for v in cell.values()]
    if any(JUDUL_DESA.match(t) or (KERJA.match(t) and len(t) > 24) or BERNOMOR.match(t) for t in words):
        return False
    if any(len(t) > 40 or (re.fullmatch(r"[\d.,\s]*\d[\d.,]*", t) and not TAHUN.match(t)) for t in words):
        return False
    if any(TEMPAT.search(t) and match_field(t) != "lokasi" for t in words):
        return False
    if not covered and sum(not _below_blank(grid, k, judul) for k in cell) * 2 > len(cell) and len(cell) <= 2:
        return all(_runs_on(grid, k, str(v), judul) for k, v in cell.items())  # else the title of the first group
    mark = (DANA, TAHUN, BATAS_UANG, UJUNG, re.compile(r"(?i)(?:r[tw]|[plt]|ya|tidak|tdk)$"))
    recognised_ones = [t for t in words if match_field(t) or any(p.match(t) for p in mark)]
    return bool(recognised_ones) and len(recognised_ones) * 2 >= len(words)


def _runs_on(grid: Grid, kolom: int, text: str, judul: list[int]) -> bool:
    """Whether a short word ends the heading above it by hand ("Sumber" / "Dana"), where no title of a group stands."""
    above = match_field(next((grid.baris[n][kolom] for n in reversed(judul) if kolom in grid.baris[n]), None))
    return text.startswith("(") or (len(text) <= 15 and above not in {"no", "kegiatan", "bidang", "desa", "lokasi"})


def _beside(grid: Grid, judul: list[int], cell: dict[int, Any]) -> dict[int, Any]:
    """The cells of a row up to the first column that neither it nor the heading fills: another table begins there."""
    filled = set(cell).union(*(grid.baris[n] for n in judul))
    filled |= {k for a, left, _, right_side in grid.gabung if a in judul for k in range(left, right_side + 1)}
    limit = min(filled, default=0)
    while limit in filled:
        limit += 1
    main = {k: v for k, v in cell.items() if k < limit}
    return main if main and sum(k < limit for k in filled) >= KOLOM_TABEL else cell


def _below_blank(grid: Grid, kolom: int, judul: list[int]) -> bool:
    """Whether a cell stands below a heading that is merged to the right, or below none at all."""
    width = any(
        a in judul and left <= kolom <= right_side and right_side > left for a, left, _, right_side in grid.gabung
    )
    return width or not any(kolom in grid.baris[n] for n in judul)


def _map_headings(grid: Grid, judul: list[int], *, past: bool = False) -> Tabel:
    """Map columns by the words of the heading alone; ``past``: those of last year's result too."""
    tabel = Tabel(judul=judul)
    left_parent = dict.fromkeys(judul, "")
    for column in sorted({k for n in judul for k in grid.baris[n]}):
        if column in grid.kolom_tersembunyi:
            tabel.tak_dikenal.append(f"kolom {get_column_letter(column)} yang tersembunyi")
            continue
        for n in judul:
            if column in grid.baris[n]:
                left_parent[n] = str(grid.baris[n][column])
                left_parent |= {other: "" for other in judul if other > n and column not in grid.baris[other]}
        parts = [
            left_parent[n]
            for n in judul
            if column in grid.baris[n] or any(column in grid.baris[b] for b in judul if b > n)
        ]
        clean = [re.sub(r"\s+", " ", b).strip() for b in parts if b]
        if not (past and place_result(tabel, column, clean)):
            _place(tabel, column, clean)
    return tabel


def _place(tabel: Tabel, kolom: int, part: list[str]) -> None:
    """Give one column its field by its own heading, then together with what stands above it."""
    tabel.label[kolom] = text = " ".join(part)
    tabel.sendiri[kolom] = child = part[-1] if part else ""
    induk = " ".join(part[:-1])
    if DANA.match(child) and induk and match_field(induk) in {"sumber_dana", "biaya"}:
        tabel.dana[kolom] = child
        tabel.kali_dana = factor(text)
        return
    if _special(tabel, kolom, child, induk):
        return
    nama = "lain" if induk and match_field(induk) == "lain" else match_field(child)
    if induk and nama in {None, "jumlah", "satuan", "no"}:
        together = match_field(text)
        if nama == "jumlah" and together in {"lain", "biaya", "volume"}:
            nama = together
        elif nama == "satuan" and together in {"lain", "biaya"}:
            nama = "lain"  # a unit price
        nama = nama or match_field(induk)
    if nama in {None, "lain"}:
        tabel.tak_dikenal.append(text)
        if nama:
            tabel.bukan.add(kolom)
        return
    assert nama is not None
    tabel.saingan.setdefault(nama, []).append(kolom)
    old = tabel.kolom.get(nama)
    if old is None or rank(nama, child) < rank(nama, tabel.sendiri[old]):
        tabel.kolom[nama] = kolom


def _special(tabel: Tabel, kolom: int, child: str, induk: str) -> bool:
    """Note a column that is one year's, one side's or one end's share of a field rather than the field itself."""
    above = match_field(induk) if induk else None
    if tahun := TAHUN.match(child):
        if above in {"biaya", "volume", "sumber_dana"}:
            nama = "biaya" if above == "sumber_dana" else above
            tabel.tahunan.setdefault(nama, {})[kolom] = int(tahun[1])
        else:
            tabel.tak_dikenal.append(tabel.label[kolom])
        return True
    if UKURAN.match(child) and (len(child) == 1 or match_field(child) == "volume") and above in {"volume", None}:
        tabel.ukuran.append((kolom, child))
        return len(child) == 1
    tip = BATAS_UANG.search(child) or UJUNG.match(child)
    return bool(tip and (above == "biaya" or match_field(child) == "biaya") and _end(tabel, kolom))


def _end(tabel: Tabel, kolom: int) -> bool:
    """One end of a cost given as a range in two columns."""
    origin = tabel.rentang[0] if tabel.rentang else kolom
    tabel.rentang = (origin, kolom)
    return True
