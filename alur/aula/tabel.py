"""Which rows belong to an event, and how a row is written down under the names of ``nama``."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile

from alur.aula.nama import ACUAN, EVENT, ORANG
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna

SEMUA = EVENT | ACUAN | ORANG


def model_of(nama: str) -> type[models.Model]:
    """Return the model of a table."""
    return apps.get_model(SEMUA[nama].model)


def fields_of(nama: str) -> dict[str, models.Field]:
    """Return the model's fields of a table by their names in the file."""
    kolom = {f.attname: f for f in model_of(nama)._meta.concrete_fields}
    return {stabil: kolom[k] for stabil, k in SEMUA[nama].kolom.items()}


def rows_of(nama: str, musrenbang: Musrenbang) -> QuerySet[Any]:
    """Return the rows of a table that belong to the event, by their keys."""
    jalan = SEMUA[nama].jalan
    saring = {jalan: musrenbang.pk} if jalan else {}
    return model_of(nama)._default_manager.filter(**saring).order_by("pk").distinct()


def people_of(musrenbang: Musrenbang) -> tuple[QuerySet[Pengguna], QuerySet[Keanggotaan]]:
    """Return who worked or may work in the event, and the roles that hold in its kecamatan."""
    kecamatan = musrenbang.kecamatan_id
    peran = Keanggotaan.objects.filter(Q(kecamatan=kecamatan) | Q(desa__kecamatan=kecamatan))
    disebut = set(peran.values_list("pengguna", flat=True))
    for nama in EVENT:
        for f in model_of(nama)._meta.fields:
            if f.related_model is Pengguna:
                disebut |= set(rows_of(nama, musrenbang).values_list(f.attname, flat=True))
    return Pengguna.objects.filter(pk__in=disebut - {None}).order_by("pk"), peran.order_by("pk")


def as_data(nama: str, objek: models.Model) -> dict[str, Any]:
    """Return a row as JSON-safe data, exact to the microsecond; references are keys, files are names."""
    return {stabil: _plain(f.value_from_object(objek)) for stabil, f in fields_of(nama).items()}


def all_data(nama: str, semua: QuerySet[Any]) -> list[dict[str, Any]]:
    """Return many rows as ``as_data`` does."""
    kolom = fields_of(nama).items()
    return [{stabil: _plain(f.value_from_object(o)) for stabil, f in kolom} for o in semua]


def _plain(nilai: Any) -> Any:
    if nilai is None or isinstance(nilai, bool | int | str | list | dict | float):
        return nilai
    if isinstance(nilai, FieldFile):
        return nilai.name or ""
    return nilai.isoformat() if hasattr(nilai, "isoformat") else str(nilai)


def from_data(nama: str, isi: dict[str, Any]) -> Any:
    """Return the row that ``as_data`` wrote down, not stored. Raises KeyError or ValidationError for other data."""
    kolom = fields_of(nama)
    return model_of(nama)(**{kolom[k].attname: _value(kolom[k], nilai) for k, nilai in isi.items()})


def _value(kolom: Any, nilai: Any) -> Any:
    if nilai is None or isinstance(kolom, models.JSONField | models.FileField):
        return nilai
    return (kolom.target_field if kolom.is_relation else kolom).to_python(nilai)


def file_fields(nama: str) -> list[str]:
    """Return the names of the fields of a table that hold a file."""
    return [stabil for stabil, f in fields_of(nama).items() if isinstance(f, models.FileField)]


def file_names(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield the names of the files that rows of the event keep."""
    for nama in EVENT:
        for stabil in file_fields(nama):
            kolom = EVENT[nama].kolom[stabil]
            yield from (n for n in rows_of(nama, musrenbang).values_list(kolom, flat=True) if n)
