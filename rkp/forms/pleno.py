"""Small forms of the plenary, of groups and of single rows."""

from typing import Any

from django import forms

from musrenbang.forms.kunci import KunciField
from musrenbang.forms.small import (
    ActionForm,
    DigestForm,
    NumberField,
    ReasonForm,
    SeenForm,
    TextField,
    TicksField,
    WordsField,
)


class ReserveForm(DigestForm):
    """The source whose ceiling is exceeded."""

    sumber = NumberField()


class ObjectionForm(forms.Form):
    """Who objects, and to what."""

    oleh = WordsField("Yang berkeberatan", 200)
    isi = WordsField("Keberatan", 500)
    kunci = KunciField()

    def clean(self) -> dict[str, Any]:
        """An objection without a name or a content is none."""
        data = super().clean() or self.cleaned_data
        if not self.errors and (len(data["oleh"]) < 3 or len(data["isi"]) < 5):
            raise forms.ValidationError("Isi siapa yang berkeberatan dan apa keberatannya. Belum ada yang dicatat.")
        return data


class SettleForm(forms.Form):
    """How an objection was settled."""

    penyelesaian = WordsField("Penyelesaian", 500)


class MergeForm(SeenForm, ReasonForm):
    """How a row is merged, and why."""

    hubungan = TextField()


class MergeNumberForm(MergeForm):
    """The row to merge into, by the number that was typed."""

    nomor = TextField()


class MergeKeyForm(MergeForm):
    """The row to merge into, chosen from a list."""

    ke = NumberField()


class HandOverForm(ReasonForm):
    """The group that a row is handed over to."""

    tujuan = NumberField()


class NextForm(forms.Form):
    """Whether to go on with the next undecided row."""

    lanjut = forms.BooleanField(required=False)


class GroupOrderForm(DigestForm, ActionForm):
    """The order of a group: whole, or one row (its key, or its number as typed) and the place where it goes."""

    urutan = TicksField()
    geser = NumberField()
    nomor = NumberField()
    tempat = NumberField()


class SignOffForm(ActionForm, ReasonForm):
    """Signing a group's result off, or taking the signature back with its reason."""
