"""Last year's result: which columns of a list hold it, and what their cells say. Pure.

A result has three steps: agreed (``disepakati``), funded (``didanai``) and built (``terlaksana``). Each is ``ya``,
``sebagian``, ``tidak``, or "" while the file does not say it: a blank cell is unknown, never a no.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from musrenbang.reading import parse_decimal, parse_rupiah
from usulan.impor.grid import BrokenCell
from usulan.impor.result_words import steps_said
from usulan.impor.rivals import factor
from usulan.impor.spelling import DANA
from usulan.impor.tabel import Tabel

LANGKAH = ("disepakati", "didanai", "terlaksana")
KATA_LANGKAH = {"disepakati": "disepakati", "didanai": "didanai", "terlaksana": "terlaksana"}
UANG_DARI = {"jumlah_disepakati": "disepakati", "jumlah_didanai": "didanai"}
NAMA_HASIL = {
    "disepakati": "Hasil: disepakati atau tidak",
    "tidak_disepakati": "Hasil: centang bila tidak disepakati",
    "jumlah_disepakati": "Hasil: jumlah yang disepakati (Rp)",
    "didanai": "Hasil: didanai atau tidak",
    "tidak_didanai": "Hasil: centang bila tidak didanai",
    "jumlah_didanai": "Hasil: jumlah yang didanai (Rp)",
    "terlaksana": "Hasil: terlaksana atau tidak",
    "tidak_terlaksana": "Hasil: centang bila tidak terlaksana",
    "fisik": "Hasil: fisik (%)",
    "jumlah_realisasi": "Hasil: realisasi keuangan (Rp)",
    "hasil": "Hasil dalam kata-kata",
    "alasan": "Hasil: keterangan atau alasan",
}
"""The columns of a result, as the mapping on the page names them."""

UANG = re.compile(r"\b(pagu|jumlah|nilai|anggaran|biaya|alokasi|besaran|besarnya|dana|rp|nominal|plafon|keuangan)\b")
JUDUL_LANGKAH = {
    "didanai": r"\b(di ?danai|ter ?danai|di ?anggarkan|ter ?anggar\w*|penganggaran|(status|hasil) pendanaan|dapat dana|"
    r"(di|ter) ?biayai|masuk (apbd\w*|dpa|renja|rkpd|rka))\b",
    "disepakati": r"\b(di ?sepakati|ter ?sepakati|sepakat|kesepakatan|di ?setujui|persetujuan|di ?terima|keputusan|"
    r"(ter|di|meng)? ?akomod\w+|putusan|rekomendasi|status usulan|hasil (musrenbang\w*|sidang|pembahasan|verifikasi|"
    r"usulan|forum|desk|rapat))\b",
    "terlaksana": r"\b(ter ?laksana\w*|di ?laksanakan|(ter?|di) ?realisasi\w*|realisasi|"
    r"ter ?bangun|di ?bangun|di ?kerjakan|(status|hasil) pelaksanaan|^pelaksanaan$|progres\w*|capaian)\b",
}
DIANGGARKAN = re.compile(r"\b(apbd\w*|apbn\w*|dpa|dipa|rka)\b")
KETERANGAN = re.compile(r"^(keterangan\w*|ket|catatan\w*|penjelasan|kendala|tindak lanjut)\b|^alasan(?!.*usul)")
TANPA_LANGKAH = re.compile(r"^(hasil|status|hasil akhir|status akhir|status tindak lanjut)$")
TOLAK = re.compile(r"^(tidak|tdk|belum|blm|tak)\b|^di ?tolak\b")
SETENGAH_TIDAK = re.compile(r"^(tidak|tdk|belum|blm|t)$")
SETENGAH_YA = re.compile(r"^(ya|y|sudah|ada)$")

YA = {"ya", "y", "yes", "true", "v", "√", "✓", "✔", "☑", "sudah", "ada", "oke", "ok"}
BUKAN = {"tidak", "tdk", "t", "belum", "blm", "tidak ada", "no"}
KOSONG = {"", "-", "--", "---", "–", "—", ".", "n/a", "na", "nihil?"}
SEBAB = re.compile(r"(?:\b(?:karena|krn|sebab|dikarenakan|akibat|alasan)\b\s*:?|(?<=[a-z]):)\s*(.+)$", re.I | re.S)
RUPIAH_DI_TEKS = re.compile(r"rp\.?\s*\d[\d.,]*(?:\s*(?:juta|jt|miliar|milyar|ribu|rb))?", re.I)


@dataclass
class RowResult:
    """What a row says of last year's result. Money in whole rupiah, ``fisik`` in percent; "" and None are unknown.

    ``sel`` names the cell of each value; ``ragu`` are sentences about cells that could not be read or that disagree.
    """

    disepakati: str = ""
    jumlah_disepakati: int | None = None
    didanai: str = ""
    jumlah_didanai: int | None = None
    terlaksana: str = ""
    fisik: Decimal | None = None
    jumlah_realisasi: int | None = None
    alasan: str = ""
    sel: dict[str, str] = field(default_factory=dict)
    ragu: list[str] = field(default_factory=list)

    def drop(self, nama: list[str]) -> None:
        """Make values unknown again."""
        for one in nama:
            setattr(self, one, None)
            del self.sel[one]

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it, without the doubts: those stand among the remarks of the row."""
        content = {k: v for k, v in vars(self).items() if k != "ragu"}
        return content | {"fisik": None if self.fisik is None else f"{self.fisik.normalize():f}"}


