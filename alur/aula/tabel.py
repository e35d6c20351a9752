"""Which rows belong to an event, and how a row is written down under the names of ``names``."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile

from alur.aula.names import ACUAN, EVENT, ORANG
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna

SEMUA = EVENT | ACUAN | ORANG


def model_of(nama: str) -> type[models.Model]:
    """Return the model of a table."""
    return apps.get_model(SEMUA[nama].model)


def fields_of(nama: str) -> dict[str, models.Field]:
    """Return the model's fields of a table by their names in the file."""
    column = {f.attname: f for f in model_of(nama)._meta.concrete_fields}
    return {stable: column[k] for stable, k in SEMUA[nama].kolom.items()}


def rows_of(nama: str, musrenbang: Musrenbang) -> QuerySet[Any]:
    """Return the rows of a table that belong to the event, by their keys."""
    route = SEMUA[nama].jalan
    filters = {route: musrenbang.pk} if route else {}
    return model_of(nama)._default_manager.filter(**filters).order_by("pk").distinct()


def people_of(musrenbang: Musrenbang) -> tuple[QuerySet[Pengguna], QuerySet[Keanggotaan]]:
    """Return who worked or may work in the event, and the roles that hold in its kecamatan."""
    kecamatan = musrenbang.kecamatan_id
    peran = Keanggotaan.objects.filter(Q(kecamatan=kecamatan) | Q(desa__kecamatan=kecamatan))
    mentioned = set(peran.values_list("pengguna", flat=True))
    for nama in EVENT:
        for f in model_of(nama)._meta.fields:
            if f.related_model is Pengguna:
                mentioned |= set(rows_of(nama, musrenbang).values_list(f.attname, flat=True))
    return Pengguna.objects.filter(pk__in=mentioned - {None}).order_by("pk"), peran.order_by("pk")


def as_data(nama: str, objek: models.Model) -> dict[str, Any]:
    """Return a row as JSON-safe data, exact to the microsecond; references are keys, files are names."""
    return {stable: _plain(f.value_from_object(objek)) for stable, f in fields_of(nama).items()}


def all_data(nama: str, everything: QuerySet[Any]) -> list[dict[str, Any]]:
    """Return many rows as ``as_data`` does."""
    column = fields_of(nama).items()
    return [{stable: _plain(f.value_from_object(o)) for stable, f in column} for o in everything]


def _plain(nilai: Any) -> Any:
    if nilai is None or isinstance(nilai, bool | int | str | list | dict | float):
        return nilai
    if isinstance(nilai, FieldFile):
        return nilai.name or ""
    return nilai.isoformat() if hasattr(nilai, "isoformat") else str(nilai)


def from_data(nama: str, content: dict[str, Any]) -> Any:
    """Return the row that ``as_data`` wrote down, not stored. Raises KeyError or ValidationError for other data."""
    column = fields_of(nama)
    return model_of(nama)(**{column[k].attname: _value(column[k], nilai) for k, nilai in content.items()})


def _value(kolom: Any, nilai: Any) -> Any:
    if nilai is None or isinstance(kolom, models.JSONField | models.FileField):
        return nilai
    return (kolom.target_field if kolom.is_relation else kolom).to_python(nilai)


def file_fields(nama: str) -> list[str]:
    """Return the names of the fields of a table that hold a file."""
    return [stable for stable, f in fields_of(nama).items() if isinstance(f, models.FileField)]


def file_names(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield the names of the files that rows of the event keep."""
    for nama in EVENT:
        for stable in file_fields(nama):
            column = EVENT[nama].kolom[stable]
            yield from (n for n in rows_of(nama, musrenbang).values_list(column, flat=True) if n)
