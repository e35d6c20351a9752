"""The shapes that the reader returns. Unknown is None, never 0 or ""."""

import re
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from musrenbang.sebutan import DESA_LAIN

YAKIN = 88  # of 100: how near a misspelt name of a desa must be to be taken, with a remark
MUNGKIN = 65
JARAK = 8  # and how much nearer than the next one


def normal(text: str) -> str:
    """Lower-case letters and digits only, so that "Tetebatu", "Tete Batu" and "TETE-BATU" are one name."""
    return re.sub(r"[^a-z0-9²³]", "", text.lower())


_LAIN = re.compile(rf"^\W*({DESA_LAIN})\s+", re.I)
"""What a desa is called in parts of the country; elsewhere some of these words begin a name, so it is tried last."""
SEBUTAN = re.compile(r"^\W*(desa|kelurahan|kel\.|ds\.)\s*", re.I)

EKOR = re.compile(r"\s*\(\s*(desa|kelurahan|kel\.?|ds\.?)\s*\)\s*$", re.I)


@dataclass(frozen=True)
class Reference:
    """What the reader may compare with: names of the kecamatan's desa by code, unit spellings, bidang, plan year."""

    kecamatan: str
    desa: dict[str, str]
    satuan: dict[str, str] = field(default_factory=dict)
    bidang: frozenset[str] = frozenset()
    tahun: int | None = None
    lalu: bool = False

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {normal(nama): kode for kode, nama in reversed(self.desa.items())}

    @cached_property
    def bidang_normal(self) -> frozenset[str]:
        """The names of bidang as ``normal`` writes them."""
        return frozenset(normal(nama) for nama in self.bidang)

    def find_desa(self, text: str) -> str | None:
        """Return the code of the desa whose name this is, or None."""
        nama = SEBUTAN.sub("", EKOR.sub("", text.strip()))
        return self._by_name.get(normal(nama)) or self._by_name.get(normal(_LAIN.sub("", nama)))

    def named_as_desa(self, text: str) -> str | None:
        """Return the desa that a text calls by that word ("Desa Loyok RT 3"), or whose name it is."""
        if kode := self.find_desa(text):
            return kode
        after = re.search(r"\b(?:desa|kelurahan|ds\.)\s*(.+)", text, flags=re.I)
        return self.find_desa_inside(f"desa {after[1]}") if after else None

    def is_kecamatan(self, text: str) -> bool:
        """Whether a text names our own kecamatan, alone or among others."""
        ours = normal(self.kecamatan)
        return any(
            normal(re.sub(r"\bkec(amatan)?\b\.?", "", p, flags=re.I)) == ours for p in re.split(r"[,;/&\n]", text)
        )

    def guess_desa(self, text: str) -> tuple[str | None, bool]:
        """Return (code of the desa whose name is nearest, whether it is sure); (None, False) when none is near."""
        search = normal(SEBUTAN.sub("", text.strip()))
        nilai = sorted(((fuzz.ratio(search, normal(nama)), kode) for kode, nama in self.desa.items()), reverse=True)
        if not search or not nilai or nilai[0][0] < MUNGKIN:
            return None, False
        far = len(nilai) == 1 or nilai[0][0] - nilai[1][0] >= JARAK
        return nilai[0][1], nilai[0][0] >= YAKIN and far

    def find_desa_inside(self, text: str) -> str | None:
        """Return the one desa that a name of a file or sheet names; None when it names none, several or perhaps none.

        The kecamatan's own name is cut out, and a desa of the same name counts only when the text calls it a desa.
        """
        clean = re.sub(r"[\s_.-]+", " ", text)
        clean = re.sub(rf"\bkec(amatan)? {re.escape(self.kecamatan)}\b", " ", clean, flags=re.I)
        fits = []
        for kode, nama in sorted(self.desa.items(), key=lambda d: -len(d[1])):
            core = rf"{' ?'.join(map(re.escape, nama.split()))}(?![^\W\d_])"
            pattern = rf"(?<![^\W\d_]){core}"
            explicit = rf"\b(?:desa|ds|kel|kelurahan) {core}" if normal(nama) == normal(self.kecamatan) else pattern
            if re.search(explicit, clean, flags=re.I):
                fits.append(kode)
                clean = re.sub(pattern, " ", clean, flags=re.I)
        return fits[0] if len(fits) == 1 else None


