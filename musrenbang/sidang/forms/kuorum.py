"""What the meeting decides about its quorum."""

from django import forms

from musrenbang.forms.typed import TypedDayField, TypedHourField


class KuorumForm(forms.Form):
    """The reason to go on below the quorum; the hidden fields say what the page showed."""

    ke = forms.CharField(max_length=16, widget=forms.HiddenInput)
    sidik = forms.CharField(max_length=16, widget=forms.HiddenInput)
    alasan = forms.CharField(
        label="Alasan sidang tetap melanjutkan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dicetak di Berita Acara bersama angka kehadiran saat ini.",
    )


class SkorsForm(forms.Form):
    """When and where an adjourned meeting goes on, and why it is adjourned."""

    alasan = forms.CharField(
        label="Alasan sidang diskors",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ditampilkan di layar dan dicetak di Berita Acara.",
    )
    tanggal = TypedDayField(label="Dilanjutkan tanggal")
    jam = TypedHourField(label="Pukul")
    tempat = forms.CharField(
        label="Tempat", max_length=200, required=False, help_text="Bila dikosongkan, tempatnya sama."
    )
