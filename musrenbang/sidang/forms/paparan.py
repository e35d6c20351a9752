"""The form of a presentation."""

from django import forms

from musrenbang.forms.kunci import KunciField


class PaparanForm(forms.Form):
    """A PDF and what it is called."""

    kunci = KunciField()
    judul = forms.CharField(label="Judul paparan", max_length=120, help_text="Misalnya: Prioritas Dinas PUPR.")
    berkas = forms.FileField(
        label="Berkas PDF",
        help_text="Paling besar 15 MB dan 80 halaman. PowerPoint simpan dahulu sebagai PDF.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
