"""From the cells of one row to one proposal, or to several when it names several works or several desa."""

import re
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from musrenbang.format import rupiah
from musrenbang.reading import parse_rupiah
from usulan.impor.cell_words import cell_text, guess, is_date, number_words
from usulan.impor.description import is_bullet, lines_of, split_bullets, take_apart
from usulan.impor.grid import BrokenCell, Grid
from usulan.impor.numbers import is_scientific, parse_measure, parse_volume
from usulan.impor.owner import KECAMATAN, is_joint, is_whole, join_codes, several, shares, unread_shares, words
from usulan.impor.parts import Content, Covering, DesaRead
from usulan.impor.result_rows import ResultRows
from usulan.impor.results import BarisUsulan, Reference, normal
from usulan.impor.tabel import Tabel, merged_down

WAJIB = ["kegiatan", "lokasi", "volume", "satuan", "biaya"]
TEKS = ("kegiatan", "lokasi", "satuan", "sumber_dana", "manfaat", "waktu", "permasalahan", "skpd", "bidang")
TURUN = {*TEKS, "desa", "kecamatan"}
RT_RW = re.compile(r"^\W*(?:RT|RW|RT\s*/\s*RW)\W*$", re.I)


class Composer:
    """Builds the proposals of one table."""

    def __init__(self, grid: Grid, tabel: Tabel, reference: Reference, pilihan: dict[str, str]) -> None:
        self.grid, self.tabel, self.rujukan, self.pilihan = grid, tabel, reference, pilihan
        self.gabung = merged_down(grid, tabel)
        self.hasil_lalu = ResultRows(grid, tabel)

    def build(self, nomor: int, cell: dict[int, Any], covering: Covering, desa: DesaRead) -> list[BarisUsulan]:
        """Return the proposals of one row under its headings."""
        part = self._parts(nomor, cell)
        results: list[BarisUsulan] = []
        for content in part:
            usulan = self._proposal(nomor, cell, content, covering, desa)
            usulan.bagian = len(results) + 1 if len(part) > 1 else None
            self._remark(usulan, content, desa)
            results.append(usulan)
        if self.rujukan.lalu:
            self.hasil_lalu.add(nomor, cell, results)
        return results

    def find_desa(self, text: str) -> DesaRead:
        """Return whose a text says it is: one desa, several ("Semaya, Loyok dan Sikur"), the kecamatan, or unknown."""
        if kode := self._exact(text) or several(text, self._exact):
            return DesaRead(kode, text)
        bobot, stated = shares(text, self._near)
        if bobot:
            return DesaRead(join_codes(bobot), text, bobot=bobot)
        if stated:
            return DesaRead(None, text, sebab=f"Bagian tiap desa di “{text}” tidak terbaca: pilih desa-desanya.")
        if is_whole(text, self.rujukan.kecamatan):
            return DesaRead(KECAMATAN, text)
        if is_joint(text):
            return DesaRead(None, text, sebab=f"“{text}” tidak menyebut desanya: pilih desa-desanya.")
        kode, sure = self.rujukan.guess_desa(text)
        return DesaRead(kode if sure else several(text, self._near), text, ragu=True)

    def cell(self, nomor: int, cells: dict[int, Any], nama: str) -> Any:
        """Return a field's cell; one merged downwards stands for each of its rows."""
        column = self.tabel.kolom.get(nama, 0)
        if column in cells or nama not in TURUN:
            return cells.get(column)
        return self.gabung.get((nomor, column))

    def inherited(self, nomor: int, cell: dict[int, Any], nama: str) -> bool:
        """Whether a field's value stands in a merged cell that begins in a row above."""
        column = self.tabel.kolom.get(nama, 0)
        return column not in cell and nama in TURUN and (nomor, column) in self.gabung

    def text(self, nomor: int, cell: dict[int, Any], nama: str) -> str | None:
        """Return a field as one line of text, its further columns joined; None when it has no letter or digit."""
        main = self.cell(nomor, cell, nama)
        pieces = [None if nama != "waktu" and is_date(main) else cell_text(main)]
        main_title = self.tabel.sendiri.get(self.tabel.kolom.get(nama, 0), "")
        if nama == "lokasi" and pieces[0] and RT_RW.match(main_title) and pieces[0][0].isdigit():
            pieces[0] = f"{main_title.strip()} {pieces[0]}"
        for column, judul in self.tabel.sambung.get(nama, []):
            if (content := cell_text(cell.get(column))) and not is_date(cell[column]):
                short = len(judul) <= 10 and not re.match(re.escape(judul), content, re.I)
                pieces.append(f"{judul} {content}" if short else content)
        return " ".join(p for p in pieces if p) or None

    def _parts(self, nomor: int, cell: dict[int, Any]) -> list[Content]:
        raw = self.cell(nomor, cell, "kegiatan")
        volume, biaya = self.cell(nomor, cell, "volume"), self.cell(nomor, cell, "biaya")
        satuan, lokasi = self.text(nomor, cell, "satuan"), self.text(nomor, cell, "lokasi")
        above, item = split_bullets(raw) if isinstance(raw, str) else ("", [])
        if not item:
            content = Content(self.text(nomor, cell, "kegiatan"), lokasi, volume, satuan, biaya)
            if is_bullet(raw):
                self._from_text(content, None)
            elif content.kegiatan:
                self._suggest(content)
            self._sizes(cell, content)
            return [content]
        per = {
            nama: lines_of(self.cell(nomor, cell, nama), len(item)) for nama in ("lokasi", "volume", "satuan", "biaya")
        }
        results = []
        for i, text in enumerate(item):
            content = Content(text, lokasi, None, satuan, None)
            if place := per["lokasi"]:
                content.lokasi = place[i]
            for nama, origin in (("volume", volume), ("biaya", biaya), ("satuan", satuan)):
                if baris := per[nama]:
                    setattr(content, nama, baris[i])
                elif origin is not None and nama != "satuan":
                    content.catatan.append(
                        f"{nama.title()} “{origin}” tertulis sekali untuk {len(item)} usulan; bagilah."
                    )
            self._from_text(content, above or None)
            results.append(content)
        return results

    @staticmethod
    def _from_text(content: Content, head: str | None) -> None:
        """Take from a bullet's words what its cells leave blank."""
        parse = take_apart(content.kegiatan or "")
        if content.volume is None and parse.volume is not None:
            content.volume, content.satuan = parse.volume, content.satuan or parse.satuan
            content.kegiatan = parse.teks
        else:
            content.kegiatan = re.sub(r"\s+", " ", (content.kegiatan or "").lstrip("•▪◦●○■□►➢✓·*–—- ")).strip()
        content.lokasi = content.lokasi or parse.lokasi
        if content.lokasi is None and parse.rt:
            content.saran["lokasi"] = parse.rt
        if head:
            content.kegiatan = f"{head}: {content.kegiatan}"

    @staticmethod
    def _suggest(content: Content) -> None:
        """Offer, never take, what stands in the words of an ordinary row."""
        parse = take_apart(content.kegiatan or "")
        if content.lokasi is None and (place := parse.lokasi or parse.rt):
            content.saran["lokasi"] = place
        if content.volume is None and parse.volume is not None:
            content.saran["volume"] = f"{parse.volume:f} {parse.satuan}"

    def _sizes(self, cell: dict[int, Any], content: Content) -> None:
        """Length, width and height are all kept in sight; their product is offered, none is taken as the volume."""
        if not self.tabel.ukuran:
            figure, word = parse_measure(content.volume), str(content.volume)
        else:
            filled = [(judul, n) for k, judul in self.tabel.ukuran if (n := parse_volume(cell.get(k))[0]) is not None]
            figure, word = [n for _, n in filled], " × ".join(f"{j} {number_words(n)}" for j, n in filled)
            if len(figure) == 1:
                content.volume = content.volume if content.volume is not None else figure[0]
                return
        if not figure or (self.tabel.ukuran and parse_volume(content.volume)[0] is not None):
            return
        result = Decimal(1)
        for one in figure:
            result *= one
        satuan = {2: "m2", 3: "m3"}.get(len(figure), "m")
        content.saran["volume"] = f"{number_words(result.normalize())} {satuan}"
        content.catatan.append(
            f"Ukuran tertulis {word}; volumenya tidak dipilihkan (hasil kali {content.saran['volume']})."
        )

    def _proposal(
        self, nomor: int, cell: dict[int, Any], content: Content, covering: Covering, desa: DesaRead
    ) -> BarisUsulan:
        volume, satuan = (content.volume, None) if isinstance(content.volume, Decimal) else parse_volume(content.volume)
        volume = None if is_date(content.volume) else volume
        satuan = content.satuan or satuan or (self.tabel.unit_in_heading() if volume is not None else None)
        biaya, source = self._money(nomor, cell, content)
        prioritas, again = self.cell(nomor, cell, "prioritas_desa"), self.cell(nomor, cell, "usulan_lama")
        usulan = BarisUsulan(
            baris=nomor,
            bagian=None,
            bidang=covering.bidang,
            desa=desa.kode,
            kegiatan=content.kegiatan,
            lokasi=content.lokasi or covering.dusun,
            volume=volume,
            satuan=self.rujukan.satuan.get(normal(satuan), satuan) if satuan else None,
            biaya=biaya,
            sumber_dana=source,
            manfaat=self.text(nomor, cell, "manfaat"),
            waktu=self.text(nomor, cell, "waktu"),
            prioritas_desa=int(prioritas) if re.fullmatch(r"[1-9]\d{0,3}", str(prioritas)) else None,
            permasalahan=self.text(nomor, cell, "permasalahan"),
            skpd=self.text(nomor, cell, "skpd"),
            mentah={get_column_letter(k): str(v) for k, v in cell.items()},
            teks_desa=desa.teks if not desa.asal else None,
            peringatan=list(content.catatan),
            saran=content.saran,
            usulan_lama=int(again) if re.fullmatch(r"[1-9]\d{0,5}", str(again)) else None,
            konteks=covering.kepala,
            tanya=desa.tanya,
            bobot=desa.bobot or {},
        )
        usulan.turunan = {n: "gabung" for n in TEKS if n != "bidang" and self.inherited(nomor, cell, n)}
        if desa.kode and desa.asal:
            usulan.turunan["desa"] = desa.asal
        if covering.bidang and covering.asal_bidang:
            usulan.turunan["bidang"] = covering.asal_bidang
        if content.lokasi is None and covering.dusun:
            usulan.turunan["lokasi"] = "kelompok"
            content.saran.pop("lokasi", None)
        if desa.ragu and desa.kode:
            read = words(desa.kode, self.rujukan.desa)
            usulan.peringatan.append(f"Desa “{desa.teks}” dibaca sebagai {read}; periksa.")
        return usulan

    def _remark(self, usulan: BarisUsulan, content: Content, desa: DesaRead) -> None:
        """Say what is unknown, and what stood in the cell when it could not be read."""
        usulan.perlu_dilengkapi = [nama for nama in WAJIB if getattr(usulan, nama) is None]
        for nama, word, raw in (("biaya", "rupiah", content.biaya), ("volume", "volume", content.volume)):
            mentioned = any(word in p for p in usulan.peringatan for word in ("tertulis sekali", "Ukuran tertulis"))
            readable = getattr(usulan, nama) is not None or mentioned
            if not readable and raw is not None and re.search(r"\w", str(raw)) and not isinstance(raw, BrokenCell):
                usulan.peringatan.append(f"“{raw}” tidak terbaca sebagai {word}.{guess(nama, raw, content)}")
        usulan.peringatan += unread_shares(usulan.desa, usulan.bobot, usulan.teks_desa)
        if usulan.desa is None:
            if place := self.rujukan.named_as_desa(usulan.lokasi or ""):
                content.saran.setdefault("desa", place)
            unrecognised = f"Desa “{usulan.teks_desa}” tidak dikenal di Kecamatan {self.rujukan.kecamatan}."
            usulan.galat.append(desa.sebab or (unrecognised if usulan.teks_desa else "Nama desa tidak tertulis."))
        self._say_broken(usulan)

    def _say_broken(self, usulan: BarisUsulan) -> None:
        """Name the cells that hold an error or a formula never calculated, and dates where a text must have been."""
        cell = self.grid.baris[usulan.baris]
        column = dict(self.tabel.kolom) | {f"dana{k}": k for k in self.tabel.dana}
        column |= {f"volume{k}": k for k, _ in self.tabel.ukuran}
        column |= {f"{nama}{k}": k for nama, other in self.tabel.sambung.items() for k, _ in other}
        for nama, k in column.items():
            nilai, judul = cell.get(k), self.tabel.sendiri.get(k) or nama
            if nama in {"no", "prioritas_desa", "usulan_lama"}:
                continue
            if isinstance(nilai, BrokenCell):
                usulan.galat.append(f"Kolom {judul} berisi {nilai}, bukan nilai. Tulis nilainya, atau kosongkan.")
                nama = re.sub(r"\d+$", "", nama)
                usulan.rusak.append("biaya" if nama == "dana" else nama)
            elif nama != "waktu" and is_date(nilai):
                usulan.peringatan.append(
                    f"Kolom {judul} berisi tanggal {nilai}: mungkin Excel mengubah tulisan seperti “3/4”. "
                    "Periksa aslinya."
                )

    def _money(self, nomor: int, cell: dict[int, Any], content: Content) -> tuple[int | None, str | None]:
        biaya = (
            None
            if is_date(content.biaya) or is_scientific(content.biaya)
            else parse_rupiah(content.biaya, self.tabel.kali)
        )
        if biaya is None and self.tabel.rentang:
            edges = [parse_rupiah(cell.get(k), self.tabel.kali) for k in self.tabel.rentang]
            if all(edges) and edges[0] == edges[1]:
                biaya = edges[0]
            elif any(edges):
                content.catatan.append(
                    "Biaya ditulis sebagai kisaran: " + " sampai ".join(rupiah(n) for n in edges if n) + "; pilih satu."
                )
        if biaya is None and (other := self._other_years(cell)):
            content.catatan.append(f"Biayanya tertulis untuk tahun lain: {other}; untuk tahun rencana kosong.")
        source = self.text(nomor, cell, "sumber_dana")
        dana = {nama: parse_rupiah(cell.get(k), self.tabel.kali_dana) for k, nama in self.tabel.dana.items()}
        filled = {nama: nilai for nama, nilai in dana.items() if nilai}
        if filled:
            source = source or ", ".join(filled)
            if biaya is None:
                biaya = sum(filled.values())
            elif abs(sum(filled.values()) - biaya) > 1 + biaya // 1000:
                content.catatan.append(
                    f"Jumlah menurut sumber dana {rupiah(sum(filled.values()))}, kolom biaya {rupiah(biaya)}; periksa."
                )
        elif not source:
            ticked = [nama for k, nama in self.tabel.dana.items() if re.fullmatch(r"[vVxX√✓✔]", str(cell.get(k, "")))]
            source = ", ".join(ticked) or None
        return biaya, source

    def _other_years(self, cell: dict[int, Any]) -> str:
        """The amounts of years that are not the plan's, in words."""
        yearly, own = self.tabel.tahunan.get("biaya", {}), self.tabel.kolom.get("biaya")
        amounts = {t: parse_rupiah(cell.get(k), self.tabel.kali) for k, t in yearly.items() if k != own}
        return ", ".join(f"{rupiah(n)} ({t})" for t, n in sorted(amounts.items()) if n)

    def _exact(self, text: str) -> str | None:
        return self.pilihan.get(normal(text)) or self.rujukan.find_desa(text)

    def _near(self, text: str) -> str | None:
        kode, sure = self.rujukan.guess_desa(text)
        return self._exact(text) or (kode if sure else None)
