"""The letter that makes a result final, and the one that holds its money back."""

from django import forms

from musrenbang.forms.typed import TypedDayField
from musrenbang.labels import words


class SpcForm(forms.Form):
    """Surat Penetapan Camat."""

    nomor = forms.CharField(label=words("Nomor Surat Penetapan Camat"), max_length=80)
    tanggal = TypedDayField(label="Tanggal")


class PostponementForm(forms.Form):
    """Why the money is held back; empty releases it."""

    alasan = forms.CharField(
        label="Alasan penundaan", max_length=300, required=False, help_text="Bila dikosongkan, dana tidak ditunda."
    )
    berita_acara = forms.CharField(label="Berita Acara yang menetapkannya", max_length=120, required=False)
