"""Small forms: a reason, ticked rows, the version that the page showed. What buttons and lists send, read in one place.

A text may be blank here: the service that takes it says in its own words what it wants. A number that is none reads as
``missing``, so that a made-up key or version finds nothing instead of breaking anything.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from musrenbang.forms.numbers import whole, wholes
from musrenbang.forms.typed import TypedDayField


class TextField(forms.CharField):
    """A text that may be blank; without blanks around it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)


class SecretField(TextField):
    """A password or phrase, exactly as it was typed."""

    def __init__(self) -> None:
        super().__init__(strip=False)


class WordsField(forms.CharField):
    """A text that is stored as it is: one that would have to be cut is refused. ``what`` names it in the sentence."""

    def __init__(self, what: str, longest: int) -> None:
        super().__init__(required=False)
        self.what, self.longest = what, longest

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if len(text) > self.longest:
            raise forms.ValidationError(
                f"{self.what} paling panjang {self.longest} huruf, isian Anda {len(text)}. Ringkas dahulu; belum ada "
                "yang dicatat."
            )
        return text


class NumberField(forms.Field):
    """A key, a version or a place; ``missing`` for what is no whole number."""

    def __init__(self, *, missing: int | None = 0) -> None:
        super().__init__(required=False)
        self.missing = missing

    def to_python(self, value: Any) -> int | None:
        number = whole(value)
        return self.missing if number is None else number


class TicksField(forms.Field):
    """The keys of the rows that are ticked, in their order; ``empty`` is the sentence when none is."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, empty: str = "") -> None:
        super().__init__(required=False)
        self.empty = empty

    def to_python(self, value: Any) -> list[int]:
        return wholes(value or [])

    def validate(self, value: list[int]) -> None:
        if self.empty and not value:
            raise forms.ValidationError(self.empty)


class TextsField(forms.Field):
    """Several texts under one name, as they were sent."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> list[str]:
        return list(value or [])


class DayField(TypedDayField):
    """A day; ``wrong`` is the sentence for one that no calendar has, and for none when it must be given."""

    def __init__(self, *, required: bool = True, wrong: str = "") -> None:
        super().__init__(required=required, error_messages={"required": wrong, "invalid": wrong} if wrong else None)


class ReasonForm(forms.Form):
    """A reason; the service says when it must be longer."""

    alasan = TextField()


class SeenForm(forms.Form):
    """The version that the page showed."""

    versi = NumberField()


class DigestForm(forms.Form):
    """The digest of what the page showed."""

    sidik = TextField()


class ActionForm(forms.Form):
    """Which of several buttons was pressed."""

    aksi = TextField()


class OrderForm(DigestForm):
    """An order of rows: the keys as the page lists them, and one of them a step up or down."""

    urutan = TicksField()
    geser = NumberField(missing=None)
    arah = TextField()


def model_field(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """Return a field that offers rows, to narrow what it offers."""
    return cast(forms.ModelChoiceField, form.fields[name])


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """Return a field that offers fixed choices, to change what it offers."""
    return cast(forms.ChoiceField, form.fields[name])


def prefixed(data: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the fields whose names begin with ``prefix``, by what follows it: a table has one for each row."""
    return {name.removeprefix(prefix): str(text) for name, text in data.items() if name.startswith(prefix)}


def numbered(data: Mapping[str, str], prefix: str) -> dict[int, int]:
    """Return the numbers in the fields ``prefix`` + key, by key; what is no number is left out."""
    pairs = ((whole(key), whole(text)) for key, text in prefixed(data, prefix).items())
    return {key: number for key, number in pairs if key is not None and number is not None}
