"""What the tests cost the processor, by part: printed at the end of a run, so that a slow part is seen when it comes.

Processes that a test started count for its part when they end. Those that stay for later tests (browsers, PDF workers,
readers of files) stand in lines of their own: read from /proc before they are ended.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SPENT: dict[str, float] = defaultdict(float)
STARTED: dict[str, float] = defaultdict(float)
COUNT: dict[str, int] = defaultdict(int)
TESTS: dict[str, float] = defaultdict(float)
DEAREST = 15
BROWSERS, STAYING = "browsers", "PDF workers and readers that stay"

TICKS = os.sysconf("SC_CLK_TCK")


def own_and_started() -> tuple[float, float]:
    """Return the core-seconds of this process, and of those that it started and that have ended.

    What a started process took is known when it ends.
    """
    now = os.times()
    return now.user + now.system, now.children_user + now.children_system


def of_living(program: str = "") -> float:
    """Return what the living processes took that this one started, or those of a program, and theirs that have ended."""
    parents, took, roots = {}, {}, set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            named = program.encode() in stat.with_name("cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        pid = int(stat.parent.name)
        parents[pid], took[pid] = int(fields[1]), sum(map(int, fields[11:15])) / TICKS
        if named and parents[pid] == os.getpid():
            roots.add(pid)
    ours = set(roots)
    while new := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= new
    return sum(took[pid] for pid in ours)


class Clock:
    """The reading at the end of the last phase, and how much of it was browsers."""

    own, started = own_and_started()
    elsewhere = 0.0


def note_browsers() -> None:
    """Count what the browsers of this process took; asked just before they are closed."""
    SPENT[BROWSERS] += of_living("playwright")


@contextmanager
def counted_as_browsers() -> Iterator[None]:
    """What ends meanwhile was a browser: ``note_browsers`` has counted it."""
    _, before = own_and_started()
    yield
    took = own_and_started()[1] - before
    Clock.started += took
    Clock.elsewhere += took


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Write on the report of each phase what it took."""
    report = yield
    own, started = own_and_started()
    report.core_seconds = own - Clock.own, started - Clock.started
    Clock.own, Clock.started = own, started
    return report


def pytest_runtest_logreport(report):
    """Add up in the process that prints."""
    part = part_of(report.nodeid)
    own, started = report.core_seconds
    SPENT[part] += own + started
    STARTED[part] += started
    TESTS[report.nodeid] += own + started
    COUNT[part] += report.when == "call"


def part_of(nodeid: str) -> str:
    """Return the folder of a test, or its file where it stands in no folder."""
    return "/".join(nodeid.split("::")[0].split("/")[:2])


def pytest_sessionfinish(session):
    """Tell the process that prints what this worker spent outside of tests: imports, the browser, what still lives."""
    SPENT[STAYING] += of_living()
    if hasattr(session.config, "workeroutput"):
        told = sum(own_and_started()) - Clock.elsewhere, SPENT[BROWSERS], SPENT[STAYING]
        session.config.workeroutput["core_seconds"] = told


def pytest_testnodedown(node):
    """Take over what a worker spent in all; what belongs to no test stands in a line of its own."""
    told = getattr(node, "workeroutput", {}).get("core_seconds", (0, 0, 0))
    for line, seconds in zip(("all", BROWSERS, STAYING), told, strict=True):
        SPENT[line] += seconds


def pytest_terminal_summary(terminalreporter):
    """Print core-seconds by part, the dearest first."""
    total = SPENT.pop("all", 0)
    if total:
        SPENT["imports and collection"] = total - sum(v for k, v in SPENT.items() if k not in (BROWSERS, STAYING))
    terminalreporter.section("core-seconds by part")
    for part in sorted(SPENT, key=SPENT.__getitem__, reverse=True):
        each = f"{COUNT[part]:5d} tests {SPENT[part] / COUNT[part]:6.2f} each" if COUNT[part] else ""
        each += f", of it {STARTED[part]:.1f} in processes" if STARTED[part] >= 1 else ""
        terminalreporter.write_line(f"{SPENT[part]:8.1f}  {part:32} {each}")
    terminalreporter.write_line(f"{sum(SPENT.values()):8.1f}  in all")
    terminalreporter.section("the dearest tests")
    for test in sorted(TESTS, key=TESTS.__getitem__, reverse=True)[:DEAREST]:
        terminalreporter.write_line(f"{TESTS[test]:8.1f}  {test}")
