"""From a file to proposals, with every non-empty row accounted for."""

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from usulan.impor.angka import parse_rupiah
from usulan.impor.baris import bidang_of, classify, heads_section, tidy_bidang
from usulan.impor.berkas import read_grids
from usulan.impor.ejaan import match_field
from usulan.impor.grid import BerkasDitolak, Grid
from usulan.impor.hasil import BarisDilewati, HasilBerkas, HasilLembar, JumlahTercetak, Kolom, Rujukan, normal
from usulan.impor.kolom import Pola, find_table
from usulan.impor.koreksi import Koreksi, join
from usulan.impor.susun import DesaTerbaca, Penyusun
from usulan.impor.uraian import is_bullet


def read_workbook(
    path: Path,
    rujukan: Rujukan,
    *,
    nama: str | None = None,
    desa: str | None = None,
    pilihan_desa: dict[str, str] | None = None,
    pola: Pola | None = None,
    koreksi: Koreksi | None = None,
    hanya_lembar: str | None = None,
    maks_byte: int = 10 * 1024 * 1024,
    maks_baris: int = 20_000,
) -> HasilBerkas:
    """Read a DU-RKP (.xlsx, .xls, .ods, .csv). Raises BerkasDitolak when it is unusable or has no known heading.

    ``desa`` is the code for rows in which the file names none. ``pilihan_desa`` maps a name as written, or the
    name of a sheet without any, to the code that a person chose for it; ``pola`` a heading's shape to the columns
    that a person chose for it; ``koreksi`` holds what a person corrected in the preview.
    """
    nama = nama or path.name
    grids = read_grids(path, maks_byte=maks_byte, maks_baris=maks_baris)
    pilihan = {normal(k): v for k, v in (pilihan_desa or {}).items()}
    lembar = []
    for grid in grids:
        if hanya_lembar and grid.nama != hanya_lembar:
            lembar.append(HasilLembar(grid.nama, False, "tidak dipilih"))
            continue
        lembar.append(_Pembaca(grid, rujukan, nama, desa, pilihan, pola or {}, koreksi or Koreksi()).read())
    if not any(satu.dipakai for satu in lembar):
        raise BerkasDitolak(
            "Tidak ada tabel usulan yang dikenal di berkas ini. Baris judul tabel harus memuat sekurang-kurangnya tiga "
            "kolom seperti Kegiatan, Lokasi, Volume, dan Biaya. Periksa berkasnya, lalu unggah lagi."
        )
    return HasilBerkas(nama, hashlib.sha256(path.read_bytes()).hexdigest(), lembar)


