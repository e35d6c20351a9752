"""Notes."""

from django import forms

from tindak_lanjut.models import Catatan


class CatatanForm(forms.ModelForm):
    """A note on the plan, or on the row with a number."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    nomor = forms.IntegerField(
        label="Nomor kegiatan",
        required=False,
        min_value=1,
        help_text="Kosongkan bila catatannya untuk seluruh dokumen.",
    )

    class Meta:
        model = Catatan
        fields = ["isi"]
        widgets = {"isi": forms.Textarea(attrs={"rows": 3})}
