"""Telling apart what each row below the heading is, by its words and its shape; arithmetic has the last word."""

import re
from typing import Any

from musrenbang.reading import parse_rupiah
from usulan.impor.content import KERJA, TEMPAT
from usulan.impor.description import is_bullet
from usulan.impor.grid import BrokenCell
from usulan.impor.results import Reference, normal
from usulan.impor.tabel import Tabel

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


def cells(cell: dict[int, Any], tabel: Tabel) -> dict[str, Any]:
    """Return field -> value of a row, without dashes and zero amounts; ``dana`` when a funding column is filled.

    Kept per row in ``tabel.isi``: the same rows are asked about many times.
    """
    if (kunci := id(cell)) not in tabel.isi:
        tabel.isi[kunci] = _cells(cell, tabel)
    return tabel.isi[kunci]


def _cells(cell: dict[int, Any], tabel: Tabel) -> dict[str, Any]:
    content = {nama: cell[k] for nama, k in tabel.kolom.items() if k in cell and not _blank(cell[k])}
    for nama in ("biaya", "volume"):
        if content.get(nama) == 0 or str(content.get(nama, "")).strip() in {"0", "0,00", "0.00", "Rp 0", "Rp0"}:
            del content[nama]
    if any(k in cell and not _blank(cell[k]) and cell[k] != 0 for k in tabel.dana):
        content["dana"] = True
    if any(k in cell and not _blank(cell[k]) and cell[k] != 0 for k, _ in tabel.ukuran):
        content.setdefault("volume", True)
    if tabel.rentang and any(k in cell and cell[k] != 0 for k in tabel.rentang):
        content.setdefault("biaya", True)
    return content


def classify(cell: dict[int, Any], tabel: Tabel, reference: Reference, after_signature: bool) -> str:
    """Return ``usulan`` or the reason why the row is not a proposal."""
    content = cells(cell, tabel)
    words = [str(v) for v in cell.values() if isinstance(v, str)]
    if is_letters(cell, tabel):
        return "huruf_kolom"
    if any(TERBILANG.match(t) for t in words) and not {"lokasi", "volume", "biaya"} & set(content):
        return "catatan"
    if is_total(content, words):
        return "jumlah"
    body = set(content) & {"volume", "biaya", "lokasi", "dana"}
    with_number = any(
        content.get(n) is True or re.search(r"\d", str(content.get(n, ""))) for n in ("volume", "biaya", "dana")
    )
    without_content = not with_number and "no" not in content
    if ("kegiatan" not in content or not body or without_content) and any(TANDA_TANGAN.search(t) for t in words):
        return "tanda_tangan"
    if after_signature and not ({"kegiatan"} <= set(content) and body):
        return "tanda_tangan"
    if _is_bidang_title(content, reference):
        return "judul_bidang"
    if "kegiatan" in content:
        return "catatan" if not body and CATATAN.match(str(content["kegiatan"])) else "usulan"
    if body and (body != {"biaya"} or content["biaya"] is True or parse_rupiah(content["biaya"])):
        return "usulan"
    if any(CATATAN.match(t) for t in words) or len(str(content.get("no", ""))) > 8:
        return "catatan"
    if not content and words:
        return "catatan"
    only_numbered = set(content) <= {"no", "desa", "bidang", "prioritas_desa", "kecamatan"} and (
        bool(content) or not words
    )
    return "kosong_bernomor" if only_numbered or not words else "catatan"


def is_total(content: dict[str, Any], text: list[str]) -> bool:
    """Whether the words say that the row is a total; a number of works may stand in its volume column."""
    if text and JUMLAH.match(text[0]) and not {"lokasi", "volume"} & set(content):
        return True
    if any(HANYA_JUMLAH.match(t) for t in text) and "lokasi" not in content:
        return True
    return "kegiatan" not in content and any(JUMLAH.match(t) for t in text)


