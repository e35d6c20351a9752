"""Forms on rows that several people share."""

from typing import Any

from django import forms


class VersionedForm(forms.ModelForm):
    """Carries the version of the row the person saw; the service refuses a stale one and nothing typed is lost."""

    # without an id of its own: a page may hold several forms, and no label points to it
    versi = forms.IntegerField(widget=forms.HiddenInput(attrs={"id": False}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].initial = self.instance.versi

    def clean(self) -> dict[str, Any]:
        """Without a version nobody can tell whether the form is stale."""
        data = super().clean() or self.cleaned_data
        if data.get("versi") is None:
            raise forms.ValidationError("Formulir ini tidak lengkap. Muat ulang halaman, lalu isi kembali.")
        return data
