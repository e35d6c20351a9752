"""Choosing a delegate from those present."""

import uuid

from django import forms

from delegasi.models import UnsurDelegasi
from delegasi.queries import list_calon
from musrenbang.models import Musrenbang


class DelegatForm(forms.Form):
    """A person present and the seat."""

    unsur = forms.ChoiceField(choices=UnsurDelegasi.choices, label="Kursi")
    kehadiran = forms.ModelChoiceField(None, label="Dari peserta yang hadir", empty_label="Pilih nama")
    kunci = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: object, musrenbang: Musrenbang, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # A repeated POST still names a person who is a delegate by now; the service answers it.
        self.fields["kehadiran"].queryset = musrenbang.kehadiran.all() if self.is_bound else list_calon(musrenbang)
