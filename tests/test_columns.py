"""The short way to what a column is says the same as Django's own."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, F, Sum
from django.db.models.expressions import Col, Expression
from django.db.models.functions import Lower
from django.db.models.sql.compiler import SQLCompiler

from musrenbang.infra import columns
from musrenbang.infra.columns import identity
from rkp.models import BarisRkp
from tests.some import some


def test_every_column_is_what_django_says_it_is():
    own = Expression.identity.func
    columns = [field.get_col("u") for model in apps.get_models() for field in model._meta.concrete_fields]
    name = BarisRkp._meta.get_field("kegiatan")
    columns += [Col("u", name, CharField()), Col("u", name, output_field=CharField()), Col(None, name, None)]
    for column in some(columns):
        assert identity(column) == own(column) == column.identity
        assert hash(column) == hash(own(column))
    assert len(set(columns)) > 500, "columns are told apart"
    assert Col("u", name) != Col("v", name)


@pytest.mark.django_db
def test_an_order_by_what_is_read_is_told_by_its_place():
    """What Django compares columns for: after ``values`` and a union an ordering points to the column that is read."""
    few = BarisRkp.objects.order_by().values_list("kegiatan", "nomor")
    assert "ORDER BY 2 ASC" in str(few.union(few, all=True).order_by("nomor").query).replace('"', "")
    assert str(few.order_by(F("nomor").desc()).query).endswith("2 DESC")


BY_DJANGO = {**columns.by_django, "select_format": Expression.select_format}


def _told(queries) -> list[object]:
    """Return the statement of each query, and what turns the values of its columns into Python's."""
    told = []
    for query in queries:
        compiler = query.query.get_compiler("default")
        told.append(compiler.as_sql())
        turned = compiler.get_converters(column for column, _, _ in compiler.select)
        told.append({place: [c.__qualname__ for c in found] for place, (found, _) in turned.items()})
    return told


def _queries():
    """Every table with what its rows point to, and each way to order and to combine."""
    rows = BarisRkp.objects.all()
    yield from (model._default_manager.select_related() for model in apps.get_models())
    for order in (
        "-nomor",
        F("nomor").desc(),
        F("nomor"),
        Lower("kegiatan"),
        Lower("kegiatan").desc(),
        "?",
        "desa__nama",
    ):
        yield rows.order_by(order, "pk")
        yield rows.order_by("pk", order).values("pk", "nomor", "kegiatan")
        yield rows.annotate(kecil=Lower("kegiatan")).order_by("kecil", order)
        yield rows.values("desa").annotate(jumlah=Sum("nomor")).order_by(order)
        yield rows.order_by(order).distinct()
    yield rows.reverse()
    yield rows.order_by().union(rows.order_by(), all=True).order_by("nomor")
    yield rows.order_by().values("pk").union(rows.order_by().values("pk")).order_by("-pk")


@pytest.mark.django_db
def test_queries_are_written_and_read_as_by_django(monkeypatch):
    """Word by word, with the same converters in the same places, asked twice: what is kept is that of the same column."""
    ours = _told(_queries())
    assert ours == _told(_queries())
    for name in columns.by_django:
        monkeypatch.setattr(SQLCompiler, name, BY_DJANGO[name])
    monkeypatch.setattr(Col, "select_format", Expression.select_format)
    assert ours == _told(_queries())


@pytest.mark.django_db
def test_what_is_kept_of_one_column_is_given_to_no_other():
    """Two columns of one name and kind: their decimals differ, and so does what turns them into Python's."""
    volume = BarisRkp._meta.get_field("volume")
    other = volume.clone()
    other.decimal_places, other.model, other.column = volume.decimal_places + 1, volume.model, volume.column
    compiler = BarisRkp.objects.all().query.get_compiler("default")
    read = compiler.get_converters([Col("u", volume), Col("u", other)])
    if connection.vendor == "sqlite":  # PostgreSQL gives decimals itself
        assert [str(read[i][0][0](1.5, read[i][1], connection)) for i in (0, 1)] == ["1.500", "1.5000"]
    assert all(read[i][1].target is field for i, field in enumerate((volume, other)) if i in read)
