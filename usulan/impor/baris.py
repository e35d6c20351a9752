"""Telling apart what each row below the heading is, by its words and its shape; arithmetic has the last word."""

import re
from typing import Any

from usulan.impor.angka import parse_rupiah
from usulan.impor.grid import Rusak
from usulan.impor.hasil import Rujukan, normal
from usulan.impor.isi import KERJA, TEMPAT
from usulan.impor.tabel import Tabel
from usulan.impor.uraian import is_bullet

DU_RKP = {
    "penyelenggaraanpemerintahandesa",
    "pelaksanaanpembangunandesa",
    "pembangunandesa",
    "pembinaankemasyarakatan",
    "pembinaanmasyarakat",
    "pembinaankemasyarakatandesa",
    "pemberdayaanmasyarakat",
    "pemberdayaanmasyarakatdesa",
}
JUMLAH = re.compile(r"^\W*((sub|grand)\s*-?\s*)?(jumlah|total|jml|jlh)\b", re.I)
HANYA_JUMLAH = re.compile(
    r"^\W*((sub|grand)\s*-?\s*)?(jumlah|total|jml|jlh)\b\W*(total|seluruh(nya)?|semua|keseluruhan|usulan|biaya|anggaran|kegiatan|"
    r"dana|kebutuhan|[\dIVXA-Z]{1,4}|((per|sub)\s*)?(bidang|program|desa|dusun|kelompok|halaman)\b.*|\(?rp\.?\)?|\W)*$",
    re.I,
)
TERBILANG = re.compile(r"^\W*terbilang\b|^\W*(?:[a-z]+\s+){1,15}rupiah\W*$", re.I)
TANDA_TANGAN = re.compile(
    r"mengetahui|menyetujui|ditetapkan di|dibuat di|^\W*(pj\.?\s*)?kepala desa\W*$|ketua tim|tim penyusun|"
    r"sekretaris desa|^\W*lurah\W*$|^\(\s*[._\s]+\)|\bnip\b|^[A-Z][\w .'-]+,\s*(tgl\.?\s*)?\d{1,2}[- /]\w+[- /]\d{4}$",
    re.I,
)
CATATAN = re.compile(r"^\W*(catatan|keterangan|ket|nb|n\.b)\b", re.I)
DUSUN = re.compile(
    r"^\W*(?:(?:[IVX]+|\d+|[A-Z])[.)]\s+)?((?:dusun|dsn\.?|lingkungan|kampung|kp\.|banjar|jorong)\s+[\w'.-]+(?:\s+[\w'.-]+){0,2}"
    r"(?:[\s,/]+R\.?[TW]\.?\s*\d+)*|(?:R\.?[TW]\.?\s*\d+[\s,/]*){1,2})\W*$",
    re.I,
)
SAMBUNGAN = re.compile(r"^\W*(?:[a-z]|(?:dari|dan|di|ke|dengan|untuk|sampai|menuju|serta|s/d|RT|RW)\b)")
MENGGANTUNG = re.compile(r"(?:[,/&(-]|\b(?:dan|di|ke|dari|untuk|dengan|serta|menuju|sampai))\s*$", re.I)
NOMOR_KOLOM = re.compile(r"^\(?(\d{1,2})\)?\s*(?:=\s*[\d\s().x×*+/:-]+)?$")
FIELD_ISI = {"lokasi", "volume", "satuan", "biaya", "sumber_dana"}


def cells(sel: dict[int, Any], tabel: Tabel) -> dict[str, Any]:
    """Return field -> value of a row, without dashes and zero amounts; ``dana`` when a funding column is filled.

    Kept per row in ``tabel.isi``: the same rows are asked about many times.
    """
    if (kunci := id(sel)) not in tabel.isi:
        tabel.isi[kunci] = _cells(sel, tabel)
    return tabel.isi[kunci]


def _cells(sel: dict[int, Any], tabel: Tabel) -> dict[str, Any]:
    isi = {nama: sel[k] for nama, k in tabel.kolom.items() if k in sel and not _blank(sel[k])}
    for nama in ("biaya", "volume"):
        if isi.get(nama) == 0 or str(isi.get(nama, "")).strip() in {"0", "0,00", "0.00", "Rp 0", "Rp0"}:
            del isi[nama]
    if any(k in sel and not _blank(sel[k]) and sel[k] != 0 for k in tabel.dana):
        isi["dana"] = True
    if any(k in sel and not _blank(sel[k]) and sel[k] != 0 for k, _ in tabel.ukuran):
        isi.setdefault("volume", True)
    if tabel.rentang and any(k in sel and sel[k] != 0 for k in tabel.rentang):
        isi.setdefault("biaya", True)
    return isi


