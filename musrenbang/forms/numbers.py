"""Fields that take numbers the way people here write them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from musrenbang import format as tulis
from musrenbang.forms.typed import SumInput
from musrenbang.reading import lacks_unit, parse_rupiah

PANJANG = 40  # no number of people is longer; Python refuses to read one of 4,300 digits, with an error


def whole(teks: str | None) -> int | None:
    """Return a whole number of an address or a POST; None for anything else and for what no column can hold."""
    return int(teks) if teks and re.fullmatch(r"[0-9]{1,18}", teks) else None


def wholes(daftar: Iterable[str]) -> list[int]:
    """Return the whole numbers of a list, others left out."""
    return [n for text in daftar if (n := whole(text)) is not None]


class RupiahField(forms.Field):
    """Whole rupiah, read as the import reads it: ``150.000.000``, ``Rp 150.000.000,-``, ``150 jt``, ``1,5 M``.

    Blank is unknown (None), never 0. A fraction of a few rupiah (``1,5``) is no sum that anybody means: it is asked
    about.
    """

    widget = SumInput

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        nilai = parse_rupiah(text) if len(text) <= PANJANG else None
        if nilai is None and not text.strip("Rp.,- 0"):
            raise forms.ValidationError("Jumlah rupiah harus lebih dari 0. Kosongkan bila belum diketahui.")
        if nilai is None:
            raise forms.ValidationError(
                "Jumlah ini belum terbaca. Tulis misalnya 150.000.000 atau 150 jt. Kosongkan bila belum diketahui."
            )
        if lacks_unit(text, nilai):
            raise forms.ValidationError(f"“{text}” tanpa satuan. Tulis misalnya 1,5 jt, atau seluruh angkanya.")
        return nilai

    def prepare_value(self, value: Any) -> Any:
        return tulis.thousands(value) if isinstance(value, int) else value


class ConfirmedField(forms.IntegerField):
    """The amount that the person confirmed on the page that asks about one far above the cost; usually absent."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"id": False}))


class VolumeField(forms.Field):
    """A volume with decimal comma: ``450``, ``1.200,5``. Blank is unknown (None)."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(r"\s", "", str(value or ""))
        if not text:
            return None
        if len(text) > PANJANG or not re.fullmatch(r"([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]{1,3})?", text):
            raise forms.ValidationError("Tulis volume dengan koma desimal, misalnya 1.200,5.")
        nilai = Decimal(text.replace(".", "").replace(",", "."))
        if not 0 < nilai < 10**12:
            raise forms.ValidationError("Volume harus lebih dari 0. Kosongkan bila belum diketahui.")
        return nilai

    def prepare_value(self, value: Any) -> Any:
        return tulis.number(value) if isinstance(value, Decimal) else value
