"""Small forms of the event: a move, the remote of the projector."""

from typing import Any

from django import forms

from musrenbang.forms.numbers import whole
from musrenbang.forms.small import ActionForm, NumberField, ReasonForm, SecretField, TextField


class MoveForm(ReasonForm):
    """A move of the event, from the stage that the page showed; some want the password again.

    ``halaman``: where it was made, so that the page of the day is not left.
    """

    dari = TextField()
    ke = TextField()
    sandi = SecretField()
    halaman = TextField()


class ScreenForm(forms.Form):
    """A screen beside the hall's: its name, and what it shows: ``ikut``, a panel, or one about a key (``ruang:7``)."""

    nama = TextField()
    tujuan = TextField()
    aksi = TextField()

    def shown(self) -> dict[str, Any]:
        """Return what the screen is to show, as its service takes it."""
        wanted: str = self.cleaned_data["tujuan"]
        if wanted in {"", "ikut"}:
            return {"panel": "agenda", "acuan": None, "ikut": True}
        panel, _, key = wanted.partition(":")
        return {"panel": panel, "acuan": whole(key), "ikut": False}


class SlideForm(ActionForm):
    """A page of a presentation, or that it is taken out."""

    halaman = NumberField(missing=1)


class ShowForm(forms.Form):
    """What the projector is to show, and of which row."""

    panel = TextField()
    acuan = NumberField(missing=None)
