"""Labels that are written once and read everywhere: choices of models, stages, roles."""

from typing import Any

from django.utils.functional import lazy

from musrenbang.sebutan import BAKU, translate, use

words: Any = lazy(translate, str)
"""``words("Disahkan Camat")``: a label that says itself in the words of the place that is active when it is read."""


def spellings(label: Any) -> set[str]:
    """Return, in small letters, what a list that comes back may write for a label.

    In the words of the active place, as our own lists go out there, and in the general ones, as older lists have it.
    """
    with use(BAKU):
        general = str(label)
    return {str(label).lower(), general.lower()}
