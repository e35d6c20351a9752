"""Which of our own fields a column takes in a form of its model."""

from typing import Any

from django.db import models

from musrenbang.forms.numbers import RupiahField
from musrenbang.forms.typed import TypedDayField, TypedHourField


def own_field(column: models.Field, **more: Any) -> Any:
    """Return the form's field of a column: days, hours and sums by ours. For ``Meta.formfield_callback``."""
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return column.formfield(form_class=TypedDayField, **more)
    if isinstance(column, models.TimeField):
        return column.formfield(form_class=TypedHourField, **more)
    if isinstance(column, models.BigIntegerField) and "(Rp)" in str(column.verbose_name):
        return RupiahField(
            label=more.get("label") or str(column.verbose_name), required=not column.blank, help_text=column.help_text
        )
    return column.formfield(**more)