def match_result(bagian: list[str]) -> str | None:
    """Return which column of a result a heading names, given from its top row down; None for any other heading."""
    words = [_tidy(b) for b in bagian if b.strip()]
    if not words:
        return None
    alone, full = words[-1], " ".join(words)
    if "sumber" in full or DANA.match(bagian[-1].strip()):
        return None
    if SETENGAH_YA.match(alone) or SETENGAH_TIDAK.match(alone):
        step = _step_of(" ".join(words[:-1]))
        prefix = "tidak_" if SETENGAH_TIDAK.match(alone) else ""
        return f"{prefix}{step}" if step else None
    if re.match(r"di ?tolak\b", alone):
        return "tidak_disepakati"
    percent = bool(re.search(r"%|persen", " ".join(bagian).lower()))
    step = _step_of(alone) or _step_of(full)
    if re.search(r"\bfisik\b", full) and not UANG.search(alone):
        return "fisik"
    if step is None and UANG.search(alone) and DIANGGARKAN.search(alone):
        return "jumlah_didanai"
    if step == "terlaksana" and percent:
        return None if UANG.search(full) else "fisik"
    if step and UANG.search(full):
        return {"terlaksana": "jumlah_realisasi"}.get(step, f"jumlah_{step}")
    if step:
        return f"tidak_{step}" if TOLAK.match(alone) and not _both(bagian[-1]) else step
    if TANPA_LANGKAH.match(alone):
        return "hasil"
    return "alasan" if KETERANGAN.match(alone) else None


def place_result(tabel: Tabel, kolom: int, bagian: list[str]) -> bool:
    """Give a column its place in last year's result; of two for one place the first has it, the other is not used."""
    nama = match_result(bagian)
    if nama is None:
        return False
    tabel.label[kolom], tabel.sendiri[kolom] = " ".join(bagian), bagian[-1]
    tabel.bukan.add(kolom)
    if tabel.hasil.setdefault(nama, kolom) != kolom:
        tabel.tak_dikenal.append(tabel.label[kolom])
    return True


def read_results(sel: dict[int, Any], tabel: Tabel, baris: int, pecahan: bool | None) -> RowResult:
    """Return what a row's cells say. ``pecahan``: whether percentages are written as shares of one (None: unclear)."""
    result = RowResult()
    opponent: dict[str, str] = {}
    for nama, column in sorted(tabel.hasil.items(), key=lambda p: (p[0] in {"hasil", "alasan"}, p[1])):
        nilai, judul = sel.get(column), tabel.sendiri.get(column, "")
        address = f"{get_column_letter(column)}{baris}"
        if isinstance(nilai, BrokenCell):
            result.ragu.append(f"Kolom {judul} berisi {nilai}; hasilnya dicatat belum diketahui.")
        elif nilai is None or str(nilai).strip().lower() in KOSONG:
            continue
        elif nama.startswith("jumlah_"):
            _amount(result, nama, nilai, max(factor(tabel.label.get(column, "")), tabel.kali), address, judul)
        elif nama == "fisik":
            _percent(result, nilai, pecahan, address, judul)
        elif nama.startswith("tidak_"):
            if _bare(nilai) == "ya":
                opponent[nama.removeprefix("tidak_")] = address
            else:
                result.ragu.append(_unread(nilai, judul))
        else:
            _state(result, nama, nilai, address, judul, open_steps(tabel) if nama == "alasan" else LANGKAH)
    _take_opposites(result, opponent)
    _conclude(result)
    return result


