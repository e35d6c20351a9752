"""Small forms of the event: a move, the remote of the projector."""

from django import forms

from musrenbang.forms.small import NumberField, ReasonForm, SecretField, TextField


class MoveForm(ReasonForm):
    """A move of the event, from the stage that the page showed; some want the password again.

    ``halaman``: where it was made, so that the page of the day is not left.
    """

    dari = TextField()
    ke = TextField()
    sandi = SecretField()
    halaman = TextField()


class ShowForm(forms.Form):
    """What the projector is to show, and of which row."""

    panel = TextField()
    acuan = NumberField(missing=None)
