"""What the audit trail says to people."""

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field

from musrenbang import format as tulis
from musrenbang.models.jejak import Jejak, JejakAudit
from musrenbang.sebutan import translate
from musrenbang.states import Tahap

AKSI: dict[str, str] = {}
"""Action -> its words."""
STATUS: dict[str, str] = {}
"""Change of a status -> what changed, in words."""
RUPIAH = frozenset({"pagu.diubah", "tanggapan.diberikan"})
"""Actions whose whole numbers are all rupiah, under the name of a fund or a column that other tables have too."""
EMPTY = "belum diisi"
YA_TIDAK = {"True": "ya", "False": "tidak"}
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
        return _became("Tahap", str(Tahap(jejak.ke).label), str(Tahap(jejak.dari).label))
    if jejak.aksi in STATUS:
        return _became(translate(STATUS[jejak.aksi]), *_states(jejak))
    return translate(AKSI.get(jejak.aksi, jejak.aksi))


def _became(what: str, to: str, origin: str) -> str:
    """Return “Keputusan: “Disepakati” (semula “Belum dibahas”)”; what has no state is named alone."""
    before = f" (semula “{origin}”)" if origin and origin != to else ""
    return f"{what}: “{to}”{before}" if to else what


def _states(jejak: JejakAudit) -> tuple[str, str]:
    """Return the state after and before as their field labels them, of the model that the row names."""
    fields = _labels(jejak.objek_id.partition(":")[0])
    column = jejak.aksi.partition(".")[2]
    both = [{}, *fields.values()] if column not in fields else [fields[column]]
    labels = next((c for c in both if {jejak.dari, jejak.ke} - {""} <= c.keys()), {})
    after, before = (translate(labels.get(code) or code.replace("_", " ")) for code in (jejak.ke, jejak.dari))
    return after, before


@cache
def _fields(model: str) -> dict[str, Field[Any, Any]]:
    """Return the columns of a model by their name; of what no longer exists, none."""
    found = [m for m in apps.get_models() if m._meta.model_name == model]
    return {f.name: f for f in found[0]._meta.concrete_fields} if found else {}


@cache
def _labels(model: str) -> dict[str, dict[str, str]]:
    """Return what the choices of each column of a model are called."""
    return {
        name: {str(code): str(label) for code, label in field.flatchoices}
        for name, field in _fields(model).items()
        if field.choices
    }


def changed_values(jejak: Jejak) -> list[tuple[str, str, str]]:
    """Return (field, before or "", after) in words, without what is the same and the codes that the action says."""
    model = jejak.objek_id.partition(":")[0] if isinstance(jejak, JejakAudit) else ""
    money = jejak.aksi in RUPIAH
    told = [
        (_column(model, nama), _value(model, nama, nilai[0], money), _value(model, nama, nilai[1], money))
        for nama, nilai in jejak.rincian.items()
        if isinstance(nilai, list) and len(nilai) == 2 and nama not in {"keputusan", "alasan", "alasan_kode", "daun"}
    ]
    return [(name, "" if before == EMPTY else before, after) for name, before, after in told if before != after]


@cache
def _named(model: str, nama: str) -> tuple[Field[Any, Any], ...]:
    """Return the column of that name of the model that the row names, else those of what was written beside it."""
    own = _fields(model).get(nama)
    others = (_fields(str(m._meta.model_name)).get(nama) for m in apps.get_models())
    return (own,) if own else tuple(f for f in others if f)


def _column(model: str, nama: str) -> str:
    """Return what a column is called: by the trail, by the one model that has it, else its name without underscores."""
    said = {str(f.verbose_name) for f in _named(model, nama)}
    words = (KOLOM.get(nama) or (said.pop() if len(said) == 1 else nama.replace("_", " "))).removesuffix(" (Rp)")
    return translate(words[:1].upper() + words[1:])


def _value(model: str, nama: str, nilai: Any, money: bool = False) -> str:
    """Return a stored value as people write it: the label of a choice, rupiah, a volume, a day, an hour, yes or no."""
    text = str(nilai)
    if nilai in (None, "") or text in {"None", "[]", "{}"}:
        return EMPTY
    columns = _named(model, nama)
    labels = {str(v) for f in columns if f.choices for k, v in f.flatchoices if str(k) == text}
    if len(labels) == 1:
        return translate(labels.pop())
    if text in YA_TIDAK:
        return YA_TIDAK[text]
    whole = text.removesuffix(".0")
    if whole.isdecimal() and (money or nama in {"biaya", "pagu", "anggaran"} or _all_rupiah(columns)):
        return tulis.rupiah(int(whole))
    return _written(nama, text)


def _written(nama: str, text: str) -> str:
    if nama == "volume" and re.fullmatch(r"\d+(\.\d+)?", text):
        return tulis.number(Decimal(text))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return tulis.date_text(date.fromisoformat(text))
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", text):
        return tulis.hour_text(time.fromisoformat(text))
    if text[:1] in "[{":
        return re.sub(r"[\[\]{}'\"]", "", text).replace("_", " ")
    return text


def _all_rupiah(columns: tuple[Field[Any, Any], ...]) -> bool:
    return bool(columns) and all("(Rp)" in str(f.verbose_name) for f in columns)
