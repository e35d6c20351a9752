"""Forms of people."""

from typing import Any

from django import forms

from musrenbang.labels import words
from musrenbang.models import Desa, Kabupaten, Kecamatan, Pengguna, Skpd
from musrenbang.models.pengguna import LINGKUP
from musrenbang.sebutan import sebutan
from musrenbang.states import Peran

LABEL_LINGKUP = {
    "kabupaten": words("Kabupaten"),
    "kecamatan": words("Kecamatan"),
    "desa": words("Desa/kelurahan"),
    "skpd": words("SKPD"),
}


class PeranForm(forms.Form):
    """A role and where it holds."""

    peran = forms.ChoiceField(choices=[(p.value, p.label) for listing in LINGKUP.values() for p in listing])
    lingkup = forms.ChoiceField(label=words("Wilayah atau SKPD"))

    def __init__(self, *args: Any, kabupaten: Kabupaten, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desa = Desa.objects.filter(kecamatan__kabupaten=kabupaten).select_related("kecamatan")
        self.tempat: dict[str, dict[str, Any]] = {
            "kabupaten": {str(kabupaten.pk): kabupaten},
            "kecamatan": {str(k.pk): k for k in Kecamatan.objects.filter(kabupaten=kabupaten)},
            "skpd": {str(s.pk): s for s in Skpd.objects.filter(kabupaten=kabupaten)},
            "desa": {str(d.pk): d for d in desa},
        }
        pilihan = [
            (LABEL_LINGKUP[column], [(f"{column}-{pk}", self._words(column, t)) for pk, t in content.items()])
            for column, content in self.tempat.items()
        ]
        field = self.fields["lingkup"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "pilih…"), *pilihan]

    @staticmethod
    def _words(kolom: str, tempat: Any) -> str:
        return f"{tempat.nama} ({sebutan.Kecamatan} {tempat.kecamatan.nama})" if kolom == "desa" else str(tempat)

    def clean(self) -> dict[str, Any]:
        content = super().clean() or {}
        if self.errors:
            return content
        column, pk = content["lingkup"].split("-")
        content["lingkup"] = self.tempat[column][pk]
        peran = Peran(content["peran"])
        needed = next(k for k, listing in LINGKUP.items() if peran in listing)
        if column != needed:
            self.add_error("lingkup", f"Peran {peran.label} memerlukan {LABEL_LINGKUP[needed].lower()}.")
        return content


class InviteForm(PeranForm):
    """A new person with the first role."""

    nama = forms.CharField(label="Nama lengkap dan gelar", max_length=150)
    nip = forms.CharField(label="NIP", max_length=21, required=False)
    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label="Nama akun",
        max_length=150,
        required=False,
        help_text="Untuk masuk. Kosongkan agar disusun dari namanya.",
        error_messages={"invalid": "Nama akun hanya huruf, angka, titik, garis, atau @, tanpa spasi."},
    )
    field_order = ("nama", "nip", "peran", "lingkup", "username")


class NameForm(forms.ModelForm):
    """The name as documents print it."""

    class Meta:
        model = Pengguna
        fields = ["nama", "nip"]