def classify(sel: dict[int, Any], tabel: Tabel, rujukan: Rujukan, sudah_tanda_tangan: bool) -> str:
    """Return ``usulan`` or the reason why the row is not a proposal."""
    isi = cells(sel, tabel)
    teks = [str(v) for v in sel.values() if isinstance(v, str)]
    if is_letters(sel, tabel):
        return "huruf_kolom"
    if any(TERBILANG.match(t) for t in teks) and not {"lokasi", "volume", "biaya"} & set(isi):
        return "catatan"
    if is_total(isi, teks):
        return "jumlah"
    badan = set(isi) & {"volume", "biaya", "lokasi", "dana"}
    berangka = any(isi.get(n) is True or re.search(r"\d", str(isi.get(n, ""))) for n in ("volume", "biaya", "dana"))
    tanpa_isi = not berangka and "no" not in isi
    if ("kegiatan" not in isi or not badan or tanpa_isi) and any(TANDA_TANGAN.search(t) for t in teks):
        return "tanda_tangan"
    if sudah_tanda_tangan and not ({"kegiatan"} <= set(isi) and badan):
        return "tanda_tangan"
    if _is_bidang_title(isi, rujukan):
        return "judul_bidang"
    if "kegiatan" in isi:
        return "catatan" if not badan and CATATAN.match(str(isi["kegiatan"])) else "usulan"
    if badan and (badan != {"biaya"} or isi["biaya"] is True or parse_rupiah(isi["biaya"])):
        return "usulan"
    if any(CATATAN.match(t) for t in teks) or len(str(isi.get("no", ""))) > 8:
        return "catatan"
    if not isi and teks:
        return "catatan"
    hanya_nomor = set(isi) <= {"no", "desa", "bidang", "prioritas_desa", "kecamatan"} and (bool(isi) or not teks)
    return "kosong_bernomor" if hanya_nomor or not teks else "catatan"


def is_total(isi: dict[str, Any], teks: list[str]) -> bool:
    """Whether the words say that the row is a total; a number of works may stand in its volume column."""
    if teks and JUMLAH.match(teks[0]) and not {"lokasi", "volume"} & set(isi):
        return True
    if any(HANYA_JUMLAH.match(t) for t in teks) and "lokasi" not in isi:
        return True
    return "kegiatan" not in isi and any(JUMLAH.match(t) for t in teks)


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


def heads_part(sel: dict[int, Any], berikut: dict[int, Any], tabel: Tabel) -> bool:
    """A numbered title without any field, and below it the first number of a lower order ("a", "2.1"): its works."""
    isi = cells(sel, tabel)
    if set(isi) & (FIELD_ISI | {"dana"}) or not isinstance(isi.get("kegiatan"), str) or "no" not in isi:
        return False
    nomor, bawah = (str(i.get(tabel.kolom["no"], "")).strip(" .)(") for i in (sel, berikut))
    return bawah in {f"{nomor}.1", f"{nomor}.01"} or (bawah == "a" and bool(re.fullmatch(r"\d+([.]\d+)*", nomor)))


def dusun_title(sel: dict[int, Any], tabel: Tabel) -> str | None:
    """The dusun (or RW) that a row of its own names above its works: "DUSUN MELATI" -> "Dusun Melati"."""
    isi = cells(sel, tabel)
    teks = [v for v in sel.values() if isinstance(v, str) and not _blank(v)]
    if {"volume", "satuan", "sumber_dana", "desa"} & set(isi) or not 1 <= len(teks) <= 2:
        return None
    cocok = DUSUN.match(max(teks, key=len))
    if cocok is None or is_bullet(max(teks, key=len)) or (len(teks) == 2 and len(min(teks, key=len)) > 4):
        return None
    nama = re.sub(r"\s+", " ", cocok[1]).strip(" .:")
    return nama.title().replace("Rt ", "RT ").replace("Rw ", "RW ") if nama.isupper() else nama


