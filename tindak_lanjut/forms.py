"""Notes and answers."""

from django import forms

from musrenbang.forms.angka import DipastikanField, RupiahField
from tindak_lanjut.models import Catatan, Jawaban


class CatatanForm(forms.ModelForm):
    """A note on the plan, or on the row with a number."""

    kunci = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Halaman ini tidak lengkap. Muat ulang, lalu kirim lagi."
        ),
    )
    nomor = forms.IntegerField(
        label="Nomor kegiatan",
        required=False,
        min_value=1,
        help_text="Kosongkan bila catatannya untuk seluruh dokumen.",
    )

    class Meta:
        model = Catatan
        fields = ["isi"]
        widgets = {"isi": forms.Textarea(attrs={"rows": 3})}


class TanggapanForm(forms.Form):
    """The answer of an SKPD to one work, with the version of the answer that the person saw."""

    jawaban = forms.ChoiceField(choices=Jawaban.choices, error_messages={"required": "Pilih jawabannya."})
    alasan = forms.CharField(required=False, max_length=500)
    jumlah = RupiahField(label="Jumlah (Rp)", required=False)
    renja = forms.CharField(required=False, max_length=60)
    versi = forms.IntegerField(min_value=0)
    dipastikan = DipastikanField()


class TanggapanBanyakForm(forms.Form):
    """One answer for every work that is ticked; ``persen`` of what each asked for goes into the Renja."""

    jawaban = forms.ChoiceField(choices=Jawaban.choices, error_messages={"required": "Pilih jawabannya."})
    alasan = forms.CharField(required=False, max_length=500)
    renja = forms.CharField(label="Kode sub kegiatan Renja", required=False, max_length=60)
    persen = forms.IntegerField(
        label="Persen dari yang diusulkan", required=False, min_value=1, max_value=100, initial=100
    )
