"""Letting the content decide what the words of a heading leave open."""

import re
from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter

from usulan.impor.angka import SUDAH_RUPIAH, parse_rupiah
from usulan.impor.ejaan import rank
from usulan.impor.grid import Grid
from usulan.impor.hasil import Rujukan, normal
from usulan.impor.isi import fit, guess_field, variety
from usulan.impor.tabel import Tabel

CONTOH = 200
SEPERTI_UANG = 100_000
SAMBUNG = {"lokasi", "manfaat"}  # several columns may make up one text: dusun, RT, RW
MENENTUKAN = {"kegiatan", "lokasi", "volume", "biaya"}
RIBUAN = r"\b(?:rb|ribu|ribuan)\b|\brp\.?\s*\.?000\b|\(\s*\.?000\s*\)|[x×*]\s*(?:rp\.?\s*)?1[.,]?000\b(?![.,]?000)"
JUTAAN = r"\b(?:jt|juta|jutaan)\b|[x×*]\s*(?:rp\.?\s*)?1[.,]?000[.,]?000\b"
TAHUN_DI_JUDUL = re.compile(r"\b(20\d\d)\b")


def factor(judul: str) -> int:
    """Amounts under "(Rp juta)" count in millions, under "(Rp ribu)", "x 1.000" or "Rp 000" in thousands."""
    if re.search(JUTAAN, judul, re.I):
        return 10**6
    return 10**3 if re.search(RIBUAN, judul, re.I) else 1


def sample(grid: Grid, tabel: Tabel) -> list[dict[int, Any]]:
    """Return the first rows below the heading, without the row of column letters or numbers."""
    isi = [sel for n, sel in grid.baris.items() if n > tabel.judul[-1]][:CONTOH]
    if isi and all(len(str(v).strip("() .")) <= 2 or "=" in str(v) for v in isi[0].values()):
        return isi[1:]
    return isi


def settle(grid: Grid, tabel: Tabel, rujukan: Rujukan) -> None:
    """Choose between columns that claim one field, find those without a heading, and the unit of the amounts."""
    isi = sample(grid, tabel)
    _cut_side_table(grid, tabel, isi)
    _settle_jumlah(tabel, isi)
    _settle_prioritas(tabel, isi)
    for nama in ("kegiatan", "bidang", "lokasi"):
        _shift_off_numbering(grid, tabel, nama, isi)
    _choose_rivals(tabel, isi, rujukan)
    _choose_year(grid, tabel, rujukan)
    _keep_sizes(tabel, isi)
    _keep_range(tabel)
    terpakai = {*tabel.roles(), *tabel.bukan}
    for kolom in _open_columns(isi, tabel):
        if kolom not in terpakai and kolom not in grid.kolom_tersembunyi:
            tebakan = guess_field([sel[kolom] for sel in isi if kolom in sel], rujukan)
            if (
                tebakan
                and tebakan not in tabel.kolom
                and not (tebakan in {"biaya", "sumber_dana"} and (tabel.dana or tabel.rentang))
            ):
                tabel.kolom[tebakan] = kolom
                if (label := tabel.label.get(kolom, "")) in tabel.tak_dikenal:
                    tabel.tak_dikenal.remove(label)
    _find_factor(grid, tabel, isi)


def _open_columns(isi: Iterable[dict[int, Any]], tabel: Tabel) -> list[int]:
    return sorted({k for sel in isi for k in sel if k < tabel.batas})


def _choose_rivals(tabel: Tabel, isi: list[dict[int, Any]], rujukan: Rujukan) -> None:
    """Of several columns for one field take the one that is filled, varied and parses; heading words break ties."""
    for nama, semua in tabel.saingan.items():
        calon = [k for k in dict.fromkeys([tabel.kolom.get(nama, 0), *semua]) if k and k < tabel.batas]
        if nama not in tabel.kolom or len(calon) < 2:
            continue
        nilai = {k: _claim(nama, tabel.sendiri.get(k, ""), [s[k] for s in isi if k in s], isi, rujukan) for k in calon}
        menang = max(calon, key=lambda k: (round(nilai[k], 3), -k))
        tabel.kolom[nama] = menang
        for kolom in calon:
            if kolom != menang and kolom not in tabel.roles():
                _give_way(tabel, nama, menang, kolom, isi)


