"""Telling apart what each row below the heading is."""

import re
from typing import Any

from usulan.impor.hasil import Rujukan, normal
from usulan.impor.kolom import Tabel
from usulan.impor.uraian import is_bullet

DU_RKP = {
    "penyelenggaraanpemerintahandesa", "pelaksanaanpembangunandesa", "pembangunandesa",
    "pembinaankemasyarakatan", "pembinaanmasyarakat", "pembinaankemasyarakatandesa",
    "pemberdayaanmasyarakat", "pemberdayaanmasyarakatdesa",
}  # fmt: skip
JUMLAH = re.compile(r"^\W*(sub\s*)?(jumlah|total)\b", re.I)
TANDA_TANGAN = re.compile(
    r"mengetahui|menyetujui|ditetapkan di|dibuat di|^\W*(pj\.?\s*)?kepala desa\W*$|ketua tim|tim penyusun|"
    r"sekretaris desa|^\W*lurah\W*$|^\(\s*[._\s]+\)|\bnip\b|^[A-Z][\w .'-]+,\s*(tgl\.?\s*)?\d{1,2}[- /]\w+[- /]\d{4}$",
    re.I,
)
CATATAN = re.compile(r"^\W*(catatan|keterangan|ket|nb|n\.b)\b", re.I)


def classify(sel: dict[int, Any], tabel: Tabel, rujukan: Rujukan, sudah_tanda_tangan: bool) -> str:
    """Return ``usulan`` or the reason why the row is not a proposal."""
    kolom = tabel.kolom
    isi = {nama: sel[nomor] for nama, nomor in kolom.items() if nomor in sel and not _blank(sel[nomor])}
    isi |= {"dana": True} if any(n in sel for n in tabel.dana) else {}
    teks = [str(v) for v in sel.values() if isinstance(v, str)]
    if _is_letters(sel, tabel):
        return "huruf_kolom"
    if teks and JUMLAH.match(teks[0]) and not {"lokasi", "volume"} & set(isi):
        return "jumlah"
    if "kegiatan" not in isi and any(JUMLAH.match(t) for t in teks):
        return "jumlah"
    badan = set(isi) & {"volume", "biaya", "lokasi", "dana"}
    if ("kegiatan" not in isi or not badan) and any(TANDA_TANGAN.search(t) for t in teks):
        return "tanda_tangan"
    if sudah_tanda_tangan and not ({"kegiatan"} <= set(isi) and badan):
        return "tanda_tangan"
    if _is_bidang_title(isi, rujukan):
        return "judul_bidang"
    if "kegiatan" in isi:
        return "catatan" if not badan and CATATAN.match(str(isi["kegiatan"])) else "usulan"
    if badan:
        return "usulan"
    if any(CATATAN.match(t) for t in teks) or len(str(isi.get("no", ""))) > 8:
        return "catatan"
    if not isi and teks:
        return "catatan"
    hanya_nomor = bool(isi) and set(isi) <= {"no", "desa", "bidang", "prioritas_desa"}
    return "kosong_bernomor" if hanya_nomor or not teks else "catatan"


def heads_section(sel: dict[int, Any], berikut: dict[int, Any], tabel: Tabel) -> bool:
    """A letter or roman number with a name and a subtotal, and below it a row that is numbered 1: a heading."""
    kolom = tabel.kolom
    if any(kolom.get(n) in sel for n in ("lokasi", "volume", "satuan", "sumber_dana")) or "no" not in kolom:
        return False
    nomor, bawah = (str(isi.get(kolom["no"], "")).strip(" .)") for isi in (sel, berikut))
    return (
        bool(re.fullmatch(r"[IVX]{1,4}|[A-H]", nomor))
        and bawah == "1"
        and isinstance(sel.get(kolom.get("kegiatan", 0)), str)
    )


def bidang_of(sel: dict[int, Any], tabel: Tabel) -> str:
    """Return the bidang that a title row names, in title case when it is shouted."""
    for nama in ("kegiatan", "bidang"):
        teks = sel.get(tabel.kolom.get(nama, 0))
        if isinstance(teks, str) and not _blank(teks):
            return tidy_bidang(teks)
    return tidy_bidang(max((str(v) for v in sel.values() if isinstance(v, str)), key=len))


def tidy_bidang(teks: str) -> str:
    """Drop numbering and the word "bidang" in front; "PEMBINAAN KEMASYARAKATAN" -> "Pembinaan Kemasyarakatan"."""
    teks = re.sub(r"^\s*(?:[IVX]+|\d+|[A-Z])[.)]\s+", "", teks.strip())
    teks = re.sub(r"^bidang\s*:?\s*", "", teks, flags=re.I).strip(" :.")
    return teks.title() if teks.isupper() else teks


def _is_bidang_title(isi: dict[str, Any], rujukan: Rujukan) -> bool:
    """A row that only names a bidang; a subtotal may stand in its amount column."""
    nama = isi.get("kegiatan") if isinstance(isi.get("kegiatan"), str) else isi.get("bidang")
    if not isinstance(nama, str) or {"lokasi", "volume", "satuan", "sumber_dana"} & set(isi):
        return False
    if "kegiatan" in isi and "bidang" in isi:
        return False
    kunci = normal(tidy_bidang(nama))
    if is_bullet(nama):
        return False
    dikenal = kunci in DU_RKP or kunci in {normal(b) for b in rujukan.bidang}
    if dikenal or re.match(r"^\s*((sub|kelompok)\s*)?bidang\b", nama, re.I):
        return True
    if "kegiatan" not in isi:
        return "biaya" in isi
    return "biaya" not in isi and _is_outline(isi, nama)


def _is_outline(isi: dict[str, Any], nama: str) -> bool:
    """A roman number or a letter in front, and nothing but a name: a heading inside the list."""
    nomor = str(isi.get("no", "")).strip(" .)")
    if re.fullmatch(r"[IVX]{1,4}|[A-H]", nomor):
        return True
    return not nomor and bool(re.match(r"^\s*([IVX]{1,4}|[A-H])[.)]\s+\S", nama))


def _is_letters(sel: dict[int, Any], tabel: Tabel) -> bool:
    """The row of column letters (a, b, c) or numbers (1, 2, 3) right below the heading."""
    nilai = [str(sel[n]).strip("() .") for n in tabel.kolom.values() if n in sel]
    if len(nilai) < 3:
        return False
    if all(re.fullmatch(r"[a-zA-Z]", v) for v in nilai):
        return True
    angka = [int(v) for v in nilai if re.fullmatch(r"\d{1,2}", v)]
    return len(angka) == len(nilai) and len(set(angka)) == len(angka) and angka == sorted(angka)


def _blank(nilai: Any) -> bool:
    return isinstance(nilai, str) and not re.search(r"\w", nilai)
