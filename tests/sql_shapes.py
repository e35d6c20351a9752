"""Which SQL each test gives to the database, as shapes: what ``tests/second.py`` chooses by.

A shape is a statement without what differs from call to call (numbers, names of savepoints, how many values a list has),
or a part of one that is plain (``tests/sql_parts.py``). A statement that the database refuses stays whole, with the kind
of refusal. What a snapshot asks while it is built
belongs to every test that stands on it.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.signals import connection_created

from tests.core_seconds import own_and_started
from tests.selection import is_about_the_database
from tests.sql_parts import parts_of

SHORTER = (
    (re.compile(r'"s\d+_x\d+"'), "S"),
    (re.compile(r"\b_?(?:django_curs|kerja|uji)_\w+"), "C"),
    (re.compile(r"'(?:[^']|'')*'"), "'t'"),
    (re.compile(r"\b\d+\b"), "N"),
    (re.compile(r"%s(?:, ?%s)+"), "%s"),
    (re.compile(r"(\([^()]*\))(?:, ?\1)+"), r"\1"),
)


def shapes_of(statement: str, refusal: str = "") -> set[str]:
    """Return the short names of a statement's shapes."""
    for pattern, instead in SHORTER:
        statement = pattern.sub(instead, statement)
    shapes = {f"{refusal}{statement}"} if refusal else parts_of(statement)
    return {hashlib.blake2s(one.encode(), digest_size=6).hexdigest() for one in shapes}


class Recorder:
    """Writes down the shapes of each test and of each snapshot of one worker, and what they cost."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes: dict[str, dict[str, Any]] = {}
        self.under: list[dict[str, Any]] = []
        self.known: dict[tuple[str, str], set[str]] = {}

    def watch(self, connection: Any, **_: Any) -> None:
        """Look at every statement of a connection, of whichever thread."""
        if self._look not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._look)

    def _look(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        refusal = ""
        try:
            return execute(sql, params, many, context)
        except Exception as error:
            refusal = type(error).__name__
            raise
        finally:
            if self.under:
                key = (str(sql), refusal)
                if key not in self.known:
                    self.known[key] = shapes_of(*key)
                self.under[-1]["shapes"].update(self.known[key])

    @contextmanager
    def note(self, name: str) -> Iterator[None]:
        """Count what is asked meanwhile, and what it costs, as of ``name``."""
        mine = self.notes.setdefault(name, {"shapes": set(), "on": set(), "seconds": 0.0})
        before = sum(own_and_started())
        self.under.append(mine)
        try:
            yield
        finally:
            self.under.pop()
            took = sum(own_and_started()) - before
            mine["seconds"] += took
            if self.under:
                self.under[-1]["seconds"] -= took

    def stands_on(self, name: str) -> None:
        """The test that runs stands on a snapshot."""
        if self.under:
            self.under[0]["on"].add(name)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for connection in connections.all():
            self.watch(connection)
        with self.note(item.nodeid):
            self.notes[item.nodeid]["always"] = is_about_the_database(item)
            return (yield)

    def pytest_sessionfinish(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        plain = {k: v | {"shapes": sorted(v["shapes"]), "on": sorted(v["on"])} for k, v in self.notes.items()}
        (self.folder / f"{os.getpid()}.json").write_text(json.dumps(plain))


class Recording:
    """The recorder of this process, when there is one."""

    recorder: Recorder | None = None


@contextmanager
def noted(chain: tuple[str, ...]) -> Iterator[None]:
    """What is asked meanwhile belongs to a snapshot."""
    if Recording.recorder is None:
        yield
    else:
        with Recording.recorder.note(name_of(chain)):
            yield


def stood_on(chain: tuple[str, ...]) -> None:
    """The test that runs stands on every link of a chain."""
    if Recording.recorder is not None:
        for n in range(1, len(chain) + 1):
            Recording.recorder.stands_on(name_of(chain[:n]))


def name_of(chain: tuple[str, ...]) -> str:
    return "@" + ">".join(chain)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--catat-sql", type=Path, help="write the SQL of each test into this folder, for tests/second.py")


def pytest_configure(config: pytest.Config) -> None:
    folder = config.getoption("--catat-sql")
    if folder and not (
        hasattr(config.option, "numprocesses") and config.option.numprocesses and not hasattr(config, "workerinput")
    ):
        Recording.recorder = Recorder(folder)
        connection_created.connect(Recording.recorder.watch)
        config.pluginmanager.register(Recording.recorder)
