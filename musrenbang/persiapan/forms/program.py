"""Forms of the programmes that enter the kecamatan."""

from typing import Any

from django import forms

from musrenbang.forms.kunci import KunciField
from musrenbang.forms.numbers import RupiahField
from musrenbang.forms.small import model_field
from musrenbang.models import Musrenbang, ProgramMasuk, Skpd
from musrenbang.sebutan import sebutan


class ProgramForm(forms.ModelForm):
    """One programme. ``versi`` is the one the person saw; blank for a new one."""

    anggaran = RupiahField(label="Anggaran (Rp)", required=False)
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kunci = KunciField()

    class Meta:
        model = ProgramMasuk
        fields = ["jenis", "nama", "instansi", "skpd", "sumber_dana", "desa", "lokasi", "anggaran", "keterangan"]

    def __init__(self, *args: Any, musrenbang: Musrenbang, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].initial = self.instance.versi if self.instance.pk else None
        if self.instance.pk:  # a change has its version
            del self.fields["kunci"]
        model_field(self, "desa").label = sebutan.Desa
        model_field(self, "desa").queryset = musrenbang.kecamatan.desa_set.all()
        model_field(self, "desa").empty_label = f"Seluruh {sebutan.kecamatan} atau beberapa {sebutan.desa}"
        model_field(self, "skpd").queryset = Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten_id)
        model_field(self, "skpd").empty_label = f"Bukan {sebutan.skpd} {sebutan.kabupaten}"
        model_field(self, "sumber_dana").empty_label = "Belum diketahui"
