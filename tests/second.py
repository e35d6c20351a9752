"""Which tests are run again on the second database: the cheapest that give it every kind of statement it ever gets.
And which take long, so that ``make quick`` leaves them out.

``tests/second.txt`` names every test that asks a database, file by file: behind ``+`` those that are run again, behind
``-`` those that bring no statement that the former do not bring, or too few for what they cost (``DEAR``); behind ``!``
once more those that take long (``LONG``). A test that it does not name is run again, and quickly, so nothing new is left
out in silence. It is made on the second database:

    DATABASE_URL=postgres://… pytest -n 2 --dist loadfile --basis-data-lain --catat-sql FOLDER
    python -m tests.second FOLDER     chooses anew from what that wrote down
    python -m tests.second --long FOLDER   takes from it only which tests take long; a recording of any run will do, as
                                           ``pytest -n 2 --dist loadfile --cepat --catat-sql FOLDER`` on SQLite
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
LONG = 0.15
"""Core-seconds for one case of a test, its set-up included: what takes more is left out by ``make quick``."""
SIGNS = "+-!"
Listed = dict[str, tuple[set[str], set[str], set[str]]]
Notes = dict[str, dict[str, Any]]


@cache
def listed() -> Listed:
    """Return of each file the tests that are run again, those that need not be, and those of either that take long."""
    found: Listed = {}
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            file, sign, *names = line.split(" ")
            found.setdefault(file, (set(), set(), set()))[SIGNS.index(sign)].update(names)
    return found


def without_parameters(nodeid: str) -> tuple[str, str]:
    """Return the file and the name of a test, whatever its case."""
    file, _, name = nodeid.partition("::")
    return file, name.partition("[")[0]


def brings_nothing_new(nodeid: str) -> bool:
    """Say whether every statement of a test is given to the second database by another that is run there."""
    file, name = without_parameters(nodeid)
    return name in listed().get(file, ((), ()))[1]


def takes_long(nodeid: str) -> bool:
    """Say whether a test took long when it was recorded."""
    file, name = without_parameters(nodeid)
    return name in listed().get(file, ((), (), ()))[2]


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
            mine = notes.setdefault(key, {"shapes": set(), "on": set(), "seconds": 0.0, "always": False, "cases": 0})
            mine["cases"] += 1
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


def long_ones(notes: Notes) -> set[str]:
    """Return the tests whose cases take more than ``LONG`` on the average."""
    return {k for k, v in notes.items() if not k.startswith("@") and v["seconds"] > LONG * v["cases"]}


def write_list(again: set[str], rest: set[str], long: set[str], told: str = "") -> None:
    """Write the list, a line for each file and sign."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sign, tests in zip(SIGNS, (again, rest, long), strict=True):
        for test in tests:
            file, name = test.split("::")
            lines[file, sign].append(name)
    head = "# Made by tests/second.py, where stands what it says and how it is made anew.\n"
    head += told or next((f"{line}\n" for line in LIST.read_text().splitlines()[1:2] if line.startswith("#")), "")
    body = [" ".join((*key, *sorted(names))) for key, names in sorted(lines.items())]
    LIST.write_text(head + "\n".join(body) + "\n")
    listed.cache_clear()


def of_sign(sign: str) -> set[str]:
    """Return every test that the list has behind a sign."""
    return {f"{file}::{name}" for file, signs in listed().items() for name in signs[SIGNS.index(sign)]}


def tidy(root: Path) -> None:
    """Take out what no longer exists."""
    vanished = set(gone(tests_in(root)))
    unsure = {test.split("::")[0] for test in vanished & of_sign("+")}
    rest = {test for test in of_sign("-") if test.split("::")[0] not in unsure}
    write_list(of_sign("+") - vanished, rest - vanished, of_sign("!") - vanished)


def main(words: list[str]) -> None:
    if not words:
        tidy(LIST.parent)
        return
    notes = read_notes(Path(words[-1]))
    if words[0] == "--long":
        judged = {key for key in notes if not key.startswith("@")}
        write_list(of_sign("+"), of_sign("-"), long_ones(notes) | of_sign("!") - judged)
        return
    asked = {k: v for k, v in notes.items() if v["shapes"] or v["on"]}
    again, every, dear = choose(asked)
    told = f"# {every} kinds of statement; {dear} of them only by tests that take more than {DEAR} core-seconds for each.\n"
    write_list(again, {k for k in asked if not k.startswith("@")} - again, long_ones(notes), told)


if __name__ == "__main__":
    main(sys.argv[1:])
