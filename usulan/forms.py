"""Forms for proposals."""

from django import forms

from musrenbang.forms.angka import RupiahField, VolumeField
from musrenbang.forms.berversi import BerversiForm
from musrenbang.models import Desa
from usulan.models import Usulan


class BanyakBerkasInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class BanyakBerkasField(forms.FileField):
    """Cleans to a list of uploaded files."""

    widget = BanyakBerkasInput

    def clean(self, data, initial=None):
        """Clean each file on its own; an empty file reaches the reader, which says so in its own words."""
        return [super(BanyakBerkasField, self).clean(satu, initial) for satu in (data or [None])]


class UnggahForm(forms.Form):
    """Upload of one or more DU-RKP workbooks."""

    berkas = BanyakBerkasField(
        label="Berkas DU-RKP (.xlsx)",
        help_text="Boleh beberapa sekaligus, satu berkas boleh memuat beberapa desa. Paling besar 10 MB per berkas.",
        widget=BanyakBerkasInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas .xlsx yang akan diimpor."},
    )
    desa = forms.ModelChoiceField(
        Desa.objects.none(),
        required=False,
        empty_label="Baca dari isi berkas",
        help_text="Pilih hanya bila nama desa tidak tertulis di dalam berkas.",
    )

    def __init__(self, *args: object, desa, wajib_desa: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desa"].queryset = desa
        if wajib_desa:
            self.fields["desa"].initial = desa.first()
            self.fields["desa"].required, self.fields["desa"].empty_label = True, None


class UsulanForm(BerversiForm):
    """Complete or correct a proposal; carries the version the person saw."""

    volume = VolumeField(required=False)
    biaya = RupiahField(label="Perkiraan biaya (Rp)", required=False, help_text="Kosongkan bila belum diketahui.")

    class Meta:
        model = Usulan
        fields = [
            "kegiatan", "permasalahan", "lokasi", "volume", "satuan", "biaya", "sumber_dana", "manfaat",
            "prioritas_desa",
        ]  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kegiatan"].required = True
