"""Forms around signing in."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.timesince import timesince

from musrenbang import attempts
from musrenbang.akses import is_own_password
from musrenbang.akun.sesi import mark_of, sessions_of
from musrenbang.forms.small import choice_field
from musrenbang.models import Sesi


class SignInForm(AuthenticationForm):
    """Name and password; each wrong one makes the next wait longer, on this device and for this account."""

    menunggu = False

    def clean(self) -> dict[str, Any]:
        nama = self.cleaned_data.get("username")
        if nama and (wait := attempts.begin_sign_in(self.request, nama)):
            self.menunggu = True
            raise forms.ValidationError(attempts.KATA.format(wait))
        content = super().clean()
        if nama and self.user_cache is not None:
            attempts.signed_in(self.request, nama)
        return content


class PasswordForm(forms.Form):
    """The own password, typed once more."""

    sandi = forms.CharField(
        label="Kata sandi Anda", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request

    def clean_sandi(self) -> str:
        sandi: str = self.cleaned_data["sandi"]
        if not is_own_password(self._request, sandi):
            raise forms.ValidationError("Kata sandi tidak cocok.")
        return sandi


class ChangePasswordForm(PasswordChangeForm):
    """The old password and the new one, twice."""

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request

    def clean_old_password(self) -> str:
        sandi: str = self.cleaned_data["old_password"]
        if not is_own_password(self._request, sandi):
            raise forms.ValidationError("Kata sandi lama Anda tidak cocok.", code="password_incorrect")
        return sandi


class OneTimeCodeForm(forms.Form):
    """Six digits of the phone, or eight of a spare code."""

    kode = forms.RegexField(
        r"^[\d ]{6,11}$",
        label="Kode",
        error_messages={"invalid": "Ketik enam angka yang tampak di HP Anda, atau delapan angka kode cadangan."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class EnrolForm(PasswordForm, OneTimeCodeForm):
    """The first code of a new phone, and the password: an open session alone must not bind another phone."""

    field_order = ("kode", "sandi")


class PerangkatForm(PasswordForm):
    """Which of the other devices are signed out of the own account, and the password."""

    perangkat = forms.MultipleChoiceField(
        label="Perangkat lain",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih dahulu perangkat yang dikeluarkan.",
            "invalid_choice": "Perangkat itu sudah keluar. Muat ulang halaman ini.",
        },
    )
    field_order = ("perangkat", "sandi")

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, request=request, auto_id="perangkat_%s", **kwargs)
        others = [s for s in sessions_of(request.user) if s.session_key != request.session.session_key]
        choice_field(self, "perangkat").choices = [(mark_of(s), _device_words(s)) for s in others]


def _device_words(sesi: Sesi) -> str:
    """Return "Chrome di Android (10.0.0.7), masuk 2 jam lalu, dipakai baru saja"."""
    words = f"{sesi.perangkat} ({sesi.alamat})" if sesi.alamat else sesi.perangkat or "Perangkat tidak dikenal"
    if sesi.sejak:
        words += f", masuk {_ago(sesi.sejak)}"
    return f"{words}, dipakai {_ago(sesi.dilihat)}" if sesi.dilihat else words


def _ago(waktu: datetime) -> str:
    old = timesince(waktu, depth=1)
    return "baru saja" if old.startswith("0") else f"{old} lalu"
