"""Workbooks as desa really send them, in four shapes."""

import random
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from alur.demo.data import Work

Isi = dict[str, list[Work]]


def write_books(folder: Path, content: Isi, kecamatan: str, tahun: int, dice: random.Random) -> list[Path]:
    """Write the lists of all desa: one ministry form each, one plain list, one sheet per desa, one joint list."""
    desa = list(content)
    part = max(1, len(desa) // 4)
    files = []
    for nama in desa[:part]:
        workbook = Workbook()
        _ministry_form(workbook.active, nama, kecamatan, tahun, content[nama], dice)
        files.append(_save(workbook, folder / f"DU-RKP Desa {nama} {tahun}.xlsx"))
    for nama in desa[part : 2 * part]:
        workbook = Workbook()
        _plain_list(workbook.active, nama, content[nama], dice)
        files.append(_save(workbook, folder / f"usulan {nama.lower()}.xlsx"))
    workbook = Workbook()
    workbook.remove(workbook.active)
    for nama in desa[2 * part : 3 * part]:
        _plain_list(workbook.create_sheet(f"Desa {nama}"), None, content[nama], dice)
    if workbook.worksheets:
        files.append(_save(workbook, folder / "kumpulan usulan per desa.xlsx"))
    remainder = desa[3 * part :]
    if remainder:
        workbook = Workbook()
        _joint_list(workbook.active, kecamatan, tahun, {nama: content[nama] for nama in remainder}, dice)
        files.append(_save(workbook, folder / f"REKAP USULAN KEC. {kecamatan.upper()}.xlsx"))
    return files


def _save(workbook: Workbook, path: Path) -> Path:
    workbook.save(path)
    return path


def _amount(biaya: int | None, dice: random.Random) -> object:
    """An amount the way different hands type it."""
    if biaya is None:
        return dice.choice([None, "-", "menyesuaikan"])
    point = f"{biaya:,}".replace(",", ".")
    pilihan: list[object] = [biaya, biaya, f"Rp {point},-", f"Rp. {point}", point]
    if biaya % 1_000_000 == 0:
        pilihan.append(f"{biaya // 1_000_000} jt")
    return dice.choice(pilihan)


def _ministry_form(
    lembar: Worksheet, desa: str, kecamatan: str, tahun: int, work: list[Work], dice: random.Random
) -> None:
    """The DU-RKP form of Permendagri 114/2014: identity block, letter row, bidang merged downwards, subtotals."""
    lembar.title = "DU-RKP"
    lembar.append([f"DAFTAR USULAN RKP DESA (DU-RKP DESA) TAHUN {tahun}"])
    lembar.append(["DESA", None, f": {desa}"])
    lembar.append(["KECAMATAN", None, f": {kecamatan.upper()}"])
    lembar.append([])
    lembar.append(
        [
            "No",
            "Bidang",
            "Jenis Kegiatan",
            None,
            "Lokasi",
            "Volume",
            "Sasaran/Manfaat",
            "Perkiraan Waktu Pelaksanaan",
            "Prakiraan Biaya Jumlah (Rp)",
            "Sumber Pembiayaan",
        ]
    )
    lembar.append(list("abcdefghij"))
    for nomor, (bidang, content) in enumerate(groupby(work, key=lambda k: k.bidang), start=1):
        jumlah = 0
        start = lembar.max_row + 1
        for index, k in enumerate(content, start=1):
            jumlah += k.biaya or 0
            lembar.append(
                [
                    nomor if index == 1 else None,
                    bidang if index == 1 else None,
                    index,
                    k.kegiatan,
                    k.lokasi,
                    f"{k.volume} {k.satuan}",
                    k.manfaat,
                    dice.choice(["6 bulan", "Triwulan II", str(tahun)]),
                    _amount(k.biaya, dice),
                    k.sumber,
                ]
            )
        if lembar.max_row > start:
            lembar.merge_cells(start_row=start, end_row=lembar.max_row, start_column=2, end_column=2)
        lembar.append([f"Jumlah per Bidang {nomor}", *[None] * 7, jumlah])
    lembar.append([])
    lembar.append([*[None] * 7, f"{desa}, 11 Januari {tahun - 1}"])
    lembar.append([None, "Mengetahui, Kepala Desa", *[None] * 5, "Ketua Tim Penyusun"])


def _plain_list(lembar: Worksheet, desa: str | None, work: list[Work], dice: random.Random) -> None:
    """A home-made list; the desa stands in the title, or only in the name of the sheet."""
    lembar.append([f"DAFTAR USULAN KEGIATAN DESA {desa.upper()}" if desa else "DAFTAR USULAN KEGIATAN"])
    lembar.append([])
    lembar.append(
        [
            "No",
            "Permasalahan",
            "Usulan Kegiatan",
            "Lokasi Kegiatan",
            "Vol.",
            "Satuan",
            "Perkiraan Anggaran (Rp)",
            "Sumber Dana",
            "Penerima Manfaat",
            "Prioritas",
        ]
    )
    for index, k in enumerate(work, start=1):
        lembar.append(
            [
                index,
                k.masalah,
                k.kegiatan,
                k.lokasi,
                k.volume,
                k.satuan,
                _amount(k.biaya, dice),
                k.sumber,
                k.manfaat,
                index,
            ]
        )
    lembar.append([None, None, "Jumlah", None, None, None, sum(k.biaya or 0 for k in work)])


def _joint_list(lembar: Worksheet, kecamatan: str, tahun: int, content: Isi, dice: random.Random) -> None:
    """One list for several desa, the desa's name merged downwards."""
    lembar.title = "REKAP"
    lembar.append([f"REKAPITULASI USULAN KEGIATAN KECAMATAN {kecamatan.upper()} TAHUN {tahun}"])
    lembar.append([])
    lembar.append(
        ["NO", "DESA", "KEGIATAN", "LOKASI", "VOLUME/SATUAN", "PERKIRAAN BIAYA (RP)", "SUMBER DANA", "MANFAAT"]
    )
    nomor = 0
    for desa, work in content.items():
        start = lembar.max_row + 1
        for index, k in enumerate(work):
            nomor += 1
            lembar.append(
                [
                    nomor,
                    desa if index == 0 else None,
                    k.kegiatan,
                    k.lokasi,
                    f"{k.volume} {k.satuan}",
                    _amount(k.biaya, dice),
                    k.sumber,
                    k.manfaat,
                ]
            )
        if lembar.max_row > start:
            lembar.merge_cells(start_row=start, end_row=lembar.max_row, start_column=2, end_column=2)
