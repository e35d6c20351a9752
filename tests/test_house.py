"""The shape of the house: what a package's ``__init__`` may hold, the picture of the rooms, the walks through the code."""

import ast
import re
from collections import Counter

import pytest
from django.conf import settings

from docs import count_house, draw_house

ROOT = settings.BASE_DIR
APPS = ["musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur", "periksa"]
DJANGO_READS = {"models", "jobs"}  # Django looks for models in the package itself


def listed_names(source: str) -> list[str]:
    """Return the names that an ``__init__`` imports only so that others find them there."""
    tree = ast.parse(source)
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    imported = [
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, (ast.ImportFrom, ast.Import))
        for alias in node.names
    ]
    return [name for name in imported if name.split(".")[0] not in used]


def test_a_package_lists_no_names():
    """Whoever needs a function imports the module that defines it, so that a search finds every caller."""
    assert listed_names('"""Text."""\nfrom a.b import c, d\n__all__ = ["c", "d"]') == ["c", "d"]
    assert listed_names("import os\nX = os.sep") == []
    files = [p for a in APPS for p in (ROOT / a).rglob("__init__.py") if p.parent.name not in DJANGO_READS]
    assert len(files) > 40
    assert {str(p.relative_to(ROOT)): n for p in files if (n := listed_names(p.read_text()))} == {}


def test_the_picture_of_the_house_is_drawn_from_the_imports():
    assert draw_house.drawn(draw_house.PAGE.read_text())[1] == draw_house.render(), "run: python -m docs.draw_house"
    assert draw_house.without_detours({("a", "b"), ("b", "c"), ("a", "c")}) == {("a", "b"), ("b", "c")}
    with pytest.raises(ValueError, match="a -> b -> a"):
        draw_house.without_detours({("a", "b"), ("b", "a")})


def steps_of(walk: str) -> list[tuple[str, list[str]]]:
    """Return (file, names) of each row of a walk."""
    rows = re.findall(r"^\| `([^`]+)` \| (`.+?`) \| .+ \|$", walk, re.M)
    return [(path, re.findall(r"`([^`]+)`", names)) for path, names in rows]


