"""Small forms of the hall: the agenda, attendance, minutes and letters."""

from typing import Any

from django import forms

from musrenbang.forms.kunci import KunciField
from musrenbang.forms.small import ActionForm, DayField, NumberField, OrderForm, TextField, TicksField


class AgendaOrderForm(OrderForm):
    """The order of the agenda: dragged, or one item a step up or down."""

    def order(self) -> list[int]:
        """Return the keys in the order that was asked for."""
        data = self.cleaned_data
        keys: list[int] = list(data["urutan"])
        if data["geser"] in keys:
            here = keys.index(data["geser"])
            there = max(0, here - 1) if data["arah"] == "naik" else min(len(keys) - 1, here + 1)
            keys[here], keys[there] = keys[there], keys[here]
        return keys


class RunForm(ActionForm):
    """What happens to an item of the agenda, and from which page."""

    dari = TextField()


class NewNoteForm(forms.Form):
    """Who speaks in a new note, if anybody."""

    kehadiran = NumberField()
    kunci = KunciField()


class ChangeTimeForm(forms.Form):
    """Whether only the time of the next sitting changes, as the meeting is adjourned already."""

    ubah = TextField()


class AgainForm(forms.Form):
    """The people of an earlier sitting who are ticked as present again."""

    kehadiran = TicksField(empty="Centang dahulu siapa yang hadir lagi.")


class SamePersonForm(forms.Form):
    """What the desk answered about people who may be the same.

    ``lewat_undangan``: the invitation of the person; ``hadir_lagi``: the person in an earlier sitting.
    """

    lewat_undangan = NumberField()
    hadir_lagi = NumberField()


class CodeForm(forms.Form):
    """A code that was typed or scanned."""

    kode = TextField()


class TrackForm(forms.Form):
    """When the ticked letters were sent or received."""

    undangan = TicksField()
    tanggal = DayField(required=False)
    kolom = TextField()

    def clean(self) -> dict[str, Any]:
        """Both are needed."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data["undangan"] and data["tanggal"]):
            raise forms.ValidationError("Centang dahulu suratnya dan isi tanggalnya.")
        return data
