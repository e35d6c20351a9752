"""Notes, answers and what the sorting grid sends."""

import re
from typing import Any

from django import forms

from musrenbang.forms.kunci import KunciField
from musrenbang.forms.numbers import ConfirmedField, RupiahField
from musrenbang.forms.small import ActionForm, ReasonForm, SeenForm, TextField, TextsField, TicksField
from musrenbang.forms.tabel import TabelForm
from musrenbang.models import Skpd
from rkp.models import BarisRkp
from tindak_lanjut.models import Answer, ButirAdendum, Catatan
from tindak_lanjut.queries.adendum import KATA_KOLOM


class RemarkForm(forms.ModelForm):
    """A note on the plan, or on the row with a number."""

    kunci = KunciField()
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

    jawaban = forms.ChoiceField(choices=Answer.choices, error_messages={"required": "Pilih jawabannya."})
    alasan = forms.CharField(required=False, max_length=500)
    jumlah = RupiahField(label="Jumlah (Rp)", required=False)
    renja = forms.CharField(required=False, max_length=60)
    versi = forms.IntegerField(min_value=0)
    dipastikan = ConfirmedField()


class ManyResponsesForm(forms.Form):
    """One answer for every work that is ticked; ``persen`` of what each asked for goes into the Renja."""

    jawaban = forms.ChoiceField(choices=Answer.choices, error_messages={"required": "Pilih jawabannya."})
    alasan = forms.CharField(required=False, max_length=500)
    renja = forms.CharField(label="Kode sub kegiatan Renja", required=False, max_length=60)
    persen = forms.IntegerField(
        label="Persen dari yang diusulkan", required=False, min_value=1, max_value=100, initial=100
    )


class AdendumItemForm(forms.Form):
    """The wording of one work in an addendum: starts from what the addendum says already, else from the plan."""

    dilihat = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, error_messages={"required": "Muat ulang halaman, lalu isi kembali."}
    )
    kegiatan = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    lokasi = forms.CharField(max_length=300, required=False)
    program = forms.CharField(max_length=200, required=False)
    prioritas_daerah = forms.CharField(label="Prioritas daerah", max_length=200, required=False)
    sasaran_daerah = forms.CharField(label="Sasaran daerah", max_length=250, required=False)
    sasaran = forms.CharField(label="Sasaran kegiatan", max_length=300, required=False)
    sebab = forms.CharField(
        label="Sebab perbaikan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Tercetak di adendum.",
    )

    def __init__(self, data: Any, *, baris: BarisRkp, butir: ButirAdendum | None) -> None:
        content = {nama: getattr(baris, nama) for nama in KATA_KOLOM} | (butir.baru if butir else {})
        content |= {"dilihat": butir.versi if butir else 0, "sebab": butir.sebab if butir else ""}
        super().__init__(data, initial=content)
        self.fields["program"].widget.attrs |= {"list": "daftar-program", "autocomplete": "off"}


class SkpdForm(forms.Form):
    """The SKPD that was chosen."""

    skpd = forms.ModelChoiceField(Skpd.objects.all())


class ChooseSkpdForm(SkpdForm):
    """The SKPD of one work, and the version of the work that the page showed."""

    versi = forms.IntegerField()


class KindSkpdForm(SkpdForm):
    """The SKPD of all waiting works of one kind."""

    jenis = TextField()
    pilahan = TicksField()


class FundedForm(ActionForm, ReasonForm, SeenForm):
    """Sending a work all the same that a programme pays, with its reason; or taking that back."""


class WorksForm(forms.Form):
    """The works that are ticked."""

    pilahan = TicksField(empty="Belum ada kegiatan yang dicentang.")


class RequeueForm(ReasonForm):
    """Why a work goes back to the queue; ``bukan``: the SKPD that it had is wrong."""

    bukan = forms.BooleanField(required=False)


class HandReceiptForm(forms.Form):
    """Who took a letter that was brought by hand."""

    penerima = forms.CharField(error_messages={"required": "Tuliskan nama yang menerima surat."})


class NoteAnswerForm(forms.Form):
    """The answer to a note."""

    jawaban = TextField()


class AnswerTableForm(TabelForm):
    """The filled-in table; ``dipastikan`` when unusual amounts in it were confirmed."""

    dipastikan = TextField()


SUGGESTED = "saran"
"""The outcome of the sorting grid that takes each work's own suggestion."""


class SortCellForm(forms.Form):
    """One work of the sorting grid: the version that the page showed, and an SKPD or its suggestion."""

    baris = forms.IntegerField(min_value=1, max_value=10**18)
    versi = forms.IntegerField(min_value=0, max_value=10**9)
    kolom = forms.CharField(max_length=40)
    nilai = forms.CharField(max_length=20)


class SortManyForm(forms.Form):
    """The ticked works with the versions that the page showed, or all that are suggested; and the SKPD of them all."""

    keputusan = TextField()
    semua = forms.BooleanField(required=False)
    baris = TextsField()

    def clean(self) -> dict[str, Any]:
        """Read the ticked works; None stands for every suggestion that is left."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        ticked = [re.fullmatch(r"([0-9]{1,18})-([0-9]{1,9})", text) for text in data.pop("baris", [])]
        data["versions"] = None if data.get("semua") else {int(m[1]): int(m[2]) for m in ticked if m}
        if data.get("semua"):
            data["keputusan"] = SUGGESTED
        if data["versions"] == {}:
            raise forms.ValidationError("Belum ada kegiatan yang dicentang. Centang dahulu, lalu pilih tujuannya.")
        return data
