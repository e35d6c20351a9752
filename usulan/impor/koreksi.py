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

from usulan.impor.hasil import BarisUsulan
from usulan.impor.susun import WAJIB
from usulan.impor.uraian import take_apart

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


class Koreksi:
    """The corrections of one import, looked up while its rows are read from top to bottom."""

    def __init__(self, daftar: Iterable[dict[str, Any]] = ()) -> None:
        self.per_baris: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        self.pakai_saran: set[str] = set()
        self.kosongkan: set[str] = set()
        self.lembar: dict[str, bool] = {}
        self.kali: dict[str, int] = {}
        for satu in daftar:
            if satu["aksi"] == "saran":
                self.pakai_saran.add(satu["lembar"])
            elif satu["aksi"] == "kosongkan":
                self.kosongkan.add(satu["lembar"])
            elif satu["aksi"] == "lembar":
                self.lembar[satu["lembar"]] = satu["pakai"]
            elif satu["aksi"] == "satuan_uang":
                self.kali[satu["lembar"]] = satu["kali"]
            else:
                self.per_baris[satu["lembar"], satu["baris"]].append(satu)
        self.turun: list[tuple[str, str, Any, Any]] = []

    def sheet(self, lembar: str) -> bool | None:
        """Return whether a person took the sheet in or out; None when nobody said."""
        return self.lembar.get(lembar)

    def factor(self, lembar: str, kali: int) -> int:
        """Return the unit of the sheet's amounts in rupiah: as a person said, else as read."""
        return self.kali.get(lembar, kali)

    def kind(self, lembar: str, baris: int, jenis: str) -> str:
        """Return what the row is: as the reader thinks, unless a person said otherwise."""
        for satu in reversed(self.per_baris.get((lembar, baris), [])):
            if satu["aksi"] == "bukan" and satu["bagian"] is None:
                return "bukan_usulan"
            if satu["aksi"] == "pakai":
                return "usulan"
        return jenis

    def joins_above(self, lembar: str, baris: int) -> bool:
        """Whether a person said that the row continues the proposal above it."""
        return any(satu["aksi"] == "gabung" for satu in self.per_baris.get((lembar, baris), []))

    def apply(self, lembar: str, baris: int, usulan: list[BarisUsulan]) -> list[BarisUsulan]:
        """Return the proposals of a row as corrected, each change kept beside what was read."""
        for satu in usulan:
            if lembar in self.pakai_saran:
                _take_suggestions(satu)
            if lembar in self.kosongkan and satu.rusak:
                satu.galat = [] if satu.desa else satu.galat[:1]
                satu.rusak = []
            for di, nama, lama, baru in self.turun:
                if di == lembar and getattr(satu, nama) == lama:
                    _set(satu, nama, baru)
        perintah_baris = self.per_baris.get((lembar, baris), [])
        dipakai_lagi = max((i for i, p in enumerate(perintah_baris) if p["aksi"] == "pakai"), default=-1)
        for i, perintah in enumerate(perintah_baris):
            kena = next((u for u in usulan if u.bagian == perintah["bagian"]), None)
            if kena is None:
                continue
            if perintah["aksi"] == "ubah":
                self._change(lembar, kena, perintah)
            elif perintah["aksi"] == "bukan" and i > dipakai_lagi:
                usulan = [u for u in usulan if u is not kena]
            elif perintah["aksi"] == "pecah":
                usulan = _split(usulan, kena, perintah["teks"])
        return usulan

    def _change(self, lembar: str, usulan: BarisUsulan, perintah: dict[str, Any]) -> None:
        for nama, teks in perintah["nilai"].items():
            baru = _value(nama, teks)
            if nama in perintah["bawah"]:
                self.turun.append((lembar, nama, getattr(usulan, nama), baru))
            _set(usulan, nama, baru)


def join(atas: BarisUsulan, bawah: list[BarisUsulan]) -> None:
    """Add the rows to the proposal above: words run on, blanks are filled, amounts are summed."""
    for satu in bawah:
        for nama in ("kegiatan", "permasalahan", "manfaat"):
            kata = [t for t in (getattr(atas, nama), getattr(satu, nama)) if t]
            setattr(atas, nama, " ".join(kata) or None)
        for nama in ("lokasi", "satuan", "sumber_dana", "waktu", "skpd", "prioritas_desa"):
            setattr(atas, nama, getattr(atas, nama) or getattr(satu, nama))
        if satu.satuan in (None, atas.satuan) and satu.volume is not None:
            atas.volume = (atas.volume or Decimal(0)) + satu.volume
        if satu.biaya is not None:
            atas.biaya = (atas.biaya or 0) + satu.biaya
        atas.mentah |= {f"{huruf} (baris {satu.baris})": isi for huruf, isi in satu.mentah.items()}
    _recheck(atas)


def _value(nama: str, teks: str | None) -> Any:
    if teks is None:
        return None
    return {"biaya": int, "volume": Decimal}.get(nama, str)(teks)


def _set(usulan: BarisUsulan, nama: str, baru: Any) -> None:
    lama = getattr(usulan, nama)
    if lama == baru:
        return
    dibaca = usulan.diubah.get(nama, [None if lama is None else _tulis(lama)])[0]
    usulan.diubah[nama] = [dibaca, None if baru is None else _tulis(baru)]
    setattr(usulan, nama, baru)
    ekor = {"biaya": "rupiah.", "volume": "volume."}.get(nama)
    if ekor:
        usulan.peringatan = [p for p in usulan.peringatan if not p.endswith(f"tidak terbaca sebagai {ekor}")]
    usulan.turunan.pop(nama, None)
    if nama == "desa":
        usulan.galat = [g for g in usulan.galat if "bukan nilai" in g]
        usulan.tanya = None
    elif nama in usulan.rusak:
        usulan.rusak.remove(nama)
        if not usulan.rusak:
            usulan.galat = [g for g in usulan.galat if "bukan nilai" not in g]
    _recheck(usulan)


def _tulis(nilai: Any) -> str:
    return f"{nilai:f}" if isinstance(nilai, Decimal) else str(nilai)


def _recheck(usulan: BarisUsulan) -> None:
    usulan.perlu_dilengkapi = [nama for nama in WAJIB if getattr(usulan, nama) is None]


def _take_suggestions(usulan: BarisUsulan) -> None:
    for nama, teks in usulan.saran.items():
        if getattr(usulan, nama) is not None:
            continue
        if nama == "desa":
            continue  # which desa is never taken for many rows at once
        if nama == "volume":
            urai = take_apart(teks)
            _set(usulan, "volume", urai.volume)
            if usulan.satuan is None:
                _set(usulan, "satuan", urai.satuan)
        else:
            _set(usulan, nama, teks)


def _split(usulan: list[BarisUsulan], asal: BarisUsulan, teks: list[str]) -> list[BarisUsulan]:
    """Replace one proposal by several; only the first keeps volume and cost, so that no sum grows."""
    nomor = max((u.bagian or 0 for u in usulan), default=0)
    potong = []
    for i, kegiatan in enumerate(teks):
        baru = asal if i == 0 else copy.deepcopy(asal)
        if i:
            baru.volume = baru.biaya = None
            nomor += 1
            baru.bagian = nomor
        elif asal.bagian is None:
            nomor = baru.bagian = 1
        potong.append((baru, kegiatan))
    for baru, kegiatan in potong:
        _set(baru, "kegiatan", kegiatan)
        _recheck(baru)
    tempat = usulan.index(asal)
    return [*usulan[:tempat], *(baru for baru, _ in potong), *usulan[tempat + 1 :]]
