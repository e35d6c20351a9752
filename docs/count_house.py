"""Counts what the shape of the house is judged by: ``python -m docs.count_house [TREE …]``, one column a tree.

Another tree may be an older commit (``git worktree add``), so that before and after are counted by the same lines.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

APPS = ("alur", "berita_acara", "tindak_lanjut", "rkp", "delegasi", "usulan", "musrenbang")
ORDER = ("musrenbang", "usulan", "rkp", "delegasi", "rkp.prioritas", "tindak_lanjut", "berita_acara", "alur")
LONG_LINE, TOO_LONG_LINE = 120, 160
FILE_LINES, FILE_LETTERS = 400, 16_000


@cache
def code(tree: Path) -> list[Path]:
    """Return the files of the apps, without migrations."""
    return [p for app in APPS for p in sorted((tree / app).rglob("*.py")) if "migrations" not in p.parts]


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file as a tree."""
    return ast.parse(path.read_text())


def app_of(dotted: str) -> str | None:
    """Return the app that a dotted path belongs to, or None."""
    return max((a for a in ORDER if dotted == a or dotted.startswith(f"{a}.")), key=len, default=None)


def upward_strings(tree: Path) -> int:
    """Strings that name a module of an app above their own, and ``import_string`` (settings.INSTALLED_APPS aside)."""
    found = 0
    for path in code(tree):
        own = app_of(".".join(path.relative_to(tree).with_suffix("").parts))
        text = path.read_text()
        found += text.count("import_string(")
        if own is None or "INSTALLED_APPS" in text or path.name == "urls.py":
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                other = app_of(node.value) if re.fullmatch(r"[a-z_]+(\.\w+)+(:\w+)?", node.value) else None
                if other and ORDER.index(other) > ORDER.index(own):
                    module = tree.joinpath(*re.split("[.:]", node.value)[:2])
                    found += module.is_dir() or module.with_suffix(".py").exists()
    return found


def listing_lines(tree: Path) -> int:
    """Lines of ``__init__`` files that define nothing and import names for others, models aside."""
    found = 0
    for path in code(tree):
        if path.name == "__init__.py" and path.parent.name != "models":
            body = parsed(path).body
            defines = any(isinstance(n, (ast.FunctionDef, ast.ClassDef, ast.AnnAssign)) for n in body)
            if any(isinstance(n, ast.ImportFrom) for n in body) and not defines and "__all__" in path.read_text():
                found += len(path.read_text().splitlines())
    return found


def template_lines(tree: Path, letters: int) -> int:
    """Lines of templates with more letters than that."""
    return sum(len(line) > letters for p in (tree / "templates").rglob("*.html") for line in p.read_text().splitlines())


def python_files(tree: Path) -> Iterator[Path]:
    """Files of the apps, the tests and the benchmarks."""
    yield from code(tree)
    for folder in ("tests", "bench"):
        yield from (tree / folder).rglob("*.py")


def raw_reads(tree: Path) -> int:
    """Places that read a form without a form: ``request.POST.get``, ``getlist`` and ``[…]``."""
    return sum(len(re.findall(r"request\.POST(?:\.get|\.getlist|\[)", p.read_text())) for p in code(tree))


def migrations(tree: Path, first: bool) -> int:
    """Migrations that begin an app, or those that came later."""
    names = [p for app in APPS for p in (tree / app).rglob("migrations/0*.py")]
    return sum(p.name.startswith("0001_") == first for p in names)


def large_files(tree: Path) -> int:
    """Files of the apps past 400 lines or 16,000 letters."""
    texts = [p.read_text() for p in code(tree)]
    return sum(len(t.splitlines()) > FILE_LINES or len(t) > FILE_LETTERS for t in texts)


def foreign_pages(tree: Path) -> int:
    """Pages that views render from the folder of another room."""
    found = set()
    for path in code(tree):
        if "views" not in (path.parent.name, path.stem):
            continue
        parts = path.relative_to(tree).parts
        rooms = [["rkp", "prioritas"], *(["musrenbang", r] for r in ("sidang", "persiapan", "acuan", "akun"))]
        own = parts[1] if list(parts[:2]) in rooms else parts[0]
        pages = re.findall(r'"((\w+)/\w+\.html)"', path.read_text())
        found |= {page for page, folder in pages if folder not in {own, "pdf", "layar", "_fragments"}}
    return len(found)


def direct_files(tree: Path) -> int:
    """Python files that lie in the ground floor itself, outside its rooms."""
    return len(list((tree / "musrenbang").glob("*.py")))


COUNTS: dict[str, Callable[[Path], int]] = {
    "strings that name an upper app": upward_strings,
    "lines of listing `__init__`": listing_lines,
    "`fmt: skip`": lambda tree: sum(p.read_text().count("# fmt" + ": skip") for p in python_files(tree)),
    f"template lines past {LONG_LINE}": lambda tree: template_lines(tree, LONG_LINE),
    f"template lines past {TOO_LONG_LINE}": lambda tree: template_lines(tree, TOO_LONG_LINE),
    "raw POST reads": raw_reads,
    "first migrations": lambda tree: migrations(tree, first=True),
    "later migrations": lambda tree: migrations(tree, first=False),
    "files past 400 lines or 16,000 letters": large_files,
    "pages in the folder of another room": foreign_pages,
    "files of the ground floor outside its rooms": direct_files,
}


def rooms(tree: Path) -> dict[str, str]:
    """Return files and lines of each room."""
    lines: dict[str, list[int]] = {}
    for path in code(tree):
        parts = path.relative_to(tree).parts
        room = "/".join(parts[:2]) if parts[0] in {"musrenbang", "alur", "rkp"} and len(parts) > 2 else parts[0]
        lines.setdefault(room, []).append(len(path.read_text().splitlines()))
    return {room: f"{len(n)} files, {sum(n)} lines" for room, n in sorted(lines.items())}


def table(trees: list[Path]) -> str:
    """Return the counts of the trees as a table of Markdown."""
    by_room = [rooms(tree) for tree in trees]
    rows = [f"| {name} | {' | '.join(str(count(tree)) for tree in trees)} |" for name, count in COUNTS.items()]
    names = sorted({room for each in by_room for room in each})
    rows += [f"| `{room}` | {' | '.join(each.get(room, '') for each in by_room)} |" for room in names]
    head = f"| what | {' | '.join(tree.name for tree in trees)} |"
    return "\n".join([head, "|---" * (len(trees) + 1) + "|", *rows])


if __name__ == "__main__":
    given = [Path(argument).resolve() for argument in sys.argv[1:]]
    sys.stdout.write(table(given or [Path(__file__).resolve().parents[1]]) + "\n")
