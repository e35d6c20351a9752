"""What only some Python has: 3.11.2 (Debian 12), 3.12, 3.13 (Debian 13) and 3.14 are promised, and no machine has them all.

``make lint`` asks vermin for what came after 3.11. Here stands what vermin does not know: what came with a later 3.11.x, what
newer ones dropped or are to drop, and what they do otherwise without a word. What only running tells is an error of every
test (``filterwarnings``), on both Debians.
"""

import ast

import pytest

from tests.test_arsitektur import APLIKASI, ROOT

FOLDERS = [*APLIKASI, "tests", "bench", "docs", "deploy", "periksa"]
MODULES = """
    aifc asynchat asyncore audioop cgi cgitb chunk crypt distutils imghdr imp lib2to3 mailcap msilib nis nntplib ossaudiodev
    pipes pkg_resources smtpd sndhdr spwd sunau telnetlib uu xdrlib
"""
"""Gone with 3.12 or 3.13."""
NAMES = {
    "3.11.4": """
        tarfile.data_filter tarfile.tar_filter tarfile.fully_trusted_filter tarfile.FilterError
    """,
    "gone with 3.12": """
        ssl.wrap_socket ssl.match_hostname configparser.SafeConfigParser pkgutil.ImpImporter pkgutil.ImpLoader
        unittest.makeSuite unittest.findTestCases locale.resetlocale typing.io typing.re
    """,
    "gone with 3.14": """
        ast.Num ast.Str ast.Bytes ast.NameConstant ast.Ellipsis asyncio.get_child_watcher asyncio.set_child_watcher
        importlib.abc.ResourceReader importlib.abc.Traversable importlib.abc.TraversableResources
        pkgutil.find_loader pkgutil.get_loader typing.ByteString collections.abc.ByteString
        urllib.request.URLopener urllib.request.FancyURLopener sqlite3.version sqlite3.version_info
    """,
    "to go": """
        datetime.datetime.utcnow datetime.datetime.utcfromtimestamp codecs.open argparse.FileType locale.getdefaultlocale
        asyncio.get_event_loop_policy asyncio.set_event_loop_policy asyncio.iscoroutinefunction tempfile.mktemp
        importlib.resources.open_text importlib.resources.open_binary importlib.resources.read_text
        importlib.resources.read_binary importlib.resources.path importlib.resources.contents
    """,
    "3.14 makes no loop": "asyncio.get_event_loop",
    "3.14 starts processes another way": """
        multiprocessing.Process multiprocessing.Pool multiprocessing.Queue multiprocessing.Manager
        concurrent.futures.ProcessPoolExecutor concurrent.futures.process.ProcessPoolExecutor
    """,
    "3.14 reads annotations when they are asked for": "typing.get_type_hints inspect.get_annotations",
}
WHY = {name: why for why, names in NAMES.items() for name in names.split()}
ARGUMENTS = {
    ("rmtree", "onerror"): "to go",
    ("rmtree", "onexc"): "3.12",
    ("unpack_archive", "filter"): "3.11.4",
    ("parseaddr", "strict"): "3.11.10",
    ("getaddresses", "strict"): "3.11.10",
}
MEMBERS = {
    "is_private": "3.11.10 says it of other addresses",
    "is_global": "3.11.10 says it of other addresses",
    "__annotations__": "3.14 reads annotations when they are asked for",
    "co_lnotab": "to go",
    "is_reserved": "to go",
}


def _meant(tree: ast.AST) -> dict[str, str]:
    """Return what each name of a file that was imported means, with its module."""
    meant = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                short = name.asname or name.name.split(".")[0]
                meant[short] = name.name if name.asname else short
        elif isinstance(node, ast.ImportFrom) and not node.level:
            meant |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    return meant


def _called(node: ast.Call, meant: dict[str, str]):
    """Yield what is odd about a call: an argument, a way to unpack, a day without its year, a pattern."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    yield from (
        f"{name}({word.arg}=): {ARGUMENTS[name, word.arg]}" for word in node.keywords if (name, word.arg) in ARGUMENTS
    )
    if name in {"extract", "extractall"} and "tarfile" in meant:
        yield f"{name}: the filter came with 3.11.4, and without one 3.12 warns and 3.14 does otherwise"
    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name == "strptime" and any("%d" in text and "%y" not in text.lower() for text in texts):
        yield "strptime: a day without its year is to go"
    if name in {"glob", "rglob"} and any(text.endswith("**") for text in texts):
        yield f"{name}: 3.13 finds files as well"


def found_in(source: str) -> list[str]:
    """Return what of a file some Python that is promised has not, or has otherwise."""
    tree = ast.parse(source)
    meant, found = _meant(tree), []
    for whole in meant.values():
        found += [f"{whole}: gone"] if whole.split(".")[0] in MODULES.split() else []
        found += [f"{whole}: {WHY[whole]}"] if whole in WHY else []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            root, _, tail = ast.unparse(node).partition(".")
            whole = f"{meant.get(root, root)}.{tail}"
            found += [f"{whole}: {WHY[whole]}"] if whole in WHY and root in meant else []
            found += [f"{node.attr}: {MEMBERS[node.attr]}"] if node.attr in MEMBERS else []
        elif isinstance(node, ast.Name) and node.id == "__annotations__":
            found.append(f"{node.id}: {MEMBERS[node.id]}")
        elif isinstance(node, ast.Call):
            found += _called(node, meant)
    return found


def test_nothing_is_used_that_only_some_python_has():
    paths = [ROOT / "manage.py", *(p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*.py")))]
    assert len(paths) > 1000
    found = {str(p.relative_to(ROOT)): wrong for p in paths if (wrong := found_in(p.read_text()))}
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "import tarfile\nwith tarfile.open('a') as t:\n    t.extractall('b', filter='data')",
        "from tarfile import data_filter",
        "import tarfile as t\nt.data_filter",
        "import imp",
        "from distutils.util import strtobool",
        "import ast\nast.Str",
        "from ast import Num",
        "from datetime import datetime as d\nd.utcnow()",
        "import datetime\ndatetime.datetime.utcfromtimestamp(0)",
        "import asyncio\nasyncio.get_event_loop()",
        "import multiprocessing as m\nm.Process(target=print)",
        "from concurrent.futures import ProcessPoolExecutor",
        "import importlib.resources\nimportlib.resources.read_text('a', 'b')",
        "class A:\n    x: int\n    y = list(__annotations__)",
        "A.__annotations__",
        "shutil.rmtree('a', onerror=None)",
        "datetime.strptime('1 2', '%d %m')",
        "root.rglob('a/**')",
        "address.is_private",
    ],
)
def test_the_rule_finds_them(code):
    assert len(found_in(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "process.extract('a', [])",
        "import zipfile\nzipfile.ZipFile('a').extractall('b')",
        "from importlib.resources import files",
        "import asyncio\nasyncio.run(a())",
        "datetime.strptime('1 2 2026', '%d %m %Y')",
        "root.rglob('**/*.py')",
        "import ast\nast.Constant",
        "Str = Num = 1",
    ],
)
def test_what_every_python_has_is_left_alone(code):
    assert found_in(code) == []
