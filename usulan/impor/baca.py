"""From a file to proposals, with every non-empty row accounted for."""

import hashlib
import re
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from usulan.impor.angka import parse_rupiah, parse_volume
from usulan.impor.baris import bidang_of, classify, tidy_bidang
from usulan.impor.berkas import BerkasDitolak, Grid, read_grids
from usulan.impor.hasil import (
    BarisDilewati,
    BarisUsulan,
    HasilBerkas,
    HasilLembar,
    JumlahTercetak,
    Rujukan,
    normal,
)
from usulan.impor.kolom import Tabel, find_table, match_field

WAJIB = ["kegiatan", "lokasi", "volume", "satuan", "biaya"]


def read_workbook(
    path: Path,
    rujukan: Rujukan,
    *,
    nama: str | None = None,
    desa: str | None = None,
    pilihan_desa: dict[str, str] | None = None,
    hanya_lembar: str | None = None,
    maks_byte: int = 10 * 1024 * 1024,
    maks_baris: int = 20_000,
) -> HasilBerkas:
    """Read an .xlsx DU-RKP. Raises BerkasDitolak when it is no spreadsheet or no sheet has a usable heading.

    ``desa`` is the code for rows in which the file names none. ``pilihan_desa`` maps a name as written, or the
    name of a sheet without any, to the code that a person chose for it.
    """
    nama = nama or path.name
    grids = read_grids(path, maks_byte=maks_byte, maks_baris=maks_baris)
    pilihan = {normal(k): v for k, v in (pilihan_desa or {}).items()}
    lembar = []
    for grid in grids:
        if hanya_lembar and grid.nama != hanya_lembar:
            lembar.append(HasilLembar(grid.nama, False, "tidak dipilih"))
            continue
        lembar.append(_Pembaca(grid, rujukan, nama, desa, pilihan).read())
    if not any(satu.dipakai for satu in lembar):
        raise BerkasDitolak(
            "Tidak ada tabel usulan yang dikenal di berkas ini. Baris judul tabel harus memuat sekurang-kurangnya tiga "
            "kolom seperti Kegiatan, Lokasi, Volume, dan Biaya. Periksa berkasnya, lalu unggah lagi."
        )
    return HasilBerkas(nama, hashlib.sha256(path.read_bytes()).hexdigest(), lembar)


