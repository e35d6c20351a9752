"""Small forms of accounts."""

from django import forms

from musrenbang.forms.small import ReasonForm, TextField


class ActiveForm(forms.Form):
    """Whether a person may come in: "1" or nothing."""

    aktif = TextField()


class SecondAnswerForm(ReasonForm):
    """What the second person answers; ``kata`` is the request as the page said it."""

    jawab = TextField()
    kata = TextField(strip=False)


class GoOnForm(forms.Form):
    """Where to go on after the code."""

    next = TextField()
