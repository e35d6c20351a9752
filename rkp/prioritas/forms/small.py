"""Small forms of the ranking: votes, orders, candidates."""

from typing import Any

from django import forms

from musrenbang.forms.small import ActionForm, NumberField, ReasonForm, SeenForm, TextField, TicksField, numbered


class VotersForm(forms.Form):
    """The people present who are ticked to become voters."""

    kehadiran = TicksField()


class OpenVoteForm(forms.Form):
    """A list that is voted on; ``seri`` are the tied works of a run-off, None when it is none."""

    daftar = TextField()
    seri = TicksField()

    def clean_seri(self) -> list[int] | None:
        """A vote on the whole list names no works."""
        return self.cleaned_data["seri"] or None


class MarkVotedForm(forms.Form):
    """How the delegate with a code votes; blank takes that back."""

    kode = NumberField()
    cara = TextField()


class CloseVoteForm(ActionForm, ReasonForm):
    """Closing a vote, without quorum with its reason; or calling it off."""

    alasan_kuorum = TextField()


class BallotForm(forms.Form):
    """The works that a delegate ticked."""

    pilihan = TicksField()


class NewCandidatesForm(forms.Form):
    """Rows that become candidates, in which list and from which source."""

    baris = TicksField()
    daftar = TextField()
    sumber = TextField()


class PassOverForm(ReasonForm):
    """A list that is left out with its reason; without one it is taken in again."""

    daftar = TextField()


class PlacesForm(ActionForm, ReasonForm, SeenForm):
    """The places that were typed beside the works: of a group with its name, or of the plenary."""

    daftar = TextField()
    nama = TextField()
    pleno = forms.BooleanField(required=False)
    baris = TicksField()

    def clean(self) -> dict[str, Any]:
        """Turn the places into an order, ``urutan``; the plenary may give its own order up."""
        data = super().clean() or self.cleaned_data
        typed = numbered(self.data, "tempat-")
        places = [(key, typed.get(key, 0)) for key in data.pop("baris")]
        release = data.pop("aksi") == "lepas"
        if len({place for _, place in places}) != len(places) and not release:
            raise forms.ValidationError(
                "Beri setiap kegiatan nomor urut yang berbeda, mulai dari 1. Belum ada yang disimpan."
            )
        order = [key for key, _ in sorted(places, key=lambda pair: pair[1])]
        return data | {"urutan": [] if release and data["pleno"] else order}