@dataclass
class BarisUsulan:
    """One proposal read from one Excel row, or from a part of it. Money in whole rupiah, volume in ``satuan``.

    ``saran`` offers what stands elsewhere in the row but is not sure enough to be taken. ``diubah`` holds, per field
    corrected in the preview, [what was read, what it is now]. ``usulan_lama`` is the number of last year's proposal
    that this one repeats, as our own template carries it. ``turunan`` names, per field that the row itself does not
    hold, where it comes from: ``judul`` (title), ``berkas`` (name of the file or sheet), ``gabung`` (merged cells),
    ``kelompok`` (heading of the group) or ``pilihan`` (a person). ``konteks`` is the heading that the work stands
    under; ``tanya`` the question about its desa that it shares with other rows. ``hasil`` is what became of it, in a
    list of last year's (``last_year.RowResult``); ``bobot`` the weights of several desa that its text says.
    """

    baris: int
    bagian: int | None
    bidang: str | None
    desa: str | None
    kegiatan: str | None
    lokasi: str | None
    volume: Decimal | None
    satuan: str | None
    biaya: int | None
    sumber_dana: str | None
    manfaat: str | None
    waktu: str | None
    prioritas_desa: int | None
    permasalahan: str | None
    skpd: str | None
    mentah: dict[str, str]
    perlu_dilengkapi: list[str] = field(default_factory=list)
    galat: list[str] = field(default_factory=list)
    peringatan: list[str] = field(default_factory=list)
    teks_desa: str | None = None
    saran: dict[str, str] = field(default_factory=dict)
    diubah: dict[str, list[str | None]] = field(default_factory=dict)
    usulan_lama: int | None = None
    turunan: dict[str, str] = field(default_factory=dict)
    konteks: str | None = None
    tanya: str | None = None
    rusak: list[str] = field(default_factory=list)
    hasil: dict[str, Any] | None = None
    bobot: dict[str, int] = field(default_factory=dict)


@dataclass
class SkippedRow:
    """A row that is not a proposal, with the reason."""

    baris: int
    alasan: str
    teks: str


@dataclass
class PrintedTotal:
    """A total printed in the file beside the one computed from its rows, in rupiah."""

    baris: int
    lingkup: str
    tercetak: int
    dihitung: int


@dataclass
class Column:
    """One column of the table as the mapping shows it: letter, heading, three samples, field (or funding source)."""

    huruf: str
    judul: str
    contoh: list[str]
    peran: str | None


@dataclass
class SheetResult:
    """One sheet: what it seems to be, whether it was used and why not, its columns, its rows.

    ``sidik`` identifies the shape of the heading; ``diingat`` says that a person's earlier mapping was used,
    ``pilihan_orang`` that a person took the sheet in or out. ``dekat`` offers a desa's code for a question (``tanya``).
    ``kali`` is the unit of the amounts in rupiah; ``ragu_uang`` says that they look too small for it.
    """

    nama: str
    dipakai: bool
    alasan: str | None = None
    baris_judul: list[int] = field(default_factory=list)
    kolom: dict[str, str] = field(default_factory=dict)
    tak_dikenal: list[str] = field(default_factory=list)
    usulan: list[BarisUsulan] = field(default_factory=list)
    dilewati: list[SkippedRow] = field(default_factory=list)
    jumlah_tercetak: list[PrintedTotal] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    semua_kolom: list[Column] = field(default_factory=list)
    sidik: str = ""
    diingat: bool = False
    jenis: str = "usulan"
    pilihan_orang: bool = False
    dekat: dict[str, str] = field(default_factory=dict)
    kali: int = 1
    ragu_uang: bool = False


@dataclass
class FileResult:
    """One workbook."""

    berkas: str
    sha256: str
    lembar: list[SheetResult]

    def ringkasan(self) -> dict[str, int]:
        """Count proposals: ready, to be completed, with errors; and the sum of known amounts (rupiah)."""
        all_rows = [u for lembar in self.lembar for u in lembar.usulan]
        error = sum(bool(u.galat) for u in all_rows)
        needed = sum(bool(u.perlu_dilengkapi) and not u.galat for u in all_rows)
        return {
            "usulan": len(all_rows),
            "siap": len(all_rows) - error - needed,
            "perlu_dilengkapi": needed,
            "galat": error,
            "total_biaya": sum(u.biaya or 0 for u in all_rows),
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of ``impor_usulan --json``."""
        lembar = []
        for one in self.lembar:
            usulan = [vars(u) | {"volume": _volume(u.volume)} for u in one.usulan]
            lembar.append(asdict(replace(one, usulan=[])) | {"usulan": usulan})
        content = {"berkas": self.berkas, "sha256": self.sha256, "lembar": lembar}
        return content | {"ringkasan": self.ringkasan()}


def _volume(nilai: Decimal | None) -> str | None:
    return None if nilai is None else f"{nilai.normalize():f}"
