"""Forms of the schedule: one meeting, all meetings of a kabupaten, a request for another date."""

from datetime import date
from typing import Any

from django import forms

from musrenbang.kata import words
from musrenbang.models import Musrenbang, PermintaanJadwal
from musrenbang.sebutan import sebutan

TANGGAL = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
JAM = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class JadwalForm(forms.ModelForm):
    """Hour, place and chair of a meeting; its date too while Bappeda has not published one."""

    class Meta:
        model = Musrenbang
        fields = ["tanggal", "jam_mulai", "tempat", "pimpinan_sidang"]
        widgets = {"tanggal": TANGGAL, "jam_mulai": JAM}

    def __init__(self, *args: Any, kunci_tanggal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama in ("tanggal", "jam_mulai", "tempat"):
            self.fields[nama].required = True
        if kunci_tanggal:
            self.fields["tanggal"].disabled = True
            self.fields["tanggal"].help_text = f"Ditetapkan {sebutan.bappeda}; mintalah tanggal lain bila tidak dapat."

    def clean_tanggal(self) -> date:
        """The meeting is held in its own year."""
        tanggal: date = self.cleaned_data["tanggal"]
        if tanggal.year != self.instance.tahun_pelaksanaan:
            raise forms.ValidationError(f"Tanggal harus di tahun {self.instance.tahun_pelaksanaan}.")
        return tanggal


class BarisJadwalForm(forms.Form):
    """One kecamatan on the page of all; names are separated by semicolons."""

    tanggal = forms.DateField(widget=TANGGAL, required=False)
    jam_mulai = forms.TimeField(widget=JAM, required=False)
    tempat = forms.CharField(max_length=200, required=False)
    setrawan = forms.CharField(max_length=500, required=False)
    skpd = forms.CharField(max_length=500, required=False, label=words("Wakil SKPD"))
    sidik = forms.CharField(widget=forms.HiddenInput, required=False)


class MintaJadwalForm(forms.ModelForm):
    """A request for another date."""

    class Meta:
        model = PermintaanJadwal
        fields = ["tanggal", "alasan"]
        widgets = {"tanggal": TANGGAL}

    def clean_tanggal(self) -> date:
        """The request is about the same year."""
        tanggal: date = self.cleaned_data["tanggal"]
        tahun = self.instance.musrenbang.tahun_pelaksanaan
        if tanggal.year != tahun:
            raise forms.ValidationError(f"Tanggal harus di tahun {tahun}.")
        return tanggal