class _Pembaca:
    """Reads one sheet from top to bottom, remembering the bidang and the desa that blank cells continue."""

    def __init__(self, grid: Grid, rujukan: Rujukan, berkas: str, desa: str | None, pilihan: dict[str, str]) -> None:
        self.grid, self.rujukan, self.berkas, self.pilihan = grid, rujukan, berkas, pilihan
        self.desa_bawaan = desa
        self.hasil = HasilLembar(grid.nama, True)
        self.bidang: str | None = None
        self.desa: tuple[str | None, str | None] = (None, None)  # code, text as written
        self.jumlah_bidang = self.jumlah_semua = 0
        self.subtotal: JumlahTercetak | None = None

    def read(self) -> HasilLembar:
        tabel = None if self.grid.tersembunyi else find_table(self.grid, self.rujukan)
        if tabel is None:
            alasan = "lembar tersembunyi" if self.grid.tersembunyi else "tidak ada baris judul tabel yang dikenal"
            return HasilLembar(self.grid.nama, False, alasan if self.grid.baris else "lembar kosong")
        self.tabel: Tabel = tabel
        self.hasil.baris_judul = tabel.judul
        self.hasil.kolom = tabel.letters()
        self.hasil.tak_dikenal = tabel.tak_dikenal
        self.desa = (self._desa_of_sheet(), None)
        tanda_tangan = False
        for nomor, sel in self.grid.baris.items():
            if nomor in tabel.judul:
                continue
            jenis = "judul" if nomor < tabel.judul[0] or self._is_repeated_heading(sel) else ""
            jenis = jenis or classify(sel, tabel, self.rujukan, tanda_tangan)
            tanda_tangan = jenis == "tanda_tangan" or (tanda_tangan and jenis != "usulan")
            self._take(nomor, sel, jenis)
        self._close_subtotal()
        return self.hasil

    def _take(self, nomor: int, sel: dict[int, Any], jenis: str) -> None:
        if jenis == "usulan":
            self.hasil.usulan.append(self._proposal(nomor, sel))
            return
        self.hasil.dilewati.append(BarisDilewati(nomor, jenis, " ".join(str(v) for v in sel.values())[:200]))
        tercetak = parse_rupiah(self._cell(sel, "biaya"), self.tabel.kali)
        if jenis == "judul_bidang":
            self._close_subtotal()
            self.bidang, self.jumlah_bidang = bidang_of(sel, self.tabel), 0
            if tercetak:  # the subtotal stands above its rows; compare when they have been read
                self.subtotal = JumlahTercetak(nomor, self.bidang, tercetak, 0)
                self.hasil.jumlah_tercetak.append(self.subtotal)
        elif jenis == "jumlah" and tercetak:
            teks = next(str(v) for v in sel.values() if isinstance(v, str))
            sebagian = bool(re.search(r"bidang|\bsub|\bdesa\b", teks, re.I))
            dihitung = self.jumlah_bidang if sebagian else self.jumlah_semua
            self.hasil.jumlah_tercetak.append(JumlahTercetak(nomor, teks.strip()[:80], tercetak, dihitung))
            if sebagian:
                self.jumlah_bidang = 0

    def _close_subtotal(self) -> None:
        if self.subtotal:
            self.subtotal.dihitung, self.subtotal = self.jumlah_bidang, None

    def _proposal(self, nomor: int, sel: dict[int, Any]) -> BarisUsulan:
        volume, satuan = parse_volume(self._cell(sel, "volume"))
        satuan = self._text(sel, "satuan") or satuan
        biaya, sumber = self._money(sel)
        bidang = self._text(sel, "bidang")
        if bidang:
            self.bidang = tidy_bidang(bidang)
        kode, teks_desa = self._desa_of_row(sel)
        prioritas = self._cell(sel, "prioritas_desa")
        usulan = BarisUsulan(
            baris=nomor, bagian=None, bidang=self.bidang, desa=kode, kegiatan=self._text(sel, "kegiatan"),
            lokasi=self._text(sel, "lokasi"), volume=volume,
            satuan=self.rujukan.satuan.get(normal(satuan), satuan) if satuan else None,
            biaya=biaya, sumber_dana=sumber, manfaat=self._text(sel, "manfaat"), waktu=self._text(sel, "waktu"),
            prioritas_desa=int(prioritas) if re.fullmatch(r"[1-9]\d{0,3}", str(prioritas)) else None,
            permasalahan=self._text(sel, "permasalahan"), skpd=self._text(sel, "skpd"),
            mentah={get_column_letter(k): str(v)[:2000] for k, v in sel.items()}, teks_desa=teks_desa,
        )  # fmt: skip
        self._remark(usulan, sel)
        self.jumlah_bidang += biaya or 0
        self.jumlah_semua += biaya or 0
        return usulan

    def _remark(self, usulan: BarisUsulan, sel: dict[int, Any]) -> None:
        """Say what is unknown, and what stood in the cell when it could not be read."""
        usulan.perlu_dilengkapi = [nama for nama in WAJIB if getattr(usulan, nama) is None]
        for nama, kata in (("biaya", "rupiah"), ("volume", "volume")):
            mentah = self._cell(sel, nama)
            if getattr(usulan, nama) is None and mentah is not None and re.search(r"\w", str(mentah)):
                usulan.peringatan.append(f"“{mentah}” tidak terbaca sebagai {kata}.")
        if usulan.desa is None:
            usulan.galat.append(
                f"Desa “{usulan.teks_desa}” tidak dikenal di Kecamatan {self.rujukan.kecamatan}."
                if usulan.teks_desa
                else "Nama desa tidak tertulis."
            )

    def _money(self, sel: dict[int, Any]) -> tuple[int | None, str | None]:
        biaya = parse_rupiah(self._cell(sel, "biaya"), self.tabel.kali)
        sumber = self._text(sel, "sumber_dana")
        dana = {nama: parse_rupiah(sel.get(k), self.tabel.kali_dana) for k, nama in self.tabel.dana.items()}
        terisi = {nama: nilai for nama, nilai in dana.items() if nilai}
        if terisi:
            sumber = sumber or ", ".join(terisi)
            biaya = biaya if biaya is not None else sum(terisi.values())
        return biaya, sumber

    def _desa_of_row(self, sel: dict[int, Any]) -> tuple[str | None, str | None]:
        teks = self._text(sel, "desa")
        if teks:
            self.desa = (self.pilihan.get(normal(teks)) or self.rujukan.find_desa(teks), teks)
        return self.desa

    def _desa_of_sheet(self) -> str | None:
        """The desa for rows that name none: title block, sheet name, file name, then what the caller said."""
        for nomor in range(1, self.tabel.judul[0]):
            teks = " ".join(str(v) for v in self.grid.baris.get(nomor, {}).values())
            for potongan in re.split(r"\b(?:desa|kelurahan)\b", teks, flags=re.I)[1:]:
                nama = re.split(r"\b(?:kec|kab|tahun|prov|\d{4})", potongan, flags=re.I)[0].strip(" :/-.,")
                if kode := (self.rujukan.find_desa(nama) if nama else None):
                    return kode
        return (
            self.pilihan.get(normal(self.grid.nama))
            or self.rujukan.find_desa(self.grid.nama)
            or self.rujukan.find_desa_inside(self.grid.nama)
            or self.rujukan.find_desa_inside(Path(self.berkas).stem)
            or self.desa_bawaan
        )

    def _is_repeated_heading(self, sel: dict[int, Any]) -> bool:
        """The heading printed again on a later page of the list."""
        kolom = self.tabel.kolom
        cocok = sum(match_field(sel.get(nomor)) == nama for nama, nomor in kolom.items())
        return cocok >= 3 and cocok * 2 > len(kolom)

    def _cell(self, sel: dict[int, Any], nama: str) -> Any:
        return sel.get(self.tabel.kolom.get(nama, 0))

    def _text(self, sel: dict[int, Any], nama: str) -> str | None:
        nilai = self._cell(sel, nama)
        if nilai is None or not re.search(r"\w", str(nilai)):
            return None
        if isinstance(nilai, float) and nilai.is_integer():
            nilai = int(nilai)
        return re.sub(r"\s+", " ", str(nilai)).strip()