def is_fraction(nilai: list[Any]) -> bool | None:
    """Tell whether a column of percentages holds shares of one (0.85 for 85%); None when it cannot be told."""
    figures = [float(v) for v in nilai if isinstance(v, int | float | Decimal) and not isinstance(v, bool)]
    if any(n > 1 for n in figures):
        return False
    if any(0 < n < 1 for n in figures):
        return True
    return None if any(n == 1 for n in figures) else False


def open_steps(tabel: Tabel) -> tuple[str, ...]:
    """Return the steps that have no column of their own: of these a remark may speak."""
    return tuple(n for n in LANGKAH if not {n, f"tidak_{n}", f"jumlah_{n}"} & set(tabel.hasil))


def _step_of(teks: str) -> str | None:
    return next((nama for nama, pattern in JUDUL_LANGKAH.items() if re.search(pattern, teks)), None)


def _both(teks: str) -> bool:
    """Whether a heading that begins with a no names the yes as well ("Tidak/Terakomodir")."""
    return bool(re.search(r"(?i)\w\s*(?:/|\batau\b)\s*\w", teks))


def _tidy(text: str) -> str:
    clean = re.sub(r"\((?!.*(?:rp|rupiah))[^)]*\)", " ", text.lower())
    return re.sub(r"[^a-z]+", " ", clean).strip()


def _bare(nilai: Any) -> str | None:
    """A mark or a single word of yes or no: ``ya``, ``tidak``, or None. A cross may mean either and is neither."""
    text = re.sub(r"\s+", " ", str(nilai)).strip().lower().strip(" .")
    return "ya" if text in YA else "tidak" if text in BUKAN else None


def _amount(hasil: RowResult, nama: str, nilai: Any, factor: int, alamat: str, judul: str) -> None:
    rupiah = parse_rupiah(nilai, factor)
    if rupiah is None:
        if _zero(nilai):
            hasil.ragu.append(
                f"“{nilai}” di kolom {judul}: nol tidak dibaca sebagai putusan; jumlahnya belum diketahui."
            )
        else:
            hasil.ragu.append(f"“{nilai}” di kolom {judul} tidak terbaca sebagai rupiah.")
        return
    setattr(hasil, nama, rupiah)
    hasil.sel[nama] = alamat


def _zero(nilai: Any) -> bool:
    return bool(re.fullmatch(r"(?i)(?:rp\.?)?\s*0+(?:[.,]0+)?\s*(?:,-)?", str(nilai).strip()))


def _percent(hasil: RowResult, nilai: Any, pecahan: bool | None, alamat: str, judul: str) -> None:
    bare = re.sub(r"\s*(%|persen)\s*$", "", str(nilai), flags=re.I)
    figure = parse_decimal(bare) if isinstance(nilai, str) else Decimal(bare)
    if figure is not None and figure <= 1 and figure != 0 and bare == str(nilai):
        # 0.85 is what Excel keeps of "85%"; beside 40 nobody knows which of the two was meant
        figure = figure * 100 if pecahan and not isinstance(nilai, str) else None
    if figure is None or not 0 <= figure <= 100:
        hasil.ragu.append(f"“{nilai}” di kolom {judul} tidak terbaca sebagai persen.")
        return
    hasil.fisik, hasil.sel["fisik"] = round(figure, 2), alamat


def _unread(nilai: Any, judul: str) -> str:
    return f"“{str(nilai)[:80]}” di kolom {judul} tidak terbaca sebagai hasil; dicatat belum diketahui."


