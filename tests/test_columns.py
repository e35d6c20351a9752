"""The short way to what a column is says the same as Django's own."""

import pytest
from django.apps import apps
from django.db.models import CharField, F
from django.db.models.expressions import Col, Expression

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
