"""The strict form of what a laptop brings back: nothing missing, nothing more, every value of its column's kind.

Also whose rows they are: each belongs to the event that left, refers to nothing outside it but what went along, and
has a key that was there before or comes from the range of its journey.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

from alur.aula.envelope import BadFile
from alur.aula.names import ACUAN, EVENT, FORMAT, KE_LUAR
from alur.aula.tabel import all_data, fields_of, model_of, rows_of
from musrenbang.models import Musrenbang, Pengguna

RENTANG = 10**12
"""How many keys belong to one journey."""
ATAS = {"format": str, "acara": str, "dibuat_pada": str, "tabel": dict}
HASIL = "Hasil aula ini tidak dapat dimasukkan"
KINI = "Perbarui aplikasi di server dan laptop ke versi yang sama, lalu kemas lagi."
Baris = dict[str, Any]


@dataclass(frozen=True)
class Original:
    """What the server holds of the event: rows by table and key, and the keys of its reference data."""

    musrenbang: Musrenbang
    nomor: int
    orang: frozenset[int]
    tabel: dict[str, dict[Any, Baris]] = field(default_factory=dict)
    acuan: dict[str, frozenset[Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, musrenbang: Musrenbang, nomor: int, person: Iterable[int]) -> "Original":
        """Read it (one query per table)."""
        return cls(
            musrenbang,
            nomor,
            frozenset(person),
            {n: {b["id"]: b for b in all_data(n, rows_of(n, musrenbang))} for n in EVENT},
            {n: frozenset(rows_of(n, musrenbang).values_list("pk", flat=True)) for n in ACUAN},
        )

    def is_new_key(self, kunci: int) -> bool:
        """Tell whether a key comes from the range of the journey."""
        return self.nomor * RENTANG < kunci <= (self.nomor + 1) * RENTANG


def check_document(content: Baris, semula: Original) -> None:
    """Raise BadFile unless the document is a result of this event, of this format, row by row."""
    if content.get("format") != FORMAT:
        shape = str(content.get("format"))[:40]
        raise BadFile(f"Berkas ini berbentuk “{shape}”, sedangkan server ini {FORMAT}. {KINI}")
    if set(content) != set(ATAS) or any(not isinstance(content[k], jenis) for k, jenis in ATAS.items()):
        raise BadFile(f"Susunan berkas ini tidak dikenal. {KINI}")
    if content["acara"] != semula.musrenbang.slug:
        raise BadFile("Berkas ini berisi Musrenbang yang lain. Unggah di halaman Musrenbangnya sendiri.")
    if set(content["tabel"]) != set(EVENT):
        raise BadFile(f"Tabel di berkas ini tidak sama dengan yang dikenal server ini. {KINI}")
    kunci: dict[str, set[Any]] = {}
    for nama in EVENT:
        kunci[nama] = _check_table(nama, content["tabel"][nama], semula)
    for nama in EVENT:
        _check_references(nama, content["tabel"][nama], kunci, semula)


def _check_table(nama: str, everything: Any, semula: Original) -> set[Any]:
    """Check every row by itself; return the keys."""
    if not isinstance(everything, list):
        raise BadFile(f"{HASIL}: tabel {nama} bukan daftar.")
    column = fields_of(nama)
    existing, result = semula.tabel[nama], set()
    automatic = isinstance(model_of(nama)._meta.pk, models.AutoField)
    for baris in everything:
        if not isinstance(baris, dict) or set(baris) != set(column):
            raise BadFile(f"{HASIL}: kolom tabel {nama} tidak sama dengan yang dikenal server ini. {KINI}")
        for k, f in column.items():
            try:
                _check_value(f, baris[k])
            except (ValidationError, ValueError, TypeError, OverflowError, ArithmeticError) as error:
                raise BadFile(f"{HASIL}: {nama}.{k} tidak sah.") from error
        if baris["id"] in result:
            raise BadFile(f"{HASIL}: {nama} memuat satu baris dua kali.")
        if automatic and baris["id"] not in existing and not semula.is_new_key(baris["id"]):
            raise BadFile(f"{HASIL}: {nama} memuat baris yang bukan milik Musrenbang ini.")
        result.add(baris["id"])
    return result


def _check_value(f: Any, nilai: Any) -> None:
    """Raise ValidationError, ValueError or TypeError for a value that the column's own form would not take."""
    if nilai is None:
        if not f.null:
            raise ValueError(f.name)
        return
    if f.is_relation:
        f = f.target_field
    if isinstance(f, models.JSONField):
        return
    if isinstance(f, models.BooleanField):
        right = isinstance(nilai, bool)
    elif isinstance(f, models.IntegerField):
        right = type(nilai) is int
    elif isinstance(f, models.FloatField):
        right = type(nilai) in {int, float}
    else:
        right = isinstance(nilai, str) and "\x00" not in nilai
    if not right:
        raise TypeError(f.name)
    if isinstance(f, models.DateTimeField):
        time = parse_datetime(nilai)
        if time is None or time.tzinfo is None:
            raise ValueError(f.name)
    nilai = f.to_python(nilai)
    if f.choices and nilai not in dict(f.flatchoices) and not (f.blank and nilai == ""):
        raise ValueError(f.name)
    if nilai not in f.empty_values:
        f.run_validators(nilai)
    if isinstance(f, models.CharField | models.FileField) and f.max_length and len(nilai) > f.max_length:
        raise ValueError(f.name)


def _check_references(nama: str, everything: list[Baris], kunci: dict[str, set[Any]], semula: Original) -> None:
    """Every reference leads to a row of this event, to reference data of its places, or to somebody who went along."""
    target = {model_of(n): n for n in [*EVENT, *ACUAN]}
    for k, f in fields_of(nama).items():
        if not f.is_relation:
            continue
        allowed: Any
        if f.related_model is Pengguna:
            allowed = semula.orang
        else:
            to = target[f.related_model]  # a model of an event that stays is referred to by none that goes
            allowed = kunci[to] if to in EVENT else semula.acuan[to]
        for baris in everything:
            if baris[k] is None or baris[k] in allowed:
                continue
            old = semula.tabel[nama].get(baris["id"])
            if k in KE_LUAR.get(nama, ()) and old and old[k] == baris[k]:
                continue
            raise BadFile(f"{HASIL}: {nama}.{k} menunjuk ke luar Musrenbang ini.")


def read_time(text: str) -> datetime:
    """Return a time of a checked row."""
    time = parse_datetime(text)
    assert time is not None
    return time
