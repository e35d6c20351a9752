"""Forms of the import."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from musrenbang.forms.numbers import RupiahField, VolumeField
from musrenbang.forms.small import choice_field, model_field
from musrenbang.labels import words
from musrenbang.models import Desa
from musrenbang.sebutan import sebutan
from usulan.impor.corrections import BIDANG_UBAH
from usulan.impor.owner import KECAMATAN, join_codes


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of uploaded files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file on its own; an empty file reaches the reader, which says so in its own words."""
        return [super(ManyFilesField, self).clean(one, initial) for one in (data or [None])]


class UploadForm(forms.Form):
    """Upload of one or more DU-RKP workbooks."""

    berkas = ManyFilesField(
        label=words("Berkas DU-RKP"),
        help_text=words(
            "Excel (.xlsx, .xls), .ods, .csv, atau .zip. Boleh beberapa sekaligus; satu berkas boleh memuat "
            "beberapa desa. Paling besar 10 MB per berkas."
        ),
        widget=ManyFilesInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.zip", "data-satu-satu": ""}),
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas yang akan diunggah."},
    )
    desa = forms.ModelChoiceField(
        Desa.objects.none(),
        required=False,
        empty_label="Baca dari isi berkas",
        help_text=words("Pilih hanya bila nama desa tidak tertulis di dalam berkas."),
    )

    def __init__(self, *args: Any, desa: QuerySet[Desa], needs_desa: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model_field(self, "desa").queryset = desa
        if needs_desa:
            self.fields["desa"].initial = desa.first()
            self.fields["desa"].required, model_field(self, "desa").empty_label = True, None


class LastResultForm(forms.Form):
    """Upload of workbooks with last year's result."""

    berkas = ManyFilesField(
        label="Berkas hasil tahun lalu",
        help_text="Excel (.xlsx, .xls), .ods, .csv, atau .zip: daftar usulan tahun lalu dengan kolom hasilnya. Paling "
        "besar 10 MB per berkas.",
        widget=ManyFilesInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.zip", "data-satu-satu": ""}),
        allow_empty_file=True,
        error_messages={"required": "Pilih berkas yang akan diunggah."},
    )


class BarisForm(forms.Form):
    """One row of a preview: its cells, the cells that all below take over, and what else the row may be."""

    desa = forms.ChoiceField(required=False)
    bersama = forms.MultipleChoiceField(
        label=words("Bersama desa lain"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=words("Centang bila kegiatannya milik beberapa desa bersama."),
    )
    bidang = forms.CharField(max_length=200, required=False)
    kegiatan = forms.CharField(max_length=500, required=False)
    lokasi = forms.CharField(max_length=300, required=False)
    volume = VolumeField(required=False)
    satuan = forms.CharField(max_length=40, required=False)
    biaya = RupiahField(label="Biaya (Rp)", required=False)
    sumber_dana = forms.CharField(max_length=80, required=False)
    manfaat = forms.CharField(label="Sasaran/manfaat", max_length=300, required=False)
    bawah = forms.MultipleChoiceField(
        label="Samakan juga semua baris di bawahnya",
        help_text="Hanya baris yang sekarang isinya sama dengan baris ini (misalnya sama-sama kosong).",
        choices=[
            ("desa", words("Desa")),
            ("bidang", "Bidang"),
            ("lokasi", "Lokasi"),
            ("satuan", "Satuan"),
            ("sumber_dana", "Sumber dana"),
            ("manfaat", "Sasaran/manfaat"),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    aksi = forms.ChoiceField(choices=[(a, a) for a in ("ubah", "bukan", "gabung", "pecah")])
    pecahan = forms.CharField(
        label="Pecah menjadi (satu usulan per baris)",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Volume dan biaya tetap pada usulan pertama; bagilah sesudahnya.",
    )
    dilihat = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, desa: QuerySet[Desa], own_desa: bool, usulan: dict[str, Any], dilihat: int
    ) -> None:
        self.kini = {n: usulan[n] for n in BIDANG_UBAH}
        if self.kini["volume"] is not None:
            self.kini["volume"] = Decimal(self.kini["volume"])
        first, *other = (self.kini["desa"] or "").split(";")
        start = self.kini | {"desa": first, "bersama": other, "dilihat": dilihat, "aksi": "ubah"}
        start["pecahan"] = usulan["kegiatan"]
        super().__init__(data, initial=start)
        all_rows = [(d.kode, d.nama) for d in desa]
        area = [] if own_desa else [(KECAMATAN, f"Seluruh {sebutan.kecamatan}")]
        choice_field(self, "desa").choices = [("", "Belum jelas"), *all_rows, *area]
        choice_field(self, "bersama").choices = [] if own_desa else all_rows

    def clean(self) -> dict[str, Any]:
        """A split needs at least two works."""
        content = super().clean() or self.cleaned_data
        self.potongan = [
            b.strip(" -•\t")[:500] for b in (content.get("pecahan") or "").splitlines() if b.strip(" -•\t")
        ]
        if content.get("aksi") == "pecah" and len(self.potongan) < 2:
            self.add_error("pecahan", "Tulis sekurang-kurangnya dua usulan, satu per baris.")
        if content.get("bersama") and content.get("desa") == KECAMATAN:
            self.add_error("bersama", f"Pilih salah satu: beberapa {sebutan.desa}, atau seluruh {sebutan.kecamatan}.")
        elif content.get("bersama"):
            content["desa"] = join_codes({content["desa"], *content["bersama"]} - {""})
        return content

    def correction(self) -> dict[str, Any] | None:
        """Return the correction as ``usulan.impor.corrections`` takes it; None when nothing was changed."""
        content = self.cleaned_data
        if content["aksi"] == "pecah":
            return {"aksi": "pecah", "teks": self.potongan}
        if content["aksi"] != "ubah":
            return {"aksi": content["aksi"]}
        nilai = {n: content[n] if content[n] != "" else None for n in BIDANG_UBAH}
        new = {n: v for n, v in nilai.items() if v != self.kini[n]}
        text = {n: None if v is None else f"{v:f}" if isinstance(v, Decimal) else str(v) for n, v in new.items()}
        return {"aksi": "ubah", "nilai": text, "bawah": [n for n in content["bawah"] if n in new]} if new else None
