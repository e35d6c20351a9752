"""The checks themselves: one that goes through nothing passes whatever the program does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
WRITTEN_OUT = (ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Constant, ast.ListComp)
KEEPS_LENGTH = {"enumerate", "zip", "pairwise", "sorted", "reversed", "product"}


def is_certain(things: ast.expr, constants: set[str]) -> bool:
    """Tell whether a reader of the test sees that there is something to go through."""
    if isinstance(things, ast.Starred):
        return is_certain(things.value, constants)
    if isinstance(things, ast.Name):
        return things.id in constants
    if isinstance(things, ast.Call):
        name = ast.unparse(things.func).rpartition(".")[2]
        if isinstance(things.func, ast.Attribute) and name in {"items", "values", "keys"}:
            return is_certain(things.func.value, constants)
        return name in {"some", "range"} or (
            name in KEEPS_LENGTH and all(is_certain(a, constants) for a in things.args[:2])
        )
    return isinstance(things, WRITTEN_OUT)


def asserts_in(node: ast.AST) -> list[ast.Assert]:
    return [n for n in ast.walk(node) if isinstance(n, ast.Assert)]


def empty_checks(source: str) -> Iterator[str]:
    """Yield the tests whose every check stands in a loop that may go through nothing, or in such an ``all(…)``."""
    tree = ast.parse(source)
    bound = [n for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.value, WRITTEN_OUT)]
    constants = {t.id for n in bound for t in n.targets if isinstance(t, ast.Name)}
    for test in tree.body:
        if not isinstance(test, ast.FunctionDef) or not test.name.startswith("test_"):
            continue
        if any("given" in ast.unparse(d) for d in test.decorator_list):
            continue  # of invented data some is empty, and other data is not
        loops = [n for n in ast.walk(test) if isinstance(n, ast.For) and asserts_in(n)]
        inner = {n for loop in loops for n in ast.walk(loop) if n is not loop}
        looped = {a for loop in loops for a in asserts_in(loop)}
        outer = [loop for loop in loops if loop not in inner]
        if looped and looped == set(asserts_in(test)) and not any(is_certain(x.iter, constants) for x in outer):
            yield test.name
        for check in set(asserts_in(test)) - looped:
            call = check.test
            if (
                isinstance(call, ast.Call)
                and ast.unparse(call.func) == "all"
                and isinstance(call.args[0], ast.GeneratorExp)
            ) and not is_certain(call.args[0].generators[0].iter, constants):
                yield test.name


def orders_by_letter(source: str) -> Iterator[str]:
    """Yield comparisons that put stages in the order of their letters: ``Tahap`` is a text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare) and any(isinstance(o, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for o in node.ops):
            sides = [ast.unparse(x) for x in (node.left, *node.comparators)]
            if any(s.startswith("Tahap.") or s.endswith((".tahap", ".value")) or s in {"tahap", "t"} for s in sides):
                yield ast.unparse(node)


def test_a_check_that_goes_through_things_finds_some():
    """Wrap what it goes through in ``some(…)`` (tests/some.py), or check beside the loop how many there were."""
    assert list(empty_checks("def test_a(x):\n for y in x:\n  assert y")) == ["test_a"]
    assert list(empty_checks("def test_a(x):\n assert all(y for y in x)")) == ["test_a"]
    assert list(empty_checks("A = [1]\ndef test_a(x):\n for y in A:\n  for z in x:\n   assert z")) == []
    assert list(empty_checks("def test_a(x):\n for y in some(x):\n  assert y")) == []
    assert list(empty_checks("def test_a(x):\n assert len(x) > 3\n for y in x:\n  assert y")) == []
    files = list(TESTS.rglob("test_*.py"))
    assert len(files) > 150
    assert [(p.name, name) for p in files for name in empty_checks(p.read_text())] == []


def test_no_test_puts_stages_in_the_order_of_their_letters():
    """A test that tried "every stage before X" by ``<`` never tried eight of them; ``is_past`` knows the order."""
    assert list(orders_by_letter("[t for t in Tahap if t < Tahap.PLENO]")) == ["t < Tahap.PLENO"]
    assert list(orders_by_letter("URUTAN.index(a) < URUTAN.index(b)")) == []
    files = [*TESTS.rglob("*.py"), *(p for a in ("alur", "rkp", "usulan") for p in (TESTS.parent / a).rglob("*.py"))]
    assert [(p.name, text) for p in files for text in orders_by_letter(p.read_text())] == []


def test_no_fixture_has_the_name_of_a_snapshot_elsewhere():
    """A snapshot is found by its name alone: a fixture called alike would be built on top of it."""
    kinds: dict[str, set[str]] = {"snapshot": set(), "fixture": set()}
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                for decorator in node.decorator_list:
                    kind = ast.unparse(decorator).removeprefix("pytest.").split("(")[0]
                    kinds.get(kind, set()).add(node.name)
    assert kinds["snapshot"] & kinds["fixture"] == {"accepted_event", "pleno"}, "these two get along with it"


def test_no_test_walks_from_the_root():
    """The folder of a user also holds the Python environment, data and what an editor left: folders of ours are named."""
    beside = re.compile(r"\b(?:BASE_DIR|ROOT|TESTS\.parent)\.r?glob\(\s*f?[\"']\*")
    assert beside.search('settings.BASE_DIR.glob("*/**/*.py")')
    found = {p.name for p in TESTS.rglob("*.py") if beside.search(p.read_text())}
    assert found == {"test_checks.py", "test_house.py"}, "the last looks for README files one folder down"
