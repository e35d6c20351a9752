"""What a person corrected in the preview, applied again each time the file is read. Pure.

A correction is a dict with ``lembar``, ``baris``, ``bagian`` (None: the whole row) and ``aksi``:

- ``ubah``: ``nilai`` maps fields to their new text (None: unknown); those in ``bawah`` also go to every row below
  that holds the same value as this one did.
- ``pecah``: ``teks`` are the works that this proposal really is; the cost stays with the first.
- ``gabung``: the row continues the proposal above it.
- ``bukan``: the row, or that part of it, is no proposal. ``pakai``: a skipped row is one.
- ``saran``: what the reader offered for this sheet is taken for every blank field.
- ``lembar``: the sheet is taken in or left out (``pakai``). ``satuan_uang``: its amounts count in ``kali`` rupiah.
- ``kosongkan``: cells of this sheet that hold an error or a formula never calculated are unknown, and may be saved so.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from usulan.impor.compose import WAJIB
from usulan.impor.description import take_apart
from usulan.impor.results import BarisUsulan

BIDANG_UBAH = (
    "desa",
    "bidang",
    "kegiatan",
    "lokasi",
    "volume",
    "satuan",
    "biaya",
    "sumber_dana",
    "manfaat",
)


class Correction:
    """The corrections of one import, looked up while its rows are read from top to bottom."""

    def __init__(self, daftar: Iterable[dict[str, Any]] = ()) -> None:
        self.per_baris: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        self.pakai_saran: set[str] = set()
        self.kosongkan: set[str] = set()
        self.lembar: dict[str, bool] = {}
        self.kali: dict[str, int] = {}
        for one in daftar:
            if one["aksi"] == "saran":
                self.pakai_saran.add(one["lembar"])
            elif one["aksi"] == "kosongkan":
                self.kosongkan.add(one["lembar"])
            elif one["aksi"] == "lembar":
                self.lembar[one["lembar"]] = one["pakai"]
            elif one["aksi"] == "satuan_uang":
                self.kali[one["lembar"]] = one["kali"]
            else:
                self.per_baris[one["lembar"], one["baris"]].append(one)
        self.turun: list[tuple[str, str, Any, Any]] = []

    def sheet(self, lembar: str) -> bool | None:
        """Return whether a person took the sheet in or out; None when nobody said."""
        return self.lembar.get(lembar)

    def factor(self, lembar: str, times: int) -> int:
        """Return the unit of the sheet's amounts in rupiah: as a person said, else as read."""
        return self.kali.get(lembar, times)

    def kind(self, lembar: str, baris: int, jenis: str) -> str:
        """Return what the row is: as the reader thinks, unless a person said otherwise."""
        for one in reversed(self.per_baris.get((lembar, baris), [])):
            if one["aksi"] == "bukan" and one["bagian"] is None:
                return "bukan_usulan"
            if one["aksi"] == "pakai":
                return "usulan"
        return jenis

    def joins_above(self, lembar: str, baris: int) -> bool:
        """Whether a person said that the row continues the proposal above it."""
        return any(one["aksi"] == "gabung" for one in self.per_baris.get((lembar, baris), []))

    def apply(self, lembar: str, baris: int, usulan: list[BarisUsulan]) -> list[BarisUsulan]:
        """Return the proposals of a row as corrected, each change kept beside what was read."""
        for one in usulan:
            if lembar in self.pakai_saran:
                _take_suggestions(one)
            if lembar in self.kosongkan and one.rusak:
                one.galat = [] if one.desa else one.galat[:1]
                one.rusak = []
            for at, nama, old, new in self.turun:
                if at == lembar and getattr(one, nama) == old:
                    _set(one, nama, new)
        command_line = self.per_baris.get((lembar, baris), [])
        reused = max((i for i, p in enumerate(command_line) if p["aksi"] == "pakai"), default=-1)
        for i, command in enumerate(command_line):
            affected = next((u for u in usulan if u.bagian == command["bagian"]), None)
            if affected is None:
                continue
            if command["aksi"] == "ubah":
                self._change(lembar, affected, command)
            elif command["aksi"] == "bukan" and i > reused:
                usulan = [u for u in usulan if u is not affected]
            elif command["aksi"] == "pecah":
                usulan = _split(usulan, affected, command["teks"])
        return usulan

    def _change(self, lembar: str, usulan: BarisUsulan, command: dict[str, Any]) -> None:
        for nama, text in command["nilai"].items():
            new = _value(nama, text)
            if nama in command["bawah"]:
                self.turun.append((lembar, nama, getattr(usulan, nama), new))
            _set(usulan, nama, new)


