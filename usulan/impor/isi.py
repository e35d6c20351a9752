"""What a column holds, told by its content, for a column whose heading says nothing ("]", "Kolom1")."""

import re
from collections.abc import Callable
from typing import Any

from usulan.impor.angka import parse_rupiah, parse_volume
from usulan.impor.ejaan import DANA
from usulan.impor.hasil import Rujukan, normal

PALING_SEDIKIT = 3
SEPERTI_UANG = 1_000_000
KERJA = re.compile(
    r"^\W*(?:pembangunan|peningkatan|rehab|pengadaan|pembuatan|perbaikan|pelatihan|normalisasi|pemeliharaan|rabat|"
    r"pengaspalan|paving|bantuan|penyediaan|pengembangan|pemasangan|penataan|renovasi|pembinaan|sosialisasi)",
    re.I,
)
TEMPAT = re.compile(r"\b(?:r\.?t|r\.?w|dusun|dsn|kp|kampung|blok|gang|gg|lingk|banjar|jorong)\b\.?\s*\w", re.I)
SATUAN = {"m", "m2", "m3", "m²", "m³", "km", "ha", "unit", "buah", "paket", "titik", "ekor", "orang", "kk", "ls", "set"}


def guess_field(nilai: list[Any], rujukan: Rujukan) -> str | None:
    """Return the field that most of the values look like, or None when there are too few or they disagree."""
    nilai = [v for v in nilai if re.search(r"\w", str(v))]
    if len(nilai) < PALING_SEDIKIT:
        return None
    satuan = SATUAN | set(rujukan.satuan)
    uji: list[tuple[str, float, Callable[[Any], object]]] = [
        ("desa", 0.6, lambda v: rujukan.find_desa(str(v))),
        ("satuan", 0.6, lambda v: normal(str(v)) in satuan),
        ("sumber_dana", 0.6, lambda v: DANA.match(str(v))),
        ("volume", 0.6, lambda v: isinstance(v, str) and normal(parse_volume(v)[1] or "") in satuan),
        ("biaya", 0.6, lambda v: (parse_rupiah(v) or 0) >= SEPERTI_UANG),
        ("kegiatan", 0.5, lambda v: isinstance(v, str) and KERJA.match(v)),
        ("lokasi", 0.5, lambda v: isinstance(v, str) and TEMPAT.search(v)),
    ]
    for nama, ambang, cocok in uji:
        if sum(bool(cocok(v)) for v in nilai) >= ambang * len(nilai):
            return nama
    return None
