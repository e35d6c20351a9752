"""Where the snapshots are kept, and how each test is put onto one.

The first test that asks for a chain of snapshots builds each link through the services and keeps a database of it (an
SQLite file, a PostgreSQL database); every later test is connected to that database as it was kept. A test in a
transaction rolls back, so the kept database stays whole; a test that commits works on a copy of its own, which is
thrown away.
"""

import fcntl
import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

from musrenbang.states import Tahap
from tests.core_seconds import own_and_started
from tests.snapshot import call, order_of
from tests.sql_shapes import noted, stood_on
from tests.stores import PostgresStore, SqliteStore, Store, migrated, put_back, sequences, switch, template_of


@dataclass(frozen=True)
class Kept:
    """A database as it was after a chain of builders, what they returned, the files they wrote, where keys count on."""

    database: str
    values: bytes
    files: Path
    sequences: str


Builder = Callable[[dict[str, Any]], Any]
# Core-seconds that a link must have cost to be kept for the other workers too; a copy costs some hundredths.
WORTH_SHARING = 0.3


class Shared:
    """What the workers of one run build for each other: databases, with what they hold told in a folder that all see."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.mine: list[tuple[str, ...]] = []
        folder.mkdir(exist_ok=True)

    @contextmanager
    def alone(self, order: tuple[str, ...]) -> Iterator[Kept | None]:
        """Let one worker at a time look for a chain and build it; give it what another one has built."""
        path = self.path(order)
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield pickle.loads(path.read_bytes()) if path.exists() else None

    def put(self, order: tuple[str, ...], kept: Kept) -> None:
        """Keep a copy for the others; who built it goes on using its own."""
        path = self.path(order)
        database = self.store.name(f"bersama_{path.name}")
        self.store.copy(kept.database, database)
        path.write_bytes(pickle.dumps(replace(kept, database=database)))
        self.mine.append(order)

    def close(self) -> None:
        """Take back what this worker gave; one that still needs it builds its own."""
        for order in self.mine:
            with self.alone(order) as given:
                assert given
                self.path(order).unlink()
                self.store.drop(given.database)

    def path(self, order: tuple[str, ...]) -> Path:
        """Return where a chain is told of: another run names another folder."""
        return self.folder / hashlib.sha256(repr((str(self.folder), order)).encode()).hexdigest()[:16]


class Stage:
    """The snapshots of one worker."""

    def __init__(self, store: Store, base: str, folder: Path, shared: Shared | None) -> None:
        self.store, self.folder, self.shared = store, folder, shared
        self.kept: dict[tuple[str, ...], Kept] = {(): Kept(base, pickle.dumps({}), folder / "no-files", sequences())}
        self.copies = 0

    def ensure(self, order: tuple[str, ...], builders: Mapping[str, Builder] = MappingProxyType({})) -> Kept:
        """Return what is kept of a chain, built on what is kept of all of it but the last.

        A link that is none of the ``builders`` is a snapshot. One worker builds it while the others wait for it.
        """
        if order not in self.kept:
            with self.shared.alone(order) if self.shared else nullcontext() as there:
                if there:
                    self.take(order, there)
                else:
                    build = builders.get(order[-1]) or partial(call, order[-1])
                    self.keep(order, self.ensure(order[:-1], builders), build)
        return self.kept[order]

    def keep(self, order: tuple[str, ...], before: Kept, build: Builder) -> None:
        """Build one more link on what is kept, and keep its database, files and values."""
        database, files = self.new_name(), self.folder / str(len(self.kept))
        values = self.place(before, database)
        begun = sum(own_and_started())
        with noted(order):
            values[order[-1]] = build(values)
        took = sum(own_and_started()) - begun
        counted = sequences()
        connections.close_all()
        if Path(settings.MEDIA_ROOT).exists():
            shutil.copytree(settings.MEDIA_ROOT, files)
        self.kept[order] = Kept(database, pickle.dumps(values), files, counted)
        if self.shared and took > WORTH_SHARING:
            self.shared.put(order, self.kept[order])

    def take(self, order: tuple[str, ...], there: Kept) -> None:
        """Keep a copy of what another worker has built."""
        database = self.new_name()
        self.store.copy(there.database, database)
        self.kept[order] = replace(there, database=database)

    def place(self, kept: Kept, database: str | None = None) -> dict[str, Any]:
        """Connect to what is kept, or to a copy of it, with its files in the test's folder; return its values."""
        if database is not None:
            connections.close_all()
            self.store.copy(kept.database, database)
        if connection.settings_dict["NAME"] != (database or kept.database):
            switch(database or kept.database)
        put_back(kept.sequences)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        if kept.files.exists():
            shutil.copytree(kept.files, settings.MEDIA_ROOT)
        values: dict[str, Any] = pickle.loads(kept.values)
        return values

    def new_name(self) -> str:
        """Return a name for one more database of this worker."""
        self.copies += 1
        return self.store.name(f"kerja_{os.getpid()}_{self.copies}")

    def close(self) -> None:
        """Drop every database but the first, and go back to that one."""
        base, *others = [kept.database for kept in self.kept.values()]
        switch(base)
        for database in others:
            self.store.drop(database)
        if self.shared:
            self.shared.close()