def heads_section(cell: dict[int, Any], following: dict[int, Any], tabel: Tabel) -> bool:
    """A letter or roman number with a name and a subtotal, and below it a row that is numbered 1: a heading."""
    column = tabel.kolom
    if any(column.get(n) in cell for n in ("lokasi", "volume", "satuan", "sumber_dana")) or "no" not in column:
        return False
    nomor, below = (str(content.get(column["no"], "")).strip(" .)") for content in (cell, following))
    return (
        bool(re.fullmatch(r"[IVX]{1,4}|[A-H]", nomor))
        and below == "1"
        and isinstance(cell.get(column.get("kegiatan", 0)), str)
    )


def heads_part(cell: dict[int, Any], following: dict[int, Any], tabel: Tabel) -> bool:
    """A numbered title without any field, and below it the first number of a lower order ("a", "2.1"): its works."""
    content = cells(cell, tabel)
    if set(content) & (FIELD_ISI | {"dana"}) or not isinstance(content.get("kegiatan"), str) or "no" not in content:
        return False
    nomor, below = (str(i.get(tabel.kolom["no"], "")).strip(" .)(") for i in (cell, following))
    return below in {f"{nomor}.1", f"{nomor}.01"} or (below == "a" and bool(re.fullmatch(r"\d+([.]\d+)*", nomor)))


def dusun_title(cell: dict[int, Any], tabel: Tabel) -> str | None:
    """The dusun (or RW) that a row of its own names above its works: "DUSUN MELATI" -> "Dusun Melati"."""
    content = cells(cell, tabel)
    words = [v for v in cell.values() if isinstance(v, str) and not _blank(v)]
    if {"volume", "satuan", "sumber_dana", "desa"} & set(content) or not 1 <= len(words) <= 2:
        return None
    matching = DUSUN.match(max(words, key=len))
    if matching is None or is_bullet(max(words, key=len)) or (len(words) == 2 and len(min(words, key=len)) > 4):
        return None
    nama = re.sub(r"\s+", " ", matching[1]).strip(" .:")
    return nama.title().replace("Rt ", "RT ").replace("Rw ", "RW ") if nama.isupper() else nama


def group_title(cell: dict[int, Any], tabel: Tabel, following: dict[int, Any]) -> bool:
    """Words without a number or any field: a heading when they end with ":", or shout above a list that begins anew."""
    content = cells(cell, tabel)
    text = content.get("kegiatan")
    if not isinstance(text, str) or is_bullet(text) or set(content) & (FIELD_ISI | {"dana"}):
        return False
    if text.rstrip().endswith(":"):
        return True
    if "no" in content or "no" not in tabel.kolom:
        return False
    below = str(following.get(tabel.kolom["no"], "")).strip(" .)")
    lanjut = following.get(tabel.kolom.get("kegiatan", 0))
    if text.isupper() and len(text) > 3 and not KERJA.match(text):
        return True
    return (below == "1" and not SAMBUNGAN.match(text)) or (is_bullet(lanjut) and not below)


def place_goes_on(cell: dict[int, Any], tabel: Tabel, following: dict[int, Any]) -> bool:
    """Whether the works of a list state their own place, so that a place alone is no heading of theirs."""
    return "lokasi" in tabel.kolom and "lokasi" in cells(following, tabel) and "no" not in cells(cell, tabel)


def continues(cell: dict[int, Any], tabel: Tabel, above: dict[int, Any]) -> bool:
    """Whether a row only runs on from the one above: an unnumbered piece of its title or of its place."""
    content, row_above = cells(cell, tabel), cells(above, tabel)
    if set(content) <= {"lokasi"} and content:
        return "lokasi" in row_above and "no" in row_above
    if set(content) - {"lokasi"} != {"kegiatan"} or "no" in content or not isinstance(content["kegiatan"], str):
        return False
    text, before = content["kegiatan"], str(row_above.get("kegiatan", ""))
    if is_bullet(text) or "kegiatan" not in row_above:
        return False
    if "lokasi" in content and "lokasi" not in row_above:
        return False
    start = bool(SAMBUNGAN.match(text)) or bool(MENGGANTUNG.search(before)) or text.lstrip().startswith("(")
    short = bool(TEMPAT.match(text)) and "no" in row_above and not KERJA.match(text)
    return start or short


