"""Forms of agenda, minutes and speakers."""

from typing import Any

from django import forms

from musrenbang.forms.columns import own_field
from musrenbang.forms.kunci import KunciField
from musrenbang.forms.small import choice_field, model_field
from musrenbang.forms.versioned import VersionedForm
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Agenda, Kehadiran, Notulen, Sidang


class AgendaForm(forms.ModelForm):
    """One item; a new one has no version."""

    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kunci = KunciField()

    class Meta:
        model = Agenda
        fields = ["judul", "menit", "penanggung_jawab", "tahap"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].initial = self.instance.versi if self.instance.pk else None
        if self.instance.pk:  # a change has its version
            del self.fields["kunci"]


class SidangForm(VersionedForm):
    """Hours and targets of the day."""

    class Meta:
        model = Sidang
        fields = ["agenda_mulai", "pendaftaran_tutup", "kuorum_desa", "target_perempuan"]
        formfield_callback = own_field


def _people(musrenbang: Musrenbang) -> Any:
    return Kehadiran.objects.filter(musrenbang=musrenbang).order_by("nama")


class PersonField(forms.ModelChoiceField):
    """A person present, told apart by agency or desa."""

    def label_from_instance(self, obj: Kehadiran) -> str:
        return f"{obj.nama}, {obj.lembaga}"


class NotulenForm(VersionedForm):
    """One note; it may be saved half done."""

    kehadiran = PersonField(Kehadiran.objects.none(), label="Pembicara", required=False, empty_label="Tanpa nama")

    class Meta:
        model = Notulen
        fields = ["kehadiran", "pertanyaan", "jawaban", "tindak_lanjut", "putusan"]
        widgets = {
            "pertanyaan": forms.Textarea(attrs={"rows": 2}),
            "jawaban": forms.Textarea(attrs={"rows": 2}),
            "tindak_lanjut": forms.Textarea(attrs={"rows": 1}),
            "putusan": forms.Textarea(attrs={"rows": 1}),
        }

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "kehadiran").queryset = _people(self.instance.agenda.musrenbang)
        if people is not None:  # many notes on one page share one list of people
            choice_field(self, "kehadiran").choices = people


class SpeakerForm(forms.Form):
    """Who asks to speak, and for how long."""

    kehadiran = PersonField(Kehadiran.objects.none(), label="Nama", empty_label="Pilih dari yang hadir")
    menit = forms.IntegerField(label="Menit", min_value=1, max_value=60, initial=3)
    kunci = KunciField()

    def __init__(self, *args: Any, musrenbang: Musrenbang, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "kehadiran").queryset = _people(musrenbang)
