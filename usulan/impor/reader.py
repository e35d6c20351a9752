"""One sheet from top to bottom: what each row is, then what it says."""

import re
from collections import Counter
from typing import Any

from openpyxl.utils import get_column_letter

from musrenbang.reading import parse_rupiah
from usulan.impor.baris import (
    cells,
    classify,
    continues,
    dusun_title,
    group_title,
    heads_part,
    heads_section,
    is_total,
    place_goes_on,
)
from usulan.impor.compose import Composer
from usulan.impor.corrections import Correction, join
from usulan.impor.description import is_bullet
from usulan.impor.grid import Grid
from usulan.impor.headings import is_repeated_heading, stands_alone
from usulan.impor.parts import DesaRead
from usulan.impor.periksa import check_sheet
from usulan.impor.places import LEWATI, Place
from usulan.impor.results import Column, PrintedTotal, Reference, SheetResult, SkippedRow
from usulan.impor.sums import NumericRow, Total, find_totals, style
from usulan.impor.tabel import Tabel

SEBAGIAN = re.compile(r"bidang|\bsub|\bdesa\b|\bdusun\b|\bprogram\b|\bkelompok\b|halaman", re.I)
TUBUH = {"lokasi", "volume", "satuan"}
JUDUL = {"judul_butir", "judul_desa", "judul_kecamatan", "judul_dusun"}