def join(above: BarisUsulan, below: list[BarisUsulan]) -> None:
    """Add the rows to the proposal above: words run on, blanks are filled, amounts are summed."""
    for one in below:
        for nama in ("kegiatan", "permasalahan", "manfaat"):
            words = [t for t in (getattr(above, nama), getattr(one, nama)) if t]
            setattr(above, nama, " ".join(words) or None)
        for nama in ("lokasi", "satuan", "sumber_dana", "waktu", "skpd", "prioritas_desa"):
            setattr(above, nama, getattr(above, nama) or getattr(one, nama))
        if one.satuan in (None, above.satuan) and one.volume is not None:
            above.volume = (above.volume or Decimal(0)) + one.volume
        if one.biaya is not None:
            above.biaya = (above.biaya or 0) + one.biaya
        above.mentah |= {f"{letter} (baris {one.baris})": content for letter, content in one.mentah.items()}
    _recheck(above)


def _value(nama: str, text: str | None) -> Any:
    if text is None:
        return None
    return {"biaya": int, "volume": Decimal}.get(nama, str)(text)


def _set(usulan: BarisUsulan, nama: str, new: Any) -> None:
    old = getattr(usulan, nama)
    if old == new:
        return
    read = usulan.diubah.get(nama, [None if old is None else _write(old)])[0]
    usulan.diubah[nama] = [read, None if new is None else _write(new)]
    setattr(usulan, nama, new)
    tail = {"biaya": "rupiah.", "volume": "volume."}.get(nama)
    if tail:
        usulan.peringatan = [p for p in usulan.peringatan if not p.endswith(f"tidak terbaca sebagai {tail}")]
    usulan.turunan.pop(nama, None)
    if nama == "desa":
        usulan.galat = [g for g in usulan.galat if "bukan nilai" in g]
        usulan.bobot = {}
        usulan.tanya = None
    elif nama in usulan.rusak:
        usulan.rusak.remove(nama)
        if not usulan.rusak:
            usulan.galat = [g for g in usulan.galat if "bukan nilai" not in g]
    _recheck(usulan)


def _write(nilai: Any) -> str:
    return f"{nilai:f}" if isinstance(nilai, Decimal) else str(nilai)


def _recheck(usulan: BarisUsulan) -> None:
    usulan.perlu_dilengkapi = [nama for nama in WAJIB if getattr(usulan, nama) is None]


def _take_suggestions(usulan: BarisUsulan) -> None:
    for nama, text in usulan.saran.items():
        if getattr(usulan, nama) is not None:
            continue
        if nama == "desa":
            continue  # which desa is never taken for many rows at once
        if nama == "volume":
            parse = take_apart(text)
            _set(usulan, "volume", parse.volume)
            if usulan.satuan is None:
                _set(usulan, "satuan", parse.satuan)
        else:
            _set(usulan, nama, text)


def _split(usulan: list[BarisUsulan], asal: BarisUsulan, text: list[str]) -> list[BarisUsulan]:
    """Replace one proposal by several; only the first keeps volume and cost, so that no sum grows."""
    nomor = max((u.bagian or 0 for u in usulan), default=0)
    cuts = []
    for i, kegiatan in enumerate(text):
        new = asal if i == 0 else copy.deepcopy(asal)
        if i:
            new.volume = new.biaya = None
            nomor += 1
            new.bagian = nomor
        elif asal.bagian is None:
            nomor = new.bagian = 1
        cuts.append((new, kegiatan))
    for new, kegiatan in cuts:
        _set(new, "kegiatan", kegiatan)
        _recheck(new)
    place = usulan.index(asal)
    return [*usulan[:place], *(new for new, _ in cuts), *usulan[place + 1 :]]
