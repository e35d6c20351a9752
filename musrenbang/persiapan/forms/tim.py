"""Forms of the team."""

from typing import Any

from django import forms

from musrenbang.forms.columns import own_field
from musrenbang.forms.versioned import VersionedForm
from musrenbang.models import AnggotaTim, SkTim


class MemberForm(forms.ModelForm):
    """One member of the team; a new one has no version."""

    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AnggotaTim
        fields = ["kedudukan", "nama", "jabatan", "nip"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].initial = self.instance.versi if self.instance.pk else None


class DecreeForm(VersionedForm):
    """Decision and briefing."""

    class Meta:
        model = SkTim
        fields = ["tanggal", "nomor", "pembekalan_tanggal", "pembekalan_tempat", "pembekalan_catatan"]
        formfield_callback = own_field
        widgets = {"pembekalan_catatan": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"nomor": "Kosongkan untuk mengambil nomor berikutnya secara urut."}

    def clean(self) -> dict[str, Any]:
        """A number belongs to a dated decision."""
        data = super().clean()
        if data.get("nomor") and not data.get("tanggal"):
            self.add_error("tanggal", "Keputusan yang bernomor harus bertanggal.")
        return data
