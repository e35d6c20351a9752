"""The walk-in form: seven fields, ten seconds."""

import uuid

from django import forms

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Kehadiran


class KehadiranForm(forms.ModelForm):
    """One person present; ``kunci`` makes a repeated POST harmless."""

    kunci = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    class Meta:
        model = Kehadiran
        fields = ["nama", "jenis_kelamin", "unsur", "lembaga", "desa", "usia", "alamat"]

    def __init__(self, *args: object, musrenbang: Musrenbang, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desa"].queryset = musrenbang.kecamatan.desa_set.all()
        self.fields["desa"].empty_label = "Bukan dari desa"
        self.fields["usia"].max_value, self.fields["usia"].widget.attrs["max"] = 120, 120
