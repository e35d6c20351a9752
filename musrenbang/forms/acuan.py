"""Forms of the reference data."""

from django import forms


class KamusForm(forms.Form):
    """A spreadsheet that replaces the kamus of a plan year."""

    tahun = forms.IntegerField(label="Rencana tahun", min_value=2000, max_value=2099)
    berkas = forms.FileField(
        label="Kamus usulan (.xlsx)",
        help_text="Mengganti seluruh kamus tahun itu. Pakai bentuk yang diunduh dari halaman ini.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
