"""Fields for a day, an hour and a sum, in the words of Indonesia whatever the browser's language.

People type what they would write on paper; beside the field stands what it is read as (``static/js/isian.js`` while
typing, this widget when the page comes). Every form takes its days, hours and sums by these fields:
``tests/test_typed.py`` finds one that does not. A day written ``2026-02-09`` is read as well.
"""

from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from musrenbang import format as tulis
from musrenbang.reading import lacks_unit, parse_rupiah, read_date, read_time


class TypedInput(forms.TextInput):
    """A line of text that says beside itself what it is read as. ``keyboard``: what a phone offers."""

    kind: ClassVar[str]
    example: ClassVar[str]
    keyboard: ClassVar[str] = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"data-isian": self.kind, "inputmode": self.keyboard, "autocomplete": "off", "placeholder": self.example}
        super().__init__(own | (attrs or {}))

    def written(self, value: Any) -> str:
        """Return a value as it is written into the field."""
        raise NotImplementedError

    def understood(self, text: str) -> str:
        """Return what is said beside a text: nothing where the text says it all, or cannot be read."""
        raise NotImplementedError

    def format_value(self, value: Any) -> str | None:
        return None if value in (None, "") else value if isinstance(value, str) else self.written(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        of = (attrs or {}).get("id") or self.attrs.get("id")
        said = self.understood(self.format_value(value) or "")
        target = format_html(' for="{}"', of) if of else ""
        return format_html('{}<output class="terbaca"{}>{}</output>', control, target, said)


class DayInput(TypedInput):
    """A day as ``9 Februari 2026``, its weekday beside it. ``year``: that of a day written without one."""

    kind, example = "tanggal", "9 Februari 2026"
    year: int | None = None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value, {"data-tahun": self.year_meant(), **(attrs or {})})

    def year_meant(self) -> int:
        """Return the year of a day that is written without one."""
        return self.year or timezone.localdate().year

    def written(self, value: Any) -> str:
        """Return ``9 Februari 2026``."""
        return tulis.date_text(value)

    def understood(self, text: str) -> str:
        """Return the weekday, with the whole day where it is written otherwise."""
        try:
            day = read_date(text, self.year_meant())
        except ValueError as error:
            return str(error)
        whole = tulis.date_with_day(day, "")
        return whole.partition(",")[0] if day and tulis.date_text(day) == text else whole


class HourInput(TypedInput):
    """An hour as ``08.30``."""

    kind, example, keyboard = "jam", "08.30", "decimal"

    def written(self, value: Any) -> str:
        """Return ``08.30``."""
        return tulis.hour_text(value)

    def understood(self, text: str) -> str:
        """Return the hour where it is written otherwise."""
        said = tulis.hour_text(read_time(text), "")
        return "" if said == text else said


class SumInput(TypedInput):
    """A sum of whole rupiah as ``150.000.000``, or as people write it: ``150 jt``."""

    kind, example, keyboard = "rupiah", "misalnya 150 jt", "decimal"

    def written(self, value: Any) -> str:
        """Return ``150.000.000``."""
        return tulis.thousands(value)

    def understood(self, text: str) -> str:
        """Return the whole sum where it is written otherwise."""
        amount = parse_rupiah(text)
        hidden = amount is None or lacks_unit(text, amount) or tulis.thousands(amount) == text
        return "" if hidden else tulis.rupiah(amount)


class TypedDayField(forms.DateField):
    """A day as people write it (``musrenbang.reading.read_date``). ``year``: that of a day written without one."""

    widget = DayInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": "Tanggal ini belum terbaca. Tulis misalnya 9 Februari 2026 atau 9/2/2026."
    }

    def __init__(self, *, year: int | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.use_year(year)

    def use_year(self, year: int | None) -> None:
        """Read a day without a year as one of this year; None: of the current one."""
        if isinstance(self.widget, DayInput):
            self.widget.year = year

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        year = self.widget.year_meant() if isinstance(self.widget, DayInput) else timezone.localdate().year
        try:
            day = read_date(str(value)[:60], year)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        return day


class TypedHourField(forms.TimeField):
    """An hour as people write it (``musrenbang.reading.read_time``)."""

    widget = HourInput
    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": "Jam ini belum terbaca. Tulis misalnya 08.30."}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        hour = read_time(str(value)[:60])
        if hour is None:
            raise forms.ValidationError(self.error_messages["invalid"])
        return hour
