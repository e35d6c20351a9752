"""What a column holds, told by its content: alone, or beside what its heading says."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from musrenbang.reading import parse_rupiah
from usulan.impor.grid import BrokenCell
from usulan.impor.numbers import parse_measure, parse_span, parse_volume
from usulan.impor.owner import owned
from usulan.impor.results import Reference, normal
from usulan.impor.spelling import DANA

PALING_SEDIKIT = 3
SEPERTI_UANG = 1_000_000
KERJA = re.compile(
    r"^\W*(?:pembangunan|peningkatan|rehab|pengadaan|pembuatan|perbaikan|pelatihan|normalisasi|pemeliharaan|rabat|"
    r"pengaspalan|paving|bantuan|penyediaan|pengembangan|pemasangan|penataan|renovasi|pembinaan|sosialisasi)",
    re.I,
)
TEMPAT = re.compile(r"\b(?:r\.?t|r\.?w|dusun|dsn|kp|kampung|blok|gang|gg|lingk|banjar|jorong)\b\.?\s*\w", re.I)
SATUAN = {"m", "m2", "m3", "m²", "m³", "km", "ha", "unit", "buah", "paket", "titik", "ekor", "orang", "kk", "ls", "set"}
KODE = re.compile(r"^[A-Z]{0,6}[-/._ ]?\d[\w./-]*$|^[\d./-]+$|^[A-Z]{2,6}([-/.][A-Z0-9]+)+$")


def guess_field(nilai: list[Any], reference: Reference) -> str | None:
    """Return the field that most of the values look like, or None when there are too few or they disagree."""
    nilai = [v for v in nilai if re.search(r"\w", str(v))]
    if len(nilai) < PALING_SEDIKIT:
        return None
    satuan = SATUAN | set(reference.satuan)
    trial: list[tuple[str, float, Callable[[Any], object]]] = [
        ("desa", 0.6, lambda v: owned(str(v), reference)),
        ("satuan", 0.6, lambda v: normal(str(v)) in satuan),
        ("sumber_dana", 0.6, lambda v: DANA.match(str(v))),
        ("volume", 0.6, lambda v: isinstance(v, str) and normal(parse_volume(v)[1] or "") in satuan),
        ("biaya", 0.6, lambda v: (parse_rupiah(v) or 0) >= SEPERTI_UANG),
        ("kegiatan", 0.5, lambda v: isinstance(v, str) and KERJA.match(v)),
        ("lokasi", 0.5, lambda v: isinstance(v, str) and TEMPAT.search(v)),
    ]
    for nama, threshold, matching in trial:
        if sum(bool(matching(v)) for v in nilai) >= threshold * len(nilai):
            return None if nama == "biaya" and like_ids(nilai) else nama
    return None


def _words(nilai: Any) -> bool:
    return isinstance(nilai, str) and len(re.findall(r"[^\W\d_]", nilai)) >= 2 and not KODE.match(nilai.strip())


def _amount(nilai: Any) -> bool:
    return bool(parse_rupiah(nilai) or parse_span(nilai)) and not (isinstance(nilai, str) and nilai.startswith("0"))


def _unit(nilai: Any) -> bool:
    return isinstance(nilai, str) and len(nilai) <= 24 and not re.search(r"\d{2}", nilai)


COCOK: dict[str, Callable[[Any], bool]] = {
    "kegiatan": _words,
    "skpd": _words,
    "bidang": _words,
    "permasalahan": _words,
    "manfaat": lambda v: bool(re.search(r"[^\W\d_]", str(v))),
    "sumber_dana": lambda v: isinstance(v, str) and len(v) <= 60 and not isinstance(v, BrokenCell),
    "lokasi": lambda v: bool(re.search(r"[^\W\d_]{2}", str(v))),
    "volume": lambda v: parse_volume(v)[0] is not None or parse_measure(v) is not None,
    "satuan": _unit,
    "biaya": _amount,
    "prioritas_desa": lambda v: bool(re.fullmatch(r"[1-9]\d{0,2}", str(v))),
}


def fit(nama: str, nilai: list[Any], reference: Reference) -> float:
    """Return the share (0 to 1) of a column's values that can be what the field holds; 0 for an empty column."""
    nilai = [v for v in nilai if re.search(r"\w", str(v)) and v != 0 and not isinstance(v, BrokenCell)]
    if not nilai:
        return 0.0
    if nama in {"desa", "kecamatan"}:
        known = sum(bool(owned(str(v), reference)) for v in nilai) / len(nilai) if nama == "desa" else 0.0
        return max(known, 0.5 * sum(_words(v) for v in nilai) / len(nilai))
    matching = COCOK.get(nama)
    share = sum(bool(matching(v)) for v in nilai) / len(nilai) if matching else 1.0
    return share * 0.3 if nama == "biaya" and like_ids(nilai) else share


def like_ids(nilai: list[Any]) -> bool:
    """Whether numbers count up by one or are all long and of one length without a round one: codes, not money."""
    figures = [n for v in nilai if (n := parse_rupiah(v))]
    if len(figures) < PALING_SEDIKIT:
        return False
    climb = sum(b - a == 1 for a, b in pairwise(figures))
    round_number = sum(n % 1000 == 0 for n in figures)
    same = len({len(str(n)) for n in figures}) == 1
    return climb * 5 >= (len(figures) - 1) * 4 or (
        same and not round_number and figures[0] >= 10**6 and len(set(figures)) == len(figures)
    )


def variety(nilai: list[Any]) -> float:
    """Return how many of the values differ, as a share."""
    return len({str(v).strip().lower() for v in nilai}) / len(nilai) if nilai else 0.0
