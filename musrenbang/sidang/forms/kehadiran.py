"""Forms at the door and of the invitation list."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from musrenbang.forms.kunci import KunciField
from musrenbang.forms.small import model_field
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.sidang.models import Kehadiran, Sex, Undangan


class AgoField(forms.IntegerField):
    """How many seconds ago: read as the moment, None for just now. A span needs no two clocks that agree."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=86_400, **options)

    def clean(self, value: Any) -> datetime | None:
        """Return the moment that lies so many seconds back."""
        ago = super().clean(value)
        return timezone.now() - timedelta(seconds=ago) if ago else None


class DeskForm(forms.Form):
    """What every form of the desk carries: its key, the desk, and whom the person is not (codes of ``Lookalike``).

    ``moment``: when it was noted, where it waited on the device for a network.
    """

    kunci = KunciField()
    meja = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    orang_lain = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    moment = AgoField(required=False, widget=forms.HiddenInput)

    def clean_orang_lain(self) -> frozenset[str]:
        """The codes one by one."""
        return frozenset(self.cleaned_data["orang_lain"].split(","))


class KehadiranForm(DeskForm, forms.ModelForm):
    """A walk-in, or a line of a paper list."""

    dari_kertas = forms.BooleanField(label="disalin dari daftar kertas", required=False)
    terlambat = forms.BooleanField(label="datang terlambat", required=False)

    class Meta:
        model = Kehadiran
        fields = ["nama", "jenis_kelamin", "unsur", "lembaga", "desa", "usia", "alamat"]

    def __init__(self, *args: Any, musrenbang: Musrenbang, closed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "desa").label = sebutan.Desa
        model_field(self, "desa").queryset = musrenbang.kecamatan.desa_set.all()
        model_field(self, "desa").empty_label = f"Bukan dari {sebutan.desa}"
        if not closed:
            del self.fields["terlambat"]

    def record(self) -> dict[str, Any]:
        """Return what ``record_kehadiran`` takes."""
        content = dict(self.cleaned_data)
        return content | {"cara": "kertas" if content.pop("dari_kertas") else "tamu"}


class PresenceForm(DeskForm):
    """An invitee at the door; ``wakil`` is who came instead."""

    jenis_kelamin = forms.ChoiceField(choices=[("", ""), *Sex.choices], required=False)
    wakil = forms.CharField(max_length=150, required=False)
    bersurat = forms.BooleanField(required=False)
    terlambat = forms.BooleanField(required=False)
    cara = forms.ChoiceField(choices=[("centang", ""), ("kode", "")])


class UndanganForm(forms.ModelForm):
    """One invitee; a new one has no version."""

    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Undangan
        fields = ["nama", "jabatan", "unsur", "lembaga", "desa", "jenis_kelamin", "usia", "alamat"]

    def __init__(self, *args: Any, musrenbang: Musrenbang, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].initial = self.instance.versi if self.instance.pk else None
        model_field(self, "desa").label = sebutan.Desa
        model_field(self, "desa").queryset = musrenbang.kecamatan.desa_set.all()
        model_field(self, "desa").empty_label = f"Bukan dari {sebutan.desa}"

    def clean(self) -> dict[str, Any]:
        """A letter needs an addressee."""
        data = super().clean() or self.cleaned_data
        if not data.get("nama") and not data.get("jabatan"):
            raise forms.ValidationError("Isi nama, jabatan, atau keduanya.")
        return data