class _Pembaca:
    """Reads one sheet from top to bottom, remembering the bidang and the desa that blank cells continue."""

    def __init__(
        self, grid: Grid, rujukan: Rujukan, berkas: str, desa: str | None, pilihan: dict[str, str], pola: Pola,
        koreksi: Koreksi,
    ) -> None:  # fmt: skip
        self.grid, self.rujukan, self.berkas, self.pilihan, self.pola = grid, rujukan, berkas, pilihan, pola
        self.koreksi = koreksi
        self.desa_bawaan = desa
        self.hasil = HasilLembar(grid.nama, True, catatan=list(dict.fromkeys(grid.catatan)))
        self.bidang: str | None = None
        self.desa = [DesaTerbaca(None, None)]
        self.kepala: str | None = None  # the words above the bullets that follow
        self.jumlah_bidang = self.jumlah_semua = 0
        self.subtotal: JumlahTercetak | None = None
        self.total_di_atas: JumlahTercetak | None = None

    def read(self) -> HasilLembar:
        tabel = None if self.grid.tersembunyi else find_table(self.grid, self.rujukan, self.pola)
        if tabel is None:
            alasan = "lembar tersembunyi" if self.grid.tersembunyi else "tidak ada baris judul tabel yang dikenal"
            return HasilLembar(self.grid.nama, False, alasan if self.grid.baris else "lembar kosong")
        self.tabel, self.penyusun = tabel, Penyusun(self.grid, tabel, self.rujukan, self.pilihan)
        self._describe()
        self.desa = [self._desa_of_sheet()]
        tanda_tangan = False
        urutan = list(self.grid.baris)
        for i, (nomor, sel) in enumerate(self.grid.baris.items()):
            if nomor in tabel.judul:
                continue
            jenis = self._kind(nomor, sel, tanda_tangan, urutan[i + 1] if i + 1 < len(urutan) else 0)
            jenis = self.koreksi.kind(self.grid.nama, nomor, jenis)
            tanda_tangan = jenis == "tanda_tangan" or (tanda_tangan and jenis != "usulan")
            self._take(nomor, sel, jenis)
        self._close_subtotal()
        if self.total_di_atas:
            self.total_di_atas.dihitung = self.jumlah_semua
        return self.hasil

    def _kind(self, nomor: int, sel: dict[int, Any], tanda_tangan: bool, berikut: int) -> str:
        if nomor in self.grid.baris_tersembunyi:
            return "tersembunyi"
        if nomor < self.tabel.judul[0] or self._is_repeated_heading(sel):
            return "judul"
        if self._titles_desa(sel):
            return "judul_desa"
        jenis = classify(sel, self.tabel, self.rujukan, tanda_tangan)
        if jenis == "usulan" and heads_section(sel, self.grid.baris.get(berikut, {}), self.tabel):
            return "judul_bidang"
        return "judul_butir" if jenis == "usulan" and self._heads_bullets(sel, berikut) else jenis

    def _titles_desa(self, sel: dict[int, Any]) -> str | None:
        """The desa that a row of its own names above its proposals; a subtotal may stand beside it."""
        teks = [v for v in sel.values() if isinstance(v, str)]
        if len(teks) != 1 or {self.tabel.kolom.get("desa"), self.tabel.kolom.get("lokasi")} & set(sel):
            return None
        nama = re.sub(r"^\W*(?:[IVX]+|\d+|[A-Z])[.)]\s+", "", teks[0])
        return self.rujukan.find_desa(re.split(r"\bkec", nama, flags=re.I)[0].strip(" :,"))

    def _heads_bullets(self, sel: dict[int, Any], berikut: int) -> bool:
        """Words alone, followed by a row with a bullet: the heading of that list, not a work of its own."""
        kolom = self.tabel.kolom
        teks = sel.get(kolom.get("kegiatan", 0))
        lain = any(kolom.get(nama) in sel for nama in ("lokasi", "volume", "biaya")) or set(self.tabel.dana) & set(sel)
        lanjut = self.grid.baris.get(berikut, {}).get(kolom.get("kegiatan", 0))
        return isinstance(teks, str) and not is_bullet(teks) and not lain and is_bullet(lanjut)

    def _take(self, nomor: int, sel: dict[int, Any], jenis: str) -> None:
        if jenis == "usulan":
            self._propose(nomor, sel)
            return
        alasan = "judul" if jenis in {"judul_butir", "judul_desa"} else jenis
        self.hasil.dilewati.append(BarisDilewati(nomor, alasan, _teks_baris(sel)))
        if jenis == "judul_butir":
            self.kepala = (self.penyusun.text(nomor, sel, "kegiatan") or "").strip(" :") or None
            self._continue(nomor, sel)
        elif jenis == "judul_desa":
            self.desa, self.bidang, self.kepala = [DesaTerbaca(self._titles_desa(sel), None)], None, None
        elif jenis in {"judul_bidang", "jumlah"}:
            self.kepala = None
            self._total(nomor, sel, jenis)

    def _total(self, nomor: int, sel: dict[int, Any], jenis: str) -> None:
        tercetak = parse_rupiah(self.penyusun.cell(nomor, sel, "biaya"), self.tabel.kali)
        if jenis == "judul_bidang":
            self._close_subtotal()
            self.bidang, self.jumlah_bidang = bidang_of(sel, self.tabel), 0
            if tercetak:  # the subtotal stands above its rows; compare when they have been read
                self.subtotal = JumlahTercetak(nomor, self.bidang, tercetak, 0)
                self.hasil.jumlah_tercetak.append(self.subtotal)
        elif tercetak:
            teks = next(str(v) for v in sel.values() if isinstance(v, str))
            sebagian = bool(re.search(r"bidang|\bsub|\bdesa\b", teks, re.I))
            dihitung = self.jumlah_bidang if sebagian else self.jumlah_semua
            self.hasil.jumlah_tercetak.append(JumlahTercetak(nomor, teks.strip()[:80], tercetak, dihitung))
            if not self.hasil.usulan:  # a total above all rows: compare when they have been read
                self.total_di_atas = self.hasil.jumlah_tercetak[-1]
            if sebagian:
                self.jumlah_bidang = 0

    def _close_subtotal(self) -> None:
        if self.subtotal:
            self.subtotal.dihitung, self.subtotal = self.jumlah_bidang, None

    def _propose(self, nomor: int, sel: dict[int, Any]) -> None:
        self._continue(nomor, sel)
        if not is_bullet(sel.get(self.tabel.kolom.get("kegiatan", 0))):
            self.kepala = None
        usulan = self.penyusun.build(nomor, sel, self.bidang, self.desa, self.kepala)
        if self.koreksi.joins_above(self.grid.nama, nomor) and self.hasil.usulan:
            join(self.hasil.usulan[-1], usulan)
            self.hasil.dilewati.append(BarisDilewati(nomor, "digabung", _teks_baris(sel)))
        else:
            usulan = self.koreksi.apply(self.grid.nama, nomor, usulan)
            self.hasil.usulan += usulan
            if not usulan:  # every part of it was marked as no proposal
                self.hasil.dilewati.append(BarisDilewati(nomor, "bukan_usulan", _teks_baris(sel)))
        self.jumlah_bidang += sum(u.biaya or 0 for u in usulan)
        self.jumlah_semua += sum(u.biaya or 0 for u in usulan)

    def _continue(self, nomor: int, sel: dict[int, Any]) -> None:
        """A blank bidang or desa continues the one above."""
        if bidang := self.penyusun.text(nomor, sel, "bidang"):
            self.bidang = tidy_bidang(bidang)
        teks = self.penyusun.cell(nomor, sel, "desa")
        if teks is not None and re.search(r"\w", str(teks)):
            self.desa = self.penyusun.find_desa(str(teks).strip())

    def _desa_of_sheet(self) -> DesaTerbaca:
        """The desa for rows that name none: title block, sheet name, file name, then what the caller said."""
        for nomor in range(1, self.tabel.judul[0]):
            teks = " ".join(str(v) for v in self.grid.baris.get(nomor, {}).values())
            for potongan in re.split(r"\b(?:desa|kelurahan)\b", teks, flags=re.I)[1:]:
                nama = re.split(r"\b(?:kec|kab|tahun|prov|\d{4})", potongan, flags=re.I)[0].strip(" :/-.,")
                kode, yakin = self.rujukan.guess_desa(nama) if nama else (None, False)
                if kode := (self.rujukan.find_desa(nama) if nama else None) or (kode if yakin else None):
                    return DesaTerbaca(kode, nama, ragu=self.rujukan.find_desa(nama) is None)
        kode = (
            self.pilihan.get(normal(self.grid.nama))
            or self.rujukan.find_desa(self.grid.nama)
            or self.rujukan.find_desa_inside(self.grid.nama)
            or self.rujukan.find_desa_inside(Path(self.berkas).stem)
            or self.desa_bawaan
        )
        return DesaTerbaca(kode, None)

    def _is_repeated_heading(self, sel: dict[int, Any]) -> bool:
        """The heading printed again on a later page of the list."""
        kolom = self.tabel.kolom
        if match_field(sel.get(kolom.get("kegiatan", 0))) != "kegiatan":
            return False
        cocok = [n for n, k in kolom.items() if not re.search(r"\d", str(sel.get(k))) and match_field(sel.get(k)) == n]
        return len(cocok) >= 3 and len(cocok) * 2 > len(kolom)

    def _describe(self) -> None:
        """Say how the sheet was understood: heading, columns with samples, what is hidden."""
        tabel, hasil = self.tabel, self.hasil
        hasil.baris_judul, hasil.kolom, hasil.tak_dikenal = tabel.judul, tabel.letters(), tabel.tak_dikenal
        hasil.sidik, hasil.diingat = tabel.sidik(), tabel.diingat
        if self.grid.baris_tersembunyi & set(self.grid.baris):
            jumlah = len(self.grid.baris_tersembunyi & set(self.grid.baris))
            hasil.catatan.append(f"{jumlah} baris tersembunyi di Excel tidak dipakai; tampilkan di bawah bila perlu.")
        peran = tabel.roles()
        isi = [sel for n, sel in self.grid.baris.items() if n > tabel.judul[-1]]
        terisi = Counter(k for sel in isi for k in sel)
        for k in sorted(set(terisi) | set(tabel.label)):
            contoh = [str(sel[k])[:40] for sel in isi if k in sel][1:4]
            hasil.semua_kolom.append(Kolom(get_column_letter(k), tabel.label.get(k, ""), contoh, peran.get(k)))


def _teks_baris(sel: dict[int, Any]) -> str:
    return " ".join(str(v) for v in sel.values())[:200]
