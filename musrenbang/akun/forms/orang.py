"""Forms of people."""

from typing import Any

from django import forms

from musrenbang.kata import words
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

    peran = forms.ChoiceField(choices=[(p.value, p.label) for daftar in LINGKUP.values() for p in daftar])
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
            (LABEL_LINGKUP[kolom], [(f"{kolom}-{pk}", self._words(kolom, t)) for pk, t in isi.items()])
            for kolom, isi in self.tempat.items()
        ]
        field = self.fields["lingkup"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "pilih…"), *pilihan]

    @staticmethod
    def _words(kolom: str, tempat: Any) -> str:
        return f"{tempat.nama} ({sebutan.Kecamatan} {tempat.kecamatan.nama})" if kolom == "desa" else str(tempat)

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or {}
        if self.errors:
            return isi
        kolom, pk = isi["lingkup"].split("-")
        isi["lingkup"] = self.tempat[kolom][pk]
        peran = Peran(isi["peran"])
        perlu = next(k for k, daftar in LINGKUP.items() if peran in daftar)
        if kolom != perlu:
            self.add_error("lingkup", f"Peran {peran.label} memerlukan {LABEL_LINGKUP[perlu].lower()}.")
        return isi


class UndangForm(PeranForm):
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


class NamaForm(forms.ModelForm):
    """The name as documents print it."""

    class Meta:
        model = Pengguna
        fields = ["nama", "nip"]