def bidang_of(cell: dict[int, Any], tabel: Tabel) -> str:
    """Return the bidang that a title row names, in title case when it is shouted."""
    for nama in ("kegiatan", "bidang"):
        text = cell.get(tabel.kolom.get(nama, 0))
        if isinstance(text, str) and not _blank(text):
            return tidy_bidang(text)
    return tidy_bidang(max((str(v) for v in cell.values() if isinstance(v, str)), key=len, default=""))


def tidy_bidang(text: str) -> str:
    """Drop numbering and the word "bidang" in front; "PEMBINAAN KEMASYARAKATAN" -> "Pembinaan Kemasyarakatan"."""
    text = re.sub(r"^\s*(?:[IVX]+|\d+|[A-Z])[.)]\s+", "", text.strip())
    text = re.sub(r"^bidang\s*:?\s*", "", text, flags=re.I).strip(" :.")
    return text.title() if text.isupper() else text


def _is_bidang_title(content: dict[str, Any], reference: Reference) -> bool:
    """A row that only names a bidang; a subtotal may stand in its amount column."""
    nama = content.get("kegiatan") if isinstance(content.get("kegiatan"), str) else content.get("bidang")
    if not isinstance(nama, str) or {"lokasi", "volume", "satuan", "sumber_dana"} & set(content):
        return False
    if "kegiatan" in content and "bidang" in content:
        return False
    kunci = normal(tidy_bidang(nama))
    if is_bullet(nama):
        return False
    recognised = kunci in DU_RKP or kunci in reference.bidang_normal
    if recognised or re.match(r"^\s*((sub|kelompok)\s*)?bidang\b", nama, re.I):
        return True
    if "kegiatan" not in content:
        return "biaya" in content
    return "biaya" not in content and _is_outline(content, nama)


def _is_outline(content: dict[str, Any], nama: str) -> bool:
    """A roman number or a letter in front, and nothing but a name: a heading inside the list."""
    nomor = str(content.get("no", "")).strip(" .)")
    if re.fullmatch(r"[IVX]{1,4}|[A-H]", nomor):
        return True
    return not nomor and bool(re.match(r"^\s*([IVX]{1,4}|[A-H])[.)]\s+\S", nama))


def is_letters(cell: dict[int, Any], tabel: Tabel) -> bool:
    """The row of column letters (a, b, c) or numbers (1, 2, "7 = 4 x 6") right below the heading."""
    nilai = [str(cell[n]).strip("() .") for n in tabel.kolom.values() if n in cell]
    if len(nilai) < 3:
        return False
    if all(re.fullmatch(r"[a-zA-Z]", v) for v in nilai):
        return True
    ordered = [
        c
        for v in (str(cell[k]) for k in sorted(cell) if _in_heading(cell, k, tabel))
        if (c := NOMOR_KOLOM.match(v.strip()))
    ]
    figures = [int(c[1]) for c in ordered]
    everything = sum(_in_heading(cell, k, tabel) for k in cell)
    return (
        len(figures) == everything >= 3
        and len(set(figures)) == len(figures)
        and figures == sorted(figures)
        and figures[-1] <= figures[0] + 3 * everything
    )


def _in_heading(cell: dict[int, Any], kolom: int, tabel: Tabel) -> bool:
    """Whether a cell stands below a heading and holds a value; a formula never calculated holds none."""
    if kolom >= tabel.batas or isinstance(cell[kolom], BrokenCell):
        return False
    return kolom in tabel.label or kolom in tabel.roles()


def _blank(nilai: Any) -> bool:
    return isinstance(nilai, str) and not nilai[:1].isalnum() and not re.search(r"\w", nilai)
