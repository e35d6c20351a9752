"""Small forms of the list of proposals, of imports and of similar proposals."""

from typing import Any

from django import forms

from musrenbang.forms.small import DigestForm, NumberField, TextField, TextsField, TicksField
from usulan.models import ParentRelation


class RepeatForm(forms.Form):
    """Last year's proposals that are ticked to be proposed again."""

    usulan = TicksField()


class MoreForm(forms.Form):
    """Whether another proposal is typed in after this one."""

    lagi = TextField()


class ViewNameForm(forms.Form):
    """The name under which a filter is kept; a longer one is cut, as it is only a label."""

    nama = forms.CharField(
        error_messages={"required": "Tulis nama untuk filter ini, misalnya “Jalan di atas 100 juta”."}
    )

    def clean_nama(self) -> str:
        """Cut to what the list has room for."""
        name: str = self.cleaned_data["nama"]
        return name[:60]


class SheetForm(forms.Form):
    """A sheet of a preview, how many corrections the page had seen, and the page to go back to."""

    lembar = NumberField(missing=None)
    dilihat = NumberField(missing=None)
    hal = NumberField(missing=None)


class SkippedRowForm(SheetForm):
    """A skipped row that becomes a proposal; 0 for all suggestions of the sheet."""

    baris = NumberField()


class SettleSheetForm(SheetForm):
    """What is decided about a sheet."""

    putusan = TextField()


class DesaChoiceForm(forms.Form):
    """Names that the reader did not know, and which desa each means: ``bersama-<place>`` for several."""

    teks = TextsField()
    desa = TextsField()


class ApplyForm(DigestForm):
    """What is ticked of a corrected file."""

    terima = TextsField()


class PageForm(forms.Form):
    """The page of a list to go back to."""

    hal = NumberField(missing=None)


class PairForm(forms.Form):
    """A decision about two proposals that look alike; ``utama`` is the one that stays."""

    satu = NumberField()
    dua = NumberField()
    utama = NumberField()
    putusan = TextField()

    def clean(self) -> dict[str, Any]:
        """Only what a button of the page says is a decision."""
        data = super().clean() or self.cleaned_data
        if data.get("putusan") not in {"bukan", *ParentRelation.values}:
            raise forms.ValidationError("Pilih salah satu tombol: gabung, sama, atau bukan usulan yang sama.")
        return data


class PaidForm(forms.Form):
    """Whether a programme pays a proposal, and from which page that is said."""

    program = NumberField()
    putusan = TextField()
    dari = TextField()


class PreviewRowForm(forms.Form):
    """One proposal of a preview: its sheet, its row, and which of several in that row."""

    lembar = NumberField(missing=None)
    baris = NumberField(missing=None)
    bagian = NumberField()


class ReplaceForm(forms.Form):
    """Whether what was stored before gives way to the new file, and whether another file is checked after it.

    ``masuk``: the files that were saved on this walk before.
    """

    ganti = TextField()
    lanjut = TextField()
    masuk = TicksField()


class CompleteFilesForm(forms.Form):
    """The files that the page listed as complete."""

    berkas = TicksField(empty="Belum ada berkas yang lengkap. Periksa satu per satu.")
