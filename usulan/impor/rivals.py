"""Letting the content decide what the words of a heading leave open."""

import re
from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter

from musrenbang.reading import SUDAH_RUPIAH, parse_rupiah
from usulan.impor.content import fit, guess_field, variety
from usulan.impor.grid import Grid
from usulan.impor.results import Reference, normal
from usulan.impor.spelling import rank
from usulan.impor.tabel import Tabel

CONTOH = 200
SEPERTI_UANG = 100_000
SAMBUNG = {"lokasi", "manfaat"}  # several columns may make up one text: dusun, RT, RW
MENENTUKAN = {"kegiatan", "lokasi", "volume", "biaya"}
RIBUAN = r"\b(?:rb|ribu|ribuan)\b|\brp\.?\s*\.?000\b|\(\s*\.?000\s*\)|[x×*]\s*(?:rp\.?\s*)?1[.,]?000\b(?![.,]?000)"
JUTAAN = r"\b(?:jt|juta|jutaan)\b|[x×*]\s*(?:rp\.?\s*)?1[.,]?000[.,]?000\b"
CATATAN_KAKI = re.compile(
    r"^\W*(?:(?:catatan|keterangan|ket|nb|note)\b\W*)?(?:semua |seluruh )?"
    r"(?:biaya|anggaran|angka|nilai|dana|jumlah|harga|dalam)\b.*\b(?:ribu|juta)",
    re.I,
)
TAHUN_DI_JUDUL = re.compile(r"\b(20\d\d)\b")


def factor(judul: str) -> int:
    """Amounts under "(Rp juta)" count in millions, under "(Rp ribu)", "x 1.000" or "Rp 000" in thousands."""
    if re.search(JUTAAN, judul, re.I):
        return 10**6
    return 10**3 if re.search(RIBUAN, judul, re.I) else 1


def sample(grid: Grid, tabel: Tabel) -> list[dict[int, Any]]:
    """Return the first rows below the heading, without the row of column letters or numbers."""
    content = [cell for n, cell in grid.baris.items() if n > tabel.judul[-1]][:CONTOH]
    if content and all(len(str(v).strip("() .")) <= 2 or "=" in str(v) for v in content[0].values()):
        return content[1:]
    return content


def settle(grid: Grid, tabel: Tabel, reference: Reference) -> None:
    """Choose between columns that claim one field, find those without a heading, and the unit of the amounts."""
    content = sample(grid, tabel)
    _cut_side_table(grid, tabel, content)
    _settle_totals(tabel, content)
    _settle_prioritas(tabel, content)
    for nama in ("kegiatan", "bidang", "lokasi"):
        _shift_off_numbering(grid, tabel, nama, content)
    _choose_rivals(tabel, content, reference)
    _choose_year(grid, tabel, reference)
    _keep_sizes(tabel, content)
    _keep_range(tabel)
    taken = {*tabel.roles(), *tabel.bukan}
    for column in _open_columns(content, tabel):
        if column not in taken and column not in grid.kolom_tersembunyi:
            guess = guess_field([cell[column] for cell in content if column in cell], reference)
            if (
                guess
                and guess not in tabel.kolom
                and not (guess in {"biaya", "sumber_dana"} and (tabel.dana or tabel.rentang))
            ):
                tabel.kolom[guess] = column
                if (label := tabel.label.get(column, "")) in tabel.tak_dikenal:
                    tabel.tak_dikenal.remove(label)
    _find_factor(grid, tabel, content)


def _open_columns(content: Iterable[dict[int, Any]], tabel: Tabel) -> list[int]:
    return sorted({k for cell in content for k in cell if k < tabel.batas})


def _choose_rivals(tabel: Tabel, content: list[dict[int, Any]], reference: Reference) -> None:
    """Of several columns for one field take the one that is filled, varied and parses; heading words break ties."""
    for nama, everything in tabel.saingan.items():
        calon = [k for k in dict.fromkeys([tabel.kolom.get(nama, 0), *everything]) if k and k < tabel.batas]
        if nama not in tabel.kolom or len(calon) < 2:
            continue
        nilai = {
            k: _claim(nama, tabel.sendiri.get(k, ""), [s[k] for s in content if k in s], content, reference)
            for k in calon
        }
        winning = max(calon, key=lambda k: (round(nilai[k], 3), -k))
        tabel.kolom[nama] = winning
        for column in calon:
            if column != winning and column not in tabel.roles():
                _give_way(tabel, nama, winning, column, content)


def _claim(nama: str, judul: str, filled: list[Any], content: list[dict[int, Any]], reference: Reference) -> float:
    """How well a column's content and heading support its claim to a field."""
    nilai = 2 * fit(nama, filled, reference)
    if nama not in {"bidang", "desa"}:  # cells of these two are often written once for many rows
        nilai += 0.6 * len(filled) / max(len(content), 1)
    if nama == "kegiatan":
        nilai *= 0.3 + 0.7 * variety(filled)
    return nilai - 0.15 * rank(nama, judul)