def defined_names(source: str) -> set[str]:
    """Return what a module defines at any depth: functions, classes, and names that it binds."""
    tree = ast.parse(source)
    made = {n.name for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    return made | {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def imported_files(source: str) -> set[str]:
    """Return the files that a module imports, as far as they are ours."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for dotted in (node.module, *(f"{node.module}.{a.name}" for a in node.names)):
                path = dotted.replace(".", "/")
                found |= {f"{path}.py", f"{path}/__init__.py"}
    return found


def walk_faults(steps: list[tuple[str, list[str]]]) -> list[str]:
    """Return what a walk says that the code does not: a file or name that is not there, or is entered by no import."""
    faults, reached, told = [], set(), ""
    for path, names in steps:
        if not (ROOT / path).is_file():
            faults.append(f"{path} is not there")
            continue
        source = (ROOT / path).read_text()
        if path.endswith(".py") and not path.endswith("urls.py"):
            faults += [f"{path} defines no {n}" for n in names if n not in defined_names(source)]
            faults += [] if path in reached else [f"no earlier row imports {path}"]
        else:
            faults += [f"{path} does not say {n}" for n in names if n not in source]
        if path.endswith(".html") and told and path.removeprefix("templates/") not in told:
            faults.append(f"no earlier row names {path}")
        reached |= imported_files(source) if path.endswith(".py") else set()
        told += source
    twice = Counter(path for path, _ in steps)
    return faults + [f"{path} is entered {n} times" for path, n in twice.items() if n > 2]


def test_each_walk_goes_through_the_code_as_it_is():
    """Nobody follows a string: a row is entered by an import, a template by its name, a view by its address."""
    _, *walks = (ROOT / "docs/walks.md").read_text().split("\n## ")
    assert [len(steps_of(w)) > 12 for w in walks] == [True, True, True]
    assert [(w.splitlines()[0], faults) for w in walks if (faults := walk_faults(steps_of(w)))] == []
    assert walk_faults([("alur/tahap.py", ["entering"]), ("usulan/urls.py", ["x.y"]), ("no.py", [])]) == [
        "no earlier row imports alur/tahap.py",
        "usulan/urls.py does not say x.y",
        "no.py is not there",
    ]


# What hashes piece by piece or with a key, and the record's own tree, which runs with the standard library alone.
HASH_THEMSELVES = {
    "musrenbang/infra/digest.py",
    "alur/aula/envelope.py",
    "alur/aula/izin.py",
    "alur/aula/kunci.py",
    "berita_acara/services/match.py",
    "musrenbang/infra/backup/archive.py",
    "musrenbang/jangkar/leaves.py",
    "musrenbang/jangkar/ed25519.py",
    "musrenbang/jangkar/note.py",
    "musrenbang/jangkar/tree.py",
    "periksa/files.py",
}
# The letters of codes, and those of a QR code by its standard.
ALPHABETS = {"musrenbang/infra/codes.py", "musrenbang/jangkar/proof.py"}


def test_there_is_one_digest_and_one_place_for_the_letters_of_codes():
    texts = {str(p.relative_to(ROOT)): p.read_text() for a in APPS for p in (ROOT / a).rglob("*.py")}
    assert {p for p, text in texts.items() if "import hashlib" in text} == HASH_THEMSELVES
    assert {p for p, text in texts.items() if re.search(r'"[0-9A-Z]{25,}', text)} == ALPHABETS


# Papers, the projector, and what every page includes.
SHARED = ("pdf", "layar", "_fragments")


def room_folder(path: str) -> str:
    """Return the folder of templates of the room that a file of code belongs to."""
    parts = path.split("/")
    nested = parts[:2] in (["rkp", "prioritas"], *(["musrenbang", r] for r in ("sidang", "persiapan", "acuan", "akun")))
    return parts[1] if nested else parts[0]


def test_a_page_lies_in_the_folder_of_the_room_that_shows_it():
    """What several rooms include lies with the lowest of them, or in a folder of its own without pages."""
    assert room_folder("alur/views/day.py") == "alur"
    assert room_folder("rkp/prioritas/views/suara.py") == "prioritas"
    shown = [
        (str(p.relative_to(ROOT)), folder)
        for a in APPS
        for p in (ROOT / a).rglob("*.py")
        if "views" in (p.parent.name, p.stem)
        for folder in re.findall(r'"(\w+)/\w+\.html"', p.read_text())
    ]
    assert len(shown) > 80
    assert [(p, folder) for p, folder in shown if folder not in {room_folder(p), *SHARED}] == []


def test_what_the_house_is_judged_by_is_counted(tmp_path):
    """The counts that came down to nothing stay there; a tree in which they are not shows that they count."""
    gone = [count_house.upward_strings, count_house.listing_lines, count_house.large_files, count_house.foreign_pages]
    assert [count(ROOT) for count in gone] == [0, 0, 0, 0]
    (tmp_path / "usulan/views").mkdir(parents=True)
    (tmp_path / "alur").mkdir()
    (tmp_path / "alur/tahap.py").touch()
    (tmp_path / "usulan/queries.py").write_text('STAGES = "alur.tahap"\n' + "x = 1\n" * 400)
    (tmp_path / "usulan/__init__.py").write_text('from usulan.queries import STAGES\n\n__all__ = ["STAGES"]\n')
    (tmp_path / "usulan/views/listing.py").write_text('PAGE = "rkp/table.html"\n')
    assert [count(tmp_path) for count in gone] == [1, 3, 1, 1]
    assert count_house.table([tmp_path]).startswith("| what | ")


def test_the_documents_name_files_that_are_there():
    """Recipes and documents survive a renamed file only when they are renamed with it; a name may stand without its folder."""
    folders = ("alur", "bench", "berita_acara", "delegasi", "deploy", "docs", "musrenbang", "periksa", "rkp", "static")
    tops = [ROOT / f for f in (*folders, "templates", "tests", "tindak_lanjut", "usulan")]
    paths = [p.relative_to(ROOT).parts for top in tops for p in top.rglob("*.*") if p.suffix in {".py", ".sh", ".html"}]
    there = {"manage.py"} | {"/".join(parts[i:]) for parts in paths for i in range(len(parts))}
    documents = [ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")]
    named = {
        (d.name, path)
        for d in documents
        for path in re.findall(r"`(?:[^`\n]* )?((?:[a-z_0-9]+/)*[a-z_0-9]+\.(?:py|sh|html))\b", d.read_text())
    }
    assert len(named) > 150
    assert sorted((d, path) for d, path in named if path not in there) == []
