"""Forms around signing in."""

from typing import Any

from django import forms

from musrenbang.models import Pengguna


class SandiForm(forms.Form):
    """The own password, typed once more."""

    sandi = forms.CharField(label="Sandi Anda", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    def __init__(self, *args: Any, pengguna: Pengguna | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pengguna = pengguna

    def clean_sandi(self) -> str:
        sandi: str = self.cleaned_data["sandi"]
        if self._pengguna and not self._pengguna.check_password(sandi):
            raise forms.ValidationError("Sandi tidak cocok.")
        return sandi


class KodeForm(forms.Form):
    """Six digits of the phone, or eight of a spare code."""

    kode = forms.RegexField(
        r"^[\d ]{6,11}$", label="Kode",
        error_messages={"invalid": "Ketik enam angka yang tampak di telepon Anda, atau delapan angka kode cadangan."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )  # fmt: skip


class PasangForm(SandiForm, KodeForm):
    """The first code of a new phone, and the password: an open session alone must not bind another phone."""

    field_order = ("kode", "sandi")
