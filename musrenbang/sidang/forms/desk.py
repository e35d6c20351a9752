"""What a desk sends of its own accord: the arrivals that it decided on its device."""

import json
from typing import Any

from django import forms

from musrenbang.forms.kunci import KunciField
from musrenbang.forms.small import TextField
from musrenbang.sidang.models import Sex

SEKALI_KIRIM = 20
"""How many arrivals a device sends at once; the rest follows."""
TERAKHIR = 1e14
"""Milliseconds since 1970 past which no clock of a device is."""
RUSAK = "Kiriman meja ini tidak terbaca. Muat ulang halaman; catatan tetap di perangkat ini. Belum ada yang disimpan."


class ArrivalForm(forms.Form):
    """One arrival: the key that the device gave it, who, when by the device's clock, and at which desk."""

    kunci = KunciField()
    undangan = forms.IntegerField(min_value=1)
    pada = forms.FloatField(min_value=0, max_value=TERAKHIR)
    jenis_kelamin = forms.ChoiceField(choices=[("", ""), *Sex.choices], required=False)
    meja = forms.CharField(max_length=20, required=False)
    orang_lain = forms.CharField(max_length=2000, required=False)

    def clean_orang_lain(self) -> frozenset[str]:
        """The codes one by one."""
        return frozenset(self.cleaned_data["orang_lain"].split(","))


class ArrivalsForm(forms.Form):
    """Some arrivals, and what the clock of the device says now (milliseconds since 1970)."""

    sent = forms.FloatField(
        min_value=0,
        max_value=TERAKHIR,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), RUSAK),
    )
    arrivals = forms.CharField(max_length=64_000, error_messages=dict.fromkeys(("required", "max_length"), RUSAK))

    def clean_arrivals(self) -> list[dict[str, Any]]:
        """Each one by itself: one that cannot be read is told to its desk and does not hold up the others."""
        try:
            rows = json.loads(self.cleaned_data["arrivals"])
        except (ValueError, RecursionError) as broken:
            raise forms.ValidationError(RUSAK) from broken
        if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows) or len(rows) > SEKALI_KIRIM:
            raise forms.ValidationError(RUSAK)
        read = [ArrivalForm(row) for row in rows]
        return [
            form.cleaned_data if form.is_valid() else {"kunci": str(row.get("kunci"))[:40], "undangan": None}
            for row, form in zip(rows, read, strict=True)
        ]


class SinceForm(forms.Form):
    """What the device has: the digest of its list."""

    sidik = TextField()
