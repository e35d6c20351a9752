"""What docstrings name is there: parameters, classes and functions that were renamed are renamed in the words too."""

import builtins
import re
from functools import cache

import pytest

from tests.words.names import FOLDERS, ROOT

APPS = ("musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur", "periksa")
DOCSTRING = re.compile(r'"""(.*?)"""', re.S)
ELSEWHERE = {
    "createsuperuser": "a command of Django",
    "line_box_verticality": "a function of WeasyPrint",
    "builtins": "a setting of Django",
    "alasan": "a key of dictionaries",
    "rage": "a program",
    "ProcessPoolExecutor": "a class of Python",
    "LibreOffice": "a program",
    "CreatorTool": "a word of the XMP standard",
    "pdfaid": "a word of the XMP standard",
    "pdfuaid": "a word of the XMP standard",
    "WeasyPrint": "a library",
    "vkey": "a word of the standard of signed notes",
    "name": "what a name looks like in a file",
    "MutationObserver": "a class of browsers",
    "edar": "a key of JSON that forms write",
    "masuk": "a key of JSON that forms write",
    "sah": "a key of JSON that forms write",
    "spc": "a key of JSON",
    "gabung": "a value of a dictionary",
    "kelompok": "a value of a dictionary",
    "pilihan": "a value of a dictionary",
}


@cache
def _sources() -> dict[str, tuple[str, frozenset[str]]]:
    """Return, by file, its docstrings and the words of everything else in it."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text()
                rest = DOCSTRING.sub("", text)
                found[str(path.relative_to(ROOT))] = (
                    "\n".join(DOCSTRING.findall(text)),
                    frozenset(re.findall(r"\w+", rest)),
                )
    return found


@cache
def _defined() -> frozenset[str]:
    """Return what every file may be told of: functions, files and folders of ours, and the names of the code."""
    found = set(dir(builtins))
    for path in (p for folder in (*FOLDERS, "deploy") for p in (ROOT / folder).rglob("*.py")):
        found |= {path.stem, path.parent.name}
        if path.parts[len(ROOT.parts)] in APPS:
            code = re.sub(r'"[^"\n]*"', "", DOCSTRING.sub("", path.read_text()))
            found.update(re.findall(r"(?:def|class) (\w+)|\b([A-Z]\w+)", code))
    return frozenset(word for each in found for word in ([each] if isinstance(each, str) else each))


def _gone(words: str, own: frozenset[str], everywhere: frozenset[str]) -> set[str]:
    marked = set(re.findall(r"``([a-z]+(?:_[a-z]+)*)``", words))
    marked = (
        marked
        | {part for way in re.findall(r"``((?:[a-z_]+\.)+(?!py``|md``|pyz``)\w+)``", words) for part in way.split(".")}
    ) - own
    classes = set(re.findall(r"\b(?:[A-Z][a-z]+){2,}\b", words)) | set(re.findall(r"[Rr]aises? ([A-Z]\w+)", words))
    return (marked | (classes - own)) - everywhere - set(ELSEWHERE)


def test_docstrings_name_what_is_there():
    sources = _sources()
    assert len(sources) > 500
    wrong = {file: sorted(gone) for file, (words, own) in sources.items() if (gone := _gone(words, own, _defined()))}
    assert wrong == {}, "renamed, or gone: say it by the name it has now"


@pytest.mark.parametrize("words", ["``boleh``: where it may", "Raises Ditolak.", "It is a BerkasSalah."])
def test_a_name_that_is_gone_is_found(words):
    assert len(_gone(words, frozenset({"allowed", "Refused"}), frozenset({"BadFile"}))) == 1


def test_a_name_that_is_there_is_let_pass():
    assert (
        _gone(
            "``allowed``: where. Raises Refused, or BadFile.", frozenset({"allowed", "Refused"}), frozenset({"BadFile"})
        )
        == set()
    )