def group_title(sel: dict[int, Any], tabel: Tabel, berikut: dict[int, Any]) -> bool:
    """Words without a number or any field: a heading when they end with ":", or shout above a list that begins anew."""
    isi = cells(sel, tabel)
    teks = isi.get("kegiatan")
    if not isinstance(teks, str) or is_bullet(teks) or set(isi) & (FIELD_ISI | {"dana"}):
        return False
    if teks.rstrip().endswith(":"):
        return True
    if "no" in isi or "no" not in tabel.kolom:
        return False
    bawah = str(berikut.get(tabel.kolom["no"], "")).strip(" .)")
    lanjut = berikut.get(tabel.kolom.get("kegiatan", 0))
    if teks.isupper() and len(teks) > 3 and not KERJA.match(teks):
        return True
    return (bawah == "1" and not SAMBUNGAN.match(teks)) or (is_bullet(lanjut) and not bawah)


def place_goes_on(sel: dict[int, Any], tabel: Tabel, berikut: dict[int, Any]) -> bool:
    """Whether the works of a list state their own place, so that a place alone is no heading of theirs."""
    return "lokasi" in tabel.kolom and "lokasi" in cells(berikut, tabel) and "no" not in cells(sel, tabel)


def continues(sel: dict[int, Any], tabel: Tabel, atas: dict[int, Any]) -> bool:
    """Whether a row only runs on from the one above: an unnumbered piece of its title or of its place."""
    isi, di_atas = cells(sel, tabel), cells(atas, tabel)
    if set(isi) <= {"lokasi"} and isi:
        return "lokasi" in di_atas and "no" in di_atas
    if set(isi) - {"lokasi"} != {"kegiatan"} or "no" in isi or not isinstance(isi["kegiatan"], str):
        return False
    teks, sebelum = isi["kegiatan"], str(di_atas.get("kegiatan", ""))
    if is_bullet(teks) or "kegiatan" not in di_atas:
        return False
    if "lokasi" in isi and "lokasi" not in di_atas:
        return False
    mulai = bool(SAMBUNGAN.match(teks)) or bool(MENGGANTUNG.search(sebelum)) or teks.lstrip().startswith("(")
    pendek = bool(TEMPAT.match(teks)) and "no" in di_atas and not KERJA.match(teks)
    return mulai or pendek


def bidang_of(sel: dict[int, Any], tabel: Tabel) -> str:
    """Return the bidang that a title row names, in title case when it is shouted."""
    for nama in ("kegiatan", "bidang"):
        teks = sel.get(tabel.kolom.get(nama, 0))
        if isinstance(teks, str) and not _blank(teks):
            return tidy_bidang(teks)
    return tidy_bidang(max((str(v) for v in sel.values() if isinstance(v, str)), key=len, default=""))


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
    dikenal = kunci in DU_RKP or kunci in rujukan.bidang_normal
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


def is_letters(sel: dict[int, Any], tabel: Tabel) -> bool:
    """The row of column letters (a, b, c) or numbers (1, 2, "7 = 4 x 6") right below the heading."""
    nilai = [str(sel[n]).strip("() .") for n in tabel.kolom.values() if n in sel]
    if len(nilai) < 3:
        return False
    if all(re.fullmatch(r"[a-zA-Z]", v) for v in nilai):
        return True
    urut = [
        c
        for v in (str(sel[k]) for k in sorted(sel) if _in_heading(sel, k, tabel))
        if (c := NOMOR_KOLOM.match(v.strip()))
    ]
    angka = [int(c[1]) for c in urut]
    semua = sum(_in_heading(sel, k, tabel) for k in sel)
    return (
        len(angka) == semua >= 3
        and len(set(angka)) == len(angka)
        and angka == sorted(angka)
        and angka[-1] <= angka[0] + 3 * semua
    )


def _in_heading(sel: dict[int, Any], kolom: int, tabel: Tabel) -> bool:
    """Whether a cell stands below a heading and holds a value; a formula never calculated holds none."""
    if kolom >= tabel.batas or isinstance(sel[kolom], Rusak):
        return False
    return kolom in tabel.label or kolom in tabel.roles()


def _blank(nilai: Any) -> bool:
    return isinstance(nilai, str) and not nilai[:1].isalnum() and not re.search(r"\w", nilai)
