"""A check that goes through things finds some: one that looked at nothing has proved nothing."""

from collections.abc import Iterable
from typing import TypeVar

Thing = TypeVar("Thing")


def some(things: Iterable[Thing]) -> list[Thing]:
    """Return the things as a list; fail when there are none."""
    found = list(things)
    assert found, "nothing to look at"
    return found