def _state(hasil: RowResult, nama: str, nilai: Any, alamat: str, judul: str, allowed: tuple[str, ...]) -> None:
    """Read a cell of words: each clause may speak of another step; what follows "karena" is the reason."""
    text = re.sub(r"\s+", " ", str(nilai)).strip()
    money = parse_rupiah(nilai) if nama in LANGKAH and not RUPIAH_DI_TEKS.search(text) else None
    if money and money >= 1000:
        _amount(hasil, {"terlaksana": "jumlah_realisasi"}.get(nama, f"jumlah_{nama}"), nilai, 1, alamat, judul)
        return
    reason = SEBAB.search(text)
    core = text[: reason.start()] if reason else text
    readable = False
    for clause in re.split(r"[;\n/&]|,(?!\d)|\s-\s|\b(?:dan|tetapi|tapi|namun)\b", core):
        readable |= _clause(hasil, nama, clause.strip().lower(), alamat, allowed)
    if nama == "alasan" or (reason and readable) or (readable and len(text.split()) > 3):
        hasil.alasan = (f"{hasil.alasan}; {text}" if hasil.alasan else text)[:500]
        hasil.sel["alasan"] = alamat
    elif not readable:
        hasil.ragu.append(_unread(nilai, judul))


def _clause(hasil: RowResult, nama: str, clause: str, alamat: str, allowed: tuple[str, ...]) -> bool:
    """Take what one clause says; tell whether it said anything."""
    empty = not clause
    alone = None if empty else "sebagian" if clause in {"sebagian", "sebahagian"} else _bare(clause)
    if alone and nama in LANGKAH:
        _set(hasil, nama, alone, alamat)
        return True
    said = {} if empty else steps_said(clause, allowed)
    if not any(said.values()):
        return False
    for step, nilai in said.items():
        if nilai:
            _set(hasil, step, nilai, alamat)
    money = RUPIAH_DI_TEKS.findall(clause)
    kunci = {"disepakati": "jumlah_disepakati", "didanai": "jumlah_didanai"}.get(next(iter(said)))
    if (
        len(money) == 1
        and len(said) == 1
        and kunci
        and getattr(hasil, kunci) is None
        and (rupiah := parse_rupiah(money[0]))
    ):
        setattr(hasil, kunci, rupiah)
        hasil.sel[kunci] = alamat
    return True


def _set(hasil: RowResult, step: str, nilai: str, alamat: str) -> None:
    """Store a step; two cells that say different things leave it unknown, and the row says so."""
    old = getattr(hasil, step)
    if old and old != nilai and "?" not in hasil.sel.get(step, ""):
        _disagree(hasil, step, f"{hasil.sel[step]} dan {alamat}")
    elif "?" not in hasil.sel.get(step, ""):
        setattr(hasil, step, nilai)
        hasil.sel[step] = alamat


def _disagree(hasil: RowResult, step: str, where: str) -> None:
    hasil.ragu.append(f"Sel {where} bertentangan tentang {KATA_LANGKAH[step]} atau tidak; dicatat belum diketahui.")
    setattr(hasil, step, "")
    hasil.sel[step] = f"{where}?"


def _take_opposites(hasil: RowResult, opposites: dict[str, str]) -> None:
    for step, address in opposites.items():
        _set(hasil, step, "tidak", address)


def _conclude(hasil: RowResult) -> None:
    """An amount says yes to its step, a percentage how far it was built; where they contradict, nothing is taken."""
    for money, step in UANG_DARI.items():
        if getattr(hasil, money) is None or "?" in hasil.sel.get(step, ""):
            continue
        if getattr(hasil, step) == "tidak":
            _disagree(hasil, step, f"{hasil.sel[step]} dan {hasil.sel[money]}")
            hasil.drop([money])
        elif not getattr(hasil, step):
            setattr(hasil, step, "ya")
            hasil.sel[step] = hasil.sel[money]
    if hasil.fisik is not None and "?" not in hasil.sel.get("terlaksana", ""):
        according = "ya" if hasil.fisik == 100 else "tidak" if hasil.fisik == 0 else "sebagian"
        if not hasil.terlaksana:
            hasil.terlaksana, hasil.sel["terlaksana"] = according, hasil.sel["fisik"]
        elif {hasil.terlaksana, according} == {"ya", "tidak"}:
            _disagree(hasil, "terlaksana", f"{hasil.sel['terlaksana']} dan {hasil.sel['fisik']}")
