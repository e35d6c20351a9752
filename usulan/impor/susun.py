"""From the cells of one row to one proposal, or to several when the row names several works or several desa."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from usulan.impor.angka import parse_rupiah, parse_volume
from usulan.impor.grid import Grid
from usulan.impor.hasil import BarisUsulan, Rujukan, normal
from usulan.impor.kolom import Tabel
from usulan.impor.uraian import is_bullet, lines_of, split_bullets, take_apart

WAJIB = ["kegiatan", "lokasi", "volume", "satuan", "biaya"]
TURUN = {"kegiatan", "lokasi", "satuan", "sumber_dana", "manfaat", "waktu", "permasalahan", "skpd"}
PISAH_DESA = re.compile(r"\s*(?:[,;/&\n+]|\bdan\b|\bserta\b)\s*", re.I)
NAMA_DESA = re.compile(r"\b(?:desa|kelurahan)\b", re.I)


@dataclass(frozen=True)
class DesaTerbaca:
    """The desa that a row is about: its code, the words in the file, and whether a person should look at it."""

    kode: str | None
    teks: str | None
    ragu: bool = False


@dataclass
class Isi:
    """The fields of one row, or of one part of it, before they become a proposal."""

    kegiatan: str | None
    lokasi: str | None
    volume: Any
    satuan: str | None
    biaya: Any
    catatan: list[str] = field(default_factory=list)
    saran: dict[str, str] = field(default_factory=dict)


class Penyusun:
    """Builds proposals from the rows of one sheet."""

    def __init__(self, grid: Grid, tabel: Tabel, rujukan: Rujukan, pilihan: dict[str, str]) -> None:
        self.grid, self.tabel, self.rujukan, self.pilihan = grid, tabel, rujukan, pilihan
        self.gabung = self._merged_down()

    def build(
        self, nomor: int, sel: dict[int, Any], bidang: str | None, desa: list[DesaTerbaca], kepala: str | None
    ) -> list[BarisUsulan]:
        """Return the proposals of one row; ``kepala`` are the words above a list of bullets."""
        bagian = self._parts(nomor, sel, kepala)
        banyak = len(bagian) * len(desa) > 1
        hasil: list[BarisUsulan] = []
        for isi in bagian:
            for urut, satu in enumerate(desa):
                usulan = self._proposal(nomor, sel, isi, bidang, satu)
                usulan.bagian = len(hasil) + 1 if banyak else None
                if urut and usulan.biaya:
                    usulan.peringatan.append(
                        f"Biaya {usulan.biaya} tertulis sekali untuk {len(desa)} desa; dicatat pada bagian pertama."
                    )
                    usulan.biaya = None
                self._remark(usulan, isi)
                hasil.append(usulan)
        return hasil

    def find_desa(self, teks: str) -> list[DesaTerbaca]:
        """Return the desa that a text names: one, several ("Semaya, Loyok dan Sikur"), or one unknown."""
        if kode := self._exact(teks):
            return [DesaTerbaca(kode, teks)]
        potongan = [p for p in PISAH_DESA.split(NAMA_DESA.sub(" ", teks)) if p.strip()]
        semua = [self._exact(p) for p in potongan]
        if len(semua) > 1 and all(semua):
            return [DesaTerbaca(kode, p) for kode, p in zip(semua, potongan, strict=True)]
        kode, yakin = self.rujukan.guess_desa(teks)
        return [DesaTerbaca(kode if yakin else None, teks, ragu=True)]

    def cell(self, nomor: int, sel: dict[int, Any], nama: str) -> Any:
        """Return a field's cell; one merged downwards stands for each of its rows."""
        kolom = self.tabel.kolom.get(nama, 0)
        if kolom in sel or nama not in TURUN:
            return sel.get(kolom)
        return self.gabung.get((nomor, kolom))

    def text(self, nomor: int, sel: dict[int, Any], nama: str) -> str | None:
        """Return a field as one line of text, its further columns joined; None when it has no letter or digit."""
        potongan = [_teks(self.cell(nomor, sel, nama))]
        for kolom, judul in self.tabel.sambung.get(nama, []):
            if isi := _teks(sel.get(kolom)):
                pendek = len(judul) <= 10 and not re.match(re.escape(judul), isi, re.I)
                potongan.append(f"{judul} {isi}" if pendek else isi)
        return " ".join(p for p in potongan if p) or None

    def _parts(self, nomor: int, sel: dict[int, Any], kepala: str | None) -> list[Isi]:
        mentah = self.cell(nomor, sel, "kegiatan")
        volume, biaya = self.cell(nomor, sel, "volume"), self.cell(nomor, sel, "biaya")
        satuan, lokasi = self.text(nomor, sel, "satuan"), self.text(nomor, sel, "lokasi")
        atas, butir = split_bullets(mentah) if isinstance(mentah, str) else ("", [])
        if not butir:
            isi = Isi(self.text(nomor, sel, "kegiatan"), lokasi, volume, satuan, biaya)
            if is_bullet(mentah) or kepala:
                self._from_text(isi, kepala)
            elif isi.kegiatan:
                self._suggest(isi)
            return [isi]
        per = {
            nama: lines_of(self.cell(nomor, sel, nama), len(butir)) for nama in ("lokasi", "volume", "satuan", "biaya")
        }
        hasil = []
        for i, teks in enumerate(butir):
            isi = Isi(teks, lokasi, None, satuan, None)
            if tempat := per["lokasi"]:
                isi.lokasi = tempat[i]
            for nama, asal in (("volume", volume), ("biaya", biaya), ("satuan", satuan)):
                if baris := per[nama]:
                    setattr(isi, nama, baris[i])
                elif asal is not None and nama != "satuan":
                    isi.catatan.append(f"{nama.title()} “{asal}” tertulis sekali untuk {len(butir)} usulan; bagilah.")
            self._from_text(isi, " ".join(p for p in (kepala, atas) if p) or None)
            hasil.append(isi)
        return hasil

    @staticmethod
    def _from_text(isi: Isi, kepala: str | None) -> None:
        """Take from a bullet's words what its cells leave blank."""
        urai = take_apart(isi.kegiatan or "")
        if isi.volume is None and urai.volume is not None:
            isi.volume, isi.satuan = urai.volume, isi.satuan or urai.satuan
            isi.kegiatan = urai.teks
        else:
            isi.kegiatan = re.sub(r"\s+", " ", (isi.kegiatan or "").lstrip("•▪◦●○■□►➢✓·*–—- ")).strip()
        isi.lokasi = isi.lokasi or urai.lokasi
        if isi.lokasi is None and urai.rt:
            isi.saran["lokasi"] = urai.rt
        if kepala:
            isi.kegiatan = f"{kepala}: {isi.kegiatan}"

    @staticmethod
    def _suggest(isi: Isi) -> None:
        """Offer, never take, what stands in the words of an ordinary row."""
        urai = take_apart(isi.kegiatan or "")
        if isi.lokasi is None and (tempat := urai.lokasi or urai.rt):
            isi.saran["lokasi"] = tempat
        if isi.volume is None and urai.volume is not None:
            isi.saran["volume"] = f"{urai.volume:f} {urai.satuan}"

    def _proposal(
        self, nomor: int, sel: dict[int, Any], isi: Isi, bidang: str | None, desa: DesaTerbaca
    ) -> BarisUsulan:  # fmt: skip
        volume, satuan = (isi.volume, None) if isinstance(isi.volume, Decimal) else parse_volume(isi.volume)
        satuan = isi.satuan or satuan or (self.tabel.unit_in_heading() if volume is not None else None)
        biaya, sumber = self._money(nomor, sel, isi.biaya)
        prioritas, ulang = self.cell(nomor, sel, "prioritas_desa"), self.cell(nomor, sel, "usulan_lama")
        usulan = BarisUsulan(
            baris=nomor, bagian=None, bidang=bidang, desa=desa.kode, kegiatan=isi.kegiatan, lokasi=isi.lokasi,
            volume=volume, satuan=self.rujukan.satuan.get(normal(satuan), satuan) if satuan else None,
            biaya=biaya, sumber_dana=sumber, manfaat=self.text(nomor, sel, "manfaat"),
            waktu=self.text(nomor, sel, "waktu"),
            prioritas_desa=int(prioritas) if re.fullmatch(r"[1-9]\d{0,3}", str(prioritas)) else None,
            permasalahan=self.text(nomor, sel, "permasalahan"), skpd=self.text(nomor, sel, "skpd"),
            mentah={get_column_letter(k): str(v) for k, v in sel.items()}, teks_desa=desa.teks,
            peringatan=list(isi.catatan), saran=isi.saran,
            usulan_lama=int(ulang) if re.fullmatch(r"[1-9]\d{0,5}", str(ulang)) else None,
        )  # fmt: skip
        if desa.ragu and desa.kode:
            usulan.peringatan.append(f"Desa “{desa.teks}” dibaca sebagai {self.rujukan.desa[desa.kode]}; periksa.")
        return usulan

    def _remark(self, usulan: BarisUsulan, isi: Isi) -> None:
        """Say what is unknown, and what stood in the cell when it could not be read."""
        usulan.perlu_dilengkapi = [nama for nama in WAJIB if getattr(usulan, nama) is None]
        for nama, kata, mentah in (("biaya", "rupiah", isi.biaya), ("volume", "volume", isi.volume)):
            terbaca = getattr(usulan, nama) is not None or any("tertulis sekali" in p for p in usulan.peringatan)
            if not terbaca and mentah is not None and re.search(r"\w", str(mentah)):
                usulan.peringatan.append(f"“{mentah}” tidak terbaca sebagai {kata}.")
        if usulan.desa is None:
            usulan.galat.append(
                f"Desa “{usulan.teks_desa}” tidak dikenal di Kecamatan {self.rujukan.kecamatan}."
                if usulan.teks_desa
                else "Nama desa tidak tertulis."
            )

    def _money(self, nomor: int, sel: dict[int, Any], mentah: Any) -> tuple[int | None, str | None]:
        biaya = parse_rupiah(mentah, self.tabel.kali)
        sumber = self.text(nomor, sel, "sumber_dana")
        dana = {nama: parse_rupiah(sel.get(k), self.tabel.kali_dana) for k, nama in self.tabel.dana.items()}
        terisi = {nama: nilai for nama, nilai in dana.items() if nilai}
        if terisi:
            sumber = sumber or ", ".join(terisi)
            biaya = biaya if biaya is not None else sum(terisi.values())
        elif not sumber:
            dicentang = [nama for k, nama in self.tabel.dana.items() if re.fullmatch(r"[vVxX√✓✔]", str(sel.get(k, "")))]
            sumber = ", ".join(dicentang) or None
        return biaya, sumber

    def _exact(self, teks: str) -> str | None:
        return self.pilihan.get(normal(teks)) or self.rujukan.find_desa(teks)

    def _merged_down(self) -> dict[tuple[int, int], Any]:
        """Values of cells merged over several rows of the table, by (row, column)."""
        hasil: dict[tuple[int, int], Any] = {}
        for atas, kiri, bawah, _ in self.grid.gabung:
            if bawah > atas > self.tabel.judul[-1] and kiri in (isi := self.grid.baris.get(atas, {})):
                hasil |= {(n, kiri): isi[kiri] for n in range(atas + 1, bawah + 1) if n in self.grid.baris}
        return hasil


def _teks(nilai: Any) -> str | None:
    if nilai is None or not re.search(r"\w", str(nilai)):
        return None
    if isinstance(nilai, float) and nilai.is_integer():
        nilai = int(nilai)
    return re.sub(r"\s+", " ", str(nilai)).strip()