def _claim(nama: str, judul: str, terisi: list[Any], isi: list[dict[int, Any]], rujukan: Rujukan) -> float:
    """How well a column's content and heading support its claim to a field."""
    nilai = 2 * fit(nama, terisi, rujukan)
    if nama not in {"bidang", "desa"}:  # these two are often written once for many rows
        nilai += 0.6 * len(terisi) / max(len(isi), 1)
    if nama == "kegiatan":
        nilai *= 0.3 + 0.7 * variety(terisi)
    return nilai - 0.15 * rank(nama, judul)


def _give_way(tabel: Tabel, nama: str, menang: int, kolom: int, isi: list[dict[int, Any]]) -> None:
    """A second column for one field: more of the same text, the bidang ("Bidang Kegiatan"), or of no use."""
    sendiri = tabel.sendiri.get(kolom, "")
    berdua = [(str(s[menang]), str(s[kolom])) for s in isi if menang in s and kolom in s]
    mengulang = sum(normal(a) in normal(b) or normal(b) in normal(a) for a, b in berdua) * 2 > len(berdua)
    if nama in SAMBUNG and not (berdua and mengulang):
        tabel.sambung.setdefault(nama, []).append((kolom, sendiri))
    elif nama == "kegiatan" and "bidang" in sendiri.lower() and "bidang" not in tabel.kolom:
        tabel.kolom["bidang"] = kolom
    else:
        tabel.leave(kolom)


def _choose_year(grid: Grid, tabel: Tabel, rujukan: Rujukan) -> None:
    """Of columns for several years the plan year's is taken; the others are named, never summed."""
    atas = " ".join(str(v) for n, sel in grid.baris.items() if n < tabel.judul[0] for v in sel.values())
    di_judul = [int(t) for t in TAHUN_DI_JUDUL.findall(atas)]
    rencana = rujukan.tahun or (di_judul[0] if di_judul else None)
    for nama in ("biaya", "volume"):
        per_tahun = tabel.tahunan.get(nama, {})
        if not per_tahun:
            per_tahun = _years_in_words(tabel, nama)
        if len(per_tahun) == 1 and nama in tabel.kolom and rencana:
            ((kolom, tahun),) = per_tahun.items()
            if tahun != rencana and tabel.kolom[nama] == kolom:
                tabel.catatan.append(f"Judul kolom {get_column_letter(kolom)} menyebut tahun {tahun}, bukan {rencana}.")
        if len(per_tahun) < 2 and not tabel.tahunan.get(nama):
            continue
        cocok = next((k for k, tahun in per_tahun.items() if tahun == rencana), None)
        if cocok is not None:
            tabel.take(nama, cocok)
        elif tabel.kolom.get(nama) in per_tahun:
            del tabel.kolom[nama]
        tabel.tahunan[nama] = per_tahun
        for kolom in per_tahun:
            if kolom != cocok:
                tabel.leave(kolom)
        if cocok is None and nama not in tabel.kolom:
            tahun_ada = ", ".join(map(str, sorted(per_tahun.values())))
            tabel.catatan.append(
                f"Kolom {nama} ada untuk tahun {tahun_ada}, tidak untuk tahun rencana {rencana}; dikosongkan."
            )


def _years_in_words(tabel: Tabel, nama: str) -> dict[int, int]:
    """Rival columns of one field whose headings name different years ("Biaya 2026", "Biaya 2027")."""
    tahun = {}
    for kolom in tabel.saingan.get(nama, []):
        if kolom < tabel.batas and (cocok := TAHUN_DI_JUDUL.search(tabel.label.get(kolom, ""))):
            tahun[kolom] = int(cocok[1])
    return tahun if len(set(tahun.values())) == len(tahun) else {}