def _give_way(tabel: Tabel, nama: str, winning: int, kolom: int, content: list[dict[int, Any]]) -> None:
    """A second column for one field: more of the same text, the bidang ("Bidang Kegiatan"), or of no use."""
    alone = tabel.sendiri.get(kolom, "")
    in_pairs = [(str(s[winning]), str(s[kolom])) for s in content if winning in s and kolom in s]
    repeats = sum(normal(a) in normal(b) or normal(b) in normal(a) for a, b in in_pairs) * 2 > len(in_pairs)
    if nama in SAMBUNG and not (in_pairs and repeats):
        tabel.sambung.setdefault(nama, []).append((kolom, alone))
    elif nama == "kegiatan" and "bidang" in alone.lower() and "bidang" not in tabel.kolom:
        tabel.kolom["bidang"] = kolom
    else:
        tabel.leave(kolom)


def _choose_year(grid: Grid, tabel: Tabel, reference: Reference) -> None:
    """Of columns for several years the plan year's is taken; the others are named, never summed."""
    above = " ".join(str(v) for n, cell in grid.baris.items() if n < tabel.judul[0] for v in cell.values())
    in_title = [int(t) for t in TAHUN_DI_JUDUL.findall(above)]
    plan = reference.tahun or (in_title[0] if in_title else None)
    for nama in ("biaya", "volume"):
        per_year = tabel.tahunan.get(nama, {})
        if not per_year:
            per_year = _years_in_words(tabel, nama)
        if len(per_year) == 1 and nama in tabel.kolom and plan:
            ((column, tahun),) = per_year.items()
            if tahun != plan and tabel.kolom[nama] == column:
                tabel.catatan.append(f"Judul kolom {get_column_letter(column)} menyebut tahun {tahun}, bukan {plan}.")
        if len(per_year) < 2 and not tabel.tahunan.get(nama):
            continue
        matching = next((k for k, tahun in per_year.items() if tahun == plan), None)
        if matching is not None:
            tabel.take(nama, matching)
        elif tabel.kolom.get(nama) in per_year:
            del tabel.kolom[nama]
        tabel.tahunan[nama] = per_year
        for column in per_year:
            if column != matching:
                tabel.leave(column)
        if matching is None and nama not in tabel.kolom:
            year_present = ", ".join(map(str, sorted(per_year.values())))
            tabel.catatan.append(
                f"Kolom {nama} ada untuk tahun {year_present}, tidak untuk tahun rencana {plan}; dikosongkan."
            )


def _years_in_words(tabel: Tabel, nama: str) -> dict[int, int]:
    """Rival columns of one field whose headings name different years ("Biaya 2026", "Biaya 2027")."""
    tahun = {}
    for column in tabel.saingan.get(nama, []):
        if column < tabel.batas and (matching := TAHUN_DI_JUDUL.search(tabel.label.get(column, ""))):
            tahun[column] = int(matching[1])
    return tahun if len(set(tahun.values())) == len(tahun) else {}


def _keep_sizes(tabel: Tabel, content: list[dict[int, Any]]) -> None:
    """Length, width and height in columns of their own are kept side by side; a single one is the volume."""
    tabel.ukuran = [(k, j) for k, j in tabel.ukuran if k < tabel.batas and any(k in s for s in content)]
    others = [k for k in tabel.saingan.get("volume", []) if k not in dict(tabel.ukuran)]
    if len(tabel.ukuran) < 2 or others:
        if len(tabel.ukuran) == 1 and "volume" not in tabel.kolom:
            tabel.kolom["volume"] = tabel.ukuran[0][0]
        tabel.ukuran = [] if not others or len(tabel.ukuran) < 2 else tabel.ukuran
        return
    tabel.kolom.pop("volume", None)
    for column, _ in tabel.ukuran:
        if (label := tabel.label[column]) in tabel.tak_dikenal:
            tabel.tak_dikenal.remove(label)


def _keep_range(tabel: Tabel) -> None:
    """A cost in two columns, the least and the most, is a range; a single end is all there is and stands for it."""
    if tabel.rentang and tabel.rentang[0] == tabel.rentang[1]:
        tabel.kolom.setdefault("biaya", tabel.rentang[0])
        tabel.rentang = None


