"""Which tests are run again on the second database: the cheapest that give it every kind of statement it ever gets.

``tests/second.txt`` names every test that asks a database, file by file: behind ``+`` those that are run again, behind
``-`` those that bring no statement that the former do not bring, or too few for what they cost (``DEAR``). A test that it does not name is run again, so nothing
new is left out in silence. It is made on the second database:

    DATABASE_URL=postgres://… pytest -n 2 --dist loadfile --basis-data-lain --catat-sql FOLDER
    python -m tests.second FOLDER     chooses anew from what that wrote down
    python -m tests.second            takes out what no longer exists; where a test of the first kind is gone, the file
                                      is asked as a whole again until the next recording
"""

import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("second.txt")
DEAR = 1.0
"""Core-seconds for one more kind of statement: what only dearer tests bring is asked by ``LENGKAP=1``."""
Listed = dict[str, tuple[set[str], set[str]]]
Notes = dict[str, dict[str, Any]]


@cache
def listed() -> Listed:
    """Return of each file the tests that are run again, and those that need not be."""
    found: Listed = {}
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            file, sign, *names = line.split(" ")
            found.setdefault(file, (set(), set()))["+-".index(sign)].update(names)
    return found


def without_parameters(nodeid: str) -> tuple[str, str]:
    """Return the file and the name of a test, whatever its case."""
    file, _, name = nodeid.partition("::")
    return file, name.partition("[")[0]


def brings_nothing_new(nodeid: str) -> bool:
    """Say whether every statement of a test is given to the second database by another that is run there."""
    file, name = without_parameters(nodeid)
    return name in listed().get(file, ((), ()))[1]


def gone(existing: Iterable[tuple[str, str]]) -> list[str]:
    """Return what the list names and does not exist."""
    exists = set(existing)
    return sorted(
        f"{file}::{name}"
        for file, signs in listed().items()
        for name in set.union(*signs)
        if (file, name) not in exists
    )


def tests_in(root: Path) -> set[tuple[str, str]]:
    """Return every function of the test files, read from their text."""
    return {
        (str(path.relative_to(root.parent)), name)
        for path in root.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }


def read_notes(folder: Path) -> Notes:
    """Put together what the workers of one or several runs wrote down, the cases of a test as one."""
    notes: Notes = {}
    for path in sorted(folder.glob("*.json")):
        for nodeid, told in json.loads(path.read_text()).items():
            key = nodeid if nodeid.startswith("@") else "::".join(without_parameters(nodeid))
            mine = notes.setdefault(key, {"shapes": set(), "on": set(), "seconds": 0.0, "always": False})
            mine["always"] |= told.get("always", False)
            mine["shapes"].update(told["shapes"])
            mine["on"].update(told["on"])
            again = nodeid.startswith("@") and mine["seconds"] > 0  # each worker built it
            mine["seconds"] = max(mine["seconds"], told["seconds"]) if again else mine["seconds"] + told["seconds"]
    return notes


def cost_of(seconds: float) -> float:
    """Return a cost that two recordings agree on: a power of two, at least a sixteenth of a second."""
    return 2.0 ** max(-4, round(math.log2(max(seconds, 0.001))))


def choose(notes: Notes) -> tuple[set[str], int, int]:
    """Return the tests to run again, how many shapes there are, and how many of them are too dear.

    Chosen are those about the database, and the cheapest others until every shape is covered that is not ``DEAR``.

    Greedy: next comes who brings most new shapes for each second, what it stands on included; then whatever the others
    have made superfluous is taken out again, the dearest first.
    """
    tests = {k: v for k, v in notes.items() if not k.startswith("@")}
    full = {k: v["shapes"].union(*(notes[on]["shapes"] for on in v["on"] if on in notes)) for k, v in tests.items()}
    chosen = {k for k, v in tests.items() if v["always"]}
    built = {on for k in chosen for on in tests[k]["on"]}
    every = set().union(*full.values())
    missing = every.difference(*(full[k] for k in chosen))

    def price(test: str) -> float:
        stage = sum(notes[on]["seconds"] for on in tests[test]["on"] if on in notes and on not in built)
        return cost_of(tests[test]["seconds"]) + stage

    picked: list[str] = []
    while missing:
        best = max(sorted(tests.keys() - chosen), key=lambda k: len(full[k] & missing) / price(k))
        if price(best) > DEAR * len(full[best] & missing):
            break
        picked.append(best)
        chosen.add(best)
        built |= tests[best]["on"]
        missing -= full[best]
    for test in sorted(picked, key=lambda k: (-cost_of(tests[k]["seconds"]), k)):
        if full[test] - missing <= set().union(*(full[k] for k in chosen if k != test)):
            chosen.remove(test)
    return chosen, len(every), len(missing)


def write_list(again: set[str], rest: set[str], told: str = "") -> None:
    """Write the list, a line for each file and sign."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sign, tests in (("+", again), ("-", rest)):
        for test in tests:
            file, name = test.split("::")
            lines[file, sign].append(name)
    head = "# Made by tests/second.py, where stands what it says and how it is made anew.\n"
    head += told or next((f"{line}\n" for line in LIST.read_text().splitlines()[1:2] if line.startswith("#")), "")
    body = [" ".join((*key, *sorted(names))) for key, names in sorted(lines.items())]
    LIST.write_text(head + "\n".join(body) + "\n")
    listed.cache_clear()


def tidy(root: Path) -> None:
    """Take out what no longer exists."""
    vanished = set(gone(tests_in(root)))
    unsure = {t.split("::")[0] for t in vanished if t.split("::")[1] in listed()[t.split("::")[0]][0]}
    signs = [
        {f"{file}::{name}" for file, both in listed().items() for name in both[i] if not (i and file in unsure)}
        - vanished
        for i in (0, 1)
    ]
    write_list(*signs)


def main(folders: list[str]) -> None:
    if not folders:
        tidy(LIST.parent)
        return
    notes = read_notes(Path(folders[0]))
    asked = {k: v for k, v in notes.items() if v["shapes"] or v["on"]}
    again, every, dear = choose(asked)
    told = f"# {every} kinds of statement; {dear} of them only by tests that take more than {DEAR} core-seconds for each.\n"
    write_list(again, {k for k in asked if not k.startswith("@")} - again, told)


if __name__ == "__main__":
    main(sys.argv[1:])