def _keep_sizes(tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """Length, width and height in columns of their own are kept side by side; a single one is the volume."""
    tabel.ukuran = [(k, j) for k, j in tabel.ukuran if k < tabel.batas and any(k in s for s in isi)]
    lain = [k for k in tabel.saingan.get("volume", []) if k not in dict(tabel.ukuran)]
    if len(tabel.ukuran) < 2 or lain:
        if len(tabel.ukuran) == 1 and "volume" not in tabel.kolom:
            tabel.kolom["volume"] = tabel.ukuran[0][0]
        tabel.ukuran = [] if not lain or len(tabel.ukuran) < 2 else tabel.ukuran
        return
    tabel.kolom.pop("volume", None)
    for kolom, _ in tabel.ukuran:
        if (label := tabel.label[kolom]) in tabel.tak_dikenal:
            tabel.tak_dikenal.remove(label)


def _keep_range(tabel: Tabel) -> None:
    """A cost in two columns, the least and the most, is a range; a single end is all there is and stands for it."""
    if tabel.rentang and tabel.rentang[0] == tabel.rentang[1]:
        tabel.kolom.setdefault("biaya", tabel.rentang[0])
        tabel.rentang = None


def _find_factor(grid: Grid, tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """The unit of the amounts: from the heading, else from any words above the table; not against the amounts."""
    kolom = tabel.kolom.get("biaya", 0)
    atas = " ".join(
        str(v)
        for n, sel in grid.baris.items()
        if n < tabel.judul[-1]
        for k, v in sel.items()
        if isinstance(v, str) and (n < tabel.judul[0] or k not in tabel.label)
    )
    umum = re.search(
        rf"(?:dalam|satuan|nilai|angka|biaya|anggaran|\(|rp\.?|rupiah)[^.;]{{0,25}}?(?:{RIBUAN}|{JUTAAN})|{RIBUAN}",
        atas,
        re.I,
    )
    dari_atas = factor(umum[0]) if umum else 1
    sendiri = max(factor(tabel.label.get(k, "")) for k in (kolom, *(tabel.rentang or ())))
    tabel.kali = sendiri if sendiri > 1 else dari_atas
    if tabel.dana and tabel.kali_dana == 1:
        tabel.kali_dana = max((factor(tabel.label.get(k, "")) for k in tabel.dana), default=1)
        tabel.kali_dana = tabel.kali_dana if tabel.kali_dana > 1 else dari_atas
    polos = [v for s in isi if (v := s.get(kolom)) is not None and not re.search(r"[^\W\d]", str(v))]
    angka = sorted(n for v in polos if (n := parse_rupiah(v)))
    if tabel.kali > 1 and angka and angka[len(angka) // 2] >= SUDAH_RUPIAH:
        tabel.kali = 1
        tabel.catatan.append(
            "Berkas menyebut ribuan atau jutaan, tetapi biayanya sudah ditulis penuh; dibaca sebagai rupiah."
        )
    elif tabel.kali > 1:
        kata = "ribuan" if tabel.kali == 1000 else "jutaan"
        tabel.catatan.append(f"Biaya dibaca sebagai {kata} rupiah, sebagaimana tertulis di berkas.")


def _cut_side_table(grid: Grid, tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """Leave out a second table that stands to the right behind an empty column."""
    tergabung = {k for a, kiri, _, kanan in grid.gabung if a in tabel.judul for k in range(kiri, kanan + 1)}
    berisi = {k for sel in isi for k in sel} | set(tabel.label) | tergabung
    for kolom in range(min(tabel.label), max(tabel.label)):
        if kolom in berisi:
            continue
        kiri = {nama for nama, k in tabel.kolom.items() if k < kolom}
        kiri |= {"biaya"} if any(k < kolom for k in tabel.dana) else set()
        kiri |= {nama for nama, semua in tabel.saingan.items() if any(k < kolom for k in semua)}
        if "kegiatan" in kiri and len(kiri) >= 3 and not (MENENTUKAN - kiri) & set(tabel.kolom):
            _cut_at(tabel, kolom, min(k for k in berisi if k > kolom))
            return


def _cut_at(tabel: Tabel, kolom: int, mulai: int) -> None:
    tabel.batas = kolom
    kanan = [v for k, v in tabel.label.items() if k > kolom]
    tabel.saingan = {nama: s for nama, lain in tabel.saingan.items() if (s := [k for k in lain if k < kolom])}
    tabel.kolom = {
        nama: k if k < kolom else tabel.saingan[nama][0]
        for nama, k in tabel.kolom.items()
        if k < kolom or nama in tabel.saingan
    }
    tabel.dana = {k: v for k, v in tabel.dana.items() if k < kolom}
    tabel.ukuran = [(k, v) for k, v in tabel.ukuran if k < kolom]
    tabel.tak_dikenal = [t for t in tabel.tak_dikenal if t not in kanan]
    tabel.tak_dikenal.append(f"tabel lain mulai kolom {get_column_letter(mulai)}")


def _settle_jumlah(tabel: Tabel, isi: list[dict[int, Any]]) -> None:
    """A column headed only "Jumlah" is money when its numbers are, else a volume; never a second of either."""
    kolom = tabel.kolom.pop("jumlah", None)
    if kolom is None:
        return
    angka = sorted(nilai for s in isi if kolom in s and (nilai := parse_rupiah(s[kolom])))
    uang = bool(angka) and angka[len(angka) // 2] >= SEPERTI_UANG
    nama = "biaya" if uang else "volume"
    if nama in tabel.kolom or not angka or (uang and tabel.dana):
        tabel.leave(kolom)
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
            tabel.leave(kolom)


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
