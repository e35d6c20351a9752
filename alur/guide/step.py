"""What a step of the guide is, and how its page is named.

The words follow ``redaksi.md`` and are translated into those of the place, as every text that people read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from alur.guide.facts import Fact
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap

Page = Callable[[Musrenbang], str]


@dataclass(frozen=True)
class Step:
    """One step: title and reason (lazy words), its page, how the record tells that it was done, and its stages."""

    title: Any
    why: Any
    page: Page
    done: Fact
    begin: Tahap
    end: Tahap


def step(title: str, why: str, page: Page, done: Fact, begin: Tahap, end: Tahap) -> Step:
    """Return a step that is open from the stage ``begin`` to the stage ``end``, both included."""
    return Step(words(title), words(why), page, done, begin, end)


def at(name: str) -> Page:
    """A page of the event."""
    return lambda musrenbang: reverse(name, args=[musrenbang.slug])


def wide(name: str, *args: str) -> Page:
    """A page of the whole kabupaten."""
    return lambda musrenbang: reverse(name, args=args)
