"""Fixtures that are built once per worker and copied into each test: rows, files and the objects they returned.

``@snapshot`` makes a builder such a fixture; its parameters name other snapshots. How they are kept and put in place
stands in ``tests/stage.py``.
"""

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

BUILDERS: dict[str, Callable[..., Any]] = {}


def snapshot(build: Callable[..., Any]) -> Any:
    """Make ``build`` a fixture that is built once and copied; its parameters are other snapshots."""
    assert build.__name__ not in BUILDERS, f"two snapshots are called {build.__name__}"
    BUILDERS[build.__name__] = build

    @pytest.fixture(name=build.__name__)
    def given(db: None, scene: Any) -> Any:
        return scene.get(build.__name__)

    return given


def order_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the snapshots among ``names`` with everything they stand on, each after what it needs."""
    order: dict[str, None] = {}

    def add(name: str) -> None:
        if name not in order:
            for needed in inspect.signature(BUILDERS[name]).parameters:
                add(needed)
            order[name] = None

    for name in names:
        if name in BUILDERS:
            add(name)
    return tuple(order)


def call(name: str, values: dict[str, Any]) -> Any:
    """Build one snapshot from the values of those it stands on."""
    build = BUILDERS[name]
    return build(**{needed: values[needed] for needed in inspect.signature(build).parameters})
