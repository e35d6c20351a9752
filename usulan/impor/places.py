"""Which desa, bidang and heading a row stands under: never further than the group that says so. Pure."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from usulan.impor.baris import bidang_of, tidy_bidang
from usulan.impor.compose import Composer
from usulan.impor.grid import Grid
from usulan.impor.parts import Covering, DesaRead
from usulan.impor.results import SEBUTAN, Reference, normal
from usulan.impor.tabel import Tabel

LEWATI = "lewati"  # a person's answer to the question which desa: it is none of ours
JUDUL_DESA = re.compile(
    r"^\W*(?:(?:[IVX]+|\d+|[A-Z])[.)]\s+)?(?:desa|kelurahan|kel\.|ds\.?)\s*:?\s*([^\d:]{3,40})$", re.I
)
KECAMATAN_DI_DESA = re.compile(r"\w.*?\bkec(?:amatan)?\b\.?\s+(\w[\w ]+)", re.I)
JUDUL_KECAMATAN = re.compile(r"^\W*(?:(?:[IVX]+|\d+|[A-Z])[.)]\s+)?kec(?:amatan)?\b\.?\s*:?\s*([^\d:]{3,40})$", re.I)


def desa_of_sheet(
    grid: Grid, tabel: Tabel, reference: Reference, berkas: str, pilihan: dict[str, str], default: str | None
) -> DesaRead:
    """The desa of rows that name none: title block, what a person said, name of the sheet, of the file, else unknown.

    A name that may as well be the kecamatan's is no desa, and a title above another table speaks of that one.
    """
    for nomor in range(1, tabel.judul[0]):
        text = " ".join(str(v) for k, v in grid.baris.get(nomor, {}).items() if k < tabel.batas)
        for chunk in re.split(r"\b(?:desa|kelurahan)\b", text, flags=re.I)[1:]:
            nama = re.split(r"\b(?:kec|kab|tahun|prov|\d{4})", chunk, flags=re.I)[0].strip(" :/-.,()")
            kode, sure = reference.guess_desa(nama) if nama else (None, False)
            if kode := (reference.find_desa(nama) if nama else None) or (kode if sure else None):
                return DesaRead(kode, nama, ragu=reference.find_desa(nama) is None, asal="judul")
    if chosen := pilihan.get(normal(grid.nama)):
        return DesaRead(chosen, None, asal="pilihan")
    in_sheet = None if normal(grid.nama) == normal(reference.kecamatan) else reference.find_desa(grid.nama)
    if kode := in_sheet or reference.find_desa_inside(grid.nama) or reference.find_desa_inside(Path(berkas).stem):
        return DesaRead(kode, None, asal="berkas")
    return DesaRead(default, None, asal="pilihan") if default else DesaRead(None, None)


class Place:
    """Follows the headings of one sheet downwards."""

    def __init__(self, grid: Grid, reference: Reference, start: DesaRead, pilihan: dict[str, str]) -> None:
        self.grid, self.rujukan, self.awal, self.pilihan = grid, reference, start, pilihan
        self.kelompok: DesaRead | None = None
        self.kecamatan_lain: str | None = None
        self.terakhir: tuple[str, str] | None = None  # the desa last named in a row: (code, words)
        self.bidang: tuple[str, str] | None = None  # (bidang, where from)
        self.dusun: str | None = None
        self.kepala: str | None = None
        self.sub: tuple[str, str] | None = None  # (heading of a part of the group, style of its number)
        self.dekat: dict[str, str] = {}

    def enter(self, builder: Composer, baris: list[dict[int, Any]]) -> None:
        """Begin a table: know whether its rows name desa of their own, and whether each states its bidang."""
        self.penyusun, self.tabel = builder, builder.tabel
        self.dusun = self.kepala = self.sub = None
        nama = [
            v for s in baris if (v := s.get(self.tabel.kolom.get("desa", 0))) is not None and re.search(r"\w", str(v))
        ]
        self.berkolom = bool(nama)
        self.lain_desa = any(self.rujukan.find_desa(str(v)) != self.awal.kode for v in nama)
        column = self.tabel.kolom.get("bidang", 0)
        contents = [normal(str(s[column])) if column in s else None for s in baris]
        self.bidang_per_baris = any(a is not None and a == b for a, b in pairwise(contents))

    def title_of(self, cell: dict[int, Any], jenis: str) -> str | None:
        """Return ``desa`` or ``kecamatan`` when a row only names one above its rows; a subtotal may stand beside it."""
        words = [v for v in cell.values() if isinstance(v, str) and re.search(r"\w", v)]
        column = self.tabel.kolom
        if {column.get("desa"), column.get("lokasi"), column.get("volume")} & set(cell) or jenis in {
            "jumlah",
            "tanda_tangan",
        }:
            return None
        if len(words) == 2 and len(words[0]) <= 4:
            words = words[1:]
        if len(words) != 1:
            return None
        if JUDUL_KECAMATAN.match(words[0]):
            return "kecamatan"
        return "desa" if self._titled(words[0])[0] or JUDUL_DESA.match(words[0]) else None

    def _titled(self, text: str) -> tuple[str | None, str]:
        nama = re.sub(r"^\W*(?:[IVX]+|\d+|[A-Z])[.)]\s+", "", text)
        nama = SEBUTAN.sub("", re.split(r"\bkec", nama, flags=re.I)[0]).strip(" :,")
        return self.rujukan.find_desa(nama), nama.title() if nama.isupper() else nama

    def take_title(self, cell: dict[int, Any], what: str) -> None:
        """Begin the group of a desa or of a kecamatan; what the group before said ends here."""
        text = max((str(v) for v in cell.values() if isinstance(v, str)), key=len)
        self.bidang = self.dusun = self.kepala = self.terakhir = self.sub = None
        if what == "kecamatan":
            nama = JUDUL_KECAMATAN.match(text)[1].strip()  # type: ignore[index]
            self.kecamatan_lain = None if self.rujukan.is_kecamatan(nama) else nama
            self.kelompok = None
            return
        kode, nama = self._titled(text)
        if kode is None:
            guess, sure = self.rujukan.guess_desa(nama)
            kode = self.pilihan.get(normal(nama)) or (guess if sure else None)
        reason = None if kode else f"Desa “{nama}” tidak dikenal di Kecamatan {self.rujukan.kecamatan}."
        self.kelompok = DesaRead(kode, nama, asal="kelompok", tanya=None if kode else nama, sebab=reason)

    def take_bidang(self, cell: dict[int, Any]) -> None:
        """Begin the group of a bidang (or of a program); a sub bidang is a part of the bidang above it."""
        nama, self.kepala = bidang_of(cell, self.tabel), None
        if self.bidang and re.match(r"sub\b", nama, re.I):
            self.sub = (nama, "")
        else:
            self.bidang, self.sub = (nama, "kelompok"), None

    def take_part(self, cell: dict[int, Any], style: str) -> None:
        """Begin a part of the group: a numbered title whose works are numbered below it; it ends at its own style."""
        self.sub, self.kepala = (bidang_of(cell, self.tabel), style), None

    def next_number(self, style: str) -> None:
        """A heading above bullets ends at the next number, one of a part at the next number of its own style."""
        self.kepala = None
        if self.sub and self.sub[1] == style:
            self.sub = None

    def other_kecamatan(self, nomor: int, cell: dict[int, Any]) -> str | None:
        """The kecamatan that the row, or the heading of its group, names when it is not ours."""
        nilai = self.penyusun.cell(nomor, cell, "kecamatan")
        if nilai is None or not re.search(r"\w", str(nilai)):
            in_desa = KECAMATAN_DI_DESA.search(str(self.penyusun.cell(nomor, cell, "desa") or ""))
            if in_desa is None:
                return self.kecamatan_lain
            nilai = in_desa[1]
        return None if self.rujukan.is_kecamatan(str(nilai)) else str(nilai).strip()

    def names_desa(self, nomor: int, cell: dict[int, Any]) -> bool:
        """Whether the row itself names a desa."""
        return re.search(r"\w", str(self.penyusun.cell(nomor, cell, "desa") or "")) is not None

    def desa(self, nomor: int, cell: dict[int, Any]) -> DesaRead:
        """Return the desa of a row: its own cell, a merged one, its group's, the sheet's; else unknown and asked."""
        nilai = self.penyusun.cell(nomor, cell, "desa")
        other = self.other_kecamatan(nomor, cell)
        if nilai is not None and re.search(r"\w", str(nilai)):
            read = self.penyusun.find_desa(str(nilai).strip())
            if self.penyusun.inherited(nomor, cell, "desa"):
                return replace(read, asal="gabung" if read.kode else None)
            self.terakhir = (read.kode, str(nilai).strip()) if read.kode else None
            return read
        if other is not None:
            reason = f"Baris ini menyebut Kecamatan {other}, tanpa nama desa."
            return self._ask(f"{self.grid.nama}: Kecamatan {other}", reason)
        if self.kelompok is not None:
            return self.kelompok
        if self.awal.kode and not self.lain_desa:
            return self.awal
        if not self.berkolom:
            return self._ask(self.grid.nama, None)
        if self.terakhir is None:
            return self._ask(f"{self.grid.nama}: baris tanpa desa", None)
        kunci = f"{self.grid.nama}: baris tanpa desa di bawah “{self.terakhir[1]}”"
        self.dekat[kunci] = self.terakhir[0]
        return self._ask(kunci, None)

    def _ask(self, kunci: str, sebab: str | None) -> DesaRead:
        """Unknown, with the question it shares with other rows; answered when a person has chosen."""
        kode = self.pilihan.get(normal(kunci))
        return DesaRead(kode, None, asal="pilihan") if kode else DesaRead(None, None, tanya=kunci, sebab=sebab)

    def under(self, nomor: int, cell: dict[int, Any]) -> Covering:
        """Return what the row stands under, taking note of the bidang that its own cell names."""
        head = self.kepala or (self.sub[0] if self.sub else None)
        text = self.penyusun.text(nomor, cell, "bidang")
        if text:
            merge = self.penyusun.inherited(nomor, cell, "bidang")
            self.bidang = (tidy_bidang(text), "baris")
            return Covering(self.bidang[0], "gabung" if merge else None, self.dusun, head)
        descending = self.bidang is not None and (
            self.bidang[1] == "kelompok" or not (self.berkolom or self.bidang_per_baris)
        )
        if self.bidang and descending:
            return Covering(self.bidang[0], "kelompok", self.dusun, head)
        return Covering(None, None, self.dusun, head)
