"""Forms of the reference data and of people."""

from typing import Any

from django import forms

from musrenbang.forms.tabel import TabelForm
from musrenbang.models import Bidang, Kabupaten, Skpd
from musrenbang.tabel import TabelAcuan


class TabelTahunForm(TabelForm):
    """A spreadsheet for a plan year."""

    tahun = forms.IntegerField(label="Rencana tahun", min_value=2000, max_value=2099)
    field_order = ("tahun", "berkas")


def row_form(tabel: TabelAcuan, kabupaten: Kabupaten) -> type[forms.ModelForm]:
    """Return the form of one row of a table; agencies are those of the kabupaten."""
    dasar = forms.modelform_factory(tabel.model, fields=[k.nama for k in tabel.kolom])

    class Baris(dasar):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            if "skpd" in self.fields:
                self.fields["skpd"].queryset = Skpd.objects.filter(kabupaten=kabupaten)
            if "bidang" in self.fields:
                self.fields["bidang"].queryset = Bidang.objects.all()

        def clean(self) -> dict[str, Any]:
            isi: dict[str, Any] = super().clean() or self.cleaned_data
            if not self.errors and (salah := tabel.periksa(isi)):
                raise forms.ValidationError(salah.capitalize() + ".")
            return isi

    return Baris
