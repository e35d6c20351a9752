"""What the meeting decides about its quorum."""

from django import forms


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
