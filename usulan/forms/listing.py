"""Forms of the list: filter, a row in place, many rows at once."""

from functools import cache, partial
from typing import Any

from django import forms

from musrenbang.forms.numbers import RupiahField, VolumeField
from musrenbang.forms.small import choice_field, model_field
from musrenbang.forms.versioned import VersionedForm
from musrenbang.labels import words
from musrenbang.models import Bidang, Musrenbang, Skpd, SumberDana
from musrenbang.sebutan import sebutan
from usulan.forms.ownership import desa_choices
from usulan.models import Usulan, UsulanOrigin


class FilterForm(forms.Form):
    """The filter of the list, as it stands in the URL; a value that means nothing is left out, not an error."""

    cari = forms.CharField(required=False, widget=forms.TextInput(attrs={"placeholder": "kegiatan, lokasi, manfaat"}))
    desa = forms.ChoiceField(label=words("Desa"), required=False)
    bidang = forms.ModelChoiceField(Bidang.objects.all(), required=False, empty_label="Semua bidang")
    skpd = forms.ModelChoiceField(
        Skpd.objects.none(), label=words("SKPD"), required=False, empty_label=words("Semua SKPD")
    )
    sumber = forms.ModelChoiceField(SumberDana.objects.all(), label="Sumber dana", required=False, empty_label="Semua")
    asal = forms.ChoiceField(required=False, choices=[("", "Semua asal"), *UsulanOrigin.choices])
    lengkap = forms.ChoiceField(
        label="Kelengkapan", required=False, choices=[("", "Semua"), ("ya", "Lengkap"), ("tidak", "Perlu dilengkapi")]
    )
    dari = RupiahField(label="Biaya dari (Rp)", required=False)
    sampai = RupiahField(label="sampai (Rp)", required=False)
    urut = forms.ChoiceField(
        label="Urutkan",
        required=False,
        choices=[
            ("", "Nomor"),
            ("desa", words("Desa")),
            ("-biaya", "Biaya terbesar"),
            ("biaya", "Biaya terkecil"),
            ("kegiatan", "Nama kegiatan"),
            ("prioritas", words("Prioritas desa")),
        ],
    )

    def __init__(self, data: Any, *, musrenbang: Musrenbang) -> None:
        super().__init__(data)
        choice_field(self, "desa").choices = cache(partial(desa_choices, musrenbang, f"Semua {sebutan.desa}"))
        model_field(self, "skpd").queryset = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)

    def main_fields(self) -> list[forms.BoundField]:
        """The fields that everyone needs."""
        return [self[n] for n in ("cari", "desa", "bidang", "lengkap", "urut")]

    def more_fields(self) -> list[forms.BoundField]:
        """The fields that stand folded away until one is used."""
        return [self[n] for n in ("skpd", "sumber", "asal", "dari", "sampai")]

    def uses_more(self) -> bool:
        """Tell whether one of the folded fields is in use."""
        return bool(self.chosen().keys() & {"skpd", "sumber", "asal", "dari", "sampai"})

    def chosen(self) -> dict[str, Any]:
        """Return what is filtered by, for ``queries.list_usulan``."""
        self.is_valid()
        return {nama: nilai for nama, nilai in self.cleaned_data.items() if nilai not in (None, "")}


class RowEditForm(VersionedForm):
    """The cells of one row of the list, changed in place."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Biaya (Rp)", required=False)

    class Meta:
        model = Usulan
        fields = ["kegiatan", "lokasi", "volume", "satuan", "biaya", "sumber_dana"]


class BulkForm(forms.Form):
    """One value for all ticked proposals."""

    usulan = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": "Belum ada usulan yang dicentang."})
    kolom = forms.ChoiceField(choices=[("skpd", words("SKPD")), ("sumber_dana", "Sumber dana")])
    skpd = forms.ModelChoiceField(Skpd.objects.none(), required=False)
    sumber_dana = forms.ModelChoiceField(SumberDana.objects.all(), required=False)

    def __init__(self, data: Any, *, pilihan: list[int], musrenbang: Musrenbang) -> None:
        super().__init__(data)
        choice_field(self, "usulan").choices = [(pk, pk) for pk in pilihan]
        model_field(self, "skpd").queryset = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)

    def clean(self) -> dict[str, Any]:
        """The chosen column needs its value."""
        content = super().clean() or self.cleaned_data
        if content.get("kolom") and not content.get(content["kolom"]):
            self.add_error(None, f"Pilih dahulu {sebutan.skpd} atau sumber dana untuk usulan yang dicentang.")
        return content
