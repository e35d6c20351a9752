"""What the board of an event shows, as the apps below it say it: what is missing, figures, messages, the next step."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from musrenbang.akses import Akses
from musrenbang.models import Musrenbang
from musrenbang.questions import Question


@dataclass(frozen=True)
class Kekurangan:
    """One thing that is missing: a sentence, and where to mend it. One that is not ``wajib`` only warns.

    ``terpenuhi`` marks a condition that holds and is worth reading all the same before the move, with its figures.
    """

    text: str
    url: str
    wajib: bool = True
    terpenuhi: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure on the event board: label, value in words, a remark, and the page behind it."""

    label: str
    nilai: str
    keterangan: str
    url: str


@dataclass(frozen=True)
class StepMessage:
    """Why an event came back, in the card of its next step: a sentence, the reason, what is still open, and where."""

    kalimat: str
    alasan: str
    butir: list[str]
    url: str


@dataclass(frozen=True)
class Halaman:
    """A page of an event that its app offers in a tab, or as work to do: words, URL name, and who may open it."""

    label: str
    nama: str
    izin: str

    def url(self, musrenbang: Musrenbang) -> str:
        """Return its address in an event."""
        return reverse(self.nama, args=[musrenbang.slug])


next_steps: Question[[Musrenbang, Akses], list[dict[str, Any]]] = Question("which moves lead on from here")
"""The moves forward from here: may this person, who else, what stops it, what only warns, why it came back."""
