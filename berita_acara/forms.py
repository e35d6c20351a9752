"""Letterhead and signed copy."""

from typing import Any

from django import forms

from berita_acara.models import PengaturanDokumen
from berita_acara.services.settings import number_example
from musrenbang.forms.columns import own_field
from musrenbang.forms.kunci import KunciField
from musrenbang.forms.small import DayField, NumberField, SecretField, TextField
from musrenbang.models import Pejabat

SERTIFIKAT_MAKS = 200 * 1024


class SettingsForm(forms.ModelForm):
    """How the documents of the kecamatan look."""

    versi = forms.IntegerField(widget=forms.HiddenInput)
    logo_baru = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG atau JPEG, paling besar 1 MB. Bila dikosongkan, tidak diganti.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    class Meta:
        model = PengaturanDokumen
        fields = ["alamat", "kode_pos", "telepon", "surel", "kertas", "format_nomor", "klausul", "tenggat_salinan"]
        widgets = {"klausul": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["versi"] = self.instance.versi if self.instance.pk else 0
        example = number_example(self.instance.format_nomor)
        self.fields["format_nomor"].help_text = f"Hasilnya sekarang: {example}. {self.fields['format_nomor'].help_text}"


class PejabatForm(forms.ModelForm):
    """A period in which a person signs the Camat's papers."""

    class Meta:
        model = Pejabat
        fields = ["cara", "nama", "pangkat", "nip", "jabatan", "mulai", "sampai"]
        formfield_callback = own_field


class SignatureForm(forms.Form):
    """The certificate of the Camat; used for this one signature and not kept."""

    sertifikat = forms.FileField(
        label="Berkas sertifikat (.p12 atau .pfx)",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx"}),
        help_text="Dipakai untuk tanda tangan ini saja; berkas dan kata sandinya tidak disimpan.",
    )
    sandi = forms.CharField(
        label="Kata sandi sertifikat",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        max_length=200,
    )

    def clean_sertifikat(self) -> Any:
        """Refuse what is too large to be a certificate."""
        if self.cleaned_data["sertifikat"].size > SERTIFIKAT_MAKS:
            raise forms.ValidationError("Berkas ini terlalu besar untuk sertifikat. Pilih berkas .p12 atau .pfx.")
        return self.cleaned_data["sertifikat"]


class EsignForm(forms.Form):
    """Who signs at BSrE; the passphrase passes through once and is not kept."""

    nik = forms.RegexField(
        r"^\d{16}$",
        label="NIK",
        error_messages={"invalid": "NIK terdiri atas 16 angka."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sandi = forms.CharField(
        label="Passphrase BSrE",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        strip=False,
        max_length=200,
        help_text="Diteruskan sekali ke layanan BSrE dan tidak disimpan.",
    )


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans each of the files; no file at all is answered by the service."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(ManyFilesField, self).clean(one, initial) for one in data or [] if one]


class SalinanForm(forms.Form):
    """Scans or photos of the signed pages, in their order."""

    kunci = KunciField()
    berkas = ManyFilesField(
        label="Pindaian atau foto halaman yang sudah ditandatangani",
        required=False,
        help_text="PDF, JPEG, atau PNG; boleh beberapa sekaligus, menurut urutan namanya.",
        widget=ManyFiles(attrs={"accept": "application/pdf,image/*", "multiple": True}),
    )
    putar = forms.ChoiceField(
        label="Putar semua halaman",
        choices=[(0, "tidak"), (1, "90° searah jarum jam"), (2, "180°"), (3, "90° berlawanan")],
    )


class PartForm(forms.Form):
    """The part of a document, where its kind has parts."""

    bagian = TextField()


class SendForm(forms.Form):
    """The SKPD that is written to; none for every SKPD."""

    skpd = NumberField(missing=None)


class CauseForm(forms.Form):
    """Why an addendum is begun."""

    sebab = TextField()


class ApproveForm(forms.Form):
    """The digest of the lines that the page showed, and the password again."""

    sandi = SecretField()
    dilihat = TextField()


class LetterDateForm(forms.Form):
    """The date of letters; the service says when it is wanted."""

    tanggal = DayField(required=False)


class WayForm(forms.Form):
    """By which way a document is signed."""

    cara = TextField()


class HexField(forms.CharField):
    """Bytes, written in hexadecimal."""

    def clean(self, value: Any) -> bytes:
        try:
            return bytes.fromhex(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError("Tanda tangannya tidak sampai utuh.") from wrong


class TestimonyForm(forms.Form):
    """What the telephone of a witness signed: the checkpoint's size, when, with which key."""

    ukuran = forms.IntegerField(min_value=0, max_value=2**62)
    waktu = forms.IntegerField()
    kunci_saksi = HexField(max_length=200, required=False)
    tanda_saksi = HexField(max_length=200, required=False)
