"""Small forms of the way to the hall and back."""

from django import forms

from alur.aula.envelope import TERURAI_MAKS
from musrenbang.forms.small import DayField, ReasonForm, SecretField, TextField

NO_DAY = "Isi hari terakhir izin dengan tanggal yang benar."


class TakeForm(forms.Form):
    """The laptop's code, the phrase for the file, and until when the laptop may write."""

    kode = TextField()
    sandi = SecretField()
    sampai = DayField(required=False, wrong=NO_DAY)


class ExtendForm(ReasonForm):
    """A later last day, with its reason."""

    sampai = DayField(wrong=NO_DAY)


class PackForm(forms.Form):
    """The phrase for the file."""

    sandi = SecretField()


class BringForm(PackForm):
    """The file of the laptop and its phrase; ``timpa`` when what was changed here meanwhile is given up."""

    berkas = forms.FileField(
        allow_empty_file=True,
        error_messages=dict.fromkeys(("required", "invalid"), "Pilih dahulu berkas dari laptop aula."),
    )
    timpa = forms.BooleanField(required=False)

    def clean_berkas(self) -> bytes:
        """Return what is in the file."""
        file = self.cleaned_data["berkas"]
        if (file.size or 0) > TERURAI_MAKS:
            raise forms.ValidationError(
                f"Berkas ini lebih besar dari {TERURAI_MAKS >> 20} MB, jadi bukan berkas musrenbang."
            )
        content: bytes = file.read()
        return content


class ResultForm(ReasonForm):
    """An answer to the result that the page showed, with the password again."""

    hasil = TextField()
    sandi = SecretField()
    sha256 = TextField()
