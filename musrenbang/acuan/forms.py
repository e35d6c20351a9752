"""Forms of the reference data and of people."""

import re
from typing import Any

from django import forms

from musrenbang.forms.columns import own_field
from musrenbang.forms.small import model_field
from musrenbang.forms.tabel import TabelForm
from musrenbang.models import Bidang, Kabupaten, Skpd
from musrenbang.naskah import PERUNTUKAN, classification
from musrenbang.sebutan import BAKU, translate
from musrenbang.tabel import TabelAcuan


class YearTableForm(TabelForm):
    """A spreadsheet for a plan year."""

    tahun = forms.IntegerField(label="Rencana tahun", min_value=2000, max_value=2099)
    field_order = ("tahun", "berkas")


LABEL_SEBUTAN = {
    "kecamatan": ("Kecamatan disebut", "Misalnya distrik, kapanewon, kemantren. Tulis seperti di tengah kalimat."),
    "camat": ("Kepalanya", "Misalnya Kepala Distrik, Panewu."),
    "sekcam": ("Sekretarisnya", "Misalnya Sekretaris Distrik, Panewu Anom."),
    "kantor": ("Kantornya", "Dicetak sebagai tempat dan pada kepala surat."),
    "desa": ("Desa disebut", "Misalnya kampung, gampong, nagari, pekon. Kelurahan tetap disebut kelurahan."),
    "kepala_desa": ("Kepala desanya", "Misalnya Kepala Kampung, Keuchik, Wali Nagari."),
    "bpd": ("Badan permusyawaratannya", "Misalnya Bamuskam, Tuha Peuet, Bamus Nagari."),
    "lpm": ("Lembaga masyarakat kelurahan", "Misalnya LPM, LPMK."),
    "bappeda": ("Badan perencanaan daerah", "Misalnya Bapperida, Bappelitbangda."),
}
HURUF_SEBUTAN = re.compile(r"[^\W\d_]+(?:[ .'’-]{1,2}[^\W\d_]+)*\.?")


class SebutanForm(forms.Form):
    """The words of a place; a blank one is what the region says."""

    dibaca = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, usual_words: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama, (label, aid) in LABEL_SEBUTAN.items():
            usual = usual_words.get(nama, getattr(BAKU, nama))
            self.fields[nama] = forms.CharField(
                label=label,
                max_length=40,
                required=False,
                help_text=f"{aid} Bila dikosongkan: {usual}.",
                widget=forms.TextInput(attrs={"placeholder": usual}),
            )

    def clean(self) -> dict[str, Any]:
        """Letters alone, one blank between words; a common noun begins small, as within a sentence."""
        content: dict[str, Any] = super().clean() or self.cleaned_data
        for nama in LABEL_SEBUTAN:
            words = " ".join(content.get(nama, "").split())
            if words and not HURUF_SEBUTAN.fullmatch(words):
                self.add_error(nama, "Tulis sebutannya dengan huruf saja, misalnya “distrik” atau “Kepala Distrik”.")
            content[nama] = words[:1].lower() + words[1:] if nama in {"kecamatan", "desa"} else words
        return content


LABEL_NASKAH = {
    "kode_perencanaan": "Kode surat perencanaan dan Berita Acara",
    "kode_undangan": "Kode undangan",
    "kode_mandat": "Kode surat mandat",
    "kode_keputusan": "Kode keputusan",
}
KODE_NASKAH = re.compile(r"[0-9A-Z]+(?:[.][0-9A-Z]+)*")


class NaskahForm(forms.Form):
    """Legal basis and codes of letters; a blank one follows the general rule of the year."""

    dibaca = forms.CharField(widget=forms.HiddenInput, required=False)
    mengingat = forms.CharField(
        label="Dasar hukum tambahan pada Mengingat",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Satu peraturan per baris, judul lengkap. Dicetak sesudah dasar hukum umum.",
    )

    def __init__(self, *args: Any, tahun: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama, label in LABEL_NASKAH.items():
            usual = classification(PERUNTUKAN[nama], tahun, {})
            self.fields[nama] = forms.CharField(
                label=label,
                max_length=20,
                required=False,
                help_text=f"Bila dikosongkan: {usual}.",
                widget=forms.TextInput(attrs={"placeholder": usual}),
            )

    def clean(self) -> dict[str, Any]:
        """Codes are digits, capitals and full stops."""
        content: dict[str, Any] = super().clean() or self.cleaned_data
        for nama in LABEL_NASKAH:
            if (kode := content.get(nama, "")) and not KODE_NASKAH.fullmatch(kode):
                self.add_error(nama, "Tulis kodenya dengan angka dan titik, misalnya 000.7.2.")
        return content


def row_form(tabel: TabelAcuan, kabupaten: Kabupaten) -> type[forms.ModelForm]:
    """Return the form of one row of a table; agencies are those of the kabupaten."""
    base = forms.modelform_factory(tabel.model, fields=[k.nama for k in tabel.kolom], formfield_callback=own_field)

    class Baris(base):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for k in tabel.kolom:
                self.fields[k.nama].label = translate(k.judul)
            if "skpd" in self.fields:
                model_field(self, "skpd").queryset = Skpd.objects.filter(kabupaten=kabupaten)
            if "bidang" in self.fields:
                model_field(self, "bidang").queryset = Bidang.objects.all()

        def clean(self) -> dict[str, Any]:
            content: dict[str, Any] = super().clean() or self.cleaned_data
            if not self.errors and (wrong := tabel.periksa(content)):
                raise forms.ValidationError(wrong.capitalize() + ".")
            return content

    return Baris
