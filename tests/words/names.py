"""Read every name of the code, split it into words, and tell which words are neither English nor of the glossary.

``docs/kata.md`` is the glossary, ``english.txt`` beside this file the English words that really occur. What the
database, an address, a form, a command or a template repeats as text keeps its name, whatever its language: it is
found by asking Django for it, not by a list.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.forms import BaseForm
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
FOLDERS = (
    "musrenbang",
    "usulan",
    "rkp",
    "delegasi",
    "tindak_lanjut",
    "berita_acara",
    "alur",
    "periksa",
    "bench",
    "tests",
)
NEVER = frozenset(
    [
        "catat",
        "beda",
        "isi",
        "hasil",
        "kini",
        "satu",
        "tulis",
        "rakit",
        "bunuh",
        "jalankan",
        "simpan",
        "muat",
        "ambil",
        "buat",
        "baca",
        "urut",
        "bagi",
        "cari",
        "pilih",
        "pakai",
        "ubah",
        "hapus",
        "kirim",
        "tunggu",
        "semua",
        "jawab",
        "teks",
        "milik",
        "siapa",
        "orang",
        "kosong",
        "rusak",
        "salah",
        "lain",
        "boleh",
        "ada",
        "minta",
        "buka",
        "tutup",
    ]
)
"""Indonesian verbs and plumbing. As a name of its own such a word fails even where a field of a model is called so;
only a parameter or an attribute may repeat the field."""


class Name(NamedTuple):
    """A name, what it names (module, class, function, parameter, local) and where it stands."""

    text: str
    kind: str
    place: str


def words_of(name: str) -> list[str]:
    """Split a name at underscores and humps; digits and single letters are no words."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return [p.lower() for p in parts if len(p) > 1]


@cache
def glossary() -> frozenset[str]:
    """Return the nouns of ``docs/kata.md``: the first column of its tables."""
    rows = re.findall(r"^\| `([a-z_, `]+)` \|", (ROOT / "docs/kata.md").read_text(), re.M)
    return frozenset(w for row in rows for w in re.findall(r"[a-z]+", row))


@cache
def english() -> frozenset[str]:
    """Return the English words that are known here."""
    return frozenset((HERE / "english.txt").read_text().split())


@cache
def pending() -> frozenset[str]:
    """Return the names that still wait to be put into English; the list may only shrink."""
    return frozenset((HERE / "pending.txt").read_text().split())


def _forms(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for each in form.__subclasses__():
        yield each
        yield from _forms(each)


def _converters(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        yield from pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from _converters(pattern)


@cache
def repeated() -> frozenset[str]:
    """Return the names that are repeated as text: models, their fields, fields of forms, parts of addresses."""
    found = set(_converters(get_resolver()))
    for model in apps.get_models(include_auto_created=True):
        found.add(model.__name__)
        for field in model._meta.get_fields():
            found |= {field.name, getattr(field, "attname", field.name)}
            if field.auto_created and not field.concrete:
                found.add(field.get_accessor_name() or field.name)
    for form in _forms(BaseForm):
        found |= set(getattr(form, "base_fields", ()))
    return frozenset(found)


@cache
def documents() -> frozenset[str]:
    """Return the kinds of documents: the function that writes one is called as the kind is stored."""
    from berita_acara.dokumen.kinds import CETAKAN  # the apps must be loaded

    return frozenset(CETAKAN)


class _Reader(ast.NodeVisitor):
    """Collects the names of one file."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.names: list[Name] = []
        self.inside: list[str] = []

    def add(self, text: str, kind: str) -> None:
        self.names.append(Name(text, kind, self.place))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.add(node.name, "class")
        self._within(node, "class")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        decorators = {ast.unparse(d).split("(")[0] for d in node.decorator_list}
        if decorators & {"task"} or any(d.startswith("register.") for d in decorators):
            return  # a waiting job and a template name it, and its parameters, as text
        self.add(node.name, "function")
        if node.name != "handle":  # what a command takes is named by its options
            for each in [
                *node.args.posonlyargs,
                *node.args.args,
                *node.args.kwonlyargs,
                node.args.vararg,
                node.args.kwarg,
            ]:
                if each is not None:
                    self.add(each.arg, "parameter")
        self._within(node, "function")

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for each in node.args.args:
            self.add(each.arg, "local")
        self._within(node, "function")

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store) and self.inside and self.inside[-1] == "function":
            self.add(node.id, "local")

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.add(node.name, "local")
        self.generic_visit(node)

    def _comprehension(self, node: ast.AST) -> None:
        self._within(node, "function")

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension  # noqa: N815 -- ast's names

    def _within(self, node: ast.AST, kind: str) -> None:
        self.inside.append(kind)
        self.generic_visit(node)
        self.inside.pop()


def read(source: str, place: str = "") -> list[Name]:
    """Return the names in a piece of code."""
    reader = _Reader(place)
    reader.visit(ast.parse(source))
    return reader.names


def names_of(root: Path) -> Iterator[Name]:
    """Yield every name of the project that stands in ``root``."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            place, text = str(path.relative_to(root)), path.read_text()
            # A command is called as its file; a waiting job names the module of its task.
            if "commands" not in path.parts and not re.search(r"^@task\b", text, re.M):
                package = path.stem == "__init__"
                yield Name(path.parent.name if package else path.stem, "module", place)
            yield from read(text, place)


def unknown(name: Name) -> list[str]:
    """Return the words of a name that are neither English nor of the glossary; [] when it is allowed."""
    text = name.text.strip("_")
    if text in NEVER and name.kind != "parameter":
        return [text]
    if (text in repeated() and name.kind != "module") or (
        name.kind == "function" and text.removesuffix("_tabel") in documents()
    ):
        return []
    if name.kind == "function" and text.removeprefix("clean_") in repeated():
        return []  # Django calls it by the name of the field
    known = english() | glossary() | {f"{w}s" for w in glossary()}
    return [w for w in words_of(re.sub(r"_[A-Z]{2,}_\d+", "", text)) if w not in known or w in NEVER]


def outside(root: Path = ROOT) -> list[Name]:
    """Return the names outside the rule."""
    return [name for name in names_of(root) if unknown(name)]
