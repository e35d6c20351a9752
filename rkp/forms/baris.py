"""Forms for a row of the RKP."""

from typing import Any

from django import forms

from musrenbang.forms.numbers import ConfirmedField, RupiahField, VolumeField
from musrenbang.forms.small import model_field
from musrenbang.forms.versioned import VersionedForm
from musrenbang.labels import words
from musrenbang.models import Skpd
from rkp.models import PILIHAN_PUTUSAN, BarisRkp


class DecideForm(VersionedForm):
    """The decision, what it changes, and why; carries the version the person saw."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Biaya (Rp)", required=False)
    dipastikan = ConfirmedField()
    keputusan = forms.ChoiceField(choices=PILIHAN_PUTUSAN)

    class Meta:
        model = BarisRkp
        fields = ["keputusan", "kegiatan", "lokasi", "volume", "satuan", "biaya", "alasan_kode", "alasan"]
        widgets = {"alasan": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alasan_kode"].help_text = "Wajib untuk perubahan, cadangan, dan belum disepakati."

    def _get_validation_exclusions(self) -> set[str]:
        """The reason is judged by the service, whose sentence says more than a constraint's."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # stubs leave it out
        return excluded | {"alasan", "alasan_kode", "keputusan"}


class CorrectForm(VersionedForm):
    """Wording and placement while the document is finalised, and why."""

    sebab = forms.CharField(
        label="Sebab perbaikan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=words("Camat membacanya sebelum mengesahkan; tercatat di riwayat perubahan."),
    )

    class Meta:
        model = BarisRkp
        fields = ["kegiatan", "lokasi", "satuan", "skpd", "program", "prioritas_daerah", "sasaran_daerah", "sasaran"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kabupaten = self.instance.rkp.musrenbang.kecamatan.kabupaten
        model_field(self, "skpd").queryset = Skpd.objects.filter(kabupaten=kabupaten)
        self.fields["program"].widget.attrs |= {"list": "daftar-program", "autocomplete": "off"}


class PlaceForm(VersionedForm):
    """Where a row belongs: bidang, agency, programme, regional priority."""

    class Meta:
        model = BarisRkp
        fields = ["bidang", "skpd", "sumber_dana", "program", "prioritas_daerah", "sasaran_daerah", "sasaran"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bidang"].required = True
        kabupaten = self.instance.rkp.musrenbang.kecamatan.kabupaten
        model_field(self, "skpd").queryset = Skpd.objects.filter(kabupaten=kabupaten)
        self.fields["program"].widget.attrs |= {"list": "daftar-program", "autocomplete": "off"}
        self.fields["program"].help_text = "Ketik kode atau sebagian namanya, lalu pilih."
