"""From the cells of one row to one proposal, or to several when the row names several works or several desa."""

import re
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from usulan.impor.angka import is_scientific, parse_rupiah, parse_ukuran, parse_volume
from usulan.impor.cell_words import cell_text, guess, is_date, number_words, rupiah
from usulan.impor.grid import Grid, Rusak
from usulan.impor.hasil import BarisUsulan, Rujukan, normal
from usulan.impor.parts import DesaTerbaca, Isi, Naungan
from usulan.impor.pemilik import KECAMATAN, is_joint, is_whole, several, words
from usulan.impor.tabel import Tabel
from usulan.impor.uraian import is_bullet, lines_of, split_bullets, take_apart

WAJIB = ["kegiatan", "lokasi", "volume", "satuan", "biaya"]
TEKS = ("kegiatan", "lokasi", "satuan", "sumber_dana", "manfaat", "waktu", "permasalahan", "skpd", "bidang")
TURUN = {*TEKS, "desa", "kecamatan"}
RT_RW = re.compile(r"^\W*(?:RT|RW|RT\s*/\s*RW)\W*$", re.I)


class Penyusun:
    """Builds proposals from the rows of one table."""

    def __init__(self, grid: Grid, tabel: Tabel, rujukan: Rujukan, pilihan: dict[str, str]) -> None:
        self.grid, self.tabel, self.rujukan, self.pilihan = grid, tabel, rujukan, pilihan
        self.gabung = self._merged_down()

    def build(self, nomor: int, sel: dict[int, Any], naungan: Naungan, desa: DesaTerbaca) -> list[BarisUsulan]:
        """Return the proposals of one row under its headings."""
        bagian = self._parts(nomor, sel)
        hasil: list[BarisUsulan] = []
        for isi in bagian:
            usulan = self._proposal(nomor, sel, isi, naungan, desa)
            usulan.bagian = len(hasil) + 1 if len(bagian) > 1 else None
            self._remark(usulan, isi, desa)
            hasil.append(usulan)
        return hasil

    def find_desa(self, teks: str) -> DesaTerbaca:
        """Return whose a text says it is: one desa, several ("Semaya, Loyok dan Sikur"), the kecamatan, or unknown."""
        if kode := self._exact(teks) or several(teks, self._exact):
            return DesaTerbaca(kode, teks)
        if is_whole(teks, self.rujukan.kecamatan):
            return DesaTerbaca(KECAMATAN, teks)
        if is_joint(teks):
            return DesaTerbaca(None, teks, sebab=f"“{teks}” tidak menyebut desanya: pilih desa-desanya.")
        kode, yakin = self.rujukan.guess_desa(teks)
        return DesaTerbaca(kode if yakin else several(teks, self._near), teks, ragu=True)

    def cell(self, nomor: int, sel: dict[int, Any], nama: str) -> Any:
        """Return a field's cell; one merged downwards stands for each of its rows."""
        kolom = self.tabel.kolom.get(nama, 0)
        if kolom in sel or nama not in TURUN:
            return sel.get(kolom)
        return self.gabung.get((nomor, kolom))

    def inherited(self, nomor: int, sel: dict[int, Any], nama: str) -> bool:
        """Whether a field's value stands in a merged cell that begins in a row above."""
        kolom = self.tabel.kolom.get(nama, 0)
        return kolom not in sel and nama in TURUN and (nomor, kolom) in self.gabung

    def text(self, nomor: int, sel: dict[int, Any], nama: str) -> str | None:
        """Return a field as one line of text, its further columns joined; None when it has no letter or digit."""
        utama = self.cell(nomor, sel, nama)
        potongan = [None if nama != "waktu" and is_date(utama) else cell_text(utama)]
        judul_utama = self.tabel.sendiri.get(self.tabel.kolom.get(nama, 0), "")
        if nama == "lokasi" and potongan[0] and RT_RW.match(judul_utama) and potongan[0][0].isdigit():
            potongan[0] = f"{judul_utama.strip()} {potongan[0]}"
        for kolom, judul in self.tabel.sambung.get(nama, []):
            if (isi := cell_text(sel.get(kolom))) and not is_date(sel[kolom]):
                pendek = len(judul) <= 10 and not re.match(re.escape(judul), isi, re.I)
                potongan.append(f"{judul} {isi}" if pendek else isi)
        return " ".join(p for p in potongan if p) or None

    def _parts(self, nomor: int, sel: dict[int, Any]) -> list[Isi]:
        mentah = self.cell(nomor, sel, "kegiatan")
        volume, biaya = self.cell(nomor, sel, "volume"), self.cell(nomor, sel, "biaya")
        satuan, lokasi = self.text(nomor, sel, "satuan"), self.text(nomor, sel, "lokasi")
        atas, butir = split_bullets(mentah) if isinstance(mentah, str) else ("", [])
        if not butir:
            isi = Isi(self.text(nomor, sel, "kegiatan"), lokasi, volume, satuan, biaya)
            if is_bullet(mentah):
                self._from_text(isi, None)
            elif isi.kegiatan:
                self._suggest(isi)
            self._sizes(sel, isi)
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
            self._from_text(isi, atas or None)
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

    def _sizes(self, sel: dict[int, Any], isi: Isi) -> None:
        """Length, width and height are all kept in sight; their product is offered, none is taken as the volume."""
        if not self.tabel.ukuran:
            angka, kata = parse_ukuran(isi.volume), str(isi.volume)
        else:
            terisi = [(judul, n) for k, judul in self.tabel.ukuran if (n := parse_volume(sel.get(k))[0]) is not None]
            angka, kata = [n for _, n in terisi], " × ".join(f"{j} {number_words(n)}" for j, n in terisi)
            if len(angka) == 1:
                isi.volume = isi.volume if isi.volume is not None else angka[0]
                return
        if not angka or (self.tabel.ukuran and parse_volume(isi.volume)[0] is not None):
            return
        hasil = Decimal(1)
        for satu in angka:
            hasil *= satu
        satuan = {2: "m2", 3: "m3"}.get(len(angka), "m")
        isi.saran["volume"] = f"{number_words(hasil.normalize())} {satuan}"
        isi.catatan.append(f"Ukuran tertulis {kata}; volumenya tidak dipilihkan (hasil kali {isi.saran['volume']}).")

    def _proposal(self, nomor: int, sel: dict[int, Any], isi: Isi, naungan: Naungan, desa: DesaTerbaca) -> BarisUsulan:
        volume, satuan = (isi.volume, None) if isinstance(isi.volume, Decimal) else parse_volume(isi.volume)
        volume = None if is_date(isi.volume) else volume
        satuan = isi.satuan or satuan or (self.tabel.unit_in_heading() if volume is not None else None)
        biaya, sumber = self._money(nomor, sel, isi)
        prioritas, ulang = self.cell(nomor, sel, "prioritas_desa"), self.cell(nomor, sel, "usulan_lama")
        usulan = BarisUsulan(
            baris=nomor,
            bagian=None,
            bidang=naungan.bidang,
            desa=desa.kode,
            kegiatan=isi.kegiatan,
            lokasi=isi.lokasi or naungan.dusun,
            volume=volume,
            satuan=self.rujukan.satuan.get(normal(satuan), satuan) if satuan else None,
            biaya=biaya,
            sumber_dana=sumber,
            manfaat=self.text(nomor, sel, "manfaat"),
            waktu=self.text(nomor, sel, "waktu"),
            prioritas_desa=int(prioritas) if re.fullmatch(r"[1-9]\d{0,3}", str(prioritas)) else None,
            permasalahan=self.text(nomor, sel, "permasalahan"),
            skpd=self.text(nomor, sel, "skpd"),
            mentah={get_column_letter(k): str(v) for k, v in sel.items()},
            teks_desa=desa.teks if not desa.asal else None,
            peringatan=list(isi.catatan),
            saran=isi.saran,
            usulan_lama=int(ulang) if re.fullmatch(r"[1-9]\d{0,5}", str(ulang)) else None,
            konteks=naungan.kepala,
            tanya=desa.tanya,
        )
        usulan.turunan = {n: "gabung" for n in TEKS if n != "bidang" and self.inherited(nomor, sel, n)}
        if desa.kode and desa.asal:
            usulan.turunan["desa"] = desa.asal
        if naungan.bidang and naungan.asal_bidang:
            usulan.turunan["bidang"] = naungan.asal_bidang
        if isi.lokasi is None and naungan.dusun:
            usulan.turunan["lokasi"] = "kelompok"
            isi.saran.pop("lokasi", None)
        if desa.ragu and desa.kode:
            dibaca = words(desa.kode, self.rujukan.desa)
            usulan.peringatan.append(f"Desa “{desa.teks}” dibaca sebagai {dibaca}; periksa.")
        return usulan

    def _remark(self, usulan: BarisUsulan, isi: Isi, desa: DesaTerbaca) -> None:
        """Say what is unknown, and what stood in the cell when it could not be read."""
        usulan.perlu_dilengkapi = [nama for nama in WAJIB if getattr(usulan, nama) is None]
        for nama, kata, mentah in (("biaya", "rupiah", isi.biaya), ("volume", "volume", isi.volume)):
            disebut = any(kata in p for p in usulan.peringatan for kata in ("tertulis sekali", "Ukuran tertulis"))
            terbaca = getattr(usulan, nama) is not None or disebut
            if not terbaca and mentah is not None and re.search(r"\w", str(mentah)) and not isinstance(mentah, Rusak):
                usulan.peringatan.append(f"“{mentah}” tidak terbaca sebagai {kata}.{guess(nama, mentah, isi)}")
        if usulan.desa is None:
            if tempat := self.rujukan.named_as_desa(usulan.lokasi or ""):
                isi.saran.setdefault("desa", tempat)
            tak_dikenal = f"Desa “{usulan.teks_desa}” tidak dikenal di Kecamatan {self.rujukan.kecamatan}."
            usulan.galat.append(desa.sebab or (tak_dikenal if usulan.teks_desa else "Nama desa tidak tertulis."))
        self._say_broken(usulan)

    def _say_broken(self, usulan: BarisUsulan) -> None:
        """Name the cells that hold an error or a formula never calculated, and dates where a text must have been."""
        sel = self.grid.baris[usulan.baris]
        kolom = dict(self.tabel.kolom) | {f"dana{k}": k for k in self.tabel.dana}
        kolom |= {f"volume{k}": k for k, _ in self.tabel.ukuran}
        kolom |= {f"{nama}{k}": k for nama, lain in self.tabel.sambung.items() for k, _ in lain}
        for nama, k in kolom.items():
            nilai, judul = sel.get(k), self.tabel.sendiri.get(k) or nama
            if nama in {"no", "prioritas_desa", "usulan_lama"}:
                continue
            if isinstance(nilai, Rusak):
                usulan.galat.append(f"Kolom {judul} berisi {nilai}, bukan nilai. Tulis nilainya, atau kosongkan.")
                nama = re.sub(r"\d+$", "", nama)
                usulan.rusak.append("biaya" if nama == "dana" else nama)
            elif nama != "waktu" and is_date(nilai):
                usulan.peringatan.append(
                    f"Kolom {judul} berisi tanggal {nilai}: mungkin Excel mengubah tulisan seperti “3/4”. "
                    "Periksa aslinya."
                )

    def _money(self, nomor: int, sel: dict[int, Any], isi: Isi) -> tuple[int | None, str | None]:
        biaya = None if is_date(isi.biaya) or is_scientific(isi.biaya) else parse_rupiah(isi.biaya, self.tabel.kali)
        if biaya is None and self.tabel.rentang:
            tepi = [parse_rupiah(sel.get(k), self.tabel.kali) for k in self.tabel.rentang]
            if all(tepi) and tepi[0] == tepi[1]:
                biaya = tepi[0]
            elif any(tepi):
                isi.catatan.append(
                    "Biaya ditulis sebagai kisaran: " + " sampai ".join(rupiah(n) for n in tepi if n) + "; pilih satu."
                )
        if biaya is None and (lain := self._other_years(sel)):
            isi.catatan.append(f"Biayanya tertulis untuk tahun lain: {lain}; untuk tahun rencana kosong.")
        sumber = self.text(nomor, sel, "sumber_dana")
        dana = {nama: parse_rupiah(sel.get(k), self.tabel.kali_dana) for k, nama in self.tabel.dana.items()}
        terisi = {nama: nilai for nama, nilai in dana.items() if nilai}
        if terisi:
            sumber = sumber or ", ".join(terisi)
            if biaya is None:
                biaya = sum(terisi.values())
            elif abs(sum(terisi.values()) - biaya) > 1 + biaya // 1000:
                isi.catatan.append(
                    f"Jumlah menurut sumber dana {rupiah(sum(terisi.values()))}, kolom biaya {rupiah(biaya)}; periksa."
                )
        elif not sumber:
            dicentang = [nama for k, nama in self.tabel.dana.items() if re.fullmatch(r"[vVxX√✓✔]", str(sel.get(k, "")))]
            sumber = ", ".join(dicentang) or None
        return biaya, sumber

    def _other_years(self, sel: dict[int, Any]) -> str:
        """The amounts of years that are not the plan's, in words."""
        tahunan = self.tabel.tahunan.get("biaya", {})
        isi = {
            t: parse_rupiah(sel.get(k), self.tabel.kali)
            for k, t in tahunan.items()
            if k != self.tabel.kolom.get("biaya")
        }
        return ", ".join(f"{rupiah(n)} ({t})" for t, n in sorted(isi.items()) if n)

    def _exact(self, teks: str) -> str | None:
        return self.pilihan.get(normal(teks)) or self.rujukan.find_desa(teks)

    def _near(self, teks: str) -> str | None:
        kode, yakin = self.rujukan.guess_desa(teks)
        return self._exact(teks) or (kode if yakin else None)

    def _merged_down(self) -> dict[tuple[int, int], Any]:
        """Values of cells merged over several rows of the table, by (row, column)."""
        hasil: dict[tuple[int, int], Any] = {}
        for atas, kiri, bawah, _ in self.grid.gabung:
            if bawah > atas > self.tabel.judul[-1] and kiri in (isi := self.grid.baris.get(atas, {})):
                hasil |= {(n, kiri): isi[kiri] for n in range(atas + 1, bawah + 1) if n in self.grid.baris}
        return hasil
