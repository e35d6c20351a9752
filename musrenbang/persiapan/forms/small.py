"""Small forms of the preparation."""

from django import forms

from musrenbang.forms.small import SeenForm, TextField, WordsField


class CriteriaMoveForm(SeenForm):
    """A move of the criteria, from the state that the page showed, with a note."""

    dari = TextField()
    ke = TextField()
    catatan = WordsField("Catatan", 300)


class DateAnswerForm(forms.Form):
    """The answer to a request for another date."""

    putusan = TextField()
    jawaban = WordsField("Jawaban", 300)