class Reader:
    """Reads one sheet with its tables, remembering the headings that its rows stand under."""

    def __init__(
        self,
        grid: Grid,
        tabel: list[Tabel],
        reference: Reference,
        pilihan: dict[str, str],
        koreksi: Correction,
        start: DesaRead,
    ) -> None:
        self.grid, self.tabel, self.rujukan, self.koreksi = grid, tabel, reference, koreksi
        self.penyusun = [Composer(grid, t, reference, pilihan) for t in tabel]
        self.tempat = Place(grid, reference, start, pilihan)
        self.hasil = SheetResult(grid.nama, True, catatan=list(dict.fromkeys(grid.catatan)))
        self.biaya: dict[int, int] = {}
        self.pulih: list[tuple[int, tuple[str, str] | None]] = []  # (last child of a parent, the bidang above it)
        self.di_tabel: dict[int, int] = {}
        for nomor in grid.baris:
            self.di_tabel[nomor] = max((i for i, t in enumerate(tabel) if nomor >= t.judul[0]), default=0)

    def read(self) -> SheetResult:
        """Return the sheet's proposals, every other row with the reason why it is none, and the totals compared."""
        self._describe()
        jenis = self._kinds()
        figure = self._arithmetic(jenis)
        current = -1
        for nomor, cell in self.grid.baris.items():
            if nomor not in jenis:
                continue
            if self.di_tabel[nomor] != current:
                current = self.di_tabel[nomor]
                self._enter(current)
            if nomor in figure.jumlah and jenis[nomor] != "bukan_usulan":
                jenis[nomor] = self.koreksi.kind(self.grid.nama, nomor, "jumlah")
            elif nomor in figure.induk and jenis[nomor] == "usulan":
                jenis[nomor] = self.koreksi.kind(self.grid.nama, nomor, "judul_bidang")
            while self.pulih and nomor > self.pulih[-1][0]:
                self.tempat.bidang = self.pulih.pop()[1]
            if jenis[nomor] == "judul_bidang" and nomor in figure.induk:
                self.pulih.append((max(figure.induk[nomor]), self.tempat.bidang))
            self._take(nomor, cell, jenis[nomor])
        self._compare_totals(jenis, figure)
        self.hasil.dekat = self.tempat.dekat
        check_sheet(self.hasil, self.grid, self.tabel)
        return self.hasil

    def _enter(self, current: int) -> None:
        tabel = self.tabel[current]
        contents = [s for n, s in self.grid.baris.items() if self.di_tabel[n] == current and n > tabel.judul[-1]]
        self.tempat.enter(self.penyusun[current], contents)

    def _kinds(self) -> dict[int, str]:
        """Return what each row is by its words and shape, and by what a person said."""
        jenis: dict[int, str] = {}
        signature, current, above = False, 0, 0
        ordering = list(self.grid.baris)
        self._enter(0)
        for i, (nomor, cell) in enumerate(self.grid.baris.items()):
            if self.di_tabel[nomor] != current:
                current, signature, above = self.di_tabel[nomor], False, 0
                self._enter(current)
            if nomor in self.tabel[current].judul:
                continue
            following = ordering[i + 1] if i + 1 < len(ordering) else 0
            one = self._kind(nomor, cell, signature, self.grid.baris.get(following, {}), above)
            one = self.koreksi.kind(self.grid.nama, nomor, one)
            if one == "digabung" and not self._chain(nomor, above):
                one = "usulan"
            jenis[nomor] = one
            signature = one == "tanda_tangan" or (signature and one != "usulan")
            above = above if one == "digabung" else nomor if one == "usulan" else 0
        return jenis

    def _chain(self, nomor: int, above: int) -> bool:
        """Whether the proposal above is near enough to run on: nothing but its own continuation in between."""
        return bool(above) and nomor - above <= 4

    def _kind(self, nomor: int, cell: dict[int, Any], signature: bool, following: dict[int, Any], above: int) -> str:
        tabel = self.tabel[self.di_tabel[nomor]]
        if nomor in self.grid.baris_tersembunyi:
            return "tersembunyi"
        if nomor < self.tabel[0].judul[0] or is_repeated_heading(cell, tabel):
            return "judul"
        jenis = classify(cell, tabel, self.rujukan, signature)
        if jenis in {"huruf_kolom", "jumlah"}:
            return jenis
        if what := self.tempat.title_of(cell, jenis):
            return f"judul_{what}"
        if (
            jenis == "usulan"
            and above
            and place_goes_on(cell, tabel, following)
            and continues(cell, tabel, self.grid.baris[above])
        ):
            return "digabung"
        if jenis in {"usulan", "judul_bidang"} and dusun_title(cell, tabel) and stands_alone(cell, tabel, following):
            return "judul_dusun"
        if jenis != "usulan":
            return jenis
        if above and continues(cell, tabel, self.grid.baris[above]):
            return "digabung"
        if heads_section(cell, following, tabel):
            return "judul_bidang"
        if heads_part(cell, following, tabel):
            return "judul_bagian"
        return "judul_butir" if group_title(cell, tabel, following) else jenis

    def _arithmetic(self, jenis: dict[int, str]) -> Total:
        """Find totals and parents by their sums, table by table."""
        result = Total()
        for i, tabel in enumerate(self.tabel):
            kelompok = [n for n, j in jenis.items() if self.di_tabel[n] == i and n > tabel.judul[-1]]
            works = [cells(self.grid.baris[n], tabel) for n in kelompok if jenis[n] == "usulan"]
            customary = {nama for nama in ("no", *TUBUH) if 2 * sum(nama in content for content in works) > len(works)}
            baris = [one for n in kelompok if (one := self._row(n, jenis[n], tabel, customary)) is not None]
            single_tabel = find_totals(baris, 1)
            result.jumlah |= {n: b for n, b in single_tabel.jumlah.items() if jenis[n] != "digabung"}
            result.induk |= single_tabel.induk
        return result

    def _row(self, nomor: int, jenis: str, tabel: Tabel, customary: set[str]) -> NumericRow | None:
        """What the arithmetic needs to know of a row; ``customary``: the marks that most works of this table bear."""
        if jenis not in {"usulan", "jumlah", "judul_bidang", "digabung", "judul_butir"}:
            return None
        cell = self.grid.baris[nomor]
        times = {k: tabel.kali_dana if k in tabel.dana else tabel.kali for k in tabel.money()}
        nilai = {k: n for k in tabel.money() if (n := parse_rupiah(cell.get(k), times[k]))}
        content = cells(cell, tabel)
        named = isinstance(content.get("kegiatan"), str)
        with_body = bool(TUBUH & set(content))
        words = [str(v) for v in cell.values() if isinstance(v, str)]
        plain = not words and not {"no", "kegiatan", *TUBUH} & set(content)
        plain = plain and (nomor, tabel.kolom.get("kegiatan", 0)) not in self.penyusun[self.di_tabel[nomor]].gabung
        labelled = jenis == "jumlah" or is_total(content, words) or plain
        unmarked = bool(customary) and not customary & set(content) and "no" not in content and not with_body
        bare_text = named and not with_body and bool(TUBUH & customary)
        styles = (
            style(content.get("no"))
            if "no" in tabel.kolom
            else "butir"
            if is_bullet(content.get("kegiatan"))
            else "kosong"
        )
        return NumericRow(
            nomor,
            nilai,
            boleh=labelled or unmarked or (not named and "lokasi" not in content),
            berlabel=labelled,
            sebagian=any(SEBAGIAN.search(t) for t in words[:2]),
            induk=jenis == "usulan" and named and not with_body and bool({"lokasi", "volume"} & set(tabel.kolom)),
            polos=plain,
            gaya=f"{styles} tanpa isi" if styles == "kosong" and bare_text else styles,
        )

    def _take(self, nomor: int, cell: dict[int, Any], jenis: str) -> None:
        place = self.tempat
        if jenis == "usulan" and self._is_elsewhere(nomor, cell):
            return
        if jenis == "usulan":
            self._propose(nomor, cell)
            return
        if jenis == "digabung":
            self._join(nomor, cell)
            return
        alasan = "judul" if jenis in JUDUL else "judul_bidang" if jenis == "judul_bagian" else jenis
        self.hasil.dilewati.append(SkippedRow(nomor, alasan, _row_text(cell)))
        if jenis == "judul_butir":
            place.kepala = (place.penyusun.text(nomor, cell, "kegiatan") or "").strip(" :") or None
            place.desa(nomor, cell)
        elif jenis in {"judul_desa", "judul_kecamatan"}:
            place.take_title(cell, jenis.removeprefix("judul_"))
        elif jenis == "judul_dusun":
            place.dusun, place.kepala = dusun_title(cell, place.tabel), None
        elif jenis == "judul_bagian":
            place.take_part(cell, style(cells(cell, place.tabel).get("no")))
        elif jenis == "judul_bidang":
            place.take_bidang(cell)
        elif jenis == "jumlah":
            place.kepala = None

    def _is_elsewhere(self, nomor: int, cell: dict[int, Any]) -> bool:
        """Skip a row of another kecamatan that says so, and rows that a person left out by answering their question."""
        other = self.tempat.other_kecamatan(nomor, cell)
        if other and (self.tempat.names_desa(nomor, cell) or self.tempat.kecamatan_lain):
            alasan, text = "kecamatan_lain", f"Kecamatan {other}: {_row_text(cell)}"
        elif self.tempat.desa(nomor, cell).kode == LEWATI:
            alasan, text = "bukan_usulan", _row_text(cell)
        else:
            return False
        self.hasil.dilewati.append(SkippedRow(nomor, alasan, text))
        return True

    def _propose(self, nomor: int, cell: dict[int, Any]) -> None:
        place, tabel = self.tempat, self.tempat.tabel
        content = cells(cell, tabel)
        if "no" in content and not is_bullet(content.get("kegiatan")):
            place.next_number(style(content["no"]))
        usulan = place.penyusun.build(nomor, cell, place.under(nomor, cell), place.desa(nomor, cell))
        if self.koreksi.joins_above(self.grid.nama, nomor) and self.hasil.usulan:
            join(self.hasil.usulan[-1], usulan)
            self.hasil.dilewati.append(SkippedRow(nomor, "digabung", _row_text(cell)))
        else:
            usulan = self.koreksi.apply(self.grid.nama, nomor, usulan)
            self.hasil.usulan += usulan
            if not usulan:  # every part of it was marked as no proposal
                self.hasil.dilewati.append(SkippedRow(nomor, "bukan_usulan", _row_text(cell)))
        self.biaya[nomor] = sum(u.biaya or 0 for u in usulan)

    def _join(self, nomor: int, cell: dict[int, Any]) -> None:
        """Let a row run on from the proposal above; what was written over two rows by hand is one text again."""
        above, builder = self.hasil.usulan[-1], self.tempat.penyusun
        kegiatan, lokasi = (builder.text(nomor, cell, n) for n in ("kegiatan", "lokasi"))
        above.kegiatan = " ".join(t for t in (above.kegiatan, kegiatan) if t) or None
        above.lokasi = " ".join(t for t in (above.lokasi, lokasi) if t) or None
        above.mentah |= {f"{get_column_letter(k)} (baris {nomor})": str(v) for k, v in cell.items()}
        above.peringatan.append(f"Baris {nomor} dibaca sebagai sambungan baris ini; periksa.")
        self.hasil.dilewati.append(SkippedRow(nomor, "digabung", _row_text(cell)))

    def _compare_totals(self, jenis: dict[int, str], figure: Total) -> None:
        """Put each printed total beside the sum of its own rows; one above its rows sums what follows it."""
        ordering = list(jenis)
        for i, nomor in enumerate(ordering):
            if jenis[nomor] not in {"jumlah", "judul_bidang"}:
                continue
            tabel, cell = self.tabel[self.di_tabel[nomor]], self.grid.baris[nomor]
            column = next((k for k in tabel.money() if parse_rupiah(cell.get(k))), 0)
            printed = parse_rupiah(cell.get(column), tabel.kali_dana if column in tabel.dana else tabel.kali)
            if not printed:
                continue
            anggota = figure.jumlah.get(nomor) or figure.induk.get(nomor)
            if anggota is None or (jenis[nomor] == "jumlah" and not anggota):
                anggota = self._below(ordering[i + 1 :], jenis, jenis[nomor])
            scope = next((str(v) for v in cell.values() if isinstance(v, str) and re.search(r"[^\W\d_]", v)), "Jumlah")
            self.hasil.jumlah_tercetak.append(
                PrintedTotal(nomor, scope.strip()[:80], printed, sum(self.biaya.get(n, 0) for n in anggota))
            )

    @staticmethod
    def _below(below: list[int], jenis: dict[int, str], like: str) -> list[int]:
        """The rows that a subtotal in a heading sums: up to the next heading; a total above all rows sums them all."""
        anggota = []
        for nomor in below:
            if like == "judul_bidang" and jenis[nomor] == like:
                break
            anggota.append(nomor)
        return anggota

    def _describe(self) -> None:
        """Say how the sheet was understood: heading, columns with samples, what is hidden."""
        tabel, result = self.tabel[0], self.hasil
        result.kali = tabel.kali
        result.baris_judul = [n for t in self.tabel for n in t.judul]
        result.kolom, result.tak_dikenal = tabel.letters(), tabel.tak_dikenal
        result.sidik, result.diingat = tabel.sidik(), tabel.diingat
        result.catatan += list(dict.fromkeys(c for t in self.tabel for c in t.catatan))
        if len(self.tabel) > 1:
            result.catatan.append(
                f"{len(self.tabel)} tabel di lembar kerja ini dibaca, masing-masing dengan judul kolomnya sendiri."
            )
        if self.grid.baris_tersembunyi & set(self.grid.baris):
            jumlah = len(self.grid.baris_tersembunyi & set(self.grid.baris))
            result.catatan.append(f"{jumlah} baris tersembunyi di Excel tidak dipakai; tampilkan di bawah bila perlu.")
        peran = tabel.roles()
        contents = [cell for n, cell in self.grid.baris.items() if n > tabel.judul[-1]]
        filled = Counter(k for cell in contents for k in cell)
        for k in sorted(set(filled) | set(tabel.label)):
            example = [str(cell[k])[:40] for cell in contents[:50] if k in cell][1:4]
            result.semua_kolom.append(Column(get_column_letter(k), tabel.label.get(k, ""), example, peran.get(k)))


def _row_text(cell: dict[int, Any]) -> str:
    return " ".join(str(v) for v in cell.values())[:200]
