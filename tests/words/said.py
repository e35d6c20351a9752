"""What the program says to people, read from its sources: templates, Python texts, scripts and guides.

Each yields (file:line, text). Only what is read by people counts: not the names of fields, addresses or classes, and not
the texts of tests. It is cheap: every file is read once, nothing is rendered.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("alur", "berita_acara", "delegasi", "musrenbang", "rkp", "tindak_lanjut", "usulan", "periksa")
INLINE = r"</?(?:b|strong|em|i|span|small|a|code|mark|abbr|time|wbr)\b"
READ = r"\b(?:title|alt|placeholder|aria-label|data-[a-z-]+|value|content)=\"([^\"]*)\""
"""Attributes that are shown or read out; of the others only those that hold a sentence."""
Said = Iterator[tuple[str, str]]


def _sentence(text: str) -> bool:
    """A text for people has a space between words, or begins as a sentence does; ``snake_case`` and paths do not."""
    return bool(re.search(r"[a-zA-Z]{2}", text)) and bool(re.search(r"\s|^[A-Z][a-z]", text.strip()))


def _literals(tag: str) -> str:
    found = re.findall(r"\"([^\"]*)\"|'([^']*)'", tag)
    return " ".join(f" | {a or b} | " for a, b in found if _sentence(a or b))


def _html_tag(match: re.Match) -> str:
    shown = [t for t in re.findall(READ, match[0]) if _sentence(t)]
    kept = "".join(f" | {t} | " for t in shown)
    lines = "\n" * match[0].count("\n")
    return kept + lines if re.match(INLINE, match[0]) else f" | {kept}{lines}"


def template_text(source: str) -> str:
    """Return what is read of a template, line by line as in the file; pieces apart are parted by ``|``."""
    for gone in (r"\{#.*?#\}", r"\{% comment.*?endcomment %\}", r"<!--.*?-->", r"<(style|script|svg)\b.*?</\1>"):
        source = re.sub(gone, lambda m: "\n" * m[0].count("\n"), source, flags=re.S)
    source = re.sub(r"\{%.*?%\}", lambda m: _literals(m[0]) + "\n" * m[0].count("\n"), source, flags=re.S)
    source = re.sub(r"\{\{.*?\}\}", lambda m: "…" + _literals(m[0]) + "\n" * m[0].count("\n"), source, flags=re.S)
    return re.sub(r"<[a-zA-Z/!][^<>]*>", _html_tag, source)


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """Every piece of text of every template."""
    found = []
    for folder in ("templates", "deploy"):
        for file in sorted((ROOT / folder).rglob("*.html")):
            found += list(_pieces(str(file.relative_to(ROOT)), template_text(file.read_text(encoding="utf-8"))))
    return tuple(found)


def _pieces(name: str, text: str) -> Said:
    line = 1
    for piece in text.split("|"):
        words = " ".join(piece.split())
        ahead = len(piece) - len(piece.lstrip())
        if re.search(r"[a-zA-Z]{2}", words):
            yield f"{name}:{line + piece[:ahead].count(chr(10))}", words
        line += piece.count("\n")


def _hidden(tree: ast.AST) -> set[int]:
    """Docstrings, patterns and what is part of a longer text."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            hidden |= {id(n) for n in node.values}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            hidden |= {id(n) for n in ast.walk(node)}
    return hidden


def _whole(node: ast.JoinedStr) -> str:
    return "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)


@cache
def python() -> tuple[tuple[str, str], ...]:
    """Every text in Python that can be a sentence or a label."""
    found = []
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" in file.parts:
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            hidden, name = _hidden(tree), str(file.relative_to(ROOT))
            for node in ast.walk(tree):
                if id(node) in hidden:
                    continue
                text = _whole(node) if isinstance(node, ast.JoinedStr) else getattr(node, "value", None)
                if isinstance(node, ast.JoinedStr | ast.Constant) and isinstance(text, str) and _sentence(text):
                    found.append((f"{name}:{node.lineno}", " ".join(text.split())))
    return tuple(found)


@cache
def scripts() -> tuple[tuple[str, str], ...]:
    """Every text in the scripts of pages."""
    found = []
    for file in sorted((ROOT / "static" / "js").rglob("*.js")):
        for line, text in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if text.lstrip().startswith(("//", "*", "/*")):
                continue
            for match in re.finditer(r"\"((?:[^\"\\\n]|\\.)*)\"|`([^`\n]*)`", text):
                said = re.sub(r"\$\{[^}]*\}", "…", match[1] or match[2] or "")
                if _sentence(said):
                    found.append((f"{file.relative_to(ROOT)}:{line}", said))
    return tuple(found)


@cache
def guides() -> tuple[tuple[str, str], ...]:
    """Every line of the guides for users, without what is set as code."""
    found = []
    for file in sorted((ROOT / "docs" / "panduan").rglob("*.md")):
        text = re.sub(r"```.*?```", lambda m: "\n" * m[0].count("\n"), file.read_text(encoding="utf-8"), flags=re.S)
        for line, said in enumerate(text.split("\n"), 1):
            if said.strip():
                found.append((f"{file.relative_to(ROOT)}:{line}", re.sub(r"`[^`]*`", "…", said)))
    return tuple(found)


def everything() -> tuple[tuple[str, str], ...]:
    """All of it."""
    return templates() + python() + scripts() + guides()