class Scene:
    """What one test stands on; a snapshot that it asks for only while it runs is built in place."""

    def __init__(self, stage: Stage, values: dict[str, Any], copies: list[str]) -> None:
        self.stage, self.values, self.copies = stage, values, copies

    def get(self, name: str) -> Any:
        for missing in order_of([name]):
            if missing not in self.values:
                self.values[missing] = call(missing, self.values)
        return self.values[name]

    def stand_on(self, chain: Mapping[str, Builder]) -> Any:
        """Put a test that commits onto a copy of what these make of an empty database, each of what those before it
        made and returned; return what the last one returned.
        """
        assert self.copies, "a test in a transaction cannot change its database"
        order, stage = tuple(chain), self.stage
        stood_on(order)
        kept = stage.ensure(order, chain)
        self.copies.append(stage.new_name())
        self.values = stage.place(kept, self.copies[-1])
        return self.values[order[-1]]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Give this worker its database; pytest-django's own would migrate one for each."""
    store = PostgresStore() if connection.vendor == "postgresql" else SqliteStore()
    with django_db_blocker.unblock(), migrated(store) as base:
        yield store, base


@pytest.fixture(scope="session")
def migrated_file(django_db_setup):
    """Return a migrated SQLite file, to be copied for a process of its own."""
    store, _ = django_db_setup
    assert isinstance(store, SqliteStore), "on another database a server migrates its own"
    return template_of(store)


@pytest.fixture(scope="session")
def stage(django_db_setup, django_db_blocker, tmp_path_factory):
    """Keep the snapshots of this worker."""
    store, base = django_db_setup
    several = "PYTEST_XDIST_WORKER" in os.environ
    shared = Shared(store, tmp_path_factory.getbasetemp().parent / "snapshot") if several else None
    kept = Stage(store, base, tmp_path_factory.mktemp("snapshot"), shared)
    yield kept
    with django_db_blocker.unblock():
        kept.close()


@pytest.fixture
def scene(request, stage, django_db_blocker, _tempat):
    """Put the database of a test in place before its transaction begins."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    with django_db_blocker.unblock():
        order = order_of(request.fixturenames)
        stood_on(order)
        kept = stage.ensure(order)
        copies = [stage.new_name()] if commits else []
        values = stage.place(kept, *copies)
    yield Scene(stage, values, copies)
    with django_db_blocker.unblock():
        if copies:
            switch(kept.database)
        for copy in copies:
            stage.store.drop(copy)


@pytest.fixture
def _django_db_helper(scene, _django_db_helper):
    """pytest-django's own, with the right database in place before it begins a transaction."""
    return _django_db_helper


@pytest.fixture(scope="session", autouse=True)
def _nothing_to_flush():
    """A test that commits has a copy of its own, which is dropped: emptying every table first would cost seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield


WAYPOINTS = (Tahap.PEMBUKAAN, Tahap.KELOMPOK, Tahap.PLENO, Tahap.PRIORITAS)
"""Where a walk through the demo is kept, so that the next one goes on from there."""


def walk_on(so_far: dict[str, Any], to: str) -> Any:
    """Let the journey that stands last go on to a stage."""
    *_, journey = so_far.values()
    journey.walk(to)
    return journey


@pytest.fixture
def demo(scene):
    """Put a test that commits onto the demo at a stage, with 20 proposals; return its event."""
    from alur.demo.build import JALUR, begin_journeys

    def _demo(tahap: str, usulan: int = 20) -> Any:
        chain = {f"demo {usulan}": lambda _: begin_journeys(usulan=usulan, kecamatan=1)[0]}
        passed = [stage for stage in WAYPOINTS if JALUR.index(stage) < JALUR.index(tahap)]
        chain |= {f"demo {usulan} {stage}": partial(walk_on, to=stage) for stage in [*passed, tahap]}
        return scene.stand_on(chain).musrenbang

    return _demo
