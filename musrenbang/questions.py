"""Questions that a lower app asks and an upper app answers: the one way in which knowledge comes down."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ASKED: "list[Question[..., Any]]" = []
"""Every question of the program; ``checks.py`` stops the program while one of them has no answer."""


class Question(Generic[P, R]):
    """A function whose body stands in an upper app.

    The lower app declares it beside the code that asks, with the types of what is asked and answered. The upper app
    registers the answer once, in ``AppConfig.ready()``. No string names code, so "find references" leads to both.
    """

    def __init__(self, words: str) -> None:
        """``words``: what is asked, for whoever finds it unanswered."""
        self.words = words
        self.answer: Callable[P, R] | None = None
        ASKED.append(self)

    def answered_by(self, answer: Callable[P, R]) -> None:
        """Register the one answer; RuntimeError when another one is there already."""
        if self.answer is not None and self.answer is not answer:
            raise RuntimeError(f"Two answers to one question: {self.words}")
        self.answer = answer

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Ask; RuntimeError while nobody has registered an answer."""
        if self.answer is None:
            raise RuntimeError(f"Nobody answers: {self.words}")
        return self.answer(*args, **kwargs)
