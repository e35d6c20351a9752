"""A spreadsheet of our own shape, uploaded."""

from django import forms


class TabelForm(forms.Form):
    """A spreadsheet of our own shape."""

    berkas = forms.FileField(
        label="Tabel (.xlsx)",
        help_text="Pakai format yang diunduh dari halaman ini.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
