"""What the audit trail says to people."""

import re
from collections.abc import Mapping
from decimal import Decimal

from musrenbang import format as tulis
from musrenbang.models.jejak import Jejak, JejakAudit
from musrenbang.sebutan import translate
from musrenbang.states import Tahap

AKSI: dict[str, str] = {}
"""Action -> its words."""
STATUS: dict[str, str] = {}
"""Change of a status -> what changed, in words."""
KOLOM: dict[str, str] = {}
"""Field -> its words, where its name does not say it."""


def add_words(
    *, aksi: Mapping[str, str], status: Mapping[str, str] | None = None, kolom: Mapping[str, str] | None = None
) -> None:
    """Take in what an app says of its own actions (``jejak.py``), in ``AppConfig.ready()``."""
    AKSI.update(aksi)
    STATUS.update(status or {})
    KOLOM.update(kolom or {})


def action_words(jejak: Jejak) -> str:
    """Return what happened: a stage, a status or an action in words."""
    if not isinstance(jejak, JejakAudit):
        return translate(AKSI.get(jejak.aksi, jejak.aksi))
    if jejak.aksi == "musrenbang.tahap":
        return f"Tahap {Tahap(jejak.dari).label} → {Tahap(jejak.ke).label}"
    if jejak.aksi in STATUS:
        origin, to = (words.replace("_", " ") for words in (jejak.dari, jejak.ke))
        return f"{translate(STATUS[jejak.aksi])} {origin} → {to}"
    return translate(AKSI.get(jejak.aksi, jejak.aksi))


def changed_values(jejak: Jejak) -> list[tuple[str, str, str]]:
    """Return (field, before, after) in words; codes that the action already says are left out."""
    return [
        (
            translate(KOLOM.get(nama, nama.replace("_", " ").capitalize())),
            _values(nama, nilai[0]),
            _values(nama, nilai[1]),
        )
        for nama, nilai in jejak.rincian.items()
        if isinstance(nilai, list) and len(nilai) == 2 and nama not in {"keputusan", "alasan", "alasan_kode", "daun"}
    ]


def _values(nama: str, nilai: str | None) -> str:
    if nilai in (None, ""):
        return "belum diisi"
    if nama in {"biaya", "pagu", "anggaran"} and re.fullmatch(r"\d+", str(nilai)):
        return tulis.rupiah(int(str(nilai)))
    if nama == "volume" and re.fullmatch(r"\d+(\.\d+)?", str(nilai)):
        return tulis.number(Decimal(str(nilai)))
    return str(nilai)
