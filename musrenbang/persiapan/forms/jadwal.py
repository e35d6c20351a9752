"""Forms of the schedule: one meeting, all meetings of a kabupaten, a request for another date."""

from datetime import date
from typing import Any, cast

from django import forms

from musrenbang.forms.columns import own_field
from musrenbang.forms.typed import TypedDayField, TypedHourField
from musrenbang.labels import words
from musrenbang.models import Musrenbang, PermintaanJadwal
from musrenbang.sebutan import sebutan

NAME = 150  # letters of a name


def split_names(text: Any) -> tuple[str, ...]:
    """Return the names between semicolons, each whole: titles have commas.

    Raises:
        ValueError: One is longer than a name can be kept.
    """
    names = tuple(dict.fromkeys(n.strip() for n in str(text or "").split(";") if n.strip()))
    if any(len(n) > NAME for n in names):
        raise ValueError(f"satu nama paling panjang {NAME} huruf")
    return names


class JadwalForm(forms.ModelForm):
    """Hour, place and chair of a meeting; its date too while Bappeda has not published one."""

    class Meta:
        model = Musrenbang
        fields = ["tanggal", "jam_mulai", "tempat", "pimpinan_sidang"]
        formfield_callback = own_field

    def __init__(self, *args: Any, fixed_date: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama in ("tanggal", "jam_mulai", "tempat"):
            self.fields[nama].required = True
        cast(TypedDayField, self.fields["tanggal"]).use_year(self.instance.tahun_pelaksanaan)
        if fixed_date:
            self.fields["tanggal"].disabled = True
            self.fields["tanggal"].help_text = f"Ditetapkan {sebutan.bappeda}; minta tanggal lain bila berhalangan."

    def clean_tanggal(self) -> date:
        """The meeting is held in its own year."""
        tanggal: date = self.cleaned_data["tanggal"]
        if tanggal.year != self.instance.tahun_pelaksanaan:
            raise forms.ValidationError(f"Tanggal harus di tahun {self.instance.tahun_pelaksanaan}.")
        return tanggal


class BarisJadwalForm(forms.Form):
    """One kecamatan on the page of all; names are separated by semicolons."""

    tanggal = TypedDayField(required=False, label="Tanggal")
    jam_mulai = TypedHourField(required=False, label="Jam")
    tempat = forms.CharField(max_length=200, required=False)
    setrawan = forms.CharField(max_length=500, required=False)
    skpd = forms.CharField(max_length=500, required=False, label=words("Wakil SKPD"))
    sidik = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, tahun: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(TypedDayField, self.fields["tanggal"]).use_year(tahun)

    def clean(self) -> dict[str, Any]:
        """A name is kept whole or refused."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for column in ("setrawan", "skpd"):
            try:
                split_names(data.get(column))
            except ValueError as error:
                self.add_error(column, f"{str(error).capitalize()}. Pisahkan dua nama dengan titik koma.")
        return data


class RequestJadwalForm(forms.ModelForm):
    """A request for another date."""

    class Meta:
        model = PermintaanJadwal
        fields = ["tanggal", "alasan"]
        formfield_callback = own_field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.musrenbang_id:
            cast(TypedDayField, self.fields["tanggal"]).use_year(self.instance.musrenbang.tahun_pelaksanaan)

    def clean_tanggal(self) -> date:
        """The request is about the same year."""
        tanggal: date = self.cleaned_data["tanggal"]
        tahun = self.instance.musrenbang.tahun_pelaksanaan
        if tanggal.year != tahun:
            raise forms.ValidationError(f"Tanggal harus di tahun {tahun}.")
        return tanggal
