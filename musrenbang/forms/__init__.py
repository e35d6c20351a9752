"""Forms of the base app."""

from django import forms

from musrenbang.models import Kecamatan, Musrenbang


class JadwalForm(forms.ModelForm):
    """Date, hour, place and chair of a meeting."""

    class Meta:
        model = Musrenbang
        fields = ["tanggal", "jam_mulai", "tempat", "pimpinan_sidang"]
        widgets = {
            "tanggal": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "jam_mulai": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for nama in ("tanggal", "jam_mulai", "tempat"):
            self.fields[nama].required = True

    def clean_tanggal(self):
        """The meeting is held in its own year."""
        tanggal = self.cleaned_data["tanggal"]
        if tanggal.year != self.instance.tahun_pelaksanaan:
            raise forms.ValidationError(f"Tanggal harus di tahun {self.instance.tahun_pelaksanaan}.")
        return tanggal


class MusrenbangBaruForm(forms.Form):
    """Bappeda schedules the event of one of its kecamatan."""

    kecamatan = forms.ModelChoiceField(Kecamatan.objects.none())
    tahun_pelaksanaan = forms.IntegerField(label="Tahun pelaksanaan", min_value=2005, max_value=2100)
    tanggal = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    jam_mulai = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    tempat = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: object, kabupaten_ids: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kecamatan"].queryset = Kecamatan.objects.filter(kabupaten__in=kabupaten_ids)

    def clean(self):
        """The date, when given, lies in the event's year."""
        data = super().clean()
        tanggal, tahun = data.get("tanggal"), data.get("tahun_pelaksanaan")
        if tanggal and tahun and tanggal.year != tahun:
            self.add_error("tanggal", f"Tanggal harus di tahun {tahun}.")
        return data