def _find_factor(grid: Grid, tabel: Tabel, content: list[dict[int, Any]]) -> None:
    """The unit of the amounts: from the heading, else from words above the table or a note below; not against them."""
    column = tabel.kolom.get("biaya", 0)
    above = " ".join(
        str(v)
        for n, cell in grid.baris.items()
        if n < tabel.judul[-1]
        for k, v in cell.items()
        if isinstance(v, str) and (n < tabel.judul[0] or k not in tabel.label)
    )
    above += "".join(
        f" {v}"
        for n, cell in grid.baris.items()
        if n > tabel.judul[-1] and len(cell) == 1
        for v in cell.values()
        if isinstance(v, str) and CATATAN_KAKI.match(v)
    )
    general = re.search(
        rf"(?:dalam|satuan|nilai|angka|biaya|anggaran|\(|rp\.?|rupiah)[^.;]{{0,25}}?(?:{RIBUAN}|{JUTAAN})|{RIBUAN}",
        above,
        re.I,
    )
    from_above = factor(general[0]) if general else 1
    alone = max(factor(tabel.label.get(k, "")) for k in (column, *(tabel.rentang or ())))
    tabel.kali = alone if alone > 1 else from_above
    if tabel.dana and tabel.kali_dana == 1:
        tabel.kali_dana = max((factor(tabel.label.get(k, "")) for k in tabel.dana), default=1)
        tabel.kali_dana = tabel.kali_dana if tabel.kali_dana > 1 else from_above
    plain = [v for s in content if (v := s.get(column)) is not None and not re.search(r"[^\W\d]", str(v))]
    figures = sorted(n for v in plain if (n := parse_rupiah(v)))
    if tabel.kali > 1 and figures and figures[len(figures) // 2] >= SUDAH_RUPIAH:
        tabel.kali = 1
        tabel.catatan.append(
            "Berkas menyebut ribuan atau jutaan, tetapi biayanya sudah ditulis penuh; dibaca sebagai rupiah."
        )
    elif tabel.kali > 1:
        words = "ribuan" if tabel.kali == 1000 else "jutaan"
        tabel.catatan.append(f"Biaya dibaca sebagai {words} rupiah, sebagaimana tertulis di berkas.")


def _cut_side_table(grid: Grid, tabel: Tabel, content: list[dict[int, Any]]) -> None:
    """Leave out a second table that stands to the right behind an empty column."""
    merged = {k for a, left, _, right_side in grid.gabung if a in tabel.judul for k in range(left, right_side + 1)}
    filled = {k for cell in content for k in cell} | set(tabel.label) | merged
    for column in range(min(tabel.label), max(tabel.label)):
        if column in filled:
            continue
        left = {nama for nama, k in tabel.kolom.items() if k < column}
        left |= {"biaya"} if any(k < column for k in tabel.dana) else set()
        left |= {nama for nama, everything in tabel.saingan.items() if any(k < column for k in everything)}
        if "kegiatan" in left and len(left) >= 3 and not (MENENTUKAN - left) & set(tabel.kolom):
            _cut_at(tabel, column, min(k for k in filled if k > column))
            return


def _cut_at(tabel: Tabel, kolom: int, mulai: int) -> None:
    tabel.batas = kolom
    right_side = [v for k, v in tabel.label.items() if k > kolom]
    tabel.saingan = {nama: s for nama, other in tabel.saingan.items() if (s := [k for k in other if k < kolom])}
    tabel.kolom = {
        nama: k if k < kolom else tabel.saingan[nama][0]
        for nama, k in tabel.kolom.items()
        if k < kolom or nama in tabel.saingan
    }
    tabel.dana = {k: v for k, v in tabel.dana.items() if k < kolom}
    tabel.ukuran = [(k, v) for k, v in tabel.ukuran if k < kolom]
    tabel.tak_dikenal = [t for t in tabel.tak_dikenal if t not in right_side]
    tabel.tak_dikenal.append(f"tabel lain mulai kolom {get_column_letter(mulai)}")


def _settle_totals(tabel: Tabel, content: list[dict[int, Any]]) -> None:
    """A column headed only "Jumlah" is money when its numbers are, else a volume; never a second of either."""
    column = tabel.kolom.pop("jumlah", None)
    if column is None:
        return
    figures = sorted(nilai for s in content if column in s and (nilai := parse_rupiah(s[column])))
    money = bool(figures) and figures[len(figures) // 2] >= SEPERTI_UANG
    nama = "biaya" if money else "volume"
    if nama in tabel.kolom or not figures or (money and tabel.dana):
        tabel.leave(column)
    else:
        tabel.kolom[nama] = column


def _settle_prioritas(tabel: Tabel, content: list[dict[int, Any]]) -> None:
    """A column headed "Prioritas Desa" that holds words instead of ranks names the works themselves."""
    column = tabel.kolom.get("prioritas_desa")
    nilai = [s[column] for s in content if column in s]
    if column and sum(isinstance(v, str) and len(v) > 8 for v in nilai) * 2 > len(nilai):
        del tabel.kolom["prioritas_desa"]
        if "kegiatan" not in tabel.kolom:
            tabel.kolom["kegiatan"] = column
        else:
            tabel.leave(column)


def _shift_off_numbering(grid: Grid, tabel: Tabel, nama: str, content: list[dict[int, Any]]) -> None:
    """A heading merged over "running number | name" points at the number; take the column with the words instead."""
    column = tabel.kolom.get(nama)
    if column is None or column + 1 in tabel.label:
        return
    with_number = sum(column in s and (isinstance(s[column], int | float) or len(str(s[column])) <= 4) for s in content)
    beside = sum(
        isinstance(s.get(column + 1), str) and len(s[column + 1]) > 4 and parse_rupiah(s[column + 1]) is None
        for s in content
    )
    filled = sum(
        column in s or column + 1 in s for s in content
    )  # a short list ends in more totals and signatures than rows
    if beside > filled / 3 and with_number >= sum(column in s for s in content) / 2:
        tabel.kolom[nama] = column + 1
